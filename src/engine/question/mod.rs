//! Quiz items: fourteen kinds that read themselves, present a face, grade and explain.
//!
//! Each kind is one file: its keys (read after `kind`, which opens every question), its
//! [`Face`], its grade and its explanation. What all kinds share is here.

mod accepted;
mod amount;
mod behaviour;
mod categorise;
mod cloze;
mod essay;
mod face;
mod fold;
mod grid;
mod hotspot;
mod keys;
mod matching;
mod measure;
mod multiple;
mod number;
mod numeric;
mod options;
mod order;
mod pattern;
mod placing;
mod rank;
mod scale;
mod short;
mod single;
mod target;
mod true_false;
mod verdict;

pub use accepted::Accepted;
pub use amount::{Amount, Many, One};
pub use behaviour::{Behaviour, Feedback};
pub use categorise::Item;
pub use cloze::Blank;
pub use face::{Entry, Face, Gap, Widget};
pub(crate) use face::{fnv, shuffle};
pub use fold::fold;
pub use grid::Row;
pub use hotspot::{Area, Region};
pub use keys::Silence;
pub(crate) use keys::message;
pub use matching::Pair;
pub use measure::{Close, OtherUnit, Range, Tolerance};
pub(crate) use number::json as json_number;
pub use number::{Reading, read_number};
pub use numeric::Slip;
pub use options::Choice;
pub use order::Step;
pub use rank::{First, Ranked};
pub use short::ShortSlip;
pub use target::Target;
pub use verdict::{Explanation, Line, Part, PartState, State, Verdict};

use crate::json::Value;
use crate::read::{Keys, Read, Reader};
use crate::{Message, Problem, TextRole};
use keys::{Common, kinds};

kinds! {
    Single "single" single::Single,
    Multiple "multiple" multiple::Multiple,
    TrueFalse "true_false" true_false::TrueFalse,
    Numeric "numeric" numeric::Numeric,
    Short "short" short::Short,
    Essay "essay" essay::Essay,
    Cloze "cloze" cloze::Cloze,
    Match "match" matching::Match,
    Order "order" order::Order,
    Categorise "categorise" categorise::Categorise,
    Grid "grid" grid::Grid,
    Hotspot "hotspot" hotspot::Hotspot,
    Scale "scale" scale::Scale,
    Rank "rank" rank::Rank,
}

/// One quiz item.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Stable id; empty until the course fills in a default.
    pub id: String,
    /// Id of the objective that it tests.
    pub objective: Option<String>,
    /// 1 easy, 2 middling, 3 hard.
    pub difficulty: Option<u8>,
    /// Name of the pool that it is drawn from.
    pub pool: Option<String>,
    /// What a full score is worth.
    pub marks: f64,
    /// What is asked.
    pub prompt: String,
    /// The item's own reason.
    pub why: Option<String>,
    /// Shown one after the other on request.
    pub hints: Vec<String>,
    /// Whether the parts are shuffled.
    pub shuffle: bool,
    /// How it is asked, where it differs from the quiz.
    pub quiz: Behaviour,
    /// Check rules that do not apply here.
    pub silence: Vec<Silence>,
    /// What only this kind has.
    pub body: Body,
}

impl Read for Question {
    fn read(value: Value, reader: &mut Reader) -> Self {
        let mut keys = Keys::of(value, reader);
        if keys.first() != "kind" {
            keys.reader.fault("a question opens with `kind`", "");
        }
        let kind: String = keys.need("kind");
        if !KINDS.contains(&kind.as_str()) {
            keys.reader.fault("unknown kind", &kind);
        }
        let common = Common::read(&mut keys);
        let mut body =
            Body::read(&kind, &mut keys).unwrap_or(Body::TrueFalse(TrueFalse { answer: false }));
        keys.end();
        body.fill_ids();
        let Common { id, objective, difficulty, pool, marks, prompt, why, hints, .. } = common;
        let Common { shuffle, quiz, silence, .. } = common;
        Self {
            id,
            objective,
            difficulty,
            pool,
            marks,
            prompt,
            why,
            hints,
            shuffle,
            quiz,
            silence,
            body,
        }
    }
}

/// Reads over JSON's tree in every format. An author's file is walked against the schema before,
/// which places every fault at its line.
#[cfg(not(target_arch = "wasm32"))]
impl<'de> serde::Deserialize<'de> for Question {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        crate::read::read(value).map_err(serde::de::Error::custom)
    }
}

/// What a kind of question does for its author. Apart from [`Kind`], so that pages, which have
/// only learners, need not carry it.
trait Author {
    /// Faults that its shape alone does not show.
    fn problems(&self, question: &Question, found: &mut Vec<Problem>);
    /// Every shown text of the body.
    fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String));
}

