//! Rules of good practice for quizzes (Q…) and decks (D…), one file each.
//!
//! Every rule has an id, a level of its own, and can be set for the whole course in
//! `course.yaml` (`checks: {Q05: off}`) or silenced on one item or slide with a reason
//! (`silence: [{rule: Q05, reason: …}]`). A new rule is a file in `quiz/` or `deck/`, its line in
//! [`RULES`], its words `<id>.message` and `<id>.help` in `locales/*/diag.yaml`, and its cases in
//! `tests/rules/`.
//!
//! Faults that no course may have are not here: they carry codes of their own (`unsafe-link`,
//! `external-picture`, `path-outside` are what other tools number D20). What only a browser can
//! measure (D05, D06, D14, D16) is found by `check --render`.

mod bank;
mod deck;
mod prose;
mod quiz;
mod sheet;

use super::{Survey, texts};
use crate::course::inspect::nearest;
use crate::course::{Course, Silence};
use crate::diag::{Diagnostic, Pin, Severity};
use crate::parallel::each;
use crate::source::RelPath;
use bank::{Bank, Item};
use rayon::prelude::*;
use sheet::Sheet;
pub(super) use sheet::{Asked, Deck, Rest};
use std::collections::BTreeSet;

/// A rule of good practice.
#[derive(Clone, Copy)]
struct Rule {
    /// Its id, which is also the code of its findings.
    id: &'static str,
    /// How it looks.
    check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
enum Check {
    /// All quiz items of the course, and the questions of its exercises.
    Quiz(fn(&Bank<'_>, &mut Report<'_>)),
    /// One deck.
    Deck(fn(&Deck<'_>, &mut Report<'_>)),
    /// Found elsewhere (by the engine, or by a browser); listed so that it can be named.
    Elsewhere,
}

/// All rules, in the order of their ids.
const RULES: &[Rule] = &[
    quiz::all_of_the_above::RULE,
    quiz::none_of_the_above::RULE,
    quiz::exception::RULE,
    quiz::negation::RULE,
    quiz::long_key::RULE,
    quiz::uneven_options::RULE,
    quiz::option_count::RULE,
    quiz::key_position::RULE,
    quiz::absolutes::RULE,
    quiz::shared_word::RULE,
    quiz::alike_options::RULE,
    quiz::number_order::RULE,
    quiz::combined_options::RULE,
    quiz::stem_shape::RULE,
    quiz::missing_reason::RULE,
    quiz::long_stem::RULE,
    Rule { id: "Q17", check: Check::Elsewhere },
    quiz::true_false_balance::RULE,
    quiz::giveaway::RULE,
    quiz::objective_cover::RULE,
    quiz::position_words::RULE,
    quiz::short_time::RULE,
    deck::crowded::RULE,
    deck::bullets::RULE,
    deck::topic_title::RULE,
    deck::long_title::RULE,
    Rule { id: "D05", check: Check::Elsewhere },
    Rule { id: "D06", check: Check::Elsewhere },
    deck::reading_time::RULE,
    deck::talking_time::RULE,
    deck::read_aloud::RULE,
    deck::alternative_text::RULE,
    deck::long_silence::RULE,
    Rule { id: "D14", check: Check::Elsewhere },
    deck::punctuation::RULE,
    Rule { id: "D16", check: Check::Elsewhere },
    deck::same_title::RULE,
    deck::minutes::RULE,
];

/// Ids of all rules of good practice, quizzes first.
pub fn ids() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.id)
}

/// Runs all rules but those that look at one deck over what could be read.
pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let course = survey.course;
    let bank = Bank::of(course);
    unknown_names(survey, &bank, found);
    let reports = each(RULES).map(|rule| {
        let mut found = Vec::new();
        if let (Check::Quiz(look), Some(mut report)) = (rule.check, rule.report(course, &mut found))
        {
            look(&bank, &mut report);
        }
        found
    });
    found.par_extend(reports.flatten_iter());
    punctuation_of_exercises(survey, found);
}

/// Runs the rules that look at one deck.
pub(super) fn of_deck(course: &Course, deck: &Deck<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let (Check::Deck(look), Some(mut report)) = (rule.check, rule.report(course, &mut found))
        {
            look(deck, &mut report);
        }
    }
    found
}

impl Rule {
    /// What takes down its findings, unless the course has turned it off.
    fn report<'r>(&self, course: &'r Course, found: &'r mut Vec<Diagnostic>) -> Option<Report<'r>> {
        let level = course.checks.get(self.id).map(String::as_str);
        (level != Some("off")).then_some(Report { rule: self.id, level, found })
    }
}

