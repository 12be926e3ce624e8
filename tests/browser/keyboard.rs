//! What learners' hands do on a keyboard, for all pages.

use crate::Outcome;
use kejian::chromium::Page;
use serde_json::Value;

/// Presses `key` so many times.
pub(crate) fn times(page: &Page, key: &str, count: i64) -> Outcome {
    (0..count).try_for_each(|_| page.press(key))
}

/// Picks items of an ordering up and carries them to their places; `focus` is a script that says
/// what has the focus, where it is and where it goes.
pub(crate) fn order(page: &Page, focus: &str) -> Outcome {
    for _ in 0..40 {
        let focus: Value = page.evaluate(focus)?;
        if focus["kind"] != "order" {
            break;
        }
        let number = |key: &str| focus[key].as_i64().unwrap_or(0);
        let (here, from, to) = (number("here"), number("from"), number("to"));
        times(page, if from > here { "ArrowDown" } else { "ArrowUp" }, (from - here).abs())?;
        page.press("Space")?;
        times(page, "ArrowUp", from - to)?;
        page.press("Space")?;
    }
    Ok(())
}
