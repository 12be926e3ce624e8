//! Tokens: the colours and measures that a theme is made of, for light and dark surroundings.
//!
//! `css/tokens.css` of the base theme declares them all. A theme changes some under `tokens:` in
//! its `theme.yaml`; a course changes colours under `colours:` in `course.yaml`.

use super::colour::Colour;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The least contrast of text on its ground.
pub const READABLE: f64 = 4.5;

/// Values by token name, in the order in which they were first declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// The value of a token.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The colour of a token, if it is one.
    pub fn colour(&self, name: &str) -> Option<Colour> {
        Colour::parse(self.get(name)?)
    }

    /// Names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    fn set(&mut self, name: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
    }

    fn css(&self) -> String {
        self.0.iter().fold(String::new(), |mut css, (name, value)| {
            let _ = write!(css, "--{name}: {value}; ");
            css
        })
    }
}

/// What a theme changes, as written in its `theme.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    /// In light surroundings, and in dark ones unless those say otherwise for themselves.
    #[serde(default)]
    pub(super) light: BTreeMap<String, String>,
    /// In dark surroundings.
    #[serde(default)]
    pub(super) dark: BTreeMap<String, String>,
    /// On paper.
    #[serde(default)]
    pub(super) print: BTreeMap<String, String>,
}

/// The tokens of a theme.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// In light surroundings.
    pub light: Values,
    /// In dark ones; those not named are as in light ones.
    pub dark: Values,
    /// What differs from the base theme's style sheet.
    changed: [Values; 3],
}

impl Tokens {
    /// Reads the declarations of a style sheet's `:root` blocks; the one inside
    /// `prefers-color-scheme: dark` is for dark surroundings.
    pub(super) fn read(css: &str) -> Self {
        let mut tokens = Self::default();
        for (at, _) in css.match_indices(":root") {
            let Some(block) = css[at..].split_once('{').and_then(|(_, rest)| rest.split_once('}'))
            else {
                continue;
            };
            let before = &css[..at];
            // The nearest rule that is still open decides.
            let open = before.rfind("@media").filter(|media| {
                let inside = &before[*media..];
                inside.matches('{').count() > inside.matches('}').count()
            });
            let dark = open.is_some_and(|media| before[media..].contains("dark"));
            for declaration in block.0.split(';') {
                let Some((name, value)) = declaration.split_once(':') else { continue };
                let Some(name) = name.trim().strip_prefix("--") else { continue };
                let values = if dark { &mut tokens.dark } else { &mut tokens.light };
                values.set(name, value.trim());
            }
        }
        let names: Vec<(String, String)> = tokens.light.0.clone();
        for (name, value) in names {
            if tokens.dark.get(&name).is_none() {
                tokens.dark.set(&name, &value);
            }
        }
        tokens
    }

    /// Applies what a theme changes. A name that is no token is an error naming it.
    pub(super) fn change(&mut self, changes: &Changes) -> Result<(), String> {
        let [light, dark, print] = &mut self.changed;
        for (name, value) in &changes.light {
            known(&self.light, name)?;
            self.light.set(name, value);
            light.set(name, value);
            // What is no colour (a font, a weight) counts in dark surroundings too.
            if Colour::parse(value).is_none() && !changes.dark.contains_key(name) {
                self.dark.set(name, value);
                dark.set(name, value);
            }
        }
        for (name, value) in &changes.dark {
            known(&self.light, name)?;
            self.dark.set(name, value);
            dark.set(name, value);
        }
        for (name, value) in &changes.print {
            known(&self.light, name)?;
            print.set(name, value);
        }
        Ok(())
    }

    /// Applies a course's colours. In both surroundings each becomes the nearest shade that can
    /// be read there, and the text on the accent follows.
    pub fn colour(&mut self, colours: &BTreeMap<String, String>) {
        let [light, dark, _] = &mut self.changed;
        for (values, changed) in [(&mut self.light, light), (&mut self.dark, dark)] {
            let paper = values.colour("paper").unwrap_or(Colour::WHITE);
            for (name, value) in colours {
                let Some(wish) = Colour::parse(value) else { continue };
                if values.get(name).is_none() {
                    continue;
                }
                let shade = match name.as_str() {
                    "paper" | "card" | "rule" => wish,
                    _ => wish.readable_on(paper, READABLE),
                };
                values.set(name, &shade.css());
                changed.set(name, &shade.css());
                if name == "accent" && !colours.contains_key("on-accent") {
                    values.set("on-accent", &shade.ink().css());
                    changed.set("on-accent", &shade.ink().css());
                }
            }
        }
    }

    /// The style sheet of what differs from the base theme.
    pub fn css(&self) -> String {
        let [light, dark, print] = &self.changed;
        let mut css = String::new();
        for (values, before, after) in [
            (light, "", ""),
            (dark, "@media (prefers-color-scheme: dark) { ", " }"),
            (print, "@media print { ", " }"),
        ] {
            if !values.0.is_empty() {
                let _ = writeln!(css, "{before}:root {{ {}}}{after}", values.css());
            }
        }
        css
    }

    /// Two style sheets that put a part of a page into light or dark surroundings.
    pub fn scoped(&self, light: &str, dark: &str) -> String {
        format!("{light} {{ {}}}\n{dark} {{ {}}}\n", self.light.css(), self.dark.css())
    }
}

fn known(values: &Values, name: &str) -> Result<(), String> {
    if values.get(name).is_some() { Ok(()) } else { Err(name.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = ":root { --paper: #fff; --ink: #111; --accent: #b03; --on-accent: #fff; --font: x; }\n\
         @media (prefers-color-scheme: dark) { :root { --paper: #111; --ink: #eee; } }\nhtml { color: red; }";

    fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
        entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_style_sheet_is_read_by_its_surroundings() {
        let tokens = Tokens::read(SHEET);
        assert_eq!(
            (tokens.light.get("paper"), tokens.dark.get("paper")),
            (Some("#fff"), Some("#111"))
        );
        assert_eq!(tokens.dark.get("accent"), Some("#b03"), "what is not said stays");
        assert_eq!(tokens.css(), "", "nothing changed");
    }

    #[test]
    fn a_theme_changes_some() {
        let mut tokens = Tokens::read(SHEET);
        let changes = Changes {
            light: map(&[("accent", "#005"), ("font", "y")]),
            dark: map(&[("accent", "#9cf")]),
            print: map(&[("paper", "#fff")]),
        };
        assert_eq!(tokens.change(&changes), Ok(()));
        assert_eq!(
            tokens.css(),
            ":root { --accent: #005; --font: y; }\n\
             @media (prefers-color-scheme: dark) { :root { --font: y; --accent: #9cf; } }\n\
             @media print { :root { --paper: #fff; } }\n"
        );
        let wrong = Changes { light: map(&[("acent", "#005")]), ..Changes::default() };
        assert_eq!(tokens.change(&wrong), Err("acent".to_owned()));
    }

    #[test]
    fn colours_of_a_course_can_be_read_in_both_surroundings() {
        let mut tokens = Tokens::read(SHEET);
        tokens.colour(&map(&[("accent", "#0b2a5b")]));
        for values in [&tokens.light, &tokens.dark] {
            let (accent, paper) =
                (values.colour("accent").unwrap(), values.colour("paper").unwrap());
            assert!(accent.contrast(paper) >= READABLE);
            let on = values.colour("on-accent").unwrap();
            assert!(on.contrast(accent) >= READABLE, "{} on {}", on.css(), accent.css());
        }
        assert_eq!(tokens.light.get("accent"), Some("#0b2a5b"), "what can be read stays as it is");
    }
}
