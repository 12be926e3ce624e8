//! Minutes are not less than none.

use super::Survey;
use crate::diag::{Diagnostic, Pin};

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in &survey.course.chapters {
        let slides = chapter.slides.iter().enumerate();
        let planned = slides.map(|(at, slide)| (format!("slides[{at}].minutes"), slide.minutes));
        let whole = ("minutes".to_owned(), Some(chapter.minutes));
        let negative = |(_, minutes): &(String, Option<f64>)| minutes.is_some_and(|it| it < 0.0);
        let mut wrong: Vec<_> = planned.filter(negative).collect();
        // Without minutes of its own, a chapter has the sum of its slides'.
        if wrong.is_empty() {
            wrong.extend(std::iter::once(whole).filter(negative));
        }
        for (path, minutes) in wrong {
            let minutes = minutes.unwrap_or_default().to_string();
            let fault = Diagnostic::error("negative-minutes", &chapter.file, Pin::Value(path));
            found.push(fault.with("minutes", minutes));
        }
    }
}
