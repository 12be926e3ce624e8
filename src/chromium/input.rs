//! Keys, clicks and touches as the browser gets them from a keyboard, a mouse or a finger.

use super::{Error, Page};
use serde_json::{Value, json};

/// A key: the name that scripts see, its place on the keyboard, its number, its text.
struct Key {
    name: String,
    code: String,
    number: u32,
    text: Option<String>,
}

/// Keys that are not one character.
const NAMED: [(&str, u32, Option<&str>); 15] = [
    ("Enter", 13, Some("\r")),
    ("Tab", 9, None),
    ("Escape", 27, None),
    ("Backspace", 8, None),
    ("Delete", 46, None),
    ("ArrowLeft", 37, None),
    ("ArrowUp", 38, None),
    ("ArrowRight", 39, None),
    ("ArrowDown", 40, None),
    ("PageUp", 33, None),
    ("PageDown", 34, None),
    ("Home", 36, None),
    ("End", 35, None),
    ("F5", 116, None),
    ("F11", 122, None),
];

impl Key {
    fn parse(text: &str) -> Result<Self, Error> {
        if let Some((name, number, text)) = NAMED.iter().find(|(name, ..)| *name == text) {
            let name = (*name).to_owned();
            let text = text.map(str::to_owned);
            return Ok(Self { code: name.clone(), name, number: *number, text });
        }
        let text = if text == "Space" { " " } else { text };
        let mut characters = text.chars();
        let (Some(character), None) = (characters.next(), characters.next()) else {
            return Err(Error::Page(format!("there is no key `{text}`")));
        };
        let (code, number) = match character {
            'a'..='z' | 'A'..='Z' => {
                let upper = character.to_ascii_uppercase();
                (format!("Key{upper}"), u32::from(upper))
            }
            '0'..='9' => (format!("Digit{character}"), u32::from(character)),
            ' ' => ("Space".to_owned(), 32),
            '.' => ("Period".to_owned(), 190),
            ',' => ("Comma".to_owned(), 188),
            '/' | '?' => ("Slash".to_owned(), 191),
            '-' => ("Minus".to_owned(), 189),
            '=' | '+' => ("Equal".to_owned(), 187),
            _ => (String::new(), 0),
        };
        Ok(Self { name: text.to_owned(), code, number, text: Some(text.to_owned()) })
    }
}

/// Where something is in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    x: f64,
    y: f64,
}

impl Page {
    /// Presses and releases a key, named as scripts see it (`ArrowRight`, `Enter`, `a`, `Space`),
    /// with modifiers before it: `Shift+Tab`, `Control+a`.
    pub fn press(&self, keys: &str) -> Result<(), Error> {
        let (modifiers, key) = match keys.rsplit_once('+') {
            Some((modifiers, key)) if !key.is_empty() && !modifiers.is_empty() => (modifiers, key),
            _ => ("", keys),
        };
        let mut bits = 0;
        let mut command = false;
        for modifier in modifiers.split('+').filter(|modifier| !modifier.is_empty()) {
            command |= modifier != "Shift";
            bits |= match modifier {
                "Alt" => 1,
                "Control" => 2,
                "Meta" => 4,
                "Shift" => 8,
                _ => return Err(Error::Page(format!("there is no modifier `{modifier}`"))),
            };
        }
        let key = Key::parse(key)?;
        // A character typed together with Control, Meta or Alt is a command, not a text.
        let text = key.text.filter(|_| !command);
        let mut params = json!({
            "key": key.name, "code": key.code, "windowsVirtualKeyCode": key.number,
            "modifiers": bits, "type": if text.is_some() { "keyDown" } else { "rawKeyDown" },
        });
        if let Some(text) = text {
            params["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", &params)?;
        params["type"] = json!("keyUp");
        if let Some(map) = params.as_object_mut() {
            map.remove("text");
        }
        self.call("Input.dispatchKeyEvent", &params)?;
        Ok(())
    }

    /// Types a text into what has the focus, as an input method does: also Chinese.
    pub fn type_text(&self, text: &str) -> Result<(), Error> {
        self.call("Input.insertText", &json!({"text": text})).map(|_| ())
    }

    /// Clicks the first element that `selector` matches, in its middle. It must be seen and not
    /// be covered by something else.
    pub fn click(&self, selector: &str) -> Result<(), Error> {
        let at = self.middle_of(selector)?;
        self.click_at(at.x, at.y)
    }

    /// Clicks at a place in the window.
    pub fn click_at(&self, x: f64, y: f64) -> Result<(), Error> {
        let at = Point { x, y };
        self.mouse("mouseMoved", at, 0)?;
        self.mouse("mousePressed", at, 1)?;
        self.mouse("mouseReleased", at, 0)
    }

    /// Presses the mouse at the first place, moves it along and releases it at the last.
    pub fn drag(&self, path: &[(f64, f64)]) -> Result<(), Error> {
        let points: Vec<Point> = path.iter().map(|&(x, y)| Point { x, y }).collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return Ok(()) };
        self.mouse("mouseMoved", *first, 0)?;
        self.mouse("mousePressed", *first, 1)?;
        for point in &points[1..] {
            self.mouse("mouseMoved", *point, 1)?;
        }
        self.mouse("mouseReleased", *last, 0)
    }

