//! Themes: layouts, templates, bundles of styles and scripts, interface words.
//!
//! A theme is a folder. `theme.yaml` names the theme it inherits (`base` when it says nothing);
//! a file that a theme lacks is taken from there. Templates are Tera; an override may extend its
//! parent by full name (`{% extends "base/page/deck.html" %}`).

mod colour;
mod filter;
mod fit;
pub(crate) mod formula;
mod layout;
mod tokens;
mod words;

pub use colour::Colour;
pub use layout::{Layout, Layouts, SlotKind, SlotMap, SlotType};
pub use tokens::{READABLE, Tokens, Values};
pub use words::{LANGUAGES, Words};

use crate::embedded;
use crate::source::{Position, RelPath, World, WorldError, from_yaml};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use tera::Tera;
use tokens::Changes;

/// Name of the theme that all others inherit.
pub const BASE: &str = "base";

/// Why a theme could not be used, for people who write themes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// What is wrong.
    pub message: String,
    /// The file, from the folder that holds the themes.
    pub file: Option<RelPath>,
    /// Line and column, from 1.
    pub at: Option<Position>,
}

impl ThemeError {
    /// An error without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), file: None, at: None }
    }

    /// An error in a file of a theme.
    fn in_file(path: &str, at: Option<Position>, message: impl Into<String>) -> Self {
        Self { message: message.into(), file: RelPath::new(path), at }
    }

    /// What serde says about a YAML file of a theme.
    fn yaml(path: &str, error: &serde_yaml::Error) -> Self {
        let at = error.location().map(|l| Position { line: l.line(), column: l.column() });
        Self::in_file(path, at, error.to_string())
    }

    /// What Tera says about a template. Its message may name the place in a first line.
    pub(crate) fn template(error: &tera::Error) -> Self {
        let text = error.to_string();
        match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
                let span = report.span();
                let at = Position { line: span.start_line, column: span.start_col + 1 };
                Self::in_file(report.filename(), Some(at), report.message())
            }
            tera::ErrorKind::MissingParent { current, .. } => {
                let at = Some(Position { line: 1, column: 1 });
                Self::in_file(current, at, text)
            }
            tera::ErrorKind::CircularExtend { tpl, .. }
            | tera::ErrorKind::CircularInclude { tpl, .. } => Self::in_file(tpl, None, text),
            _ => Self::new(text),
        }
    }
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.file, self.at) {
            (Some(file), Some(at)) => {
                write!(f, "{file}:{}:{}: {}", at.line, at.column, self.message)
            }
            (Some(file), None) => write!(f, "{file}: {}", self.message),
            _ => f.write_str(&self.message),
        }
    }
}

/// `theme.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    inherits: Option<String>,
    #[serde(default)]
    bundles: BTreeMap<String, Vec<String>>,
    /// Style sheets that come after those of the parent, by bundle.
    #[serde(default)]
    styles: BTreeMap<String, Vec<String>>,
    /// Tokens that differ from the parent's.
    #[serde(default)]
    tokens: Changes,
    #[serde(default, rename = "name")]
    _name: Option<String>,
    #[serde(default)]
    about: String,
}

/// A theme with everything it inherits.
pub struct Theme<'w> {
    world: &'w dyn World,
    /// From the theme itself to `base`.
    chain: Vec<String>,
    files: BTreeSet<RelPath>,
    bundles: BTreeMap<String, Vec<String>>,
    /// Style sheets by bundle, from the parents to the theme itself, each from its own theme.
    styles: BTreeMap<String, Vec<String>>,
    /// One sentence on what it is for.
    pub about: String,
    /// Colours and measures, with what the themes of the chain change.
    pub tokens: Tokens,
    /// The layouts of the whole chain.
    pub layouts: Layouts,
    /// Icons by name: the path that draws each on a grid of 24.
    pub icons: BTreeMap<String, String>,
    /// All templates, found by their path within a theme.
    pub templates: Tera,
}

impl<'w> Theme<'w> {
    /// Loads the theme `name` from a world that has one folder per theme.
    pub fn load(world: &'w dyn World, name: &str) -> Result<Self, ThemeError> {
        let mut theme = Self::open(world, name)?;
        theme.templates = theme.read_templates()?;
        Ok(theme)
    }

    /// The same without the templates: what it takes to read a course, not to draw it.
    pub fn open(world: &'w dyn World, name: &str) -> Result<Self, ThemeError> {
        let files = world.files().map_err(|error| ThemeError::new(format!("{error:?}")))?;
        let files: BTreeSet<RelPath> = files.into_iter().collect();
        let mut theme = Theme {
            world,
            chain: Vec::new(),
            files,
            bundles: BTreeMap::new(),
            styles: BTreeMap::new(),
            about: String::new(),
            tokens: Tokens::default(),
            layouts: Layouts::default(),
            icons: BTreeMap::new(),
            templates: Tera::new(),
        };
        let manifests = theme.follow(name)?;
        theme.about = manifests.first().map_or_else(String::new, |(_, own)| own.about.clone());
        let (layouts, (tokens, icons)) = rayon::join(
            || theme.read_layouts(),
            || (theme.read_tokens(&manifests), theme.read_icons()),
        );
        (theme.tokens, theme.icons, theme.layouts) = (tokens?, icons?, layouts?);
        Ok(theme)
    }

