//! Minutes are not less than none.

use super::Survey;
use crate::diag::{Diagnostic, Pin};

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    for chapter in &survey.course.chapters {
        let negative = |minutes: &f64| *minutes < 0.0;
        let slides = chapter.slides.iter().enumerate();
        let slides = slides.filter_map(|(at, slide)| Some((at, slide.minutes.filter(negative)?)));
        let mut wrong: Vec<_> =
            slides.map(|(at, minutes)| (format!("slides[{at}].minutes"), minutes)).collect();
        // Without minutes of its own, a chapter has the sum of its slides'.
        if wrong.is_empty() && negative(&chapter.minutes) {
            wrong.push(("minutes".to_owned(), chapter.minutes));
        }
        for (path, minutes) in wrong {
            let fault = Diagnostic::error("negative-minutes", &chapter.file, Pin::Value(path));
            found.push(fault.with("minutes", minutes.to_string()));
        }
    }
}
