//! The Markdown texts of a course, with where they stand. Those of slides are in the sheets of a
//! [`Deck`](super::rules::Deck).

use super::rules::Asked;
use crate::course::{Chapter, Course, Exercise};
use crate::diag::Pin;
use crate::source::RelPath;
use crate::theme::{SlotKind, SlotMap, SlotType};
use kejian_engine::TextRole;
use serde_json::Value;
use std::cell::LazyCell;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// A text and where it stands.
pub(super) struct Text<'t> {
    pub(super) file: &'t RelPath,
    /// Folder of its page in the site.
    pub(super) folder: &'t str,
    pub(super) place: Place<Path<'t>, &'t str>,
    pub(super) markdown: &'t str,
}

/// The way to a value of a file: `slides[3].body`. Most texts have nothing to be said of, so it is
/// written out only for those that do.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    /// The file itself, or what else the way starts from.
    Root,
    /// Under a key, or several: `guide.room`.
    Key(&'p Path<'p>, &'p str),
    /// The entry at a place in a list.
    Entry(&'p Path<'p>, usize),
}

impl<'p> Path<'p> {
    /// At the top of the file.
    fn top(key: &'p str) -> Self {
        Self::Key(&Path::Root, key)
    }

    /// The first and the last key.
    pub(super) fn keys(&self) -> (&'p str, &'p str) {
        match self {
            Self::Root => ("", ""),
            Self::Key(Self::Root, key) => (key, key),
            Self::Key(above, key) => (above.keys().0, key),
            Self::Entry(above, _) => above.keys(),
        }
    }
}

/// The questions of a chapter.
pub(super) const QUESTIONS: Path<'static> = Path::Key(&Path::Root, "questions");

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(key),
            Self::Key(above, key) => {
                above.fmt(f)?;
                f.write_char('.')?;
                f.write_str(key)
            }
            Self::Entry(above, index) => {
                above.fmt(f)?;
                write!(f, "[{index}]")
            }
        }
    }
}

/// Where a text stands in its file.
#[derive(Debug, Clone)]
pub(super) enum Place<P = String, T = Arc<str>> {
    /// At this path.
    At(P),
    /// Somewhere below this path, where this text is: the engine visits texts without their paths.
    Below(P, T),
    /// On a slide, at this path inside it.
    OnSlide(usize, T),
}

impl Place<Path<'_>, &str> {
    /// The same, to keep. A text is copied with it, so this is done once for all that is said of
    /// the text.
    pub(super) fn written(&self) -> Place {
        match self {
            Self::At(path) => Place::At(path.to_string()),
            Self::Below(path, text) => Place::Below(path.to_string(), Arc::from(*text)),
            Self::OnSlide(index, path) => Place::OnSlide(*index, Arc::from(*path)),
        }
    }

    /// What says where characters of the text are.
    pub(super) fn pins(&self) -> impl Fn(usize, usize) -> Pin {
        let place = LazyCell::new(|| self.written());
        move |offset, count| place.within(offset, count)
    }
}

impl Place {
    /// Characters of the text.
    pub(super) fn within(&self, offset: usize, count: usize) -> Pin {
        match self {
            Self::At(path) => Pin::Within(path.clone(), offset, count),
            Self::Below(path, text) => {
                Pin::Text { below: path.clone(), text: Arc::clone(text), offset, count }
            }
            Self::OnSlide(index, path) => {
                Pin::Within(format!("slides[{index}].{path}"), offset, count)
            }
        }
    }
}

/// The texts of a chapter beside those of its slides.
pub(super) fn of_chapter(chapter: &Chapter, asked: &[Asked], visit: &mut dyn FnMut(Text<'_>)) {
    let file = &chapter.file;
    let folder = format!("{}/", chapter.stem);
    let mut at = |path: Path<'_>, markdown: &str| {
        visit(Text { file, folder: &folder, place: Place::At(path), markdown });
    };
    at(Path::top("title"), &chapter.title);
    let [objectives, takeaways] = ["objectives", "takeaways"].map(Path::top);
    for (index, objective) in chapter.objectives.iter().enumerate() {
        at(Path::Key(&Path::Entry(&objectives, index), "text"), &objective.text);
    }
    for (index, takeaway) in chapter.takeaways.iter().enumerate() {
        at(Path::Entry(&takeaways, index), takeaway);
    }
    if let Some(guide) = &chapter.guide {
        at(Path::top("guide.room"), &guide.room);
        for (key, texts) in [("guide.prepare", &guide.prepare), ("guide.watch", &guide.watch)] {
            for (index, text) in texts.iter().enumerate() {
                at(Path::Entry(&Path::top(key), index), text);
            }
        }
    }
    for Asked { question, text, .. } in asked.iter().filter(|it| it.role != TextRole::Plain) {
        let place = Place::Below(Path::Entry(&QUESTIONS, *question), text.as_str());
        visit(Text { file, folder: &folder, place, markdown: text });
    }
}

