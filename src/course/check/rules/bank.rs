//! Quiz items as the rules see them: plain texts, keys, and where they stand.
//!
//! The questions of exercises (about why, as a stage, before mixed work) are items too, and what
//! makes an item bad by itself makes them bad. But they stand alone, each where it is needed: what
//! only a quiz as a whole shows (Q08, Q18, Q19, Q20, and Q05's habit) is not looked for in them.

use crate::course::{Chapter, Course, Exercise};
use crate::markdown;
use crate::parallel::each;
use crate::source::RelPath;
use kejian_engine::question::{Body, Choice, Question};
use kejian_engine::quiz::Settings;
use rayon::prelude::*;

/// All items of a course.
pub(super) struct Bank<'c> {
    /// How quizzes run unless their chapter says otherwise.
    pub(super) settings: &'c Settings,
    /// One quiz per chapter.
    pub(super) quizzes: Vec<Quiz<'c>>,
    /// The questions of exercises.
    single: Vec<Item<'c>>,
}

/// The items of one chapter.
pub(super) struct Quiz<'c> {
    pub(super) chapter: &'c Chapter,
    pub(super) items: Vec<Item<'c>>,
}

/// One item.
pub(super) struct Item<'c> {
    pub(super) file: &'c RelPath,
    /// Where it stands in the file: `questions[3]`, `levels.mix.tool`.
    pub(super) place: String,
    pub(super) question: &'c Question,
    /// The prompt without its Markdown.
    pub(super) stem: String,
    /// Options of `single` and `multiple`.
    pub(super) options: Vec<Choosable<'c>>,
}

/// One option.
pub(super) struct Choosable<'c> {
    /// The text without its Markdown.
    pub(super) text: String,
    pub(super) correct: bool,
    pub(super) why: Option<&'c str>,
    /// Which of the options it is.
    at: usize,
}

impl<'c> Bank<'c> {
    pub(super) fn of(course: &'c Course) -> Self {
        Self {
            settings: &course.quiz,
            quizzes: each(&course.chapters).map(Quiz::of).collect(),
            single: course.exercises.values().flat_map(of_exercise).collect(),
        }
    }

    /// Every item, be it of a quiz or of an exercise.
    pub(super) fn items(&self) -> impl Iterator<Item = &Item<'c>> {
        self.quizzes.iter().flat_map(|quiz| &quiz.items).chain(&self.single)
    }
}

impl<'c> Quiz<'c> {
    fn of(chapter: &'c Chapter) -> Self {
        let questions = chapter.questions.iter().enumerate();
        let items = questions
            .map(|(at, question)| Item::of(&chapter.file, format!("questions[{at}]"), question));
        Self { chapter, items: items.collect() }
    }
}

fn of_exercise(exercise: &Exercise) -> impl Iterator<Item = Item<'_>> {
    let questions = exercise.exercise.questions().into_iter();
    questions.map(|(place, question)| Item::of(&exercise.file, place, question))
}

impl<'c> Item<'c> {
    fn of(file: &'c RelPath, place: String, question: &'c Question) -> Self {
        let stem = markdown::plain(&question.prompt);
        Self { file, place, question, stem, options: options(question) }
    }
}

impl Item<'_> {
    /// Whether exactly one option is to be chosen.
    pub(super) fn is_single(&self) -> bool {
        matches!(self.question.body, Body::Single(_))
    }

    /// The one right option of a `single`.
    pub(super) fn key(&self) -> Option<&Choosable<'_>> {
        if !self.is_single() {
            return None;
        }
        let mut keys = self.options.iter().filter(|option| option.correct);
        keys.next().filter(|_| keys.next().is_none())
    }

    /// Whether options appear in a seeded order.
    pub(super) fn is_shuffled(&self) -> bool {
        self.question.shuffle
    }
}

impl Choosable<'_> {
    /// Its path inside the item.
    pub(super) fn path(&self) -> String {
        format!("options[{}].text", self.at)
    }
}

fn options(question: &Question) -> Vec<Choosable<'_>> {
    let choices: &[Choice] = match &question.body {
        Body::Single(body) => &body.options,
        Body::Multiple(body) => &body.options,
        _ => &[],
    };
    let choices = choices.iter().enumerate();
    choices
        .map(|(at, choice)| Choosable {
            text: markdown::plain(&choice.text),
            correct: choice.correct,
            why: choice.why.as_deref(),
            at,
        })
        .collect()
}