    /// Moves the mouse without pressing it.
    pub fn hover(&self, x: f64, y: f64) -> Result<(), Error> {
        self.mouse("mouseMoved", Point { x, y }, 0)
    }

    /// Taps the first element that `selector` matches with a finger.
    pub fn tap(&self, selector: &str) -> Result<(), Error> {
        let at = self.middle_of(selector)?;
        self.touch("touchStart", &[at])?;
        self.touch("touchEnd", &[])
    }

    /// Draws a finger from one place of the window to another.
    pub fn swipe(&self, from: (f64, f64), to: (f64, f64)) -> Result<(), Error> {
        self.touch("touchStart", &[Point { x: from.0, y: from.1 }])?;
        for step in 1..=4 {
            let part = f64::from(step) / 4.0;
            let between = |from: f64, to: f64| from + (to - from) * part;
            let at = Point { x: between(from.0, to.0), y: between(from.1, to.1) };
            self.touch("touchMove", &[at])?;
        }
        self.touch("touchEnd", &[])
    }

    /// Chooses files in a file field.
    pub fn choose_files(&self, selector: &str, files: &[&str]) -> Result<(), Error> {
        let script = format!("document.querySelector({})", json!(selector));
        let found = self.call("Runtime.evaluate", &json!({"expression": script}))?;
        let Some(object) = found["result"]["objectId"].as_str() else {
            return Err(Error::Page(format!("nothing matches `{selector}`")));
        };
        let params = json!({"files": files, "objectId": object});
        self.call("DOM.setFileInputFiles", &params).map(|_| ())
    }

    fn mouse(&self, kind: &str, at: Point, buttons: u32) -> Result<(), Error> {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let params = json!({
            "type": kind, "x": at.x, "y": at.y, "button": button, "buttons": buttons,
            "clickCount": u32::from(kind != "mouseMoved"),
        });
        self.call("Input.dispatchMouseEvent", &params).map(|_| ())
    }

    fn touch(&self, kind: &str, points: &[Point]) -> Result<(), Error> {
        let points: Vec<Value> = points.iter().map(|at| json!({"x": at.x, "y": at.y})).collect();
        let params = json!({"type": kind, "touchPoints": points});
        self.call("Input.dispatchTouchEvent", &params).map(|_| ())
    }

    /// The middle of an element, scrolled into view.
    fn middle_of(&self, selector: &str) -> Result<Point, Error> {
        let found = self.evaluate(&format!(
            "(() => {{
                const selector = {};
                const element = document.querySelector(selector);
                if (!element) return `nothing matches ${{selector}}`;
                element.scrollIntoView({{ block: 'center', inline: 'nearest', behavior: 'instant' }});
                const box = element.getBoundingClientRect();
                if (!box.width || !box.height) return `${{selector}} cannot be seen`;
                const at = [box.x + box.width / 2, box.y + box.height / 2];
                const top = document.elementFromPoint(...at);
                const labels = [...(element.labels || [])];
                const own = top && (element.contains(top) || top.contains(element) || labels.some((it) => it.contains(top)));
                if (!own) return `${{selector}} is covered by ${{top ? top.outerHTML.slice(0, 120) : 'nothing'}}`;
                return at;
            }})()",
            json!(selector)
        ))?;
        match (found[0].as_f64(), found[1].as_f64()) {
            (Some(x), Some(y)) => Ok(Point { x, y }),
            _ => Err(Error::Page(found.as_str().unwrap_or(selector).to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_scripts_see_them() {
        let key = Key::parse("a").unwrap();
        assert_eq!((key.code.as_str(), key.number, key.text.as_deref()), ("KeyA", 65, Some("a")));
        let key = Key::parse("PageDown").unwrap();
        assert_eq!((key.code.as_str(), key.number, key.text), ("PageDown", 34, None));
        assert_eq!(Key::parse("Space").unwrap().name, " ");
        assert!(Key::parse("Pagedown").is_err());
    }
}
