//! Styles, scripts and media: linked with a digest in their names, or put into the page.

use super::page::Page;
use super::squeeze::{self, Standing};
use super::{Linking, pack};
use crate::course::Course;
use crate::embedded;
use crate::parallel::each;
use crate::source::{RelPath, World};
use crate::theme::{Theme, ThemeError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use memchr::memmem;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a deck loads once its first slide is shown, in order: what it takes to present.
const LATER: (&str, &str) = ("present.css", "present.js");

/// The script that holds the engine.
const ENGINE: &str = "engine.js";

/// What a kind of page loads, in order.
const PAGES: [(&str, &[&str], &[&str]); 10] = [
    ("index", &["pages.css"], &[ENGINE, "index.js"]),
    ("deck", &["deck.css"], &["deck.js"]),
    ("quiz", &["pages.css"], &[ENGINE, "quiz.js"]),
    ("practice", &["pages.css"], &[ENGINE, "practice.js"]),
    ("handout", &["deck.css", "paper.css"], &["paper.js"]),
    ("notes", &["deck.css", "paper.css"], &["paper.js"]),
    ("glossary", &["pages.css", "reference.css"], &["reference.js"]),
    ("sources", &["pages.css", "reference.css"], &["reference.js"]),
    ("guide", &["pages.css", "reference.css"], &["reference.js"]),
    ("sheet", &["sheet.css"], &[ENGINE, "sheet.js"]),
];

/// The style sheet of slides.
const SLIDES: &str = "deck.css";

/// Whether a kind of page shows slides.
pub(super) fn shows_slides(kind: &str) -> bool {
    PAGES.iter().any(|(name, styles, _)| *name == kind && styles.contains(&SLIDES))
}

/// Pages that fetch the engine when it turns out that they need it, and not before.
const SELDOM: [&str; 2] = ["index", "sheet"];

/// The kinds of pages.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    PAGES.into_iter().map(|(kind, ..)| kind)
}

/// First digits of a SHA-256: enough to tell versions of one file apart.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A file that pages share.
struct Shared {
    path: RelPath,
    bytes: Bytes,
}

/// All shared files of a site.
pub(crate) struct Assets {
    linking: Linking,
    bundles: BTreeMap<String, Shared>,
    media: BTreeMap<RelPath, Shared>,
}

impl Assets {
    /// What a course's pages share: the theme's bundles, with the styles of the layouts that its
    /// slides use, and its media.
    pub(crate) fn of(
        course: &Course,
        theme: &Theme<'_>,
        linking: Linking,
        files: &dyn World,
    ) -> Result<Self, ThemeError> {
        let slides = course.chapters.iter().flat_map(|chapter| &chapter.slides);
        let used = slides.map(|slide| slide.layout.as_str()).collect();
        Self::with(&used, course, theme, linking, files)
    }

    /// The same with the styles of the layouts that are `used`.
    pub(super) fn with(
        used: &BTreeSet<&str>,
        course: &Course,
        theme: &Theme<'_>,
        linking: Linking,
        files: &dyn World,
    ) -> Result<Self, ThemeError> {
        let mut tokens = theme.tokens.clone();
        tokens.colour(&course.colours);
        let later: (&str, &[&str], &[&str]) = ("", &[LATER.0], &[LATER.1]);
        let pages = || PAGES.into_iter().chain([later]);
        let styles: BTreeSet<&str> = pages().flat_map(|(_, styles, _)| styles).copied().collect();
        let scripts: BTreeSet<&str> = pages().flat_map(|(.., scripts)| scripts).copied().collect();
        let style = |name: &str| {
            let bundle = theme.bundle(name, used)?;
            // What is added to a page that has the tokens already needs none.
            let own = bundle.contains("--paper:").then(|| tokens.css());
            let parts = [bundle, theme.additions(name)?, own.unwrap_or_default()];
            Ok((name.to_owned(), share(name, squeeze::css(&parts.concat()).into_bytes())))
        };
        let script = |name: &str| {
            let script = squeeze::script(&theme.bundle(name, used)?);
            let bytes = match script {
                Cow::Borrowed(script) => Bytes::from_static(script.as_bytes()),
                Cow::Owned(script) => script.into(),
            };
            Ok((name.to_owned(), share(name, bytes)))
        };
        let styles = styles.into_iter().map(|name| (name, true));
        let scripts = scripts.into_iter().filter(|name| *name != ENGINE).map(|name| (name, false));
        let all = each(styles.chain(scripts).collect::<Vec<_>>());
        let all = all.map(|(name, is_style)| if is_style { style(name) } else { script(name) });
        let mut bundles: BTreeMap<_, _> = all.collect::<Result<_, ThemeError>>()?;
        bundles.insert(ENGINE.to_owned(), share(ENGINE, engine_script(theme)?));
        let media = course.media.iter().filter_map(|path| {
            let bytes = files.read(path).ok()?.into_owned();
            let name = format!("media-{}", path.as_str().replace('/', "-"));
            Some((path.clone(), share(&name, bytes)))
        });
        let media = media.collect();
        Ok(Self { linking, bundles, media })
    }

