//! From a typed course and a theme to pages.
//!
//! 1. [`assets`]: styles, scripts and media get their addresses (or their place inside the page).
//! 2. [`text`]: the author's Markdown becomes HTML; quoted figures are filled in, pictures found.
//! 3. [`slot`]: what fills a layout's slots becomes what its template expects.
//! 4. [`asked`]: the questions of a quiz become what templates expect of them.
//! 5. [`deck`], [`quiz`], [`sheet`], [`practice`], [`index`], [`glossary`], [`sources`], [`guide`]:
//!    each draws its pages through the theme.

mod asked;
mod assets;
mod deck;
mod figure;
mod glossary;
mod guide;
mod index;
mod language;
mod pack;
mod page;
mod practice;
mod preview;
mod quiz;
mod sheet;
mod slot;
mod sources;
mod squeeze;
mod text;
mod value;

use crate::course::Course;
use crate::parallel::each;
use crate::site::Site;
use crate::source::RelPath;
use crate::theme::{Theme, ThemeError, Tokens, Words};
pub(crate) use assets::{Assets, media_type};
use bytes::Bytes;
pub(crate) use preview::{course as preview_course, draw as preview};
use rayon::prelude::*;

/// How pages reach their styles and scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Linking {
    /// Files under `assets/` that all pages share.
    #[default]
    Shared,
    /// Everything inside each page.
    Single,
}

/// What is drawn, with what, and how.
pub(crate) struct Job<'a> {
    /// The course, in one language.
    pub(crate) course: &'a Course,
    /// The languages of the site, the author's first; they are in the same order as the jobs.
    pub(crate) languages: &'a [String],
    pub(crate) theme: &'a Theme<'a>,
    pub(crate) words: &'a Words,
    pub(crate) linking: Linking,
}

impl Job<'_> {
    /// The folder that a language's pages are in: none for the author's.
    fn folder<'l>(&self, language: &'l str) -> Option<&'l str> {
        (language != self.course.original().language).then_some(language)
    }

    /// How the pages of this language climb from their folder to what all languages share.
    fn up(&self) -> &'static str {
        if self.folder(&self.course.language).is_some() { "../" } else { "" }
    }

    /// The theme's tokens with the course's colours.
    fn tokens(&self) -> Tokens {
        let mut tokens = self.theme.tokens.clone();
        tokens.colour(&self.course.colours);
        tokens
    }
}

/// Draws every page of a course in each of its languages: the author's at the site's root, each
/// other one in a folder of its name, with styles, scripts and media shared. Pages come out the
/// same whatever the number of threads: each depends on its own chapter or exercise, and they are
/// put in order of their paths.
pub(crate) fn render(jobs: &[Job<'_>], mut assets: Assets) -> Result<Site, ThemeError> {
    let (drawn, mut standing) = rayon::join(
        || {
            let all = jobs.iter().map(|job| {
                let press = page::Press::new(job, &assets);
                Ok((pages(&press)?, press.standing()))
            });
            all.collect::<Result<Vec<_>, ThemeError>>()
        },
        || assets.named(),
    );
    let mut pages = Vec::new();
    for (drawn, seen) in drawn? {
        pages.extend(drawn);
        standing.join(seen);
    }
    assets.fit(&mut pages, &standing);
    let mut site = Site::default();
    site.files.extend(assets.files());
    site.files.extend(pages.into_iter().map(|(path, html)| (path, Bytes::from(html))));
    Ok(site)
}

/// The pages of one language.
fn pages(press: &page::Press<'_>) -> Result<Vec<page::Page>, ThemeError> {
    let course = press.job.course;
    let chapters = each(&course.chapters).map(|chapter| {
        let deck::Drawn { mut pages, terms } = deck::draw(press, chapter)?;
        if let Some(asked) = asked::Asked::of(press, chapter)? {
            pages.push(sheet::draw(press, chapter, &asked)?);
            pages.push(quiz::draw(press, chapter, &asked)?);
        }
        pages.extend(guide::draw(press, chapter)?);
        Ok((pages, terms))
    });
    let exercises = each(course.exercises.values().collect::<Vec<_>>())
        .map(|exercise| practice::draw(press, exercise).map(|page| vec![page]));
    let (chapters, (exercises, index)) = rayon::join(
        || chapters.collect::<Result<Vec<_>, ThemeError>>(),
        || (exercises.collect::<Result<Vec<_>, ThemeError>>(), index::draw(press)),
    );
    let (mut pages, terms): (Vec<_>, Vec<_>) = chapters?.into_iter().unzip();
    pages.extend(exercises?);
    pages.push(vec![index?]);
    pages.push(glossary::draw(press, &terms)?.into_iter().collect());
    pages.push(sources::draw(press)?.into_iter().collect());
    let folder = press.job.folder(&course.language);
    let placed = |(path, html): page::Page| match folder {
        None => Ok((path, html)),
        Some(folder) => match RelPath::new(format!("{folder}/{path}")) {
            Some(path) => Ok((path, html)),
            None => Err(ThemeError::new(format!("`{folder}` cannot be a folder"))),
        },
    };
    pages.into_iter().flatten().map(placed).collect()
}
