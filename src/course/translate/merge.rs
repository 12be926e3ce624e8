//! Brings a catalogue up to date with the course.
//!
//! 1. What is still there keeps its translation and gets its places anew; so does what needs no
//!    translation, if a translator has added it.
//! 2. A text that is new takes the translation of the most similar one that has gone, first among
//!    those that stood in the same place; it is fuzzy until a translator has looked at it.
//! 3. What has gone is obsolete and stays at the end: it may come back.

use super::Unit;
use super::po::{Catalogue, Entry};
use crate::source::RelPath;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where the catalogue of a language stands; nothing for what cannot be a file.
pub fn catalogue_path(language: &str) -> Option<RelPath> {
    RelPath::new(format!("po/{language}.po"))
}

/// What a translator is told of a list.
const LIST: &str = "A list, one entry a line; the translation may have more or fewer lines.";

/// How alike texts must be for one to suggest the other's translation: in the same place, and
/// elsewhere.
const ALIKE: (f64, f64) = (0.3, 0.6);

/// The catalogue with everything that `units` ask for. Extracting twice changes nothing.
pub fn extract(old: Option<&Catalogue>, units: &[Unit], course: &str, language: &str) -> Catalogue {
    let old = old.cloned().unwrap_or_default();
    let header = header(&old.header, course, language);
    let mut known: HashMap<(Option<&str>, &str), &Entry> = HashMap::new();
    for entry in &old.entries {
        // One in use comes before an obsolete one of the same text.
        let place = known.entry((entry.context.as_deref(), entry.id.as_str())).or_insert(entry);
        if place.obsolete && !entry.obsolete {
            *place = entry;
        }
    }
    let mut wanted: Vec<Entry> = Vec::new();
    let mut at: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    for unit in units {
        let here = Some(unit.place.as_str());
        let own = known.contains_key(&(here, unit.text.as_str()));
        let key = (here.filter(|_| own), unit.text.as_str());
        // What needs no translation is the translator's own addition, or not there.
        if !unit.due && known.get(&key).is_none_or(|entry| entry.text.is_empty()) {
            continue;
        }
        let place = *at.entry(key).or_insert_with(|| {
            wanted.push(fresh(key.0, unit));
            wanted.len() - 1
        });
        let references = &mut wanted[place].references;
        if !references.contains(&unit.place) {
            references.push(unit.place.clone());
        }
    }
    let mut gone: Vec<&Entry> = old
        .entries
        .iter()
        .filter(|entry| !at.contains_key(&(entry.context.as_deref(), entry.id.as_str())))
        .collect();
    let mut open = Vec::new();
    for (place, entry) in wanted.iter_mut().enumerate() {
        match known.get(&(entry.context.as_deref(), entry.id.as_str())) {
            Some(before) => keep(entry, before),
            None => open.push(place),
        }
    }
    suggest(&mut wanted, &open, &mut gone);
    let mut seen = BTreeSet::new();
    let obsolete = gone.into_iter().filter(|entry| {
        !entry.text.is_empty() && seen.insert((entry.context.clone(), entry.id.clone()))
    });
    wanted.extend(obsolete.map(|entry| Entry {
        obsolete: true,
        references: Vec::new(),
        remarks: Vec::new(),
        previous: None,
        ..entry.clone()
    }));
    Catalogue { header, entries: wanted }
}

fn fresh(context: Option<&str>, unit: &Unit) -> Entry {
    Entry {
        context: context.map(str::to_owned),
        id: unit.text.clone(),
        remarks: if unit.list { vec![LIST.to_owned()] } else { Vec::new() },
        ..Entry::default()
    }
}

/// What a translator wrote stays; where the text stands is the course's business.
fn keep(entry: &mut Entry, before: &Entry) {
    entry.comments.clone_from(&before.comments);
    entry.flags.clone_from(&before.flags);
    entry.fuzzy = before.fuzzy;
    entry.previous.clone_from(&before.previous);
    entry.text.clone_from(&before.text);
}

