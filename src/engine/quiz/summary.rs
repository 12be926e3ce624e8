//! What a run amounts to: marks, objectives, what is mastered, what to read again.

use super::{Objective, Quiz, certainty};
use crate::json::{Map, Value};
use crate::progress::{Progress, is, number, texts};
use crate::question::Question;
use crate::write::Object;

/// Ids of the items that a run asks, in order; none if it was not begun.
pub(super) fn asked(quiz: &Quiz, progress: &Progress) -> Vec<String> {
    let state = progress.get("quizzes", &quiz.id);
    let only = texts(state, "only");
    let mut ids = if only.is_empty() { texts(state, "drawn") } else { only };
    ids.retain(|id| quiz.question(id).is_some());
    ids
}

/// Ids of the items that were drawn, whether or not this run asks them all.
fn drawn(quiz: &Quiz, progress: &Progress) -> Vec<String> {
    let mut ids = texts(progress.get("quizzes", &quiz.id), "drawn");
    ids.retain(|id| quiz.question(id).is_some());
    ids
}

/// An item's marks and what a full score is worth.
fn marks(progress: &Progress, question: &Question) -> (f64, f64) {
    let verdict = verdict(progress, &question.id);
    let max = if question.is_unscored() { 0.0 } else { question.marks };
    (number(verdict, "marks"), max)
}

fn verdict<'p>(progress: &'p Progress, id: &str) -> Option<&'p Map<String, Value>> {
    progress.get("items", id)?.get("verdict")?.as_object()
}

/// Scored items without a full score; those that were not answered too.
pub(super) fn wrong(quiz: &Quiz, progress: &Progress, ids: &[String]) -> Vec<String> {
    let is_wrong = |id: &&String| {
        quiz.question(id).is_some_and(|question| !question.is_unscored())
            && number(verdict(progress, id), "score") < 1.0
    };
    ids.iter().filter(is_wrong).cloned().collect()
}

/// Items that the learner flagged.
pub(super) fn flagged(progress: &Progress, ids: &[String]) -> Vec<String> {
    let is_flagged = |id: &&String| is(progress.get("items", id), "flagged");
    ids.iter().filter(is_flagged).cloned().collect()
}

/// What a run amounts to.
pub(crate) fn summary(quiz: &Quiz, progress: &Progress) -> Value {
    let ids = drawn(quiz, progress);
    let state = progress.get("quizzes", &quiz.id);
    let finished = is(state, "finished");
    let (mut total, mut most) = (0.0, 0.0);
    let mut unanswered = Vec::new();
    for id in &ids {
        let Some(question) = quiz.question(id) else { continue };
        let (earned, max) = marks(progress, question);
        total += earned;
        most += max;
        let answer = progress.get("items", id).and_then(|item| item.get("answer"));
        if answer.is_none_or(crate::question::is_blank) {
            unanswered.push(id.clone());
        }
    }
    let score = share(total, most);
    let list = |ids: &[String]| ids.iter().map(|id| Value::from(id.as_str())).collect::<Value>();
    let rows: Vec<Row<'_>> =
        quiz.objectives.iter().filter_map(|one| Row::of(quiz, progress, &ids, one)).collect();
    let mut weak: Vec<&Row<'_>> = Vec::new();
    for row in rows.iter().filter(|row| row.max > 0.0 && !passes(row.score(), quiz)) {
        let place = weak.iter().position(|other| row.score() < other.score());
        weak.insert(place.unwrap_or(weak.len()), row);
    }
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let object = Object::new()
        .text("id", &quiz.id)
        .yes_no("finished", finished)
        .number("score", score)
        .number("marks", total)
        .number("max", most)
        .number("pass", quiz.settings.pass())
        .yes_no("passed", most > 0.0 && passes(score, quiz))
        .count("items", ids.len())
        .count("answered", ids.len() - unanswered.len())
        .put("unanswered", list(&unanswered))
        .put("flagged", list(&flagged(progress, &ids)))
        .put("wrong", list(&wrong(quiz, progress, &ids)))
        .number("seconds", number(state, "seconds"))
        .list("objectives", &rows, |row| row.json(progress))
        .list("advice", &weak, |row| row.advice());
    match certainty::report(quiz, progress, &names) {
        Some(report) => object.put("certainty", report).end(),
        None => object.end(),
    }
}

