//! `kejian serve` as an author uses it: the program itself, real files, a connected browser.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page};
use std::fs;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const CHAPTER_FILE: &str = "chapters/01-a.yaml";
const CHAPTER: &str = "title: 一章\nslides:\n  - id: first\n    title: 甲\n    body: |\n      - 一\n      - 二\n    reveal: steps\n  - id: second\n    title: 乙\n    body: |\n      原来的字\n";

/// A course being served; the program ends when this is dropped.
pub(crate) struct Serving {
    program: Child,
    folder: TempDir,
    url: String,
}

impl Serving {
    pub(crate) fn start() -> Self {
        let text = "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{title: 一, chapters: [01-a]}]\n";
        let files = [("course.yaml", text.to_owned()), (CHAPTER_FILE, CHAPTER.to_owned())];
        Self::of(&files)
    }

    /// Serves a course of these files.
    pub(crate) fn of(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_kejian"))
            .args(["--lang", "en", "serve", "--port", "0"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let said = lines.find(|line| line.as_ref().is_ok_and(|it| it.contains("http"))).unwrap();
        let url = said.unwrap().split_whitespace().last().unwrap().to_owned();
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { program, folder, url }
    }

    fn save(&self, text: &str) {
        self.write(CHAPTER_FILE, text);
    }

    /// Writes a file of the course.
    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    pub(crate) fn page(&self, studio: &Studio, path: &str) -> Result<Page, Error> {
        let page = studio.blank()?;
        page.goto(&format!("{}{path}", self.url))?;
        Ok(page)
    }

    /// The answer to a bare request.
    fn ask(&self, path: &str, header: &str) -> String {
        let host = self.url.trim_start_matches("http://").trim_end_matches('/');
        let mut stream = TcpStream::connect(host).unwrap();
        let header = if header.is_empty() { format!("Host: {host}") } else { header.to_owned() };
        write!(stream, "GET {path} HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// What the layer of errors shows.
const SHOWN: &str = "[...document.documentElement.children].map((it) => it.shadowRoot?.querySelector('.box')?.innerText || '').join('')";

#[test]
fn an_edited_slide_shows_where_the_page_stands() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let page = serving.page(&studio, "01-a/deck.html#first")?;
    page.press("ArrowRight")?;
    page.wait("location.hash === '#first.1'")?;
    page.evaluate("window.old = true; localStorage.setItem('kept', 'answer')")?;
    serving.save(&CHAPTER.replace("- 二", "- 第二"));
    page.wait("!window.old && document.querySelector('#first').textContent.includes('第二')")?;
    page.wait(
        "location.hash === '#first.1' && document.querySelector('.slide.now').id === 'first'",
    )?;
    assert_eq!(page.evaluate("localStorage.getItem('kept')")?, "answer");
    assert_sound(&page)
}

#[test]
fn only_pages_that_changed_are_loaded_again() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let deck = serving.page(&studio, "01-a/deck.html")?;
    let index = serving.page(&studio, "")?;
    index.evaluate("window.old = true")?;
    deck.evaluate("window.old = true")?;
    serving.save(&CHAPTER.replace("原来的字", "后来的字"));
    deck.wait("!window.old && document.body.textContent.includes('后来的字')")?;
    let offer = "[...document.documentElement.children].map((it) => it.shadowRoot?.querySelector('.tab')?.textContent || '').join('')";
    deck.wait(&format!("{offer} === '→ 乙'"))?;
    assert_eq!(index.evaluate("window.old")?, true);
    assert_sound(&deck)?;
    assert_sound(&index)
}

#[test]
fn a_broken_file_shows_its_line_above_the_last_good_page_until_it_is_mended() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let page = serving.page(&studio, "01-a/deck.html#second")?;
    serving.save(&CHAPTER.replace("    title: 乙", "    titel: 乙"));
    page.wait(&format!("{SHOWN}.includes('chapters/01-a.yaml:10:5')"))?;
    let shown = page.text(SHOWN)?;
    for wanted in ["1 error", "titel: 乙", "title", "last version"] {
        assert!(shown.contains(wanted), "{wanted}: {shown}");
    }
    assert_eq!(page.evaluate("document.querySelector('.slide.now').id")?, "second");
    // The keys do not turn the slide below; Escape uncovers it.
    page.press("ArrowLeft")?;
    page.press("Escape")?;
    page.wait(&format!("!{SHOWN}"))?;
    assert_eq!(page.evaluate("document.querySelector('.slide.now').id")?, "second");
    serving.save(&CHAPTER.replace("title: 乙", "title: 丙"));
    page.wait("document.querySelector('#second .title').textContent === '丙'")?;
    assert_eq!(page.text(SHOWN)?, "");
    assert_sound(&page)
}

#[test]
fn a_page_that_does_not_exist_yet_appears_when_it_does() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let page = serving.page(&studio, "02-b/deck.html")?;
    assert_eq!(page.evaluate("document.title")?, "404");
    let folder = serving.folder.path();
    fs::write(
        folder.join("chapters/02-b.yaml"),
        CHAPTER.replace("first", "third").replace("second", "fourth"),
    )
    .unwrap();
    let course = fs::read_to_string(folder.join("course.yaml")).unwrap();
    fs::write(folder.join("course.yaml"), course.replace("[01-a]", "[01-a, 02-b]")).unwrap();
    page.wait("document.querySelector('.slide.now')")
}

#[test]
fn strangers_and_strange_paths_get_nothing() {
    let serving = Serving::start();
    assert!(serving.ask("/", "").starts_with("HTTP/1.1 200"));
    assert!(serving.ask("/", "Host: evil.example").starts_with("HTTP/1.1 421"));
    for path in ["/../course.yaml", "/%2e%2e/course.yaml", "/..%5ccourse.yaml", "/nothing", "//etc"]
    {
        assert!(serving.ask(path, "").starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_slide_that_does_not_fit_carries_a_badge() -> Outcome {
    let (studio, serving) = (Studio::open(), Serving::start());
    let page = serving.page(&studio, "01-a/deck.html#second")?;
    let badge = "[...document.documentElement.children].map((it) => it.shadowRoot?.querySelector('.badge:not([hidden])')?.textContent || '').join('')";
    assert_eq!(page.text(badge)?, "");
    // Few words and much room: a slide with too much text is not drawn at all.
    let many = "      字\n\n".repeat(40);
    serving.save(&CHAPTER.replace("      原来的字\n", &many));
    page.wait(&format!("{badge}.startsWith('Does not fit by ')"))?;
    page.press("ArrowLeft")?;
    page.wait(&format!("{badge} === ''"))?;
    Ok(())
}