/// Gives new texts the translations of those that have gone and were much like them.
fn suggest(wanted: &mut [Entry], open: &[usize], gone: &mut Vec<&Entry>) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in gone.iter().enumerate() {
        for place in &entry.references {
            places.entry(place).or_default().push(at);
        }
    }
    let mut taken = BTreeSet::new();
    let mut rest = Vec::new();
    for at in open {
        let entry = &wanted[*at];
        let same = entry
            .references
            .iter()
            .flat_map(|place| places.get(place.as_str()).into_iter().flatten().copied());
        match best(&entry.id, same, gone, &taken, ALIKE.0) {
            Some(found) => {
                taken.insert(found);
                revise(&mut wanted[*at], gone[found]);
            }
            None => rest.push(*at),
        }
    }
    for at in rest {
        if let Some(found) = best(&wanted[at].id, 0..gone.len(), gone, &taken, ALIKE.1) {
            taken.insert(found);
            revise(&mut wanted[at], gone[found]);
        }
    }
    let mut place = 0;
    gone.retain(|_| {
        place += 1;
        !taken.contains(&(place - 1))
    });
}

/// The most similar of the entries that have gone; of equals the first.
fn best(
    text: &str,
    among: impl Iterator<Item = usize>,
    gone: &[&Entry],
    taken: &BTreeSet<usize>,
    least: f64,
) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for at in among.filter(|at| !taken.contains(at) && !gone[*at].text.is_empty()) {
        let other = &gone[at].id;
        // Texts of very different length are not alike, and long ones take long to compare.
        let (short, long) = (text.len().min(other.len()), text.len().max(other.len()));
        #[expect(clippy::cast_precision_loss, reason = "texts are shorter than 2^52")]
        if (short as f64) < long as f64 * least {
            continue;
        }
        let alike = strsim::normalized_levenshtein(text, other);
        if alike >= least && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, at));
        }
    }
    best.map(|(_, at)| at)
}

fn revise(entry: &mut Entry, before: &Entry) {
    entry.comments.clone_from(&before.comments);
    entry.flags.clone_from(&before.flags);
    entry.text.clone_from(&before.text);
    // Changed twice before anyone looked: the text that was translated is still the first.
    let first = before.previous.as_ref().filter(|_| before.fuzzy).unwrap_or(&before.id);
    entry.previous = Some(first.clone());
    entry.fuzzy = true;
}

