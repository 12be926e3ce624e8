//! The course in English shows no Chinese: ids are addresses, what people see are translated
//! titles. Allowed is only what stands under a `lang` of its own: the way to the Chinese page.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::Screen;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Han, and the wide signs that stand between Han.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}')
}

/// Goes through every stage at a level, checks it, opens everything, and gathers what is Chinese.
const GATHER: &str = "(async (level) => {
    const frame = () => new Promise((done) => setTimeout(done));
    // An exercise without levels is gone through twice, whole.
    [...document.querySelectorAll('.levels input')].find((it) => it.value === level)?.click();
    const found = [];
    const chinese = (text) => /[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff01-\\uff60]/.test(text || '');
    const stages = [...document.querySelectorAll('.stepper a')].map((it) => it.hash);
    if (!stages.length) return ['no stages'];
    for (const stage of stages) {
        if (location.hash !== stage) location.hash = stage;
        for (let at = 0; at < 50 && `#${document.querySelector('.stage').dataset.stage}` !== stage; at += 1) await frame();
        document.querySelector('[data-check]')?.click();
        for (const fold of document.querySelectorAll('details')) fold.open = true;
        await frame();
        document.querySelector('.worked-ask button')?.click();
        for (const step of document.querySelectorAll('.worked-list section')) step.hidden = false;
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        while (walk.nextNode()) {
            const on = walk.currentNode;
            const element = on.nodeType === Node.TEXT_NODE ? on.parentElement : on;
            if (element.closest('script, style, [lang]:not(html)')) continue;
            const said = on.nodeType === Node.TEXT_NODE ? [on.data] : ['aria-label', 'aria-description', 'title', 'alt', 'placeholder'].map((name) => on.getAttribute(name));
            found.push(...said.filter(chinese).map((text) => `${level} ${stage} ${element.tagName}: ${text.slice(0, 80)}`));
        }
    }
    return [...new Set(found)];
})";

#[test]
fn exercises_show_no_chinese_in_english() -> Outcome {
    let studio = Studio::open();
    let page = studio.page_on(Screen::LAPTOP, "en/index.html")?;
    let ids = page.evaluate("kejian.data.exercises.map((it) => it.id)")?;
    for id in ids.as_array().into_iter().flatten().filter_map(Value::as_str) {
        page.goto_file(&studio.file(&format!("en/practice/{id}.html")), "")?;
        page.wait("document.querySelector('.stage[data-stage]')")?;
        for level in ["show", "solo"] {
            let found = page.evaluate(&format!("{GATHER}('{level}')"))?;
            assert_eq!(found, serde_json::json!([]), "{id}");
        }
        assert_sound(&page)?;
    }
    Ok(())
}

fn pages_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let nested = entries.flat_map(|path| if path.is_dir() { pages_in(&path) } else { vec![path] });
    let mut pages: Vec<PathBuf> =
        nested.filter(|path| path.extension().is_some_and(|it| it == "html")).collect();
    pages.sort();
    pages
}

/// What people read of a page without its scripts: its texts, and the attributes that are read
/// out. Elements in a language of their own are left out.
fn shown(html: &str) -> Vec<&str> {
    let mut shown = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        shown.push(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |at| open + at + 1);
        let tag = &rest[open..close];
        let name = tag[1..].split([' ', '>']).next().unwrap_or_default();
        rest = &rest[close..];
        if matches!(name, "script" | "style") || (name == "a" && tag.contains(" lang=")) {
            let end = rest.find(&format!("</{name}>")).unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        }
        for key in [" alt=\"", " title=\"", " aria-label=\"", " content=\"", " placeholder=\""] {
            shown.extend(tag.split_once(key).and_then(|(_, value)| value.split('"').next()));
        }
    }
    shown
}

#[test]
fn pages_show_no_chinese_in_english_before_any_script() {
    let studio = Studio::open();
    let pages = pages_in(&studio.file("en"));
    assert!(pages.len() > 100, "{}", pages.len());
    for path in pages {
        let html = std::fs::read_to_string(&path).unwrap();
        let left: Vec<_> = shown(&html).into_iter().filter(|it| it.contains(is_chinese)).collect();
        assert!(left.is_empty(), "{}: {left:?}", path.display());
    }
}
