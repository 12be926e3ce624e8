//! Arithmetic and conditions worked out (practice format §4).

use super::condition::{Condition, Test};
use super::eval::{At, Evaluator, Item};
use super::expr::{Expr, Operator, Over};
use super::file::Parameter;
use super::value::{Val, compare};
use crate::json::Value;
use std::cmp::Ordering;

/// Where names get their values: the exercise itself, someone's standing in a pipeline, or what a
/// learner entered.
pub(super) trait Scope {
    /// The value of a name.
    fn name(&self, name: &str, at: At) -> Option<Val>;

    /// The exercise behind it, for rows and tables.
    fn evaluator(&self) -> &Evaluator<'_>;
}

/// The value of arithmetic; a single name may stand for anything.
pub(super) fn value(scope: &dyn Scope, expr: &Expr, at: At) -> Option<Val> {
    match expr {
        Expr::Name(name) => scope.name(name, at),
        _ => number(scope, expr, at).map(Val::Number),
    }
}

/// The number that arithmetic gives; unknown in, unknown out.
pub(super) fn number(scope: &dyn Scope, expr: &Expr, at: At) -> Option<f64> {
    let result = match expr {
        Expr::Number(number) => *number,
        Expr::Name(name) => scope.name(name, at)?.number()?,
        Expr::Operation(operator, operands) => {
            let mut numbers = Vec::with_capacity(operands.len());
            for operand in operands.as_slice() {
                numbers.push(number(scope, operand, at)?);
            }
            operate(*operator, &numbers)?
        }
        Expr::Many(operator, operand, over) => {
            // Over many, unknown ones are skipped.
            let mut numbers = Vec::new();
            for place in places(scope, over, at) {
                numbers.extend(number(scope, operand, place));
            }
            if numbers.is_empty() && *operator != Operator::Sum {
                return None;
            }
            operate(*operator, &numbers)?
        }
        Expr::Weighted(name) => {
            let Some(Parameter::Numbers(weights)) = scope.evaluator().model.file.values.get(name)
            else {
                return None;
            };
            let mut sum = 0.0;
            for (id, weight) in &weights.0 {
                sum += scope.name(id, at)?.number()? * weight;
            }
            sum
        }
        Expr::Count(of, over) => count(scope, of, over, at)?,
    };
    result.is_finite().then_some(result)
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are small")]
fn count(scope: &dyn Scope, of: &str, over: &Over, at: At) -> Option<f64> {
    let it = scope.evaluator();
    if of == "rows" {
        return Some(places(scope, over, at).len() as f64);
    }
    if it.resolve(of, at).is_some() {
        return match scope.name(of, at)? {
            Val::Set(ids) => Some(ids.len() as f64),
            _ => None,
        };
    }
    let over = Over { over: Some(of.to_owned()), ..over.clone() };
    Some(places(scope, &over, at).len() as f64)
}

/// The places that an operation over many goes through.
fn places(scope: &dyn Scope, over: &Over, at: At) -> Vec<At> {
    let it = scope.evaluator();
    let in_rows = |stage: usize, item: Option<Item>| -> Vec<At> {
        it.rows(stage).iter().map(|row| At { stage, row: Some(*row), item }).collect()
    };
    let mut places = match over.over.as_deref() {
        None => in_rows(at.stage, at.item),
        Some(name) => match it.model.stage_index(name) {
            Some(stage) => in_rows(stage, None),
            None => it.items(name, at),
        },
    };
    if let Some(field) = &over.by {
        let current = at.row.map_or("", |row| it.model.row_id(at.stage, row));
        places.retain(
            |place| matches!(scope.name(field, *place), Some(Val::Text(id)) if id == current),
        );
    }
    if let Some(only) = &over.only {
        places.retain(|place| holds(scope, only, *place));
    }
    places
}

/// Whether a condition holds. An unknown value fails every test but `missing`.
pub(super) fn holds(scope: &dyn Scope, condition: &Condition, at: At) -> bool {
    match condition {
        Condition::All(list) => list.iter().all(|one| holds(scope, one, at)),
        Condition::Any(list) => list.iter().any(|one| holds(scope, one, at)),
        Condition::Not(one) => !holds(scope, one, at),
        Condition::AnyRow(one) => {
            let rows = scope.evaluator().rows(at.stage);
            rows.iter().any(|row| holds(scope, one, At { row: Some(*row), ..at }))
        }
        Condition::Test(name, one) => test(scope, one, scope.name(name, at).as_ref(), at),
    }
}

fn test(scope: &dyn Scope, one: &Test, value: Option<&Val>, at: At) -> bool {
    if let Test::Missing(missing) = one {
        return value.is_none() == *missing;
    }
    if let Test::All(tests) = one {
        return tests.iter().all(|one| test(scope, one, value, at));
    }
    let Some(value) = value else { return false };
    let ordered = |expr: &Expr, accept: fn(Ordering) -> bool| {
        let limit = number(scope, expr, at);
        matches!((value.number(), limit), (Some(a), Some(b)) if accept(compare(a, b)))
    };
    let is = |literal: &Value| Val::literal(literal).is_some_and(|it| it.same(value));
    let has = |literal: &Value| match (value, literal.as_str()) {
        (Val::Set(ids), Some(literal)) => ids.iter().any(|id| id == literal),
        _ => false,
    };
    match one {
        Test::Is(literal) => is(literal),
        Test::From(expr) => ordered(expr, Ordering::is_ge),
        Test::Below(expr) => ordered(expr, Ordering::is_lt),
        Test::Above(expr) => ordered(expr, Ordering::is_gt),
        Test::UpTo(expr) => ordered(expr, Ordering::is_le),
        Test::OneOf(literals) => literals.iter().any(is),
        Test::Has(literal) => has(literal),
        Test::Lacks(literal) => matches!(value, Val::Set(_)) && !has(literal),
        Test::Empty(empty) => matches!(value, Val::Set(ids) if ids.is_empty() == *empty),
        Test::Mentions(texts) => {
            matches!(value, Val::Text(text) if texts.iter().any(|it| mentions(text, it)))
        }
        Test::SameAs(name) => scope.name(name, at).is_some_and(|other| other.same(value)),
        Test::In(name) => match (scope.name(name, at), value) {
            (Some(Val::Set(ids)), Val::Text(id)) => ids.contains(id),
            _ => false,
        },
        Test::Not(inner) => !test(scope, inner, Some(value), at),
        Test::All(_) | Test::Missing(_) => false,
    }
}

/// Applies an operator to its operands, from left to right.
fn operate(operator: Operator, numbers: &[f64]) -> Option<f64> {
    let sum = || numbers.iter().fold(0.0, |sum, number| sum + number);
    let (first, second) = (numbers.first().copied(), numbers.get(1).copied());
    match operator {
        Operator::Sum => Some(sum()),
        Operator::Product => Some(numbers.iter().fold(1.0, |product, number| product * number)),
        #[expect(clippy::cast_precision_loss, reason = "counts of operands are small")]
        Operator::Mean => first.map(|_| sum() / numbers.len() as f64),
        Operator::Min => numbers.iter().copied().reduce(f64::min),
        Operator::Max => numbers.iter().copied().reduce(f64::max),
        Operator::Minus => Some(first? - second?),
        Operator::Ratio => {
            second.filter(|divisor| *divisor != 0.0).and_then(|by| Some(first? / by))
        }
        Operator::Round => {
            let (number, step) = (first?, second.filter(|step| *step > 0.0)?);
            let steps = (super::value::grid((number / step).abs()) + 0.5).floor();
            Some(steps * step * if number < 0.0 { -1.0 } else { 1.0 })
        }
        Operator::Abs => first.map(f64::abs),
        Operator::Sqrt => first.filter(|number| *number >= 0.0).map(f64::sqrt),
    }
}

/// Whether a text has a part. Texts here are short: the search of the standard library, which is
/// quick in long ones, would be two kilobytes of what the page loads.
fn mentions(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    part.is_empty() || text.as_bytes().windows(part.len()).any(|it| it == part)
}
