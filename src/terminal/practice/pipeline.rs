//! `pipeline`: period after period, who moves and where to; whoever is not named stays.

use super::session::Session;
use super::{aside, called, pair, shown, with_id};
use crate::terminal::{Trouble, face, list, text};
use crate::theme::formula::in_words;
use serde_json::Value;

impl Session<'_, '_> {
    /// Tells what is known, then asks each open period.
    pub(super) fn pipeline(&mut self, stage: &Value) -> Result<(), Trouble> {
        self.people(stage)?;
        self.rules(stage)?;
        let periods: Vec<&str> = list(stage, "periods").iter().filter_map(Value::as_str).collect();
        let mut before = None;
        for period in periods {
            self.screen.subheading(period)?;
            self.events(stage, period)?;
            self.period(stage, period, before)?;
            self.board(stage, period)?;
            before = Some(period);
        }
        Ok(())
    }

    /// Everyone with their data.
    fn people(&mut self, stage: &Value) -> Result<(), Trouble> {
        let fields = list(stage, "fields");
        let mut header = vec![self.words.word("terminal.row")];
        header.extend(fields.iter().map(super::titled));
        let row = |row: &Value| {
            let mut line = vec![called(row)];
            let given = row.get("given").unwrap_or(&Value::Null);
            line.extend(fields.iter().map(|field| {
                given.get(text(field, "id")).map_or("—".into(), |it| shown(self.words, it))
            }));
            line
        };
        let rows: Vec<Vec<String>> = list(stage, "rows").iter().map(row).collect();
        self.screen.table(&header, &rows)?;
        Ok(())
    }

    /// What is learnt in a period.
    fn events(&mut self, stage: &Value, period: &str) -> Result<(), Trouble> {
        let told =
            stage.get("events").and_then(|events| events.get(period)).and_then(Value::as_object);
        for (who, facts) in told.into_iter().flatten() {
            let name = with_id(list(stage, "rows"), who).map_or_else(|| who.clone(), called);
            let facts = in_words(&shown(self.words, facts), self.words);
            self.screen.item("◦", &pair(self.words, &name, &facts))?;
        }
        Ok(())
    }

    fn period(&mut self, stage: &Value, period: &str, before: Option<&str>) -> Result<(), Trouble> {
        let id = text(stage, "id");
        let cell = |who: &Value| format!("{period}.{}", text(who, "id"));
        let open =
            |cell: &String| list(stage, "open").iter().any(|open| open.as_str() == Some(cell));
        let people: Vec<&Value> = list(stage, "rows")
            .iter()
            .filter(|who| open(&cell(who)) && !self.has(id, &cell(who)))
            .collect();
        if people.is_empty() {
            return Ok(());
        }
        let places = list(stage, "places");
        let start = text(stage, "start");
        let stood: Vec<String> = people
            .iter()
            .map(|who| {
                let place = before.and_then(|before| self.stands(stage, before, who));
                place.unwrap_or_else(|| start.to_owned())
            })
            .collect();
        let labels: Vec<String> = people
            .iter()
            .zip(&stood)
            .map(|(who, place)| {
                format!("{}{}", called(who), aside(self.words, &place_name(places, place)))
            })
            .collect();
        let prompt = self.word("who-moves");
        let Some(movers) = self.attempt(stage, &mut |ask| ask.many(&prompt, &labels))? else {
            return Ok(());
        };
        let names: Vec<String> =
            places.iter().map(|place| place_name(places, text(place, "id"))).collect();
        let mut cells = Vec::new();
        for (at, who) in people.iter().enumerate() {
            let mut place = Value::from(stood[at].as_str());
            if movers.contains(&at) {
                let to = self.words.say("terminal.practice.moves-to", &[("who", called(who))]);
                match self.attempt(stage, &mut |ask| ask.one(&to, &names))? {
                    Some(chosen) => place = face::id(places, chosen),
                    None => continue,
                }
            }
            self.put(id, &cell(who), place);
            cells.push(cell(who));
        }
        self.show(stage, &cells)
    }

    /// Where someone stands at the end of a period, as far as that is told or answered.
    fn stands(&self, stage: &Value, period: &str, who: &Value) -> Option<String> {
        let cell = format!("{period}.{}", text(who, "id"));
        let told = stage.get("shown").and_then(|shown| shown.get(&cell));
        let place = self.answer(text(stage, "id"), &cell).or(told)?;
        place.as_str().map(str::to_owned)
    }

    /// Who stands where at the end of a period.
    fn board(&mut self, stage: &Value, period: &str) -> Result<(), Trouble> {
        for place in list(stage, "places") {
            let here: Vec<String> = list(stage, "rows")
                .iter()
                .filter(|who| self.stands(stage, period, who).as_deref() == Some(text(place, "id")))
                .map(|who| text(who, "id").to_owned())
                .collect();
            let slots = place
                .get("slots")
                .map(|slots| format!(" {}/{}", here.len(), shown(self.words, slots)));
            let here = if here.is_empty() { "—".to_owned() } else { here.join(" ") };
            let place = format!("{}{}", text(place, "name"), slots.unwrap_or_default());
            self.screen.item("▪", &pair(self.words, &place, &here))?;
        }
        Ok(())
    }
}

fn place_name(places: &[Value], id: &str) -> String {
    with_id(places, id).map_or_else(|| id.to_owned(), |place| text(place, "name").to_owned())
}
