//! The solution of an exercise, step by step.

use super::table::cells_of;
use super::verdict::plain;
use super::{
    Task, answer_text, called, card, described, legend, named_cell, pair, shown, titled, with_id,
};
use crate::terminal::phrase::{because, repeats, several};
use crate::terminal::{Format, Screen, Trouble, list, say, text};
use crate::theme::Words;
use crate::theme::formula::in_words;
use kejian_engine::Message;
use serde_json::Value;

/// Writes a solution of [`super::worked`].
pub fn write_worked(
    task: &Task<'_>,
    worked: &Value,
    format: Format,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    if format == Format::Json {
        screen.line(&worked.to_string())?;
        return Ok(());
    }
    let exercise = Task { level: None, ..*task }.face()?;
    screen.heading(text(&exercise, "title"))?;
    let stages = list(worked, "stages");
    let mut told = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        let face = with_id(list(&exercise, "stages"), text(stage, "id")).unwrap_or(stage);
        let place = [("n", (at + 1).to_string()), ("all", stages.len().to_string())];
        let place = words.say("terminal.practice.stage-of", &place);
        screen.heading(&format!("{place} · {}", titled(face)))?;
        screen.paragraph(text(face, "task"))?;
        if !matches!(text(stage, "kind"), "bins" | "order") {
            tell_rows(face, &mut told, words, screen)?;
        }
        write_stage(stage, face, words, screen)?;
    }
    Ok(())
}

/// What the rows are about, once for all stages: tables and headings call them by their codes.
pub(super) fn tell_rows(
    face: &Value,
    told: &mut Vec<String>,
    words: &Words,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    let rows = list(face, "rows").iter().filter(|row| !text(row, "text").is_empty());
    let rows: Vec<&Value> =
        rows.filter(|row| !told.iter().any(|it| it == text(row, "text"))).collect();
    for row in &rows {
        told.push(text(row, "text").to_owned());
        screen.item("·", &described(row, words))?;
    }
    Ok(())
}

fn write_stage(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    for refused in list(stage, "refused") {
        if let Some(message) = refused.get("message")
            && let Ok(message) = serde_json::from_value::<Message>(message.clone())
        {
            screen.item("✗", &say(words, &message))?;
        }
    }
    match text(stage, "kind") {
        "bins" => return bins(stage, face, words, screen),
        "order" => return order(stage, words, screen),
        "question" => return question(stage, face, words, screen),
        _ => {}
    }
    // How a result comes about stands where it is worked out.
    let steps = list(stage, "steps");
    let worked_out = |id: &str| steps.iter().any(|step| text(step, "cell") == id);
    let cards = card::cards(face, words);
    for card in cards.iter().filter(|card| !(card.is_formula() && worked_out(&card.id))) {
        card::write(card, words, screen)?;
    }
    rows(stage, face, words, screen)?;
    for row in list(stage, "rows") {
        let steps = steps_of(row, steps, face, words);
        let whys = reasons(row, face, words);
        if steps.is_empty() && whys.is_empty() {
            continue;
        }
        screen.subheading(&called(row))?;
        write_steps(face, &steps, words, screen)?;
        for why in whys {
            screen.item("∵", &why)?;
        }
    }
    results(stage, face, words, screen)
}

/// Why a row's cells have their values. What several cells have in common is said once, and what a
/// value says itself is not said again.
fn reasons(row: &Value, face: &Value, words: &Words) -> Vec<String> {
    let whys = row.get("why").and_then(Value::as_object).into_iter().flatten();
    let mut said: Vec<(Vec<String>, Option<String>, String)> = Vec::new();
    for (column, why) in whys {
        let cell = format!("{}.{column}", text(row, "id"));
        let named = named_cell(face, &cell, words);
        let value = row.get(column).map(|value| answer_text(face, named.column, value, words));
        let value = value.unwrap_or_default();
        let why = shown(words, why);
        if repeats(words, &why, &value) {
            continue;
        }
        match said.last_mut().filter(|(_, _, before)| *before == why) {
            Some((titles, alone, _)) => {
                *alone = None;
                // Items of one column are named by it.
                let title = named.column.map_or(named.title, titled);
                let first = titles[0].split(" · ").next().unwrap_or_default().to_owned();
                if first == title {
                    titles[0] = first;
                } else {
                    titles.push(title);
                }
            }
            None => said.push((vec![named.title], Some(value), why)),
        }
    }
    let line = |(titles, value, why): (Vec<String>, Option<String>, String)| {
        let value = value.filter(|value| !value.is_empty() && value != "—");
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        format!("{}{value}{}", several(words, titles), because(words, &why))
    };
    said.into_iter().map(line).collect()
}

