//! Q22: less time for a quiz than it takes to read it and to think.

use super::bank::{Item, Quiz};
use super::{Bank, Check, Level, Report, Rule, prose};
use crate::diag::Pin;
use crate::source::RelPath;
use prose::Amount;
use serde_json::{Value, json};

pub(in super::super) const RULE: Rule = Rule { id: "Q22", check: Check::Quiz(check) };

/// Silent reading: Han characters and words a minute (Brysbaert 2019 for English).
const SPEED: (f64, f64) = (255.0, 238.0);
/// What a face has besides what is read: hints come only when they are asked for.
const UNSEEN: [&str; 5] = ["id", "kind", "widget", "objective", "hints"];
/// So many times the reading is the least that answering takes.
const TIMES: f64 = 1.5;

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for quiz in bank.quizzes.iter().filter(|quiz| !quiz.items.is_empty()) {
        let settings = quiz.chapter.quiz.over(bank.settings);
        let Some(minutes) = settings.minutes else { continue };
        let least = TIMES * reading(quiz, &settings);
        if minutes + 1e-9 >= least {
            continue;
        }
        let own = quiz.chapter.quiz.minutes.is_some();
        let whole = RelPath::course_file();
        let file = if own { &quiz.chapter.file } else { &whole };
        let tenth = |minutes: f64| format!("{}", (minutes * 10.0).ceil() / 10.0);
        let args = [
            ("chapter", quiz.chapter.title.clone()),
            ("minutes", format!("{minutes}")),
            ("least", tenth(least)),
        ];
        report.add(file, Pin::Value("quiz.minutes".to_owned()), Level::Warn, &[], &args);
    }
}

/// Minutes that reading a quiz takes. Of items that are drawn, so many of middling length count.
#[expect(clippy::cast_precision_loss, reason = "quizzes are short")]
fn reading(quiz: &Quiz<'_>, settings: &kejian_engine::quiz::Settings) -> f64 {
    let of_pool = |pool: Option<&str>| -> Vec<f64> {
        let items = quiz.items.iter().filter(|item| item.question.pool.as_deref() == pool);
        items.map(minutes).collect()
    };
    let drawn = |times: Vec<f64>, draw: Option<u64>| {
        let all: f64 = times.iter().sum();
        let count = times.len() as u64;
        match draw.filter(|draw| *draw < count) {
            Some(draw) => all / count as f64 * draw as f64,
            None => all,
        }
    };
    let pools = settings.pools.iter().map(|pool| drawn(of_pool(Some(&pool.id)), Some(pool.draw)));
    drawn(of_pool(None), settings.draw) + pools.sum::<f64>()
}

/// Minutes that reading an item takes: all that it shows before it is answered.
fn minutes(item: &Item<'_>) -> f64 {
    let mut amount = Amount::default();
    read(&json!(item.question.face(0)), &mut amount);
    amount.share(SPEED.0, SPEED.1)
}

fn read(shown: &Value, amount: &mut Amount) {
    match shown {
        Value::Object(map) => {
            let shown = map.iter().filter(|(key, _)| !UNSEEN.contains(&key.as_str()));
            shown.for_each(|(_, value)| read(value, amount));
        }
        Value::Array(list) => list.iter().for_each(|value| read(value, amount)),
        Value::String(text) => {
            *amount = [*amount, Amount::of(&crate::markdown::plain(text))].into_iter().sum();
        }
        _ => {}
    }
}
