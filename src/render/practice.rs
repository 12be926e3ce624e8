//! An exercise's page.

use super::asked::Shown;
use super::assets::digest;
use super::figure::escape;
use super::page::{Page, Press, Sheet};
use super::quiz::{json_of, reading};
use super::value::{self, html, list, map, text};
use crate::course::{Exercise, climbed, is_code, looked_up_in, tells};
use crate::source::RelPath;
use crate::theme::formula::{in_words, order};
use crate::theme::{ThemeError, Words};
use serde_json::{Map, Value as Json, json};
use tera::Value;

/// Draws `practice/<id>.html`.
pub(super) fn draw(press: &Press<'_>, exercise: &Exercise) -> Result<Page, ThemeError> {
    let id = &exercise.id;
    let path = RelPath::new(format!("practice/{id}.html"))
        .ok_or_else(|| ThemeError::new(format!("`{id}` cannot be a file")))?;
    let writer = press.writer(&path);
    // A translation is the same exercise: what was answered in one language counts in the other.
    let original = press.job.course.original().exercises.get(id).unwrap_or(exercise);
    let source = json_of(&original.exercise)?;
    let mut drawn = exercise.exercise.clone();
    drawn.visit_texts(&mut |role, text| *text = writer.role(role, text));
    let refused = |message| ThemeError::new(format!("{}: {message:?}", exercise.file));
    let face = drawn.face(None, None).map_err(refused)?;
    let worked = drawn.worked(id, None, None).map_err(refused)?;
    let mut data = Map::new();
    data.insert("id".to_owned(), json!(id));
    data.insert("exercise".to_owned(), json_of(&drawn)?);
    data.insert("digest".to_owned(), json!(digest(source.to_string().as_bytes())));
    // Titles of the exercises that a level mixes in.
    let others = press.job.course.exercises.values();
    let others = others.map(|other| (other.id.clone(), json!(writer.plain(&other.exercise.title))));
    data.insert("titles".to_owned(), others.collect::<Map<_, _>>().into());
    let title = writer.plain(&exercise.exercise.title);
    let facts = map([
        ("id", text(id)),
        ("title", html(&drawn.title)),
        ("intro", html(&drawn.intro)),
        ("index_url", text(format!("{}index.html", writer.root))),
    ]);
    let sheet = Sheet { data, ..Sheet::new("practice", &path, &title) };
    let (mut face, mut worked) = (json_of(&face)?, json_of(&worked)?);
    call_by_name(&mut face, &mut worked, press.job.words);
    let questions = questions(&drawn);
    let (face, worked) = (value::engine(&face), value::engine(&worked));
    let entries =
        [("exercise", facts), ("face", face), ("worked", worked), ("questions", questions)];
    press.print(sheet, entries)
}

/// The questions of each stage with their answers: what its principle is, and what it asks itself.
fn questions(exercise: &kejian_engine::practice::Exercise) -> Value {
    let all = exercise.questions();
    let of = |stage: usize, key: &str| {
        let place = format!("stages[{stage}].{key}");
        let found = all.iter().filter(|(path, _)| *path == place);
        list(found.map(|(_, question)| map(reading(question, &Shown::of(question)))))
    };
    let stages = 0..exercise.stage_ids().len();
    list(stages.map(|stage| {
        map([("principle", of(stage, "principle")), ("stage", of(stage, "question"))])
    }))
}

/// What the page shows without its scripts: every row gets the `code` that people see beside its
/// name, every step and answer of the solution what its cell and its value are called.
fn call_by_name(face: &mut Json, worked: &mut Json, words: &Words) {
    for (stage, solved) in entries(face, "stages").zip(entries(worked, "stages")) {
        for step in entries(solved, "steps") {
            step["called"] = cell_name(stage, text_at(step, "cell"), words).into();
            step["formula"] = in_words(text_at(step, "formula"), words).into();
            let column = column_of(stage, text_at(step, "cell"));
            if let (Some(number), Some(column)) = (step["value"].as_f64(), column) {
                step["value"] = shown_number(number, column).into();
            }
            let chosen = column.and_then(|it| find(&it["options"], text_at(step, "value")));
            if let Some(chosen) = chosen {
                step["answer"] = called(chosen).into();
            }
        }
        for row in entries(solved, "rows") {
            row["code"] = code(row).into();
            if let Some(bin) = find(&stage["bins"], text_at(row, "answer")) {
                row["bin"] = name(bin).into();
            }
        }
        for key in ["rows", "items", "bins"] {
            for row in entries(stage, key) {
                row["code"] = code(row).into();
                // One value for each row of another table.
                let given = row.get_mut("given").and_then(Json::as_object_mut);
                for value in given.into_iter().flat_map(Map::values_mut) {
                    if let Some(several) = value.as_array() {
                        let several = several.iter().filter_map(Json::as_str).map(minus);
                        *value = several.collect::<Vec<_>>().join(" · ").into();
                    } else if let Some(one) = value.as_str() {
                        *value = minus(one).into();
                    }
                }
            }
        }
        let mut ruled = false;
        let face = stage.clone();
        for key in ["columns", "results"] {
            for column in entries(stage, key).filter(|column| column["asked"] == true) {
                let looked_up = climbed(&face, &column["card"]);
                let same = looked_up_in(&face, column);
                column["ruled"] = rules(&mut column["card"], looked_up, same, words).into();
                ruled |= column["ruled"] == true;
            }
        }
        stage["ruled"] = ruled.into();
        answers(stage, solved, words);
    }
}