/// Rows by columns: what came out.
fn rows(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let rows = list(stage, "rows");
    if rows.is_empty() {
        return Ok(());
    }
    let columns: Vec<(String, String, Option<&Value>)> = if text(face, "kind") == "pipeline" {
        let periods = list(face, "periods").iter().filter_map(Value::as_str);
        periods.map(|period| (period.to_owned(), period.to_owned(), None)).collect()
    } else {
        let columns = list(face, "columns").iter();
        columns
            .flat_map(|column| {
                let cells = cells_of(column, words).into_iter();
                cells.map(move |(title, name)| (title, name, Some(column)))
            })
            .collect()
    };
    let mut header = vec![words.word("terminal.row")];
    header.extend(columns.iter().map(|(title, ..)| title.clone()));
    let line = |row: &Value| {
        let mut line = vec![called(row)];
        line.extend(columns.iter().map(|(_, name, column)| {
            row.get(name).map_or("—".into(), |value| in_column(face, *column, value, words))
        }));
        line
    };
    let lines: Vec<Vec<String>> = rows.iter().map(line).collect();
    screen.table(&header, &lines)?;
    let values =
        |name: &str| -> Vec<&Value> { rows.iter().filter_map(|row| row.get(name)).collect() };
    let coded = columns.iter().filter_map(|(_, name, column)| Some(((*column)?, values(name))));
    legend(face, coded, words, screen)?;
    Ok(())
}

/// A computed value as its column shows it: percentages as such.
fn in_column(face: &Value, column: Option<&Value>, value: &Value, words: &Words) -> String {
    let percent = column.is_some_and(|it| it.get("percent").and_then(Value::as_bool) == Some(true));
    let decimals = column.and_then(|it| it.get("decimals")?.as_u64()).unwrap_or(2);
    match value.as_f64() {
        Some(number) => rounded(if percent { number * 100.0 } else { number }, decimals, percent),
        None => answer_text(face, column, value, words),
    }
}

fn rounded(number: f64, decimals: u64, percent: bool) -> String {
    let decimals = usize::try_from(decimals).unwrap_or(2).min(9);
    let text = format!("{number:.decimals$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    let text = text.replacen('-', "−", 1);
    if percent { format!("{text}%") } else { text }
}

/// Whether a cell was looked up in bands.
fn banded(face: &Value, step: &Value, words: &Words) -> bool {
    let column = named_cell(face, text(step, "cell"), words).column;
    column.is_some_and(|column| text(column, "kind") == "bands")
}

/// The steps of a row that say more than its table does.
pub(super) fn steps_of<'s>(
    row: &Value,
    steps: &'s [Value],
    face: &Value,
    words: &Words,
) -> Vec<&'s Value> {
    let of_row = |step: &&Value| {
        let row_of = text(step, "cell").split_once('.').map(|(row, _)| row);
        row_of == Some(text(row, "id"))
    };
    let steps = steps.iter().filter(of_row);
    steps.filter(|step| banded(face, step, words) || has_numbers(face, step, words)).collect()
}

/// Whether a step says more than its rule and what it comes to.
fn has_numbers(face: &Value, step: &Value, words: &Words) -> bool {
    let terms = terms(face, step, words);
    terms.with.is_some() || !text(step, "why").is_empty()
}

