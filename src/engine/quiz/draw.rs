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
    // The order of the files again; sorting would weigh more than looking each one up.
    let mut drawn = places(quiz, |question| {
        let is_it = |at: &usize| quiz.questions.get(*at).is_some_and(|one| one.id == question.id);
        drawn.iter().any(is_it)
    });
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
    let order: Vec<usize> = order.into_iter().filter_map(|at| inside.get(at).copied()).collect();
    // Round by round: the first items of each objective in the seed's order, then the second ones.
    let mut rounds: Vec<usize> = Vec::with_capacity(order.len());
    for (before, at) in order.iter().enumerate() {
        let earlier = order.iter().take(before);
        rounds.push(earlier.filter(|other| objective(**other) == objective(*at)).count());
    }
    let by_round = (0..order.len()).flat_map(|round| {
        let of_round = order.iter().zip(&rounds).filter(move |(_, its)| **its == round);
        of_round.map(|(at, _)| *at)
    });
    drawn.extend(by_round.take(count));
}