/// Gives a column's card its `lines` beside formula, bands, rules and look-ups, all in words; look-ups
/// that are said under another column (`same`) are not said again. Whether it says anything at all.
fn rules(card: &mut Json, looked_up: Vec<String>, same: Option<&str>, words: &Words) -> bool {
    let lines = ["total", "need", "weights", "least", "by", "when"].into_iter();
    let lines = lines.filter(|key| card[*key].is_string()).map(|key| {
        let word = format!("terminal.practice.card-{key}");
        let said = if key == "by" { order } else { in_words }(text_at(card, key), words);
        json!({"text": words.say(&word, &[("text", said)])})
    });
    let mut lines: Vec<Json> = lines.collect();
    if card["formula"].is_string() {
        card["formula"] = in_words(text_at(card, "formula"), words).into();
    }
    for rule in entries(card, "rules").filter(|rule| rule["when"].is_string()) {
        rule["when"] = in_words(text_at(rule, "when"), words).into();
    }
    for (line, said) in entries(card, "lookup").zip(looked_up) {
        line["name"] = said.into();
    }
    if let (Some(title), Some(card)) = (same, card.as_object_mut()) {
        card.remove("lookup");
        lines.push(json!({"text": words.say("practice.same_as", &[("text", title)])}));
    }
    let said = !lines.is_empty()
        || ["formula", "bands", "rules", "lookup"].iter().any(|key| !card[*key].is_null());
    if said {
        card["lines"] = lines.into();
    }
    said
}

/// The solution as a table and a list: `heads` above the `cells` of each row, with the reasons of
/// its judgements; and the `answers` for the whole stage. What a step comes to stands there.
fn answers(stage: &Json, solved: &mut Json, words: &Words) {
    let steps = solved["steps"].as_array().into_iter().flatten();
    let steps: Vec<String> = steps.map(|step| text_at(step, "cell").to_owned()).collect();
    let mut lines = columns(stage, words);
    lines.retain(|line| {
        let column = [".", &line.key].concat();
        !steps.iter().any(|cell| cell.ends_with(&column))
    });
    if !lines.is_empty() {
        solved["heads"] = lines.iter().map(|line| json!({"title": line.title})).collect();
        for row in entries(solved, "rows") {
            let cells = lines.iter().map(|line| value_shown(&row[&line.key], &line.column, stage));
            let cells: Json = cells.map(|shown| json!({"shown": shown})).collect();
            let mut reasons: Vec<&str> =
                lines.iter().map(|line| text_at(&row["why"], &line.key)).collect();
            reasons.retain(|reason| !reason.is_empty());
            reasons.dedup();
            let reasons: Json = reasons.iter().map(|reason| json!({"why": reason})).collect();
            row["cells"] = cells;
            row["reasons"] = reasons;
        }
    }
    let results = stage["results"].as_array().into_iter().flatten();
    let asked =
        results.filter(|it| it["asked"] == true && !steps.iter().any(|cell| it["id"] == **cell));
    let answers: Json = asked
        .map(|result| {
            let id = text_at(result, "id");
            let shown = value_shown(&solved["results"][id], result, stage);
            let why = text_at(&solved["results"]["why"], id);
            json!({"title": titled(result), "shown": shown, "why": why})
        })
        .collect();
    solved["answers"] = answers;
}

/// A column of the table of answers.
struct Line {
    /// Where its values stand in a row of the solution.
    key: String,
    title: String,
    column: Json,
}

