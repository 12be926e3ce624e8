//! The way through an exercise: which level, stage after stage, with a menu at any time.
//!
//! Every answer is handed to be kept as soon as it is given; whoever stops goes on later from
//! there. What was answered is asked no more.

use super::{
    Task, aside, card, described, entry, figure, grade, named_cell, several, shown, titled, verdict,
};
use crate::terminal::fold::GLUE;
use crate::terminal::{Ask, Screen, Stop, Trouble, face, feedback, list, number, text};
use crate::theme::Words;
use kejian_engine::Message;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Answers by stage and cell, as `--answers` takes them.
pub type Kept = Map<String, Value>;

/// Keeps the answers so far.
pub type Keep<'k> = dyn FnMut(&Kept) + 'k;

/// Level and variant that the learner picks; none = everything open, as the exercise stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// `show`, `complete`, `solo` or `mix`.
    pub level: Option<String>,
    /// A variant of the exercise.
    pub variant: Option<String>,
}

/// Asks how to work: one of the levels, everything oneself, or everything under other parameters.
/// Nothing is asked where there is nothing to pick.
pub fn choose(task: &Task<'_>, words: &Words, ask: &mut dyn Ask) -> Result<Choice, Trouble> {
    let face = task.face()?;
    let say = |key: &str| words.word(&format!("terminal.practice.{key}"));
    let mut choices = Vec::new();
    for level in list(&face, "levels").iter().filter_map(Value::as_str) {
        let label = say(&format!("level-{level}"));
        choices.push((label, Choice { level: Some(level.to_owned()), variant: None }));
    }
    choices.push((say("level-all"), Choice::default()));
    for variant in list(&face, "variants") {
        let label =
            words.say("terminal.practice.level-variant", &[("title", text(variant, "title"))]);
        let variant = Some(text(variant, "id").to_owned());
        choices.push((label, Choice { level: None, variant }));
    }
    if choices.len() == 1 {
        return Ok(Choice::default());
    }
    let labels: Vec<String> = choices.iter().map(|(label, _)| label.clone()).collect();
    let at = ask.one(&say("how-to-work"), &labels)?;
    Ok(choices.swap_remove(at.min(labels.len() - 1)).1)
}

/// Asks every open cell, checks at once, and writes the summary. Stops early when the learner
/// does; what was answered until then is kept and summed up.
pub fn ask(
    task: &Task<'_>,
    kept: Kept,
    keep: &mut Keep<'_>,
    words: &Words,
    ask: &mut dyn Ask,
    screen: &mut Screen<'_>,
) -> Result<Value, Trouble> {
    let exercise = task.face()?;
    let answers = known(kept, &exercise);
    let (told, rows, hints) = (BTreeSet::new(), Vec::new(), 0);
    let mut session =
        Session { task, words, ask, screen, keep, answers, told, rows, hints, anchored: None };
    session.begin(&exercise)?;
    session.tool(&exercise)?;
    let stages = list(&exercise, "stages");
    for (at, stage) in stages.iter().enumerate() {
        match session.stage(stage, at + 1, stages.len()) {
            Err(Trouble::Stopped(Stop::Left)) => {
                if session.answers.is_empty() {
                    return Err(Stop::Left.into());
                }
                session.screen.written_on();
                session.screen.space()?;
                session.screen.line(&words.word("terminal.practice.kept"))?;
                break;
            }
            other => other?,
        }
    }
    let result = grade(task, &session.answers)?;
    verdict::summary(session.screen, &result, &exercise, words)?;
    Ok(result)
}

/// Of kept answers those whose cells are still asked.
fn known(kept: Kept, exercise: &Value) -> Kept {
    let mut answers = kept;
    answers.retain(|stage, cells| {
        let Some(stage) = super::with_id(list(exercise, "stages"), stage) else { return false };
        let Some(cells) = cells.as_object_mut() else { return false };
        cells.retain(|cell, _| {
            cell == "principle"
                || list(stage, "open").iter().any(|open| open.as_str() == Some(cell))
        });
        !cells.is_empty()
    });
    answers
}