/// How cells were worked out: those that were looked up in bands together, then each formula with
/// its numbers; the formulas themselves stand in the cards.
pub(super) fn write_steps(
    face: &Value,
    steps: &[&Value],
    words: &Words,
    screen: &mut Screen<'_>,
) -> std::io::Result<()> {
    let mut looked_up: Vec<String> = Vec::new();
    for step in steps {
        let terms = terms(face, step, words);
        if banded(face, step, words) {
            let of = terms.with.unwrap_or_default();
            looked_up.push(format!("{} {of} → {}", terms.title, terms.value));
            continue;
        }
        if !looked_up.is_empty() {
            screen.pieces("→", &std::mem::take(&mut looked_up), " · ")?;
        }
        let Some(with) = terms.with else { continue };
        let first = pair(words, &terms.title, &with);
        let last = format!("{}{}", terms.value, because(words, text(step, "why")));
        screen.equation("=", &[first, last])?;
    }
    if !looked_up.is_empty() {
        screen.pieces("→", &looked_up, " · ")?;
    }
    Ok(())
}

/// What a step is made of, as people read it.
struct Terms {
    title: String,
    rule: String,
    /// The rule with its numbers, if those say more than the rule or the value alone.
    with: Option<String>,
    value: String,
}

fn terms(face: &Value, step: &Value, words: &Words) -> Terms {
    let named = named_cell(face, text(step, "cell"), words);
    let value =
        step.get("value").map_or("—".into(), |value| in_column(face, named.column, value, words));
    let with = text(step, "with");
    // A count has no numbers to put in, only the ids that are counted; and where a name stands for
    // nothing, what is there was given.
    let says = !with.is_empty() && !with.contains('#') && with != "?";
    let with = in_words(with, words);
    let with = Some(with).filter(|with| {
        says && (banded(face, step, words)
            || text(step, "with") != text(step, "formula") && *with != value)
    });
    Terms { title: named.title, rule: in_words(text(step, "formula"), words), with, value }
}

/// `总分：Σ权重×分 ÷ 5 = 410 ÷ 5 = 82 —— why`, term by term.
fn chain(face: &Value, step: &Value, words: &Words) -> Vec<String> {
    let terms = terms(face, step, words);
    let mut chain = vec![pair(words, &terms.title, &terms.rule)];
    chain.extend(terms.with);
    chain.push(terms.value);
    if let Some(last) = chain.last_mut() {
        last.push_str(&because(words, text(step, "why")));
    }
    chain
}

fn results(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let results = stage.get("results").and_then(Value::as_object);
    if results.is_some_and(|results| !results.is_empty()) {
        screen.space()?;
    }
    // Reasons stand beside the values, as they do in a row.
    let whys = results.and_then(|results| results.get("why")).filter(|whys| whys.is_object());
    for (id, value) in results.into_iter().flatten().filter(|(_, value)| !value.is_object()) {
        let step = list(stage, "steps").iter().find(|step| text(step, "cell") == id);
        if let Some(step) = step {
            screen.equation("→", &chain(face, step, words))?;
            continue;
        }
        let column = with_id(list(face, "results"), id);
        let title = column.map_or_else(|| id.clone(), titled);
        let value = in_column(face, column, value, words);
        let why = whys.map_or("", |whys| text(whys, id));
        let why = if repeats(words, why, &value) { "" } else { why };
        let line = pair(words, &title, &value);
        screen.item("→", &format!("{line}{}", because(words, why)))?;
    }
    Ok(())
}

/// Items under their bins, each with its reason.
fn bins(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    for bin in list(face, "bins") {
        screen.subheading(&super::entry::label(bin, words))?;
        for item in list(stage, "rows").iter().filter(|item| item.get("answer") == bin.get("id")) {
            let why = item.get("why").and_then(|why| why.get("answer")).and_then(Value::as_str);
            let why = because(words, why.unwrap_or_default());
            screen.item("·", &format!("{}{why}", described(item, words)))?;
        }
    }
    Ok(())
}