/// What is asked in every row: columns, each with its parts or items, or where everyone stands
/// after each period.
fn columns(stage: &Json, words: &Words) -> Vec<Line> {
    let periods = stage["periods"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let mut lines: Vec<Line> = periods
        .map(|period| Line {
            key: period.to_owned(),
            title: escape(period),
            column: json!({"options": stage["places"]}),
        })
        .collect();
    let columns = stage["columns"].as_array().into_iter().flatten();
    for column in columns.filter(|column| column["asked"] == true) {
        let (id, title) = (text_at(column, "id"), titled(column));
        let items = column["items"].as_array().into_iter().flatten();
        let items = items.map(|item| (text_at(item, "id"), name(item).to_owned()));
        let parts = column["parts"].as_array().into_iter().flatten().filter_map(Json::as_str);
        let parts = parts.map(|part| (part, words.word(&format!("practice.part_{part}"))));
        let before = lines.len();
        lines.extend(items.map(|(item, called)| Line {
            key: format!("{id}.{item}"),
            title: format!("{title} · {called}"),
            column: column.clone(),
        }));
        // A value for every item has none for all of them.
        if lines.len() > before {
            continue;
        }
        lines.extend(parts.map(|(part, called)| Line {
            key: format!("{id}.{part}"),
            title: format!("{title} · {called}"),
            column: column.clone(),
        }));
        lines.push(Line { key: id.to_owned(), title, column: column.clone() });
    }
    lines
}

/// What a column or result is called, with its unit.
fn titled(column: &Json) -> String {
    let (title, unit) = (text_at(column, "title"), text_at(column, "unit"));
    if unit.is_empty() { title.to_owned() } else { format!("{title} <small>{unit}</small>") }
}

/// A value of the solution as people read it; ready HTML.
fn value_shown(value: &Json, column: &Json, stage: &Json) -> String {
    match value {
        Json::Null => "—".to_owned(),
        Json::Bool(flag) => if *flag { "✓" } else { "✗" }.to_owned(),
        Json::Number(number) => shown_number(number.as_f64().unwrap_or(0.0), column),
        Json::Array(list) if list.is_empty() => "—".to_owned(),
        Json::Array(list) => {
            // Of several, codes are enough; names may be as long as sentences.
            let options = column["options"].as_array().or(stage["rows"].as_array());
            let rows = options.into_iter().flatten();
            let codes =
                list.iter().map(|id| rows.clone().find(|row| row["id"] == *id).map_or("", code));
            let codes: Vec<&str> = codes.collect();
            if codes.iter().all(|code| !code.is_empty()) {
                return escape(&codes.join(" · "));
            }
            let shown = list.iter().map(|it| value_shown(it, column, stage));
            shown.collect::<Vec<_>>().join(" · ")
        }
        Json::String(id) => {
            let picked = if column["rows"] == true { find(&stage["rows"], id) } else { None };
            match find(&column["options"], id).or(picked) {
                Some(row) => called(row),
                // A text that a rule gives, drawn already; an id has no mark-up in it.
                None if column["options"].is_array() => escape(id),
                None => id.clone(),
            }
        }
        Json::Object(_) => String::new(),
    }
}

/// Code and name of a row, as markup.
fn called(row: &Json) -> String {
    let name = name(row);
    match code(row) {
        // Many a name begins with its code.
        "" => name.to_owned(),
        code if tells(code, name) => format!("{code} {name}"),
        _ => name.to_owned(),
    }
}

/// The entries of a list; none if there is no list.
fn entries<'v>(value: &'v mut Json, key: &str) -> impl Iterator<Item = &'v mut Json> {
    value.get_mut(key).and_then(Json::as_array_mut).into_iter().flatten()
}

fn text_at<'v>(value: &'v Json, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn find<'v>(list: &'v Json, id: &str) -> Option<&'v Json> {
    list.as_array()?.iter().find(|it| text_at(it, "id") == id)
}

/// A name as markup; the id where there is none.
fn name(row: &Json) -> &str {
    let name = text_at(row, "name");
    if name.is_empty() { text_at(row, "id") } else { name }
}

/// The id, if it is one that people see.
fn code(row: &Json) -> &str {
    let id = text_at(row, "id");
    if is_code(id) || name(row) == id { id } else { "" }
}

/// The column or result of a cell such as `T01.total`, `enter` or `m1.secs.quota`.
fn column_of<'v>(stage: &'v Json, cell: &str) -> Option<&'v Json> {
    let in_row = cell.split('.').nth(1).and_then(|id| find(&stage["columns"], id));
    in_row.or_else(|| find(&stage["results"], cell))
}

/// `T01 Qingyan Pharma · Total`.
fn cell_name(stage: &Json, cell: &str, words: &Words) -> String {
    let Some(column) = column_of(stage, cell) else { return cell.to_owned() };
    let mut parts = cell.splitn(3, '.');
    let row = parts.next().and_then(|id| find(&stage["rows"], id));
    let row = row.map(|row| [code(row), name(row)]).unwrap_or_default();
    let item = parts.nth(1).map(|item| match find(&column["items"], item) {
        Some(item) => name(item).to_owned(),
        None => words.word(&format!("practice.part_{item}")),
    });
    let mut said: Vec<&str> = row.into_iter().filter(|part| !part.is_empty()).collect();
    said.dedup();
    let row = said.join(" ");
    let parts = [row.as_str(), text_at(column, "title"), item.as_deref().unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A number in the decimals of its column.
fn shown_number(number: f64, column: &Json) -> String {
    let percent = column["percent"] == true;
    let decimals = column["decimals"].as_u64().and_then(|it| usize::try_from(it).ok()).unwrap_or(2);
    let fixed = format!("{:.decimals$}", if percent { number * 100.0 } else { number });
    let short =
        if decimals > 0 { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    minus(&format!("{}{}", short, if percent { "%" } else { "" }))
}

/// A number with the sign that typesetters use.
fn minus(shown: &str) -> String {
    match shown.strip_prefix('-') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => ["−", rest].concat(),
        _ => shown.to_owned(),
    }
}
