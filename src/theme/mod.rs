//! Themes: layouts, templates, bundles of styles and scripts, interface words.
//!
//! A theme is a folder. `theme.yaml` names the theme it inherits (`base` when it says nothing);
//! a file that a theme lacks is taken from there. Templates are Tera; an override may extend its
//! parent by full name (`{% extends "base/page/deck.html" %}`).

mod layout;
mod words;

pub use layout::{Layout, Layouts, SlotKind, SlotMap, SlotType};
pub use words::{LANGUAGES, Words};

use crate::source::{RelPath, World, WorldError};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use tera::Tera;

/// Name of the theme that all others inherit.
pub const BASE: &str = "base";

/// Why a theme could not be used; the sentence is for people who write themes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError(pub String);

/// `theme.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[serde(default)]
    inherits: Option<String>,
    #[serde(default)]
    bundles: BTreeMap<String, Vec<String>>,
    #[serde(default, rename = "name")]
    _name: Option<String>,
    #[serde(default, rename = "about")]
    _about: Option<String>,
}

/// A theme with everything it inherits.
pub struct Theme<'w> {
    world: &'w dyn World,
    /// From the theme itself to `base`.
    chain: Vec<String>,
    files: BTreeSet<RelPath>,
    bundles: BTreeMap<String, Vec<String>>,
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
        let files = world.files().map_err(|error| ThemeError(format!("{error:?}")))?;
        let files: BTreeSet<RelPath> = files.into_iter().collect();
        let mut theme = Theme {
            world,
            chain: Vec::new(),
            files,
            bundles: BTreeMap::new(),
            layouts: Layouts::default(),
            icons: BTreeMap::new(),
            templates: Tera::new(),
        };
        theme.follow(name)?;
        theme.layouts = theme.read_layouts()?;
        theme.icons = theme.read_icons()?;
        theme.templates = theme.read_templates()?;
        Ok(theme)
    }

    /// Follows `inherits` down to the base theme and gathers the bundles on the way.
    fn follow(&mut self, name: &str) -> Result<(), ThemeError> {
        let mut next = Some(name.to_owned());
        while let Some(name) = next {
            if self.chain.contains(&name) {
                return Err(ThemeError(format!("theme `{name}` inherits itself")));
            }
            let prefix = format!("{name}/");
            if !self.files.iter().any(|path| path.as_str().starts_with(&prefix)) {
                return Err(ThemeError(format!("there is no theme `{name}`")));
            }
            let path = format!("{name}/theme.yaml");
            let manifest = match self.read_raw(&path) {
                Ok(bytes) => serde_yaml::from_slice::<Manifest>(&bytes)
                    .map_err(|error| ThemeError(format!("{path}: {error}")))?,
                Err(WorldError::Missing) => Manifest::default(),
                Err(error) => return Err(ThemeError(format!("{path}: {error:?}"))),
            };
            for (bundle, parts) in manifest.bundles {
                self.bundles.entry(bundle).or_insert(parts);
            }
            next = match manifest.inherits {
                Some(parent) => Some(parent),
                None if name == BASE => None,
                None => Some(BASE.to_owned()),
            };
            self.chain.push(name);
        }
        Ok(())
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

    fn read_text(&self, path: &str) -> Result<String, ThemeError> {
        let bytes = self.read(path).ok_or_else(|| ThemeError(format!("{path} is missing")))?;
        String::from_utf8(bytes.into_owned())
            .map_err(|_| ThemeError(format!("{path} is not UTF-8 text")))
    }

    /// The themes of the chain, from `base` up, for what is merged rather than replaced.
    pub fn upwards(&self) -> Vec<&str> {
        self.chain.iter().rev().map(String::as_str).collect()
    }

    /// The interface words for a language tag.
    pub fn words(&self, tag: &str) -> Result<Words, ThemeError> {
        Words::load(self.world, &self.upwards(), tag).map_err(ThemeError)
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
            let layout = serde_yaml::from_str(&self.read_text(&path)?)
                .map_err(|error| ThemeError(format!("{path}: {error}")))?;
            layouts.insert(name, layout);
        }
        Ok(Layouts(layouts))
    }

    fn read_icons(&self) -> Result<BTreeMap<String, String>, ThemeError> {
        let mut icons = BTreeMap::new();
        for theme in self.upwards() {
            let path = format!("{theme}/icons.yaml");
            let Ok(bytes) = self.read_raw(&path) else { continue };
            let own: BTreeMap<String, String> = serde_yaml::from_slice(&bytes)
                .map_err(|error| ThemeError(format!("{path}: {error}")))?;
            icons.extend(own);
        }
        Ok(icons)
    }

    fn read_templates(&self) -> Result<Tera, ThemeError> {
        let mut sources = Vec::new();
        for path in self.files.iter().filter(|path| path.extension() == "html") {
            let theme = path.as_str().split('/').next().unwrap_or_default();
            if !self.chain.iter().any(|name| name == theme) {
                continue;
            }
            let bytes = self.world.read(path).map_err(|e| ThemeError(format!("{path}: {e:?}")))?;
            let text = String::from_utf8(bytes.into_owned())
                .map_err(|_| ThemeError(format!("{path} is not UTF-8 text")))?;
            sources.push((path.as_str().to_owned(), text));
        }
        let mut tera = Tera::new();
        let prefixes: Vec<String> = self.chain.iter().map(|name| format!("{name}/")).collect();
        tera.set_fallback_prefixes(prefixes).map_err(|e| ThemeError(e.to_string()))?;
        tera.add_raw_templates(sources).map_err(|error| ThemeError(error.to_string()))?;
        Ok(tera)
    }

    /// The bundle `name` (`deck.css`, `quiz.js`, …): its files one after another. The `layout.css` of each
    /// layout that is used is appended to `deck.css`.
    pub fn bundle(&self, name: &str, used: &BTreeSet<&str>) -> Result<String, ThemeError> {
        let parts = self
            .bundles
            .get(name)
            .ok_or_else(|| ThemeError(format!("theme.yaml names no bundle `{name}`")))?;
        let mut out = String::new();
        for part in parts {
            out.push_str(&self.read_text(part)?);
            out.push('\n');
        }
        if name == "deck.css" {
            for layout in self.layouts.names().filter(|layout| used.contains(layout)) {
                if let Ok(css) = self.read_text(&format!("layouts/{layout}/layout.css")) {
                    out.push_str(&css);
                    out.push('\n');
                }
            }
        }
        Ok(out)
    }
}
