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
