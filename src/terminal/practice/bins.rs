//! `bins`: one item after the other finds its bin.

use super::session::Session;
use super::{described, entry, pair, with_id};
use crate::terminal::phrase::because;
use crate::terminal::{Trouble, face, list, text};
use serde_json::Value;

impl Session<'_, '_> {
    /// Asks for the bin of every open item; items that are not open are shown where they belong.
    pub(super) fn bins(&mut self, stage: &Value) -> Result<(), Trouble> {
        let id = text(stage, "id");
        let bins = list(stage, "bins");
        let words = self.words;
        let labels: Vec<String> = bins.iter().map(|bin| entry::label(bin, words)).collect();
        let open =
            |cell: &String| list(stage, "open").iter().any(|open| open.as_str() == Some(cell));
        self.shown_bins(stage)?;
        for item in list(stage, "items") {
            let cell = format!("{}.answer", text(item, "id"));
            if !open(&cell) || self.has(id, &cell) {
                continue;
            }
            let prompt = described(item, words);
            let at = self.attempt(stage, &mut |ask| ask.one(&prompt, &labels))?;
            if let Some(at) = at {
                self.put(id, &cell, face::id(bins, at));
                self.show(stage, &[cell])?;
            }
        }
        Ok(())
    }

    /// Items whose bin a level tells, with the reason.
    fn shown_bins(&mut self, stage: &Value) -> Result<(), Trouble> {
        let told = |key: &str, cell: &str| {
            stage.get(key).and_then(|map| map.get(cell)).and_then(Value::as_str).map(str::to_owned)
        };
        let mut any = false;
        for item in list(stage, "items") {
            let cell = format!("{}.answer", text(item, "id"));
            let Some(bin) = told("shown", &cell) else { continue };
            let name =
                with_id(list(stage, "bins"), &bin).map_or(bin, |bin| entry::label(bin, self.words));
            let why = because(self.words, &told("why", &cell).unwrap_or_default());
            let line = pair(self.words, &described(item, self.words), &format!("{name}{why}"));
            self.screen.item("→", &line)?;
            any = true;
        }
        if any {
            self.screen.line("")?;
        }
        Ok(())
    }
}
