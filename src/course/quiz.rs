//! A chapter's quiz as the engine takes it: the same for pages and the terminal, but for how
//! texts are drawn.

use super::{Chapter, Course};
use kejian_engine::TextRole;
use kejian_engine::question::{Behaviour, Question};
use kejian_engine::quiz::{Objective, Quiz};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

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
    let hash = Sha256::digest(asked(question));
    let mut first = [0; 8];
    first[2..].copy_from_slice(&hash[..6]);
    format!("{:012x}", u64::from_be_bytes(first))
}

/// The JSON of a question without what an item may be given and still ask the same. Keys that say
/// nothing are not written, but for the marks, which come last.
fn asked(question: &Question) -> Vec<u8> {
    const MARKS: &[u8] = b",\"marks\":1}";
    let bare = Question {
        id: question.id.clone(),
        prompt: question.prompt.clone(),
        body: question.body.clone(),
        marks: 1.0,
        objective: None,
        difficulty: None,
        pool: None,
        why: None,
        hints: Vec::new(),
        shuffle: true,
        quiz: Behaviour::default(),
        silence: Vec::new(),
    };
    let mut json = serde_json::to_vec(&bare).unwrap_or_default();
    if json.ends_with(MARKS) {
        json.truncate(json.len() - MARKS.len());
        json.push(b'}');
    }
    json
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compile, embedded};

    /// Progress holds digests: they may not change with the program.
    #[test]
    fn only_what_is_asked_counts() {
        const BESIDE: [&str; 9] = [
            "objective",
            "difficulty",
            "pool",
            "why",
            "hints",
            "marks",
            "quiz",
            "silence",
            "shuffle",
        ];
        let outcome = compile::compile(
            &embedded::course(),
            &embedded::themes(),
            &compile::Options::default(),
        );
        let chapters = outcome.courses.iter().flat_map(|course| &course.chapters);
        let all: Question = serde_json::from_value(json!({
            "kind": "single", "id": "q", "objective": "o", "difficulty": 2, "pool": "p",
            "prompt": "哪一条？\",\"marks\":1}", "options": [
                {"id": "a", "text": ",\"marks\":1}", "correct": true}, {"id": "b", "text": "乙"},
            ],
            "why": "因为", "hints": ["想想"], "marks": 2.5, "shuffle": false,
            "quiz": {"tries": 2}, "silence": [{"rule": "Q01", "reason": "试"}],
        }))
        .unwrap();
        let questions = chapters.flat_map(|chapter| &chapter.questions).chain([&all]);
        let mut count = 0;
        for question in questions {
            let mut whole = json!(question);
            assert!(question != &all || BESIDE.iter().all(|key| whole.get(key).is_some()));
            whole.as_object_mut().unwrap().retain(|key, _| !BESIDE.contains(&key.as_str()));
            let bare = String::from_utf8(asked(question)).unwrap();
            assert_eq!(bare, whole.to_string());
            count += 1;
        }
        assert!(count > 100, "{count}");
    }
}
