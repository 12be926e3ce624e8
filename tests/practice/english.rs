//! The course in English shows no Chinese in the terminal, worked or worked on.

use super::learner::Learner;
use super::scripted::face;
use super::{course_folder, plain_exercise, words};
use kejian::course::{self, Course};
use kejian::source::Disk;
use kejian::terminal::practice::{self, Kept, Task};
use kejian::terminal::{Format, Screen};
use kejian::theme::{BASE, Theme};

fn english() -> Course {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, BASE).unwrap();
    let world = Disk::new(course_folder());
    let (course, found) = course::load(&world, &theme.layouts);
    let course = course.unwrap_or_else(|| panic!("{found:?}"));
    let (languages, _) = course::translate::load(&world, &theme.layouts, &course);
    languages.into_iter().find(|one| one.language == "en").unwrap()
}

/// Lines with Han or with the wide signs that stand between Han.
fn chinese(text: &str) -> Vec<&str> {
    let is_chinese = |c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}');
    text.lines().filter(|line| line.contains(is_chinese)).collect()
}

#[test]
fn no_chinese_is_shown_in_english() {
    let course = english();
    let words = words("en");
    for id in course.exercises.keys() {
        let exercise = plain_exercise(&course, id);
        let task = Task { id, exercise: &exercise, variant: None, level: None };
        let mut out = Vec::new();
        let worked = practice::worked(&task).unwrap();
        let screen = &mut Screen::plain(&mut out);
        practice::write_worked(&task, &worked, Format::Text, &words, screen).unwrap();

        let levels = &face(&task)["levels"];
        let solo = levels.as_array().is_some_and(|levels| levels.iter().any(|it| it == "solo"));
        let variant = exercise["levels"]["solo"]["variant"].as_str();
        let task = Task { level: solo.then_some("solo"), variant, ..task };
        let mut learner = Learner::expert(&task, &face(&task)).in_english();
        let screen = &mut Screen::plain(&mut out);
        practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut learner, screen).unwrap();
        assert_eq!(learner.left(), 0, "{id}");
        let asked = learner.pressed.iter().map(super::learner::Pressed::prompt).collect::<Vec<_>>();
        let text = String::from_utf8(out).unwrap() + &asked.join("\n");
        assert_eq!(chinese(&text), Vec::<&str>::new(), "{id}");
    }
}
