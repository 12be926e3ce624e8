//! The questions of a quiz as templates show them, on the screen without scripts and on paper:
//! each is drawn once for both.

use super::page::{self, Press, number};
use super::value::{self, html, list, map, text};
use crate::course::Chapter;
use crate::theme::ThemeError;
use kejian_engine::question::{Entry, Explanation, Face, Gap, Line, Question, Widget};
use kejian_engine::quiz::Quiz;
use tera::Value;

/// The seed with which a learner's first attempt is drawn.
pub(super) const SEED: u64 = 1;

/// A chapter's quiz with its texts drawn.
pub(super) struct Asked {
    pub(super) quiz: Quiz,
    /// The same as the engine takes it, as JSON for a script.
    pub(super) json: String,
    /// Its questions, in the same order.
    pub(super) shown: Vec<Shown>,
}

impl Asked {
    /// The quiz of a chapter; one without questions has none.
    pub(super) fn of(press: &Press<'_>, chapter: &Chapter) -> Result<Option<Self>, ThemeError> {
        if chapter.questions.is_empty() {
            return Ok(None);
        }
        let writer = press.writer(&page::path(chapter, "quiz")?);
        let mut draw = |role, text: &mut String| *text = writer.role(role, text);
        let quiz = chapter.quiz(press.job.course, &mut draw, &|text| writer.plain(text));
        let json = serde_json::to_string(&quiz);
        let json = json.map_err(|error| ThemeError::new(error.to_string()))?;
        let shown = quiz.questions.iter().map(Shown::of).collect();
        Ok(Some(Self { json: value::in_script(&json), shown, quiz }))
    }

    /// About how many bytes its questions take as HTML: their texts are those of the JSON, with
    /// more around them.
    pub(super) fn room(&self) -> usize {
        self.json.len() * 3 / 2
    }
}

/// A question with its answer, its texts drawn.
pub(super) struct Shown {
    /// The face of a first attempt, with what the key says beside each entry.
    pub(super) face: Value,
    /// What is said of the answer.
    pub(super) explanation: Value,
    /// The same on paper, where the unit stands behind the space for the answer; nothing where
    /// there is no unit.
    without_units: Option<Value>,
    /// Whether there is an answer, or anything else to be said: a scale has none.
    pub(super) answered: bool,
}

impl Shown {
    pub(super) fn of(question: &Question) -> Self {
        let face = question.face(SEED);
        let explanation = question.explain();
        let lines: Vec<Value> = explanation.lines.iter().map(line).collect();
        let Explanation { why, checklist, model, .. } = &explanation;
        let answered =
            !lines.is_empty() || why.is_some() || !checklist.is_empty() || model.is_some();
        let bare = without_units(&face.widget, &explanation);
        Self {
            face: asked(&face, &explanation, &lines),
            without_units: bare.map(|bare| said(&bare, bare.lines.iter().map(line).collect())),
            explanation: said(&explanation, lines),
            answered,
        }
    }

    /// What is said of the answer on paper.
    pub(super) fn on_paper(&self) -> &Value {
        self.without_units.as_ref().unwrap_or(&self.explanation)
    }
}

