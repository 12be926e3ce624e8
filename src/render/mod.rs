//! From a typed course and a theme to pages.
//!
//! 1. [`assets`]: styles, scripts and media get their addresses (or their place inside the page).
//! 2. [`text`]: the author's Markdown becomes HTML; quoted figures are filled in, pictures found.
//! 3. [`slot`]: what fills a layout's slots becomes what its template expects.
//! 4. [`deck`], [`quiz`], [`sheet`], [`practice`], [`index`]: each draws its pages through the
//!    theme.

mod assets;
mod deck;
mod figure;
mod index;
mod page;
mod practice;
mod preview;
mod quiz;
mod sheet;
mod slot;
mod squeeze;
mod text;
mod value;

use crate::course::Course;
use crate::site::Site;
use crate::source::{RelPath, World};
use crate::theme::{Theme, ThemeError, Tokens, Words};
use assets::Assets;
pub(crate) use assets::media_type;
pub(crate) use preview::{course as preview_course, draw as preview};
use rayon::prelude::*;
use std::sync::Arc;

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
    pub(crate) course: &'a Course,
    pub(crate) theme: &'a Theme<'a>,
    pub(crate) words: &'a Words,
    pub(crate) linking: Linking,
}

impl Job<'_> {
    /// The theme's tokens with the course's colours.
    fn tokens(&self) -> Tokens {
        let mut tokens = self.theme.tokens.clone();
        tokens.colour(&self.course.colours);
        tokens
    }
}

/// Draws every page of the course. Pages come out the same whatever the number of threads:
/// each depends on its own chapter or exercise, and they are put in order of their paths.
pub(crate) fn render(job: &Job<'_>, files: &dyn World) -> Result<Site, ThemeError> {
    let read = |path: &RelPath| files.read(path).map(|bytes| Arc::from(bytes.into_owned())).ok();
    let media = job.course.media.iter().filter_map(|path| Some((path.clone(), read(path)?)));
    let slides = job.course.chapters.iter().flat_map(|chapter| &chapter.slides);
    let used = slides.map(|slide| slide.layout.as_str()).collect();
    let assets = Assets::gather(job.course, job.theme, &used, media, job.linking)?;
    let press = page::Press { job, assets: &assets };
    let chapters = job.course.chapters.par_iter().map(|chapter| {
        let mut pages = deck::draw(&press, chapter)?;
        pages.extend(quiz::draw(&press, chapter)?);
        pages.extend(sheet::draw(&press, chapter)?);
        Ok(pages)
    });
    let exercises = job
        .course
        .exercises
        .par_iter()
        .map(|(_, exercise)| practice::draw(&press, exercise).map(|page| vec![page]));
    let mut pages = chapters.chain(exercises).collect::<Result<Vec<_>, ThemeError>>()?;
    pages.push(vec![index::draw(&press)?]);
    let mut site = Site::default();
    site.files.extend(assets.files());
    for (path, html) in pages.into_iter().flatten() {
        site.files.insert(path, Arc::from(html.into_bytes()));
    }
    Ok(site)
}
