//! Filters that templates have besides Tera's own.

use super::fit;
use tera::{Kwargs, State, Tera, TeraResult, Value};

/// Adds them all.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("decimal_rest", decimal_rest);
    tera.register_filter("fit", fit::fit);
    tera.register_filter("lines", fit::lines);
}

/// What a number lacks so that the decimal points of a column stand under one another:
/// `{{ cell | decimal_rest(rows=rows, column=2) }}`. Layouts print it unseen.
#[expect(clippy::needless_pass_by_value, reason = "Tera hands the arguments over by value")]
fn decimal_rest(cell: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let column = kwargs.must_get::<usize>("column")?;
    let rows = kwargs.must_get::<&Value>("rows")?;
    let cells = rows.as_array().into_iter().flatten();
    let cells = cells.filter_map(|row| row.as_array()?.get(column));
    let longest = cells.map(|cell| decimals(&cell.to_string())).max().unwrap_or(0);
    let own = decimals(&cell.to_string());
    let missing = longest.saturating_sub(own);
    Ok(match (own, missing) {
        (_, 0) => String::new(),
        (0, missing) => format!(".{}", "0".repeat(missing)),
        (_, missing) => "0".repeat(missing),
    })
}

/// How many digits stand behind the decimal point at the end of a text.
fn decimals(text: &str) -> usize {
    let text = text.trim_end();
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    let before = text.len() - digits;
    let pointed =
        text[..before].ends_with('.') && text[..before - 1].ends_with(|c: char| c.is_ascii_digit());
    if pointed { digits } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_counted_at_the_end() {
        let found = ["25", "15.5", "−0.10", "3.", ".5", "第 2.1 条", "", "12.50%"].map(decimals);
        assert_eq!(found, [0, 1, 2, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_column_is_filled_up() {
        let mut tera = Tera::new();
        register(&mut tera);
        let template = "{% for row in rows %}{{ row[0] }}{{ row[0] | decimal_rest(rows=rows, column=0) }} {% endfor %}";
        tera.add_raw_template("t", template).unwrap();
        let mut context = tera::Context::new();
        context.insert("rows", &[["25"], ["15.5"], ["0.25"]]);
        assert_eq!(tera.render("t", &context).unwrap(), "25.00 15.50 0.25 ");
    }
}
