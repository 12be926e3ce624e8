//! A chapter's quiz as the engine takes it: the same for pages and the terminal, but for how
//! texts are drawn.

use super::{Chapter, Course};
use kejian_engine::TextRole;
use kejian_engine::question::Question;
use kejian_engine::quiz::{Objective, Quiz};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// What an item may be given without being another question.
const BESIDE: [&str; 9] =
    ["objective", "difficulty", "pool", "why", "hints", "marks", "quiz", "silence", "shuffle"];

impl Chapter {
    /// The chapter's quiz. `draw` makes of a Markdown text what the surface shows, `plain` a
    /// text without any markup.
    pub fn quiz(
        &self,
        course: &Course,
        draw: &mut dyn FnMut(TextRole, &mut String),
        plain: &dyn Fn(&str) -> String,
    ) -> Quiz {
        let mut questions = self.questions.clone();
        for question in &mut questions {
            question.visit_texts(draw);
        }
        // A translation asks the same: answers given in one language count in the other.
        let chapters = &course.original().chapters;
        let asked = chapters.iter().find(|one| one.stem == self.stem).unwrap_or(self);
        let digests = asked.questions.iter().map(|one| (one.id.clone(), digest(one).into()));
        Quiz {
            id: self.stem.clone(),
            course: course.id.clone(),
            settings: self.quiz.over(&course.quiz),
            objectives: self
                .objectives
                .iter()
                .map(|objective| {
                    let mut text = objective.text.clone();
                    draw(TextRole::Inline, &mut text);
                    let slides = self.slides_about(&objective.id, plain);
                    Objective { id: objective.id.clone(), text, slides }
                })
                .collect(),
            questions,
            digests: Value::Object(digests.collect::<Map<_, _>>()),
        }
    }

    fn slides_about(&self, objective: &str, plain: &dyn Fn(&str) -> String) -> Vec<Value> {
        let about =
            self.slides.iter().filter(|slide| slide.objectives.iter().any(|o| o == objective));
        about
            .map(|slide| json!({"id": slide.id, "number": slide.number, "title": plain(&slide.title)}))
            .collect()
    }
}

/// A digest of what is asked and what is right: a new theme, a better hint or reason does not ask
/// learners again, another option does.
fn digest(question: &Question) -> String {
    let mut asked = json!(question);
    if let Value::Object(keys) = &mut asked {
        keys.retain(|key, _| !BESIDE.contains(&key.as_str()));
    }
    let asked = serde_json::to_vec(&asked).unwrap_or_default();
    let hash = Sha256::digest(&asked);
    hash.iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