/// The texts of the glossary and of the sources.
pub(super) fn of_appendix(course: &Course, visit: &mut dyn FnMut(Text<'_>)) {
    let mut hand = |file: &str, path: String, markdown: &str| {
        if let Some(file) = &RelPath::new(file) {
            let place = Place::At(Path::top(&path));
            visit(Text { file, folder: "", place, markdown });
        }
    };
    for (t, term) in course.glossary.iter().enumerate() {
        hand("glossary.yaml", format!("terms[{t}].definition"), &term.definition);
    }
    let Some(sources) = &course.sources else { return };
    let mut hand = |path: String, markdown: &str| hand("sources.yaml", path, markdown);
    hand("intro".to_owned(), &sources.intro);
    for (s, setting) in sources.settings.iter().enumerate() {
        hand(format!("settings[{s}].text"), &setting.text);
    }
    for (c, caution) in sources.cautions.iter().enumerate() {
        hand(format!("cautions[{c}]"), caution);
    }
    for (s, source) in sources.sources.iter().enumerate() {
        hand(format!("sources[{s}].citation"), &source.citation);
        hand(format!("sources[{s}].supports"), &source.supports);
    }
}

/// The texts of an exercise.
pub(super) fn of_exercise(exercise: &Exercise, visit: &mut dyn FnMut(Text<'_>)) {
    exercise.exercise.clone().visit_texts(&mut |role, markdown| {
        if role != TextRole::Plain {
            let (file, place) = (&exercise.file, Place::Below(Path::Root, &**markdown));
            visit(Text { file, folder: "practice/", place, markdown });
        }
    });
}

/// Hands every value of the slots to `visit`, down to single texts, with its path and kind.
pub(super) fn in_slots<'v>(
    slots: impl Iterator<Item = (&'v str, &'v Value)>,
    kinds: &SlotMap,
    path: &Path<'_>,
    visit: &mut dyn FnMut(&Path<'_>, SlotKind, &'v Value),
) {
    for (name, value) in slots {
        if let Some(kind) = kinds.get(name) {
            in_slot(value, kind, &Path::Key(path, name), visit);
        }
    }
}

fn in_slot<'v>(
    value: &'v Value,
    kind: &SlotType,
    path: &Path<'_>,
    visit: &mut dyn FnMut(&Path<'_>, SlotKind, &'v Value),
) {
    match (kind.kind, value) {
        (SlotKind::List, Value::Array(entries)) => {
            let text = SlotType::text();
            let of = kind.of.as_deref().unwrap_or(&text);
            for (index, entry) in entries.iter().enumerate() {
                in_slot(entry, of, &Path::Entry(path, index), visit);
            }
        }
        (SlotKind::Group, Value::Object(keys)) => {
            let keys = keys.iter().map(|(key, value)| (key.as_str(), value));
            in_slots(keys, &kind.keys, path, visit);
        }
        _ => visit(path, kind.kind, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each finding once had a copy: some thousand in one text took a gigabyte.
    #[test]
    fn findings_share_their_text() {
        let place = Place::Below(QUESTIONS, "甲,乙,丙");
        let pin = place.pins();
        let [first, second] = [pin(1, 1), pin(3, 1)].map(|pin| match pin {
            Pin::Text { below, text, offset, count } => (below, text, offset, count),
            other => panic!("{other:?}"),
        });
        assert!(Arc::ptr_eq(&first.1, &second.1));
        assert_eq!(first, ("questions".to_owned(), "甲,乙,丙".into(), 1, 1));
        assert_eq!(second.2, 3);
    }
}