    /// Follows `inherits` down to the base theme and gathers the bundles on the way.
    fn follow(&mut self, name: &str) -> Result<Vec<(String, Manifest)>, ThemeError> {
        let mut manifests: Vec<(String, Manifest)> = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next {
            if self.chain.contains(&name) {
                return Err(self.inheritance(format!("theme {name} inherits itself")));
            }
            let prefix = format!("{name}/");
            if !self.files.iter().any(|path| path.as_str().starts_with(&prefix)) {
                return Err(self.inheritance(format!(
                    "there is no theme {name}; there are: {}",
                    names(&self.files).join(", ")
                )));
            }
            let path = format!("{name}/theme.yaml");
            let manifest = match self.read_raw(&path) {
                Ok(bytes) => read_yaml::<Manifest>(&bytes)
                    .map_err(|error| ThemeError::yaml(&path, &error))?,
                Err(WorldError::Missing) => Manifest::default(),
                Err(error) => return Err(ThemeError::new(format!("{path}: {error:?}"))),
            };
            for (bundle, parts) in &manifest.bundles {
                self.bundles.entry(bundle.clone()).or_insert_with(|| parts.clone());
            }
            next = match &manifest.inherits {
                Some(parent) => Some(parent.clone()),
                None if name == BASE => None,
                None => Some(BASE.to_owned()),
            };
            self.chain.push(name.clone());
            manifests.push((name, manifest));
        }
        for (name, manifest) in manifests.iter().rev() {
            for (bundle, sheets) in &manifest.styles {
                let sheets = sheets.iter().map(|sheet| format!("{name}/{sheet}"));
                self.styles.entry(bundle.clone()).or_default().extend(sheets);
            }
        }
        Ok(manifests)
    }

    /// An error about the parent that the last theme of the chain names.
    fn inheritance(&self, message: String) -> ThemeError {
        let Some(path) = self.chain.last().map(|name| format!("{name}/theme.yaml")) else {
            return ThemeError::new(message);
        };
        let text = self.read_raw(&path).ok();
        let text = text.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        let line = text.and_then(|text| text.lines().position(|l| l.starts_with("inherits:")));
        let at = line.map(|line| Position { line: line + 1, column: 1 });
        ThemeError::in_file(&path, at, message)
    }

    /// The base theme's tokens with the changes of all themes, from the parents down.
    fn read_tokens(&self, manifests: &[(String, Manifest)]) -> Result<Tokens, ThemeError> {
        let mut tokens = Tokens::read(&self.read_text("css/tokens.css")?);
        for (name, manifest) in manifests.iter().rev() {
            tokens.change(&manifest.tokens).map_err(|wrong| {
                let path = format!("{name}/theme.yaml");
                let bytes = self.read_raw(&path).unwrap_or_default();
                let at = place_of(&String::from_utf8_lossy(&bytes), &wrong);
                let known: Vec<&str> = tokens.light.names().collect();
                let message = format!("there is no token {wrong}; there are: {}", known.join(", "));
                ThemeError::in_file(&path, at, message)
            })?;
        }
        Ok(tokens)
    }

