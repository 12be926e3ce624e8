//! The embedded course is whole: every chapter, every row of its inventory, and nothing asked
//! that is not taught.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kejian::course::{self, Course, Slide};
use kejian::embedded;
use kejian::theme::{BASE, Theme};
use std::collections::BTreeSet;

fn course() -> Course {
    let (themes, world) = (embedded::themes(), embedded::course());
    let theme = Theme::load(&themes, BASE).unwrap();
    course::load(&world, &theme.layouts).0.unwrap()
}

fn slides(course: &Course) -> impl Iterator<Item = &Slide> {
    course.chapters.iter().flat_map(|chapter| &chapter.slides)
}

#[test]
fn sixteen_chapters_are_there_with_all_they_hold() {
    let course = course();
    let counts =
        |count: fn(&course::Chapter) -> usize| -> usize { course.chapters.iter().map(count).sum() };
    assert_eq!(course.chapters.len(), 16);
    assert_eq!(counts(|chapter| chapter.slides.len()), 194, "slides");
    assert_eq!(counts(|chapter| chapter.objectives.len()), 68, "objectives");
    assert_eq!(counts(|chapter| chapter.questions.len()), 197, "quiz items");
    for chapter in &course.chapters {
        let minutes: f64 = chapter.slides.iter().filter_map(|slide| slide.minutes).sum();
        assert_eq!(minutes.to_string(), chapter.minutes.to_string(), "{}", chapter.stem);
        assert!(!chapter.takeaways.is_empty(), "{} has nothing to take away", chapter.stem);
    }
    let minutes: f64 = course.chapters.iter().map(|chapter| chapter.minutes).sum();
    assert_eq!(minutes.to_string(), "880");
}

#[test]
fn every_row_of_the_inventory_has_a_slide() {
    let course = course();
    assert_eq!(course.inventory.len(), 60);
    let covered: BTreeSet<&String> = slides(&course).flat_map(|slide| &slide.covers).collect();
    for row in &course.inventory {
        assert!(covered.contains(&row.number), "no slide covers {} {}", row.number, row.term);
    }
}

#[test]
fn what_is_asked_is_taught_in_the_same_chapter() {
    for chapter in course().chapters {
        let taught: BTreeSet<&String> =
            chapter.slides.iter().flat_map(|slide| &slide.objectives).collect();
        for question in &chapter.questions {
            let objective = question.objective.as_ref().unwrap();
            assert!(taught.contains(objective), "{} asks for {objective}", question.id);
        }
        for objective in &chapter.objectives {
            let asked = chapter.questions.iter().filter(|question| {
                question.objective.as_ref().is_some_and(|wanted| *wanted == objective.id)
            });
            assert!(asked.count() >= 2, "{} is hardly asked for", objective.id);
        }
    }
}

#[test]
fn every_slide_says_what_the_trainer_does() {
    let course = course();
    for chapter in &course.chapters {
        for slide in &chapter.slides {
            let minutes = slide.minutes.unwrap();
            let han = slide.notes.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
            #[expect(clippy::cast_precision_loss, reason = "notes are short")]
            let han = han.count() as f64;
            let (least, most) = (45.0 * minutes.min(4.0), 240.0 * minutes);
            assert!(han >= least, "the notes of {} are too short: {han} Han", slide.id);
            assert!(han <= most, "the notes of {} take too long: {han} Han", slide.id);
            assert!(slide.origin.is_some(), "{} does not say where it comes from", slide.id);
        }
    }
}

/// Three digits say something, leading and trailing noughts do not: 37.5, 655, but not 0.60 or
/// 1600.
fn is_telling(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len() >= 3
}

/// The telling numbers of a text, computed figures aside.
fn typed(text: &str) -> Vec<&str> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    parts.map(|part| part.trim_matches('.')).filter(|part| is_telling(part)).collect()
}

/// Every text and number below a value.
fn texts(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => {
            let bare = kejian::markdown::substitute(text, &|_, _| Some(String::new()));
            found.push(bare.into_owned());
        }
        serde_json::Value::Number(number) => found.push(number.to_string()),
        serde_json::Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        serde_json::Value::Object(all) => all.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

/// What an exercise computes, as it would be typed: with up to two decimals, and as a percentage.
fn computed(exercise: &str) -> BTreeSet<String> {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["practice", "content", exercise, "--worked", "--format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let worked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut numbers = Vec::new();
    for stage in worked["stages"].as_array().unwrap() {
        let rows = stage["rows"].as_array().into_iter().flatten();
        for row in rows.chain([&stage["results"]]) {
            let cells = row.as_object().into_iter().flatten();
            numbers.extend(cells.filter_map(|(_, cell)| cell.as_f64()));
        }
    }
    let shown = |value: f64, decimals: usize| format!("{value:.decimals$}");
    let forms = |value: f64| (0..3).map(move |decimals| shown(value, decimals));
    numbers.into_iter().flat_map(|it| forms(it).chain(forms(it * 100.0))).collect()
}

#[test]
fn no_slide_types_what_an_exercise_computes() {
    let course = course();
    // A customer's potential of 171, which is given, beside another's 171.12, which is computed.
    let given = ["c10s10: 171"];
    let mut twins = Vec::new();
    let mut sought = 0;
    for chapter in &course.chapters {
        let path = kejian::source::RelPath::new(chapter.file.as_str()).unwrap();
        let world = embedded::course();
        let file = kejian::source::World::read(&world, &path).unwrap().into_owned();
        let file = String::from_utf8(file).unwrap();
        let named = |id: &str| {
            ["{=", "exercise: ", "also: "]
                .iter()
                .any(|before| file.contains(&format!("{before}{id}")))
        };
        let ids = course.exercises.keys().filter(|id| named(id.as_str()));
        let known: BTreeSet<String> = ids.flat_map(|id| computed(id.as_str())).collect();
        sought += known.len();
        for slide in &chapter.slides {
            let mut shown = vec![];
            texts(&serde_json::Value::String(slide.title.clone()), &mut shown);
            slide.slots.iter().for_each(|(_, value)| texts(value, &mut shown));
            let found = shown.iter().flat_map(|text| typed(text));
            twins.extend(
                found.filter(|it| known.contains(*it)).map(|it| format!("{}: {it}", slide.id)),
            );
        }
    }
    twins.retain(|twin| !given.contains(&twin.as_str()));
    assert!(sought > 500, "{sought} figures are computed");
    assert!(twins.is_empty(), "typed, though {{=exercise.stage.cell}} is there: {twins:#?}");
}