fn order(stage: &Value, words: &Words, screen: &mut Screen<'_>) -> Result<(), Trouble> {
    let rows = list(stage, "rows");
    let ids = stage.get("results").map_or(&[][..], |results| list(results, "order"));
    for (at, id) in ids.iter().enumerate() {
        let item = with_id(rows, id.as_str().unwrap_or_default());
        let item_text = item.map_or_else(|| shown(words, id), |item| text(item, "text").to_owned());
        let why = item.and_then(|item| item.get("why")?.get("order")?.as_str());
        let why = because(words, why.unwrap_or_default());
        screen.item(&format!("{}.", at + 1), &format!("{item_text}{why}"))?;
    }
    Ok(())
}

fn question(
    stage: &Value,
    face: &Value,
    words: &Words,
    screen: &mut Screen<'_>,
) -> Result<(), Trouble> {
    let question = face.get("question").unwrap_or(&Value::Null);
    screen.paragraph(text(question, "prompt"))?;
    let answer = stage.get("results").and_then(|results| results.get("answer"));
    let option =
        answer.and_then(Value::as_str).and_then(|id| with_id(list(question, "options"), id));
    let answer =
        option.map_or_else(|| plain(answer, words), |option| text(option, "text").to_owned());
    screen.item("→", &answer)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{chain, reasons, write_steps};
    use crate::terminal::Screen;
    use crate::theme::{BASE, Words};
    use serde_json::{Value, json};

    fn words(language: &str) -> Words {
        Words::load(&crate::embedded::themes(), &[BASE], language).unwrap()
    }

    fn step(formula: &str, with: &str, value: f64) -> Value {
        json!({"cell": "a.due", "formula": formula, "with": with, "value": value})
    }

    fn face() -> Value {
        json!({"columns": [{"id": "due", "title": "Due", "decimals": 2}]})
    }

    #[test]
    fn a_result_is_said_though_its_formula_ends_alike() {
        let words = words("en");
        let line = |formula: &str, with: &str, value: f64| {
            chain(&face(), &step(formula, with, value), &words).join(" = ")
        };
        assert_eq!(line("p × q", "0 × 60", 0.0), "Due: p × q = 0 × 60 = 0");
        assert_eq!(line("p − q", "3 − 15", -12.0), "Due: p − q = 3 − 15 = −12");
        assert_eq!(line("p × q", "25 × -1", -25.0), "Due: p × q = 25 × (−1) = −25");
        assert_eq!(line("p", "5", 5.0), "Due: p = 5");
        assert_eq!(line("Σ(p)", "Σ(p)", 7.0), "Due: Σ(p) = 7");
        assert_eq!(line("#p", "#b1 · b2", 2.0), "Due: number of p = 2");
    }

    #[test]
    fn a_row_puts_numbers_into_the_rule_above_it() {
        let words = words("en");
        let steps = [
            step("min(p; q)", "min(3; 15)", 3.0),
            step("p", "5", 5.0),
            step("Σ(p)", "Σ(p)", 7.0),
            step("p", "?", 60.0),
        ];
        let mut out = Vec::new();
        let steps: Vec<&Value> = steps.iter().collect();
        write_steps(&face(), &steps, &words, &mut Screen::plain(&mut out)).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "  = Due: lowest of (3; 15) = 3\n");
    }

    #[test]
    fn reasons_are_said_once() {
        let words = words("zh-Hans");
        let items = json!([{"id": "d1", "name": "听众"}, {"id": "d2", "name": "结构"}]);
        let options = json!([{"id": "x", "name": "规模"}, {"id": "y", "name": "相关"}]);
        let face = json!({"rows": [{"id": "S1"}], "columns": [
            {"id": "mark", "title": "评分", "items": items},
            {"id": "class", "title": "类"},
            {"id": "lacks", "title": "缺", "options": options},
            {"id": "verdict", "title": "结论"},
        ]});
        let row = json!({"id": "S1", "mark.d1": 3, "mark.d2": 4, "class": "A", "lacks": ["x", "y"],
            "verdict": "通过", "why": {"mark.d1": "练目光", "mark.d2": "练目光", "class": "练目光",
            "lacks": "规模 · 相关", "verdict": "都有"}});
        assert_eq!(reasons(&row, &face, &words), ["评分、类 —— 练目光", "结论 通过 —— 都有"]);
    }
}