fn share(marks: f64, max: f64) -> f64 {
    if max > 0.0 { marks / max } else { 0.0 }
}

fn passes(score: f64, quiz: &Quiz) -> bool {
    score + 1e-9 >= quiz.settings.pass()
}

/// An objective with what its items brought.
struct Row<'q> {
    objective: &'q Objective,
    items: usize,
    marks: f64,
    max: f64,
    /// Whether any of its items was answered.
    touched: bool,
}

impl<'q> Row<'q> {
    /// None if no item of the run is about it.
    fn of(
        quiz: &Quiz,
        progress: &Progress,
        ids: &[String],
        objective: &'q Objective,
    ) -> Option<Self> {
        let mut row = Self { objective, items: 0, marks: 0.0, max: 0.0, touched: false };
        for question in ids.iter().filter_map(|id| quiz.question(id)) {
            if question.objective.as_ref() == Some(&objective.id) {
                let (marks, max) = marks(progress, question);
                row.items += 1;
                row.marks += marks;
                row.max += max;
                // A question left blank has a verdict, too, once the quiz is handed in.
                let state = verdict(progress, &question.id).and_then(|it| it.get("state"));
                row.touched |= max > 0.0 && state.is_some_and(|it| it.as_str() != Some("blank"));
            }
        }
        (row.items > 0).then_some(row)
    }

    fn score(&self) -> f64 {
        share(self.marks, self.max)
    }

    fn json(&self, progress: &Progress) -> Value {
        let kept = progress.get("mastery", &self.objective.id);
        let kept = kept.and_then(|kept| kept.get("level")?.as_str());
        let now = if self.touched { level(self.score()) } else { "untouched" };
        Object::new()
            .text("id", &self.objective.id)
            .text("text", &self.objective.text)
            .count("items", self.items)
            .number("marks", self.marks)
            .number("max", self.max)
            .number("score", self.score())
            .text("level", kept.unwrap_or(now))
            .end()
    }

    fn advice(&self) -> Value {
        Object::new()
            .text("id", &self.objective.id)
            .text("text", &self.objective.text)
            .number("score", self.score())
            .list("slides", &self.objective.slides, Value::clone)
            .end()
    }
}

/// The level that a share of the marks alone reaches.
fn level(score: f64) -> &'static str {
    if score + 1e-9 >= 1.0 {
        "proficient"
    } else if score + 1e-9 >= 0.7 {
        "familiar"
    } else {
        "attempted"
    }
}

/// Notes at the end of a run what is mastered: right again, after it was all right before, in a
/// whole draw that mixes objectives.
pub(super) fn note_mastery(quiz: &Quiz, progress: &mut Progress) {
    let ids = drawn(quiz, progress);
    let whole = texts(progress.get("quizzes", &quiz.id), "only").is_empty();
    let rows: Vec<Row<'_>> =
        quiz.objectives.iter().filter_map(|one| Row::of(quiz, progress, &ids, one)).collect();
    let mixed = whole && rows.iter().filter(|row| row.max > 0.0).count() > 1;
    for row in rows.iter().filter(|row| row.touched) {
        let kept = progress.get("mastery", &row.objective.id);
        let before = kept.and_then(|kept| kept.get("level")?.as_str()).unwrap_or_default();
        let mut now = level(row.score());
        if now == "proficient" && (before == "mastered" || (mixed && before == "proficient")) {
            now = "mastered";
        }
        let score = crate::question::json_number(row.score());
        let kept = progress.edit("mastery", &row.objective.id);
        kept.insert("level".to_owned(), now.into());
        kept.insert("score".to_owned(), score);
    }
}
