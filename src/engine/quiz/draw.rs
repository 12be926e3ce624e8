//! Which items a quiz asks, and in which order: by the seed, the same everywhere.

use super::Quiz;
use super::settings::Order;
use crate::question::{Question, shuffle};

/// Ids of the items drawn, in the order asked.
pub(super) fn draw(quiz: &Quiz, seed: u64) -> Vec<String> {
    let settings = &quiz.settings;
    let mut drawn: Vec<usize> = Vec::new();
    for pool in &settings.pools {
        let inside = places(quiz, |question| question.pool.as_ref() == Some(&pool.id));
        pick(quiz, inside, pool.draw, &pool.id, seed, &mut drawn);
    }
    let known = |name: &String| settings.pools.iter().any(|pool| &pool.id == name);
    let outside = places(quiz, |question| !question.pool.as_ref().is_some_and(known));
    pick(quiz, outside, settings.draw.unwrap_or(u64::MAX), "", seed, &mut drawn);
    drawn.sort_unstable();
    if settings.order == Some(Order::Shuffled) {
        let order = shuffle(drawn.len(), &[&quiz.id, "/order"].concat(), seed);
        drawn = order.into_iter().filter_map(|at| drawn.get(at).copied()).collect();
    }
    drawn.into_iter().filter_map(|at| Some(quiz.questions.get(at)?.id.clone())).collect()
}

fn places(quiz: &Quiz, inside: impl Fn(&Question) -> bool) -> Vec<usize> {
    let numbered = quiz.questions.iter().enumerate();
    numbered.filter(|(_, question)| inside(question)).map(|(at, _)| at).collect()
}

/// Draws `count` of these items: as many objectives as possible before a second item of one.
fn pick(
    quiz: &Quiz,
    inside: Vec<usize>,
    count: u64,
    pool: &str,
    seed: u64,
    drawn: &mut Vec<usize>,
) {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    if count >= inside.len() {
        drawn.extend(inside);
        return;
    }
    let objective = |at: usize| quiz.questions.get(at).and_then(|q| q.objective.as_deref());
    let order = shuffle(inside.len(), &[&quiz.id, "/pool/", pool].concat(), seed);
    let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(inside.len());
    for at in order.into_iter().filter_map(|at| inside.get(at).copied()) {
        let of_same = |(_, other): &&(usize, usize)| objective(*other) == objective(at);
        ranked.push((ranked.iter().filter(of_same).count(), at));
    }
    // Stable: among items of the same round the seed's order stays.
    ranked.sort_by_key(|(round, _)| *round);
    drawn.extend(ranked.into_iter().take(count).map(|(_, at)| at));
}