/// Texts of exercises are no slides and no items, but are typeset all the same.
fn punctuation_of_exercises(survey: &Survey<'_>, found: &mut Vec<Diagnostic>) {
    let Some(mut report) = deck::punctuation::RULE.report(survey.course, found) else { return };
    for exercise in survey.course.exercises.values() {
        texts::of_exercise(exercise, &mut |text| {
            let pin = text.place.pins();
            for fault in prose::half_width(text.markdown) {
                let pin = pin(fault.offset, fault.count);
                report.add(&exercise.file, pin, Level::Warn, &[], &[("text", fault.text)]);
            }
        });
    }
}

/// Rules that `checks` and `silence` name exist.
fn unknown_names(survey: &Survey<'_>, bank: &Bank<'_>, found: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = ids().collect();
    let mut look = |rule: &str, file: &RelPath, pin: Pin| {
        if !known.contains(rule) {
            let near = nearest(rule, known.iter().copied()).unwrap_or_default();
            found.push(
                Diagnostic::error("unknown-rule", file, pin)
                    .with("rule", rule)
                    .with("nearest", near),
            );
        }
    };
    for rule in survey.course.checks.keys() {
        look(rule, &RelPath::course_file(), Pin::Key(format!("checks.{rule}")));
    }
    for chapter in &survey.course.chapters {
        for (s, slide) in chapter.slides.iter().enumerate() {
            for (at, silence) in slide.silence.iter().enumerate() {
                let path = format!("slides[{s}].silence[{at}].rule");
                look(&silence.rule, &chapter.file, Pin::Value(path));
            }
        }
    }
    for item in bank.items() {
        for (at, silence) in item.question.silence.iter().enumerate() {
            let path = format!("{}.silence[{at}].rule", item.place);
            look(&silence.rule, item.file, Pin::Value(path));
        }
    }
}

/// How much a finding counts, unless the course says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Info,
    Warn,
    Error,
}

/// Takes down what one rule finds.
struct Report<'r> {
    rule: &'static str,
    /// What the course says about the rule.
    level: Option<&'r str>,
    found: &'r mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// Something about a quiz item, at `path` inside it (empty: the item as a whole).
    fn item(&mut self, item: &Item<'_>, path: &str, level: Level, args: &[(&'static str, String)]) {
        let silenced: Vec<&str> =
            item.question.silence.iter().map(|silence| silence.rule.as_str()).collect();
        let pin = pin(join(&item.place, path));
        self.add(item.file, pin, level, &silenced, args);
    }

    /// Something about a slide, at `path` inside it.
    fn slide(
        &mut self,
        sheet: &Sheet<'_>,
        path: &str,
        level: Level,
        args: &[(&'static str, String)],
    ) {
        let pin = pin(join(&format!("slides[{}]", sheet.index), path));
        self.slide_at(sheet, pin, level, args);
    }

    /// Something about a slide, at a place of its own.
    fn slide_at(
        &mut self,
        sheet: &Sheet<'_>,
        pin: Pin,
        level: Level,
        args: &[(&'static str, String)],
    ) {
        self.add(sheet.file, pin, level, &rules_of(&sheet.slide.silence), args);
    }

    /// Something else in a file.
    fn add(
        &mut self,
        file: &RelPath,
        pin: Pin,
        level: Level,
        silenced: &[&str],
        args: &[(&'static str, String)],
    ) {
        if silenced.contains(&self.rule) {
            return;
        }
        let severity = match (self.level, level) {
            (Some("info"), _) | (None, Level::Info) => Severity::Info,
            (Some("error"), _) | (None, Level::Error) => Severity::Error,
            _ => Severity::Warning,
        };
        let mut finding = Diagnostic { severity, ..Diagnostic::warning(self.rule, file, pin) };
        for (name, value) in args {
            finding = finding.with(name, value.as_str());
        }
        self.found.push(finding);
    }
}

/// A list, or a text of several lines, is pointed at by its key: its value starts a line below.
fn pin(path: String) -> Pin {
    let key = path.rsplit('.').next().unwrap_or_default();
    if ["options", "notes", "body"].contains(&key) { Pin::Key(path) } else { Pin::Value(path) }
}

fn rules_of(silence: &[Silence]) -> Vec<&str> {
    silence.iter().map(|silence| silence.rule.as_str()).collect()
}

fn join(base: &str, path: &str) -> String {
    if path.is_empty() { base.to_owned() } else { format!("{base}.{path}") }
}