    /// Where a deck finds what it loads later; nothing if all is in the page.
    pub(super) fn later(&self, root: &str) -> Vec<String> {
        let shared = [LATER.0, LATER.1].into_iter().filter_map(|name| self.bundles.get(name));
        let shared = shared.filter(|_| self.linking == Linking::Shared);
        shared.map(|shared| format!("{root}{}", shared.path)).collect()
    }

    /// The names that a kind of page takes in at once: in a single file also what a deck would
    /// load later.
    fn names<'n>(&self, page: &str, now: &'n [&'n str], later: &'n str) -> Vec<&'n str> {
        let all = self.linking == Linking::Single && page == "deck";
        now.iter().copied().chain(all.then_some(later)).collect()
    }

    /// What stands in a page's head: its styles and, linked, its scripts.
    pub(super) fn head(&self, page: &str, root: &str) -> String {
        let Some((_, styles, scripts)) = PAGES.iter().find(|(name, ..)| *name == page) else {
            return String::new();
        };
        let mut out = String::new();
        let styles = self.names(page, styles, LATER.0);
        for shared in styles.into_iter().filter_map(|name| self.bundles.get(name)) {
            let _ = match self.linking {
                Linking::Shared => {
                    writeln!(out, "<link rel=\"stylesheet\" href=\"{root}{}\">", shared.path)
                }
                Linking::Single => writeln!(out, "<style>\n{}</style>", text(&shared.bytes)),
            };
        }
        if self.linking == Linking::Shared {
            let waits = |name: &str| name == ENGINE && SELDOM.contains(&page);
            for name in scripts.iter().filter(|name| !waits(name)) {
                if let Some(shared) = self.bundles.get(*name) {
                    let _ = writeln!(out, "<script defer src=\"{root}{}\"></script>", shared.path);
                }
            }
        }
        out
    }

    /// What stands at the end of a page's body: in a single file, its scripts. `defer` means
    /// nothing to an inline script, so they must come after what they look for.
    pub(super) fn foot(&self, page: &str) -> String {
        let mut out = String::new();
        let scripts = PAGES.iter().find(|(name, ..)| *name == page).map(|(.., scripts)| *scripts);
        if self.linking == Linking::Single {
            for name in self.names(page, scripts.unwrap_or_default(), LATER.1) {
                if let Some(shared) = self.bundles.get(name) {
                    // Only `</script` can end the element early; the escape means the same in
                    // a string, a template and a regular expression.
                    let script = text(&shared.bytes).replace("</script", "<\\/script");
                    let _ = writeln!(out, "<script>\n{script}</script>");
                }
            }
        }
        out
    }

    /// Where a page finds the engine; none where it stands in the page. `root` climbs to what all
    /// languages share.
    pub(super) fn engine(&self, root: &str) -> Option<String> {
        let shared = self.bundles.get(ENGINE)?;
        (self.linking == Linking::Shared).then(|| format!("{root}{}", shared.path))
    }

    /// The first style sheet that a kind of page loads.
    pub(super) fn style(&self, page: &str) -> Option<Cow<'_, str>> {
        let (_, styles, _) = PAGES.iter().find(|(name, ..)| *name == page)?;
        self.bundles.get(*styles.first()?).map(|shared| text(&shared.bytes))
    }

    /// What the scripts of pages with slides name, and may add to them.
    pub(super) fn named(&self) -> Standing {
        let mut standing = Standing::default();
        for (.., scripts) in PAGES.iter().filter(|(_, styles, _)| styles.contains(&SLIDES)) {
            for name in scripts.iter().chain([&LATER.1]) {
                if let Some(script) = self.bundles.get(*name) {
                    standing.script(&script.bytes);
                }
            }
        }
        standing
    }

    /// Leaves out of the slides' style sheet what holds for nothing on the pages that load it, on
    /// which all this is `standing`, and has these pages name what is left.
    pub(super) fn fit(&mut self, pages: &mut [Page], standing: &Standing) {
        let Some(whole) = self.bundles.get(SLIDES) else { return };
        let linked = self.linking == Linking::Shared;
        let said = |shared: &Shared| {
            if linked { shared.path.to_string() } else { text(&shared.bytes).into_owned() }
        };
        let old = said(whole);
        let named = each(pages).filter_map(|(_, html)| {
            let head = memmem::find(html, b"</head>").unwrap_or(html.len());
            let at = memmem::find(&html[..head], old.as_bytes())?;
            Some((html, at..at + old.len()))
        });
        let loading: Vec<_> = named.collect();
        let fitted = share(SLIDES, standing.rules(&text(&whole.bytes)).into_bytes());
        let new = said(&fitted);
        // Digests are of one length, so that a page need not move.
        each(loading).for_each(|(html, place)| drop(html.splice(place, new.bytes())));
        self.bundles.insert(SLIDES.to_owned(), fitted);
    }

    /// The address of a media file, or the file itself as a `data:` URL.
    pub(super) fn media_url(&self, path: &RelPath, root: &str) -> Option<String> {
        let shared = self.media.get(path)?;
        Some(match self.linking {
            Linking::Shared => format!("{root}{}", shared.path),
            Linking::Single => {
                format!("data:{};base64,{}", media_type(path), BASE64.encode(&shared.bytes))
            }
        })
    }

    /// The bytes of a media file.
    pub(super) fn media_bytes(&self, path: &RelPath) -> Option<&[u8]> {
        self.media.get(path).map(|shared| &*shared.bytes)
    }

    /// The files that the site carries besides its pages.
    pub(super) fn files(&self) -> impl Iterator<Item = (RelPath, Bytes)> + '_ {
        let linked = self.linking == Linking::Shared;
        self.bundles
            .values()
            .chain(self.media.values())
            .filter(move |_| linked)
            .map(|shared| (shared.path.clone(), shared.bytes.clone()))
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Names a shared file after its content: `assets/deck.1f0c….css`.
fn share(name: &str, bytes: impl Into<Bytes>) -> Shared {
    let bytes = bytes.into();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let path = RelPath::asset(stem, &digest(&bytes), extension);
    Shared { path, bytes }
}

/// The content type of a media file by its extension.
pub(crate) fn media_type(path: &RelPath) -> &'static str {
    match path.extension().to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The script that hands the theme's engine to a page.
fn engine_script(theme: &Theme<'_>) -> Result<Bytes, ThemeError> {
    let wasm = theme
        .read("runtime/engine.wasm")
        .ok_or_else(|| ThemeError::new("runtime/engine.wasm is missing".to_owned()))?;
    if let Some(packed) = embedded::engine_script(&wasm) {
        return Ok(packed.into());
    }
    let packed = pack::engine_script(&wasm);
    let packed = packed.map_err(|e| ThemeError::new(format!("runtime/engine.wasm: {e}")))?;
    Ok(packed.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_names_carry_a_digest() {
        let shared = share("deck.css", &b"a{}"[..]);
        assert_eq!(shared.path.as_str(), format!("assets/deck.{}.css", digest(b"a{}")));
    }
}