/// A face with the keys of [`Face::json`]. An entry with what the key says beside it is the line
/// that explains it: the same text under the same id.
fn asked(face: &Face, explanation: &Explanation, lines: &[Value]) -> Value {
    let plain = |entries: &[Entry]| list(entries.iter().map(entry));
    let keyed = |entries: &[Entry]| {
        list(entries.iter().map(|one| {
            let line = explanation.lines.iter().position(|line| line.id.as_ref() == Some(&one.id));
            line.map_or_else(|| entry(one), |at| lines[at].clone())
        }))
    };
    let mut facts = Vec::with_capacity(12);
    let mut put = |key, value| facts.push((key, value));
    match &face.widget {
        Widget::PickOne { options } => {
            put("widget", text("pick_one"));
            put("options", keyed(options));
        }
        Widget::PickMany { options } => {
            put("widget", text("pick_many"));
            put("options", keyed(options));
        }
        Widget::Number { unit } => {
            put("widget", text("number"));
            if let Some(unit) = unit {
                put("unit", html(unit));
            }
        }
        Widget::Text => put("widget", text("text")),
        Widget::Essay => put("widget", text("essay")),
        Widget::Blanks { segments, gaps } => {
            put("widget", text("blanks"));
            put("segments", texts(segments));
            put("blanks", gaps.len().into());
            put("gaps", list(gaps.iter().map(|gap| self::gap(gap, plain))));
        }
        Widget::Pair { lefts, targets, bins } => {
            put("widget", text("pair"));
            put("lefts", keyed(lefts));
            put("targets", plain(targets));
            put("bins", (*bins).into());
        }
        Widget::Order { items, top } => {
            put("widget", text("order"));
            put("items", keyed(items));
            if let Some(top) = *top {
                put("top", top.into());
            }
        }
        Widget::Grid { rows, columns, many } => {
            put("widget", text("grid"));
            put("rows", keyed(rows));
            put("columns", plain(columns));
            put("many", (*many).into());
        }
        Widget::Hotspot { image, regions, areas, many } => {
            put("widget", text("hotspot"));
            put("image", html(image));
            put("regions", keyed(regions));
            put("areas", Value::from_serializable(areas));
            put("many", (*many).into());
        }
    }
    put("kind", text(face.kind));
    put("id", text(&face.id));
    if let Some(objective) = &face.objective {
        put("objective", text(objective));
    }
    if let Some(level) = face.difficulty {
        put("difficulty", level.into());
    }
    put("marks", number(face.marks));
    put("prompt", html(&face.prompt));
    put("hints", texts(&face.hints));
    map(facts)
}

fn gap(gap: &Gap, entries: impl Fn(&[Entry]) -> Value) -> Value {
    match gap {
        Gap::Text => map([("widget", text("text"))]),
        Gap::Number { unit: None } => map([("widget", text("number"))]),
        Gap::Number { unit: Some(unit) } => map([("widget", text("number")), ("unit", html(unit))]),
        Gap::Choice { options } => {
            map([("widget", text("pick_one")), ("options", entries(options))])
        }
    }
}

fn entry(entry: &Entry) -> Value {
    map([("id", text(&entry.id)), ("text", html(&entry.text))])
}

/// An explanation with the keys of [`Explanation::json`].
fn said(explanation: &Explanation, lines: Vec<Value>) -> Value {
    let Explanation { why, solution, checklist, model, .. } = explanation;
    let mut facts = vec![("lines", Value::from(lines))];
    facts.extend(why.as_ref().map(|why| ("why", html(why))));
    if !solution.is_null() {
        facts.push(("solution", Value::from_serializable(solution)));
    }
    if !checklist.is_empty() {
        facts.push(("checklist", texts(checklist)));
    }
    facts.extend(model.as_ref().map(|model| ("model", html(model))));
    map(facts)
}

fn line(line: &Line) -> Value {
    let Line { id, text: about, answer, right, why } = line;
    let mut facts = Vec::with_capacity(5);
    facts.push(("text", html(about)));
    facts.extend(id.as_ref().map(|id| ("id", text(id))));
    facts.extend(answer.as_ref().map(|answer| ("answer", html(answer))));
    facts.extend(right.map(|right| ("right", right.into())));
    facts.extend(why.as_ref().map(|why| ("why", html(why))));
    map(facts)
}

fn texts(texts: &[String]) -> Value {
    list(texts.iter().map(html))
}