/// Somebody working on an exercise.
pub(super) struct Session<'s, 'o> {
    task: &'s Task<'s>,
    pub(super) words: &'s Words,
    pub(super) ask: &'s mut dyn Ask,
    pub(super) screen: &'s mut Screen<'o>,
    keep: &'s mut Keep<'s>,
    answers: Kept,
    /// Mistakes that were already spoken of.
    told: BTreeSet<String>,
    /// Texts of rows that were already told.
    pub(super) rows: Vec<String>,
    /// Hints given in this stage.
    hints: usize,
    /// The column whose numbers were explained last.
    anchored: Option<String>,
}

impl Session<'_, '_> {
    /// A word of this surface.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.word(&format!("terminal.practice.{key}"))
    }

    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        self.words.say(&format!("terminal.practice.{key}"), args)
    }

    fn begin(&mut self, exercise: &Value) -> Result<(), Trouble> {
        self.screen.heading(text(exercise, "title"))?;
        self.screen.paragraph(text(exercise, "intro"))?;
        if !list(exercise, "with").is_empty() {
            // Only their ids are known here; with the command they are what is typed.
            let with = list(exercise, "with").iter().filter_map(Value::as_str);
            let with = with.map(|id| format!("kejian practice {id}"));
            let with = several(self.words, with);
            self.screen.signed("➜", &self.say("mixed", &[("exercises", with)]))?;
        }
        if exercise.get("own_data").and_then(Value::as_bool) == Some(true) {
            let line = self.say("own-data", &[("exercise", self.task.id.to_owned())]);
            self.screen.signed("➜", &line)?;
        }
        if self.answers.is_empty() {
            return Ok(());
        }
        let open: usize =
            list(exercise, "stages").iter().map(|stage| list(stage, "open").len()).sum();
        let filled =
            |cells: &Map<String, Value>| cells.keys().filter(|cell| *cell != "principle").count();
        let done: usize = self.answers.values().filter_map(Value::as_object).map(filled).sum();
        if done == 0 {
            return Ok(());
        }
        let prompt =
            self.say("resume", &[("done", done.min(open).to_string()), ("all", open.to_string())]);
        let ways = [self.word("go-on"), self.word("start-over")];
        if self.ask.one(&prompt, &ways)? == 1 {
            self.answers.clear();
            (self.keep)(&self.answers);
        }
        Ok(())
    }

    /// Before mixed work: which tool does which case need? It is asked until it is answered once;
    /// it counts for nothing.
    fn tool(&mut self, exercise: &Value) -> Result<(), Trouble> {
        let Some(face) = exercise.get("tool") else { return Ok(()) };
        if !self.answers.is_empty() {
            return Ok(());
        }
        let level = self.task.level.unwrap_or_default();
        let question = &self.task.exercise["levels"][level]["tool"];
        self.screen.heading(&self.word("tool"))?;
        self.screen.paragraph(text(face, "prompt"))?;
        let words = self.words;
        let Some(answer) = self.attempt(face, &mut |ask| face::answer(face, ask, words))? else {
            return Ok(());
        };
        let request = json!({"op": "grade", "question": question, "answer": answer});
        let verdict = crate::terminal::engine(&request)?;
        feedback::write(self.screen, face, &verdict, self.words)?;
        Ok(())
    }

    fn stage(&mut self, stage: &Value, n: usize, all: usize) -> Result<(), Trouble> {
        self.hints = 0;
        let place = self.say("stage-of", &[("n", n.to_string()), ("all", all.to_string())]);
        self.screen.heading(&format!("{place} · {}", titled(stage)))?;
        self.screen.paragraph(text(stage, "task"))?;
        self.principle(stage)?;
        match text(stage, "kind") {
            "bins" => self.bins(stage)?,
            "order" => self.order(stage)?,
            "question" => self.question(stage)?,
            "pipeline" => self.pipeline(stage)?,
            _ => self.table(stage)?,
        }
        let verdict = self.checked(text(stage, "id"))?;
        figure::draw(self.task, stage, &self.answers, self.words, self.screen)?;
        let (marks, max) = (number(&verdict, "marks"), number(&verdict, "max"));
        if max > 0.0 {
            let line = verdict::sums("terminal.stage-score", marks, max, self.words);
            self.screen.space()?;
            self.screen.line(&line)?;
        }
        if n < all {
            let ways = [self.word("next-stage"), self.word("stop-here")];
            self.screen.written_on();
            if self.ask.one(&self.word("and-now"), &ways)? == 1 {
                return Err(Stop::Left.into());
            }
        }
        Ok(())
    }

    /// The question about why, before the work.
    fn principle(&mut self, stage: &Value) -> Result<(), Trouble> {
        let id = text(stage, "id");
        let Some(principle) = stage.get("principle").filter(|face| face.is_object()) else {
            return Ok(());
        };
        if self.has(id, "principle") {
            return Ok(());
        }
        self.screen.paragraph(text(principle, "prompt"))?;
        let words = self.words;
        let Some(answer) = self.attempt(stage, &mut |ask| face::answer(principle, ask, words))?
        else {
            return Ok(());
        };
        self.put(id, "principle", answer);
        let verdict = self.checked(id)?;
        if let Some(verdict) = verdict.get("principle") {
            feedback::write(self.screen, principle, verdict, words)?;
        }
        Ok(())
    }

    fn order(&mut self, stage: &Value) -> Result<(), Trouble> {
        self.whole(stage, "order", &mut |ask, words| face::order(list(stage, "items"), ask, words))
    }

    fn question(&mut self, stage: &Value) -> Result<(), Trouble> {
        let question = stage.get("question").unwrap_or(&Value::Null);
        self.screen.paragraph(text(question, "prompt"))?;
        self.whole(stage, "answer", &mut |ask, words| face::answer(question, ask, words))?;
        let verdict = self.checked(text(stage, "id"))?;
        if let Some(verdict) =
            verdict.get("question").filter(|_| self.has(text(stage, "id"), "answer"))
        {
            feedback::write(self.screen, question, verdict, self.words)?;
        }
        Ok(())
    }

    /// The one answer of a stage without cells; shown worked where it is not open.
    fn whole(
        &mut self,
        stage: &Value,
        name: &str,
        question: &mut dyn FnMut(&mut dyn Ask, &Words) -> Result<Value, Stop>,
    ) -> Result<(), Trouble> {
        let id = text(stage, "id");
        if !list(stage, "open").iter().any(|open| open.as_str() == Some(name)) {
            let answer =
                stage.get("shown").and_then(|shown| shown.get(name)).unwrap_or(&Value::Null);
            return self.show_whole(stage, answer);
        }
        if !self.has(id, name) {
            let words = self.words;
            let Some(answer) = self.attempt(stage, &mut |ask| question(ask, words))? else {
                return Ok(());
            };
            self.put(id, name, answer);
        }
        self.show(stage, &[name.to_owned()])
    }

    fn show_whole(&mut self, stage: &Value, answer: &Value) -> Result<(), Trouble> {
        let items = list(stage, "items");
        match answer {
            Value::Array(ids) => {
                for (at, id) in ids.iter().enumerate() {
                    let item = super::with_id(items, id.as_str().unwrap_or_default());
                    let item = item.map_or_else(
                        || shown(self.words, id),
                        |item| text(item, "text").to_owned(),
                    );
                    self.screen.item(&format!("{}.", at + 1), &item)?;
                }
            }
            answer => self.screen.item("→", &shown(self.words, answer))?,
        }
        Ok(())
    }

    /// Whether a cell was answered.
    pub(super) fn has(&self, stage: &str, cell: &str) -> bool {
        self.answer(stage, cell).is_some()
    }

    /// What a cell was answered with.
    pub(super) fn answer(&self, stage: &str, cell: &str) -> Option<&Value> {
        self.answers.get(stage)?.get(cell)
    }

    /// Takes an answer and has it kept.
    pub(super) fn put(&mut self, stage: &str, cell: &str, answer: Value) {
        let cells = self.answers.entry(stage).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(cells) = cells {
            cells.insert(cell.to_owned(), answer);
        }
        (self.keep)(&self.answers);
    }

    /// The verdict on one stage of what was answered so far.
    pub(super) fn checked(&self, stage: &str) -> Result<Value, Message> {
        let verdict = grade(self.task, &self.answers)?;
        Ok(super::with_id(list(&verdict, "stages"), stage).cloned().unwrap_or(Value::Null))
    }

    /// Writes how the cells named stand, and what mistakes they show.
    pub(super) fn show(&mut self, stage: &Value, cells: &[String]) -> Result<(), Trouble> {
        if cells.is_empty() {
            return Ok(());
        }
        let verdict = self.checked(text(stage, "id"))?;
        let named: Vec<&Value> = list(&verdict, "cells")
            .iter()
            .filter(|cell| cells.iter().any(|name| name == text(cell, "cell")))
            .collect();
        verdict::cells(self.screen, stage, &named, self.words)?;
        for mistake in list(&verdict, "mistakes") {
            if self.told.insert(text(mistake, "id").to_owned()) {
                verdict::mistake(self.screen, mistake, self.words)?;
            }
        }
        Ok(())
    }

    /// Asks; Esc opens the menu and then asks again. Nothing = the learner passes.
    pub(super) fn attempt<T>(
        &mut self,
        stage: &Value,
        question: &mut dyn FnMut(&mut dyn Ask) -> Result<T, Stop>,
    ) -> Result<Option<T>, Trouble> {
        loop {
            self.screen.written_on();
            match question(self.ask) {
                Ok(answer) => return Ok(Some(answer)),
                Err(Stop::Left) if self.ask.wants_menu() => {
                    if self.menu(stage)? {
                        return Ok(None);
                    }
                }
                Err(stop) => return Err(stop.into()),
            }
        }
    }

    /// What Esc offers; true = pass on without an answer.
    fn menu(&mut self, stage: &Value) -> Result<bool, Trouble> {
        let hints = list(stage, "hints");
        let mut offers = vec!["back"];
        if self.hints < hints.len() {
            offers.push("hint");
        }
        if !card::cards(stage, self.words).is_empty() {
            offers.push("rules");
        }
        offers.extend(["pass", "stop-here"]);
        let labels: Vec<String> = offers.iter().map(|offer| self.word(offer)).collect();
        let chosen = match self.ask.one(&self.word("menu"), &labels) {
            Ok(at) => offers.get(at).copied().unwrap_or("back"),
            // A second Esc ends.
            Err(stop) => return Err(stop.into()),
        };
        match chosen {
            "hint" => {
                let hint = hints.get(self.hints).and_then(Value::as_str).unwrap_or_default();
                self.hints += 1;
                self.screen.item("💡", hint)?;
                Ok(false)
            }
            "rules" => {
                self.rules(stage)?;
                Ok(false)
            }
            "pass" => Ok(true),
            "stop-here" => Err(Stop::Left.into()),
            _ => Ok(false),
        }
    }

    /// The formula card of a stage.
    pub(super) fn rules(&mut self, stage: &Value) -> Result<(), Trouble> {
        for card in card::cards(stage, self.words) {
            card::write(&card, self.words, self.screen)?;
        }
        Ok(())
    }

    /// Asks for one cell by its name.
    pub(super) fn cell(&mut self, stage: &Value, cell: &str) -> Result<Option<Value>, Trouble> {
        let words = self.words;
        let named = named_cell(stage, cell, words);
        let Some(column) = named.column else { return Ok(None) };
        // What the numbers stand for is said once in a record.
        let anchors = entry::anchors(column, words);
        let said = self.anchored.replace(text(column, "id").to_owned());
        if !anchors.is_empty() && said.as_deref() != Some(text(column, "id")) {
            self.screen.pieces("", &anchors, " · ")?;
        }
        for point in list(column, "checklist") {
            self.screen.item("□", point.as_str().unwrap_or_default())?;
        }
        let rows = list(stage, "rows");
        self.attempt(stage, &mut |ask| entry::entry(column, &named.title, rows, ask, words))
    }

    /// A row or item as a heading, with its place among those to be filled.
    pub(super) fn record(&mut self, row: &Value, n: usize, all: usize) -> Result<(), Trouble> {
        let place = self.say("record-of", &[("n", n.to_string()), ("all", all.to_string())]);
        let place = place.replace(' ', &GLUE.to_string());
        let heading = format!("{}{}", described(row, self.words), aside(self.words, &place));
        self.anchored = None;
        self.screen.subheading(&heading)?;
        Ok(())
    }
}