/// The catalogue's description: what translators' editors need, and what they wrote themselves.
fn header(old: &Entry, course: &str, language: &str) -> Entry {
    let fixed = [
        ("Project-Id-Version", course),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ];
    let name = |line: &str| line.split(':').next().unwrap_or_default().trim().to_owned();
    let mut lines: Vec<String> = old.text.lines().map(str::to_owned).collect();
    for (key, value) in fixed {
        let line = format!("{key}: {value}");
        match lines.iter_mut().find(|line| name(line) == key) {
            // The title of a project is the translator's.
            Some(_) if key == "Project-Id-Version" => {}
            Some(found) => *found = line,
            None => lines.push(line),
        }
    }
    let text = lines.join("\n") + "\n";
    Entry { text, id: String::new(), context: None, fuzzy: false, ..old.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(place: &str, text: &str) -> Unit {
        Unit {
            file: RelPath::course_file(),
            path: place.to_owned(),
            place: format!("course.yaml:{place}"),
            text: text.to_owned(),
            list: false,
            due: true,
        }
    }

    fn merged(old: &Catalogue, units: &[Unit]) -> String {
        let new = extract(Some(old), units, "c", "en");
        let text = new.write();
        let again = extract(Some(&Catalogue::parse(&text).unwrap()), units, "c", "en");
        assert_eq!(again.write(), text, "extracting twice changes something");
        text.split_once("\n\n").map(|(_, rest)| rest.to_owned()).unwrap_or_default()
    }

    fn translated() -> Catalogue {
        let units = [unit("a", "先定准则，再看客户"), unit("b", "再见"), unit("c", "再见")];
        let mut catalogue = extract(None, &units, "c", "en");
        "Criteria first".clone_into(&mut catalogue.entries[0].text);
        catalogue.entries[0].comments.push("A claim.".to_owned());
        "Goodbye".clone_into(&mut catalogue.entries[1].text);
        catalogue
    }

    #[test]
    fn one_entry_for_a_text_in_two_places() {
        let catalogue = translated();
        assert_eq!(catalogue.entries.len(), 2);
        assert_eq!(catalogue.entries[1].references, ["course.yaml:b", "course.yaml:c"]);
    }

    #[test]
    fn a_changed_text_is_fuzzy_and_says_what_it_was() {
        let units = [unit("a", "先定准则，后看客户"), unit("b", "再见")];
        assert_eq!(
            merged(&translated(), &units),
            "# A claim.\n#: course.yaml:a\n#, fuzzy\n#| msgid \"先定准则，再看客户\"\nmsgid \"先定准则，后看客户\"\nmsgstr \"Criteria first\"\n\n#: course.yaml:b\nmsgid \"再见\"\nmsgstr \"Goodbye\"\n"
        );
    }

    #[test]
    fn what_has_gone_is_obsolete_and_comes_back() {
        let old = translated();
        let without = [unit("a", "先定准则，再看客户"), unit("d", "完全不同的一句话")];
        let text = merged(&old, &without);
        assert!(
            text.contains("#: course.yaml:d\nmsgid \"完全不同的一句话\"\nmsgstr \"\"\n"),
            "{text}"
        );
        assert!(text.ends_with("#~ msgid \"再见\"\n#~ msgstr \"Goodbye\"\n"), "{text}");
        let gone = extract(Some(&old), &without, "c", "en");
        let back = merged(&gone, &[unit("a", "先定准则，再看客户"), unit("b", "再见")]);
        assert!(back.ends_with("#: course.yaml:b\nmsgid \"再见\"\nmsgstr \"Goodbye\"\n"), "{back}");
    }

    #[test]
    fn an_addition_to_what_needs_no_translation_stays_as_long_as_its_text() {
        let free = Unit { due: false, ..unit("b", "H5") };
        let units = [unit("a", "先定准则，再看客户"), free.clone()];
        let without = extract(None, &units, "c", "en");
        assert_eq!(without.entries.len(), 1, "nobody is asked for it");
        let mut old = without;
        old.entries.push(Entry {
            id: "H5".to_owned(),
            text: "mobile page".to_owned(),
            ..Entry::default()
        });
        let kept = "#: course.yaml:b\nmsgid \"H5\"\nmsgstr \"mobile page\"\n";
        assert!(merged(&old, &units).ends_with(kept), "{}", merged(&old, &units));
        let gone = merged(&old, &units[..1]);
        assert!(gone.ends_with("#~ msgid \"H5\"\n#~ msgstr \"mobile page\"\n"), "{gone}");
    }

    #[test]
    fn the_same_place_comes_before_a_likelier_text() {
        let mut old =
            extract(None, &[unit("a", "甲乙丙丁戊己"), unit("b", "甲乙丙丁戊")], "c", "en");
        "A".clone_into(&mut old.entries[0].text);
        "B".clone_into(&mut old.entries[1].text);
        let text = merged(&old, &[unit("b", "甲乙丙庚辛壬"), unit("z", "甲乙丙丁戊己庚")]);
        assert!(
            text.contains("#| msgid \"甲乙丙丁戊\"\nmsgid \"甲乙丙庚辛壬\"\nmsgstr \"B\""),
            "{text}"
        );
        assert!(
            text.contains("#| msgid \"甲乙丙丁戊己\"\nmsgid \"甲乙丙丁戊己庚\"\nmsgstr \"A\""),
            "{text}"
        );
    }

    #[test]
    fn a_translation_for_one_place_stays_with_it() {
        let mut old = translated();
        let own = Entry {
            context: Some("course.yaml:c".to_owned()),
            id: "再见".to_owned(),
            text: "So long".to_owned(),
            ..Entry::default()
        };
        old.entries.push(own);
        let text = merged(&old, &[unit("b", "再见"), unit("c", "再见")]);
        let own =
            "#: course.yaml:c\nmsgctxt \"course.yaml:c\"\nmsgid \"再见\"\nmsgstr \"So long\"\n";
        assert!(
            text.starts_with("#: course.yaml:b\nmsgid \"再见\"\nmsgstr \"Goodbye\"\n"),
            "{text}"
        );
        assert!(text.contains(own), "{text}");
    }
}