/// What a kind of question does for learners.
trait Kind {
    /// Gives an id to every part that has none, from the source texts.
    fn fill_ids(&mut self) {}
    /// The widget with what a learner may see.
    fn widget(&self, question: &Question, seed: u64) -> Widget;
    /// The verdict on an answer that is not blank.
    fn grade(&self, question: &Question, answer: &Value) -> Result<Verdict, Message>;
    /// The right answer in the answer format; null if there is none.
    fn solution(&self) -> Value;
    /// The answer in lines for paper.
    fn lines(&self, question: &Question) -> Vec<Line>;
}

impl Question {
    /// The name of its kind, as in `kind:`.
    pub fn kind_name(&self) -> &'static str {
        self.body.name()
    }

    /// Faults that the shape alone does not show, by path inside the question.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        if self.prompt.trim().is_empty() {
            found.push(problem("prompt", Message::new("question.empty-prompt")));
        }
        if !(self.marks.is_finite() && self.marks >= 0.0) {
            found.push(problem("marks", Message::new("question.marks")));
        }
        if self.difficulty.is_some_and(|level| !(1..=3).contains(&level)) {
            found.push(problem("difficulty", Message::new("question.difficulty")));
        }
        for fault in self.quiz.problems() {
            found.push(Problem { place: format!("quiz.{}", fault.place), ..fault });
        }
        self.body.author().problems(self, &mut found);
        found
    }

    /// Hands every shown text to `visit`, which may change it; ids and accepted answers stay.
    pub fn visit_texts(&mut self, visit: &mut dyn FnMut(TextRole, &mut String)) {
        if matches!(self.body, Body::Cloze(_)) {
            cloze::visit_prompt(&mut self.prompt, visit);
        } else {
            visit(TextRole::Block, &mut self.prompt);
        }
        self.body.author_mut().visit_texts(visit);
        if let Some(why) = &mut self.why {
            visit(TextRole::Block, why);
        }
        for hint in &mut self.hints {
            visit(TextRole::Block, hint);
        }
    }

    /// What a learner may see, in the order that `seed` gives.
    pub fn face(&self, seed: u64) -> Face {
        Face {
            kind: self.kind_name(),
            id: self.id.clone(),
            objective: self.objective.clone(),
            difficulty: self.difficulty,
            marks: self.marks,
            prompt: self.prompt.clone(),
            hints: self.hints.clone(),
            widget: self.body.kind().widget(self, seed),
        }
    }

    /// The verdict on an answer in the answer format; never fails, whatever the JSON.
    pub fn grade(&self, answer: &Value) -> Verdict {
        let kind = self.body.kind();
        let mut verdict = if is_blank(answer) {
            Verdict::new(State::Blank).say(Message::new("answer.blank"))
        } else {
            kind.grade(self, answer)
                .unwrap_or_else(|message| Verdict::new(State::Malformed).say(message))
        };
        let max = if matches!(verdict.state, State::Unscored) || self.is_unscored() {
            0.0
        } else {
            self.marks
        };
        verdict.max = max;
        verdict.marks = verdict.score * max;
        verdict.why.clone_from(&self.why);
        verdict.solution = kind.solution();
        if let Body::Essay(essay) = &self.body {
            verdict.checklist.clone_from(&essay.checklist);
            verdict.model.clone_from(&essay.model);
        }
        verdict
    }

    /// The answer with its reasons, enough to print it on paper.
    pub fn explain(&self) -> Explanation {
        let kind = self.body.kind();
        let (checklist, model) = match &self.body {
            Body::Essay(essay) => (essay.checklist.clone(), essay.model.clone()),
            _ => (Vec::new(), None),
        };
        Explanation {
            why: self.why.clone(),
            lines: kind.lines(self),
            solution: kind.solution(),
            checklist,
            model,
        }
    }

    /// Whether it is never counted in a score: an essay, a scale, an order of preference.
    pub fn is_unscored(&self) -> bool {
        match &self.body {
            Body::Essay(_) | Body::Scale(_) => true,
            Body::Rank(rank) => rank.is_preference(),
            _ => false,
        }
    }
}

/// An error at `place`.
pub(crate) fn problem(place: impl Into<String>, message: Message) -> Problem {
    Problem { place: place.into(), warning: false, message }
}

/// A warning at `place`.
pub(crate) fn warning(place: impl Into<String>, message: Message) -> Problem {
    Problem { place: place.into(), warning: true, message }
}

/// Nothing was answered: null, an empty text, list or map.
pub(crate) fn is_blank(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.iter().all(is_blank),
        Value::Object(map) => map.values().all(is_blank),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
