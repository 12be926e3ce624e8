//! A quiz as a whole: which items are drawn, how often each may be tried, what counts, what the
//! learner masters and should read again. Pages and the terminal share it.
//!
//! # The quiz
//!
//! ```json
//! {"id": "09-screening", "course": "key-accounts",
//!  "settings": {"pass": 0.8, "feedback": "now", "tries": 1, "penalty": 0, "hint_penalty": 0,
//!               "partial": true, "certainty": false, "order": "written", "draw": 10,
//!               "pools": [{"id": "hard", "draw": 2}], "minutes": 20},
//!  "objectives": [{"id": "c09-score", "text": "…", "slides": [{"id": "7", "number": 7, "title": "…"}]}],
//!  "questions": [{"kind": "single", …}],
//!  "digests": {"c09q1": "3f2a…"}}
//! ```
//!
//! Every setting may be left out; above stand the defaults (but no `draw`, `pools`, `minutes`).
//! A question may say otherwise for itself in `quiz: {feedback, tries, penalty, hint_penalty,
//! partial, certainty}`, and name its `pool`.
//!
//! # What is kept
//!
//! Progress is a value that surfaces keep and hand back with every request; a part of it (the
//! items of one quiz) is progress too, so a page may keep each quiz under a key of its own and
//! join them with `progress.merge`.
//!
//! ```json
//! {"version": 1, "course": "key-accounts",
//!  "items": {"c09q1": {"digest": "3f2a…", "answer": "d", "tries": 1, "done": true,
//!                      "verdict": {"state": "right", "score": 1, "marks": 1, "max": 1, "points": 3},
//!                      "hints": 0, "certainty": 3, "flagged": true, "seconds": 41}},
//!  "quizzes": {"09-screening": {"seed": 7, "drawn": ["c09q1"], "only": ["c09q1"], "at": 0,
//!                               "finished": false, "seconds": 310,
//!                               "past": [{"seed": 6, "marks": 9, "max": 12, "score": 0.75,
//!                                         "passed": false, "seconds": 600}]}},
//!  "mastery": {"c09-score": {"level": "familiar", "score": 0.75}},
//!  "exercises": {"screening": {…}}}
//! ```
//!
//! A surface writes into an item itself: `answer` (a draft, as often as it likes), `flagged`,
//! `hints` (how many it has shown), `certainty` (1, 2 or 3), `seconds`; and into a quiz: `at` (the
//! item looked at) and `seconds`. The engine writes the rest. An item whose `digest` is another
//! than the quiz's keeps its answer and is asked again.
//!
//! # Requests
//!
//! | `op` | takes | gives |
//! |---|---|---|
//! | `quiz.start` | `quiz`, `progress`, `seed`, `again`? | `{progress, view}` |
//! | `quiz.answer` | `quiz`, `progress`, `id`, `answer`, `give_up`? | `{progress, outcome}` |
//! | `quiz.show` | `quiz`, `progress`, `id` | `{progress, outcome}`: as it stood after the last answer |
//! | `quiz.finish` | `quiz`, `progress` | `{progress, summary}` |
//! | `quiz.summary` | `quiz`, `progress` | `{progress, summary}` |
//!
//! `quiz.start` resumes what was begun, whatever the `seed`, and draws with it otherwise; `again`
//! is `"all"` (a new draw), `"wrong"` (what was not right) or `"flagged"`. A view:
//!
//! ```json
//! {"id": "09-screening", "seed": 7, "at": 0, "finished": false, "of": 16,
//!  "settings": {… all of them …},
//!  "items": [{"number": 1, "id": "c09q1", "face": {…}, "feedback": "now", "tries": 1,
//!             "certainty": false, "open": true, "changed": false}]}
//! ```
//!
//! `of` counts what the items were drawn from; `open` = it can still be answered; `changed` = the
//! question is another than when it was answered. An outcome:
//!
//! ```json
//! {"id": "c09q1", "state": "retry", "tries_left": 1, "verdict": {…}, "marks": 0, "max": 1,
//!  "points": -2}
//! ```
//!
//! `state`: `open` (not answered yet) · `unread` (blank or malformed: it costs no try; the verdict
//! says why) · `kept` (feedback comes at the end; no verdict) · `retry` (another try; the verdict
//! tells only what the learner did, not the answer; `quiz.show` gives none) · `done`. `points`: of certainty-based marking.
//! A summary:
//!
//! ```json
//! {"id": "09-screening", "finished": true, "score": 0.75, "marks": 9, "max": 12, "pass": 0.8,
//!  "passed": false, "items": 12, "answered": 12, "unanswered": [], "flagged": ["c09q1"],
//!  "wrong": ["c09q4"], "seconds": 310,
//!  "objectives": [{"id": "c09-score", "text": "…", "items": 3, "marks": 2, "max": 3,
//!                  "score": 0.667, "level": "attempted"}],
//!  "advice": [{"id": "c09-score", "text": "…", "score": 0.667, "slides": [{"id", "number", "title"}]}],
//!  "certainty": {"points": 12, "max": 36, "levels": [{"level": 1, "items": 2, "right": 1}],
//!                "messages": [{"code": "certainty.too-sure"}]}}
//! ```
//!
//! `level`: `untouched`, `attempted` (under 70 %), `familiar`, `proficient` (all right), `mastered`
//! (all right again in a later whole draw over several objectives). `advice` names the objectives
//! under the pass mark, the weakest first, with the slides tagged with them.

mod attempt;
mod certainty;
mod draw;
mod settings;
mod summary;

pub(crate) use attempt::{Again, answer, finish, show, start};
pub use settings::{Order, Pool, Settings};
pub(crate) use summary::summary;

use crate::json::Value;
use crate::question::{Behaviour, Question};
use crate::read::record;

record! {
    /// Something that a learner can do after the chapter.
    Objective {
        /// Its id.
        id: String = need,
        /// What the learner can do.
        text: String = need,
        /// The slides tagged with it: `{id, number, title}`.
        slides: Vec<Value> = or,
    }
}

record! {
    /// A quiz as a whole.
    Quiz {
        /// Its id: the chapter's.
        id: String = need,
        /// The course's id.
        course: String = or,
        /// How it runs.
        settings: Settings = or,
        /// What it is about.
        objectives: Vec<Objective> = or,
        /// All items, drawn or not.
        questions: Vec<Question> = need,
        /// By item id, a digest of what the author wrote.
        digests: Value = or,
    }
}

impl Quiz {
    fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// What a learner who has not begun is asked, drawn with `seed`, in order. Each question's
    /// face is drawn with the same seed.
    pub fn drawn(&self, seed: u64) -> Vec<&Question> {
        draw::draw(self, seed).iter().filter_map(|id| self.question(id)).collect()
    }

    /// How an item is asked.
    pub fn rules(&self, question: &Question) -> Behaviour {
        question.quiz.over(&self.settings.behaviour())
    }

    fn digest(&self, id: &str) -> Option<&str> {
        self.digests.get(id)?.as_str()
    }
}