/// The explanation without the units behind its answers; nothing where there is none.
fn without_units<'w>(widget: &'w Widget, explanation: &Explanation) -> Option<Explanation> {
    let units: Vec<Option<&'w String>> = match widget {
        Widget::Number { unit } => vec![unit.as_ref()],
        Widget::Blanks { gaps, .. } => {
            let unit = |gap: &'w Gap| match gap {
                Gap::Number { unit } => unit.as_ref(),
                Gap::Text | Gap::Choice { .. } => None,
            };
            gaps.iter().map(unit).collect()
        }
        _ => return None,
    };
    let mut bare = explanation.clone();
    for (line, unit) in bare.lines.iter_mut().zip(units) {
        let answer = line.answer.as_deref().zip(unit);
        let rest = answer.and_then(|(answer, unit)| answer.strip_suffix(unit));
        if let Some(rest) = rest.map(|rest| rest.trim_end().to_owned()) {
            line.answer = Some(rest);
        }
    }
    Some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    /// Lists of a face whose entries the explanation explains, each under its id.
    const EXPLAINED: [&str; 5] = ["options", "lefts", "items", "rows", "regions"];

    /// The same from what the engine writes.
    fn written(question: &Question) -> (Json, Json) {
        let (mut face, explanation) = (question.face(SEED).json(), question.explain().json());
        let lines = explanation["lines"].as_array().unwrap();
        let entries = EXPLAINED.iter().filter_map(|list| face.get(list)?.as_array().map(|_| list));
        for list in entries.copied().collect::<Vec<_>>() {
            for entry in face[list].as_array_mut().unwrap() {
                let id = entry["id"].clone();
                for line in lines.iter().filter(|line| line["id"] == id) {
                    for key in ["right", "answer", "why"] {
                        if let Some(said) = line.get(key) {
                            entry[key] = said.clone();
                        }
                    }
                }
            }
        }
        (face, explanation)
    }

    fn assert_same(value: &Value, expected: &Value, at: &str) {
        assert_eq!(value, expected, "{at}");
        match (value.as_map(), value.as_array()) {
            (Some(map), _) => map.iter().for_each(|(key, value)| {
                let key = key.as_str().unwrap();
                assert_same(value, expected.get_from_path(key).unwrap(), &format!("{at}.{key}"));
            }),
            (_, Some(list)) => {
                let expected = expected.as_array().unwrap();
                list.iter()
                    .zip(expected)
                    .for_each(|(value, expected)| assert_same(value, expected, at));
            }
            _ => assert_eq!(value.is_safe(), expected.is_safe(), "{at}"),
        }
    }

    #[test]
    fn templates_are_shown_what_the_engine_writes() {
        let all = include_str!("../../tests/questions.yaml");
        let mut all: Vec<Question> = serde_yaml::from_str(all).unwrap();
        let more = json!([
            {"kind": "numeric", "id": "n", "objective": "o", "difficulty": 2, "marks": 2.5, "prompt": "<p>几</p>", "hints": ["<p>想</p>"], "answer": 3, "unit": "<i>万元</i>"},
            {"kind": "cloze", "id": "c", "prompt": "甲___乙___丙___", "blanks": [
                {"answer": 3, "unit": "%"},
                {"options": [{"text": "一", "correct": true, "why": "理"}, {"text": "二"}]},
                {"accept": ["丁"]},
            ]},
            {"kind": "rank", "id": "r", "prompt": "喜欢", "items": [{"text": "一"}, {"text": "二"}]},
        ]);
        all.extend(serde_json::from_value::<Vec<Question>>(more).unwrap());
        for question in &all {
            let (face, explanation) = written(question);
            let shown = Shown::of(question);
            assert_same(&shown.face, &value::engine(&face), &question.id);
            assert_same(&shown.explanation, &value::engine(&explanation), &question.id);
        }
    }

    #[test]
    fn units_stand_behind_the_space_for_the_answer() {
        let answers = |question: Json| {
            let shown = Shown::of(&serde_json::from_value(question).unwrap());
            let answer = |of: &Value| of.get_from_path("lines.0.answer").unwrap().to_string();
            (answer(&shown.explanation), answer(shown.on_paper()))
        };
        let number =
            json!({"kind": "numeric", "id": "n", "prompt": "几", "answer": 3, "unit": "万元"});
        assert_eq!(answers(number), ("3万元".to_owned(), "3".to_owned()));
        let gap = json!({"kind": "cloze", "id": "c", "prompt": "占___", "blanks": [{"answer": 3, "unit": "%"}]});
        assert_eq!(answers(gap), ("3%".to_owned(), "3".to_owned()));
        let text = json!({"kind": "cloze", "id": "t", "prompt": "占___", "blanks": [{"accept": ["三成"]}]});
        assert_eq!(answers(text), ("三成".to_owned(), "三成".to_owned()));
    }
}