    fn read_raw(&self, path: &str) -> Result<Cow<'w, [u8]>, WorldError> {
        let path = RelPath::new(path).ok_or(WorldError::Missing)?;
        let world: &'w dyn World = self.world;
        world.read(&path)
    }

    /// The bytes of `path`, from the first theme of the chain that has it.
    pub fn read(&self, path: &str) -> Option<Cow<'w, [u8]>> {
        self.chain.iter().find_map(|theme| self.read_raw(&format!("{theme}/{path}")).ok())
    }

    /// The path of a file within the folder of themes: that of the first theme which has it.
    fn full(&self, path: &str) -> String {
        let found = self.chain.iter().map(|theme| format!("{theme}/{path}"));
        let mut found = found.filter(|path| self.read_raw(path).is_ok());
        found.next().unwrap_or_else(|| path.to_owned())
    }

    fn read_text(&self, path: &str) -> Result<String, ThemeError> {
        let bytes = self.read(path).ok_or_else(|| ThemeError::new(format!("{path} is missing")))?;
        String::from_utf8(bytes.into_owned())
            .map_err(|_| ThemeError::new(format!("{path} is not UTF-8 text")))
    }

    /// The themes of the chain, from `base` up, for what is merged rather than replaced.
    pub fn upwards(&self) -> Vec<&str> {
        self.chain.iter().rev().map(String::as_str).collect()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.chain.first().map_or(BASE, String::as_str)
    }

    /// The words of pages for a language tag.
    pub fn words(&self, tag: &str) -> Result<Words, ThemeError> {
        Words::of_pages(self.world, &self.upwards(), tag).map_err(ThemeError::new)
    }

    fn read_layouts(&self) -> Result<Layouts, ThemeError> {
        let mut names = BTreeSet::new();
        for path in &self.files {
            let mut parts = path.as_str().split('/');
            let (theme, folder) = (parts.next(), parts.next());
            if folder == Some("layouts")
                && theme.is_some_and(|theme| self.chain.iter().any(|name| name == theme))
                && path.file_name() == "layout.yaml"
            {
                names.extend(parts.next().map(str::to_owned));
            }
        }
        let mut layouts = BTreeMap::new();
        for name in names {
            let path = format!("layouts/{name}/layout.yaml");
            let layout = read_yaml(self.read_text(&path)?.as_bytes())
                .map_err(|error| ThemeError::yaml(&self.full(&path), &error))?;
            layouts.insert(name, layout);
        }
        Ok(layouts.into())
    }

    fn read_icons(&self) -> Result<BTreeMap<String, String>, ThemeError> {
        let mut icons = BTreeMap::new();
        for theme in self.upwards() {
            let path = format!("{theme}/icons.yaml");
            let Ok(bytes) = self.read_raw(&path) else { continue };
            let own: BTreeMap<String, String> =
                from_yaml(&bytes).map_err(|error| ThemeError::yaml(&path, &error))?;
            icons.extend(own);
        }
        Ok(icons)
    }

    /// The templates of the whole chain, for [`Theme::templates`].
    pub fn read_templates(&self) -> Result<Tera, ThemeError> {
        let mut sources = Vec::new();
        for path in self.files.iter().filter(|path| path.extension() == "html") {
            let theme = path.as_str().split('/').next().unwrap_or_default();
            if !self.chain.iter().any(|name| name == theme) {
                continue;
            }
            let bytes =
                self.world.read(path).map_err(|e| ThemeError::new(format!("{path}: {e:?}")))?;
            let text = String::from_utf8(bytes.into_owned())
                .map_err(|_| ThemeError::new(format!("{path} is not UTF-8 text")))?;
            sources.push((path.as_str().to_owned(), text));
        }
        let mut tera = Tera::new();
        filter::register(&mut tera);
        let prefixes: Vec<String> = self.chain.iter().map(|name| format!("{name}/")).collect();
        tera.set_fallback_prefixes(prefixes).map_err(|error| ThemeError::template(&error))?;
        tera.add_raw_templates(sources).map_err(|error| ThemeError::template(&error))?;
        Ok(tera)
    }

    /// The full name of a template: `base/page/deck.html` for `page/deck.html`. Tera finds it in
    /// the chain by itself, but anew each time.
    pub fn template(&self, name: &str) -> String {
        let mut full = self.chain.iter().map(|theme| format!("{theme}/{name}"));
        let known = full.find(|full| self.templates.contains_template(full));
        known.unwrap_or_else(|| name.to_owned())
    }

    /// The bundle `name` (`deck.css`, `quiz.js`, …): its files one after another. The `layout.css` of each
    /// layout that is used is appended to `deck.css`.
    pub fn bundle(&self, name: &str, used: &BTreeSet<&str>) -> Result<String, ThemeError> {
        let parts = self
            .bundles
            .get(name)
            .ok_or_else(|| ThemeError::new(format!("theme.yaml names no bundle `{name}`")))?;
        let mut out = String::new();
        for part in parts {
            out.push_str(&self.read_text(part)?);
            out.push('\n');
        }
        if name == "deck.css" {
            for layout in self.layouts.names().filter(|layout| used.contains(layout)) {
                let path = format!("layouts/{layout}/layout.css");
                if self.read(&path).is_some() {
                    out.push_str(&self.read_text(&path)?);
                    out.push('\n');
                }
            }
        }
        Ok(out)
    }

    /// The style sheets that the themes of the chain add to a bundle.
    pub fn additions(&self, name: &str) -> Result<String, ThemeError> {
        let mut out = String::new();
        for sheet in self.styles.get(name).into_iter().flatten() {
            let bytes = self.read_raw(sheet);
            let bytes = bytes.map_err(|_| ThemeError::new(format!("{sheet} is missing")))?;
            out.push_str(&String::from_utf8_lossy(&bytes));
            out.push('\n');
        }
        Ok(out)
    }
}

/// The names of all themes.
/// The themes in a folder.
pub(crate) fn names<'f>(files: impl IntoIterator<Item = &'f RelPath>) -> Vec<&'f str> {
    let mut names: Vec<&str> = files
        .into_iter()
        .filter_map(|path| path.as_str().split_once('/').map(|(name, _)| name))
        .collect();
    names.dedup();
    names
}

/// Reads a YAML file of a theme. Those that the program brings were read when it was built.
fn read_yaml<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_yaml::Error> {
    let ready = embedded::json(bytes).and_then(|json| serde_json::from_str(json).ok());
    ready.map_or_else(|| from_yaml(bytes), Ok)
}

/// Where a key first stands in a YAML text.
fn place_of(text: &str, key: &str) -> Option<Position> {
    text.lines().enumerate().find_map(|(line, content)| {
        let at = content.find(&format!("{key}:"))?;
        Some(Position { line: line + 1, column: content[..at].chars().count() + 1 })
    })
}
