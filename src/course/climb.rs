//! What the lines of a look-up ask for, as people read them: `H0`, `e1 awareness`, `+ e2 interest`.

use super::is_code;
use serde_json::Value;

/// Whether a code stands before a name: ids that are none, and codes that the name begins with,
/// do not.
pub(crate) fn tells(id: &str, name: &str) -> bool {
    let begins = name
        .strip_prefix(id)
        .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()));
    is_code(id) && !begins
}

/// What stands left of the arrows of a column's card, line by line. Each step of a climb asks for
/// all before it and one more; that one is said. Codes that answers are shown by stand beside
/// their names.
pub(crate) fn climbed(stage: &Value, card: &Value) -> Vec<String> {
    let columns = stage["columns"].as_array().into_iter().flatten();
    let options: Vec<(&str, &str)> = columns
        .flat_map(|column| column["options"].as_array().into_iter().flatten())
        .filter_map(|option| Some((option["name"].as_str()?, option["id"].as_str()?)))
        .collect();
    let called = |name: &str| {
        let code = options.iter().find(|(known, _)| *known == name).map(|(_, id)| *id);
        match code.filter(|id| tells(id, name)) {
            Some(code) => format!("{code} {name}"),
            None => name.to_owned(),
        }
    };
    let mut before = "";
    let lines = card["lookup"].as_array().into_iter().flatten();
    lines
        .map(|line| {
            let needed = line["of"].as_str().unwrap_or_default();
            let more = needed.strip_prefix(before).and_then(|more| more.strip_prefix(" + "));
            let said = match more.filter(|_| !before.is_empty()) {
                Some(more) => format!("+ {}", called(more)),
                None if needed.is_empty() => "—".to_owned(),
                None => called(needed),
            };
            before = needed;
            said
        })
        .collect()
}

/// The title of the column before this one whose card looks the same lines up: they are said there.
pub(crate) fn looked_up_in<'s>(stage: &'s Value, column: &Value) -> Option<&'s str> {
    let lookup = column["card"]["lookup"].as_array().filter(|lines| !lines.is_empty())?;
    let columns = ["columns", "results"].into_iter().filter_map(|key| stage[key].as_array());
    columns
        .flatten()
        .take_while(|before| before["id"] != column["id"])
        .find(|before| before["card"]["lookup"].as_array() == Some(lookup))
        .map(|before| before["title"].as_str().or(before["id"].as_str()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{climbed, looked_up_in, tells};
    use serde_json::json;

    #[test]
    fn a_climb_says_what_each_step_adds_and_a_look_up_what_it_looks_up() {
        let names = [("e1", "know"), ("e2", "want"), ("open", "ask")];
        let options: Vec<_> =
            names.iter().map(|(id, name)| json!({"id": id, "name": name})).collect();
        let stage = json!({"columns": [{"id": "free"}, {"id": "seen", "options": options}]});
        let card = |of: &[&str]| json!({"lookup": of.iter().map(|of| json!({"of": of})).collect::<Vec<_>>()});
        let climb = card(&["", "know", "know + want", "know + want + ask"]);
        assert_eq!(climbed(&stage, &climb), ["—", "e1 know", "+ e2 want", "+ ask"]);
        assert_eq!(climbed(&stage, &card(&["cold", "cold brew"])), ["cold", "cold brew"]);
    }
    #[test]
    fn codes_stand_before_names_that_do_not_begin_with_them() {
        assert!(tells("S", "Strength") && tells("T01", "Dairy") && tells("H5", "H55"));
        assert!(!tells("H5", "H5 Boiling") && !tells("H5", "H5沸") && !tells("open", "Open"));
        assert!(!tells("M1", "M1"));
    }

    #[test]
    fn a_climb_that_two_columns_share_is_said_at_the_first() {
        let climb = json!({"lookup": [{"of": "", "give": "cold"}, {"of": "know", "give": "warm"}]});
        let other = json!({"lookup": [{"of": "", "give": "cold"}, {"of": "know", "give": "hot"}]});
        let stage = json!({"columns": [
            {"id": "note"},
            {"id": "reached", "title": "Reached", "card": climb},
            {"id": "level", "title": "Level", "card": climb},
            {"id": "else", "title": "Else", "card": other},
        ]});
        let repeated = |at: usize| looked_up_in(&stage, &stage["columns"][at]);
        assert_eq!([0, 1, 2, 3].map(repeated), [None, None, Some("Reached"), None]);
    }
}
