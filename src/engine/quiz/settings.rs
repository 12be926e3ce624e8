//! What a course or a chapter's quiz says about how quizzes run.

use crate::json::Value;
use crate::question::{Behaviour, Feedback, Question, problem, warning};
use crate::read::{Read, Reader, record};
use crate::write::Object;
use crate::{Message, Problem};

/// In which order items come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// As the author wrote them.
    Written,
    /// As the seed gives it.
    Shuffled,
}

impl Read for Order {
    fn read(value: Value, reader: &mut Reader) -> Self {
        match value.as_str() {
            Some("written") => Self::Written,
            Some("shuffled") => Self::Shuffled,
            _ => {
                reader.fault("written or shuffled is due here", "");
                Self::Written
            }
        }
    }
}

record! {
    /// Items of which only some are drawn; they name it in `pool`.
    Pool {
        /// What items call it.
        id: String = need,
        /// How many are drawn.
        draw: u64 = need,
    }
}

record! {
    /// How quizzes run; a chapter's own `quiz` goes before the course's, an item's before both.
    #[derive(Default)]
    Settings {
        /// Share of the marks that passes, 0 to 1; default 0.8.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
        pass: Option<f64> = maybe,
        /// When feedback comes: now (default) or at the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        feedback: Option<Feedback> = maybe,
        /// How often an item may be answered; default 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 9)))]
        tries: Option<u8> = maybe,
        /// Share of the marks that each earlier try costs, 0 to 1; default 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
        penalty: Option<f64> = maybe,
        /// Share of the marks that each hint costs, 0 to 1; default 0.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "schema", schemars(range(min = 0, max = 1)))]
        hint_penalty: Option<f64> = maybe,
        /// Whether a partly right answer earns part of the marks; default true.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partial: Option<bool> = maybe,
        /// Whether learners say how sure they are, and are marked on it; default false.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        certainty: Option<bool> = maybe,
        /// The order of the items: written (default) or shuffled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Order> = maybe,
        /// How many of the items outside pools are drawn; default all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        draw: Option<u64> = maybe,
        /// Pools of items of which only some are drawn.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pools: Vec<Pool> = or,
        /// Time for the whole quiz, in minutes; default as long as it takes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<f64> = maybe,
    }
}

/// Reads over JSON's tree in every format, as questions are.
#[cfg(not(target_arch = "wasm32"))]
impl<'de> serde::Deserialize<'de> for Settings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        crate::read::read(value).map_err(serde::de::Error::custom)
    }
}

impl Settings {
    /// These, and `wider` for what they do not say.
    #[must_use]
    pub fn over(&self, wider: &Self) -> Self {
        let Behaviour { feedback, tries, penalty, hint_penalty, partial, certainty } =
            self.behaviour().over(&wider.behaviour());
        Self {
            pass: self.pass.or(wider.pass),
            feedback,
            tries,
            penalty,
            hint_penalty,
            partial,
            certainty,
            order: self.order.or(wider.order),
            draw: self.draw.or(wider.draw),
            pools: if self.pools.is_empty() { &wider.pools } else { &self.pools }.clone(),
            minutes: self.minutes.or(wider.minutes),
        }
    }

    /// What they say about single items.
    pub fn behaviour(&self) -> Behaviour {
        Behaviour {
            feedback: self.feedback,
            tries: self.tries,
            penalty: self.penalty,
            hint_penalty: self.hint_penalty,
            partial: self.partial,
            certainty: self.certainty,
        }
    }

    /// Faults that their shape does not show, by path inside the settings.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = self.behaviour().problems();
        if self.pass.is_some_and(|pass| !(0.0..=1.0).contains(&pass)) {
            found.push(problem("pass", Message::new("quiz.share")));
        }
        if self.minutes.is_some_and(|minutes| !(minutes.is_finite() && minutes > 0.0)) {
            found.push(problem("minutes", Message::new("quiz.minutes")));
        }
        for (at, pool) in self.pools.iter().enumerate() {
            if self.pools.iter().take(at).any(|other| other.id == pool.id) {
                let message = Message::new("question.duplicate-id").with("id", pool.id.clone());
                found.push(problem(format!("pools[{at}].id"), message));
            }
        }
        found
    }

    /// Faults of the pools that items name and of those that do not have enough of them.
    pub fn pool_problems(&self, questions: &[Question]) -> Vec<(Option<usize>, Problem)> {
        let mut found = Vec::new();
        for (at, question) in questions.iter().enumerate() {
            if let Some(name) = &question.pool
                && !self.pools.iter().any(|pool| &pool.id == name)
            {
                let message = Message::new("quiz.unknown-pool").with("id", name.clone());
                found.push((Some(at), problem("pool", message)));
            }
        }
        for (at, pool) in self.pools.iter().enumerate() {
            let inside = questions.iter().filter(|q| q.pool.as_ref() == Some(&pool.id)).count();
            if (inside as u64) < pool.draw {
                let message = Message::new("quiz.pool-too-small")
                    .with("id", pool.id.clone())
                    .with("n", inside)
                    .with("draw", pool.draw);
                found.push((None, warning(format!("pools[{at}].draw"), message)));
            }
        }
        found
    }

    /// The share of the marks that passes.
    pub fn pass(&self) -> f64 {
        self.pass.unwrap_or(0.8)
    }

    /// All of them with their defaults, for a surface.
    pub(super) fn json(&self) -> Value {
        let object = Object::new().number("pass", self.pass());
        let object = self.behaviour().write_to(object).text(
            "order",
            if self.order == Some(Order::Shuffled) { "shuffled" } else { "written" },
        );
        match self.minutes {
            Some(minutes) => object.number("minutes", minutes),
            None => object,
        }
        .end()
    }
}
