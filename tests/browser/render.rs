//! `kejian check --render` finds planted faults at their lines, and nothing in a sound course.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Findings as `file:line code`.
fn found(folder: &Path) -> Vec<String> {
    let parent = tempfile::tempdir().unwrap();
    // Nearly as far away as the browser can have its socket.
    let far = 50_usize.saturating_sub(parent.path().as_os_str().len());
    let temporary = parent.path().join("x".repeat(far));
    fs::create_dir_all(&temporary).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["--lang", "en", "check", "--render", "--format", "json"])
        .arg(folder)
        .env("TMPDIR", &temporary)
        .output()
        .unwrap();
    let left: Vec<_> = fs::read_dir(&temporary).unwrap().collect();
    assert!(left.is_empty(), "the browser left {left:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let findings: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|_| panic!("{said}{}", String::from_utf8_lossy(&output.stderr)));
    let line = |finding: &serde_json::Value| {
        let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
        format!("{}:{} {}", text("file"), finding["line"], text("code"))
    };
    findings.as_array().unwrap().iter().map(line).collect()
}

/// A course of these slides; `course` joins `course.yaml`.
fn course(course: &str, slides: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["chapters", "media"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let text = format!(
        "id: t\ntitle: 试\nlanguage: zh-Hans\nparts: [{{title: 一, chapters: [01-a]}}]\n{course}"
    );
    fs::write(folder.path().join("course.yaml"), text).unwrap();
    fs::write(folder.path().join("chapters/01-a.yaml"), format!("title: 章\nslides:\n{slides}"))
        .unwrap();
    folder
}

#[test]
fn planted_faults_are_found_at_their_lines() {
    let long = "很长的标题".repeat(40);
    let bullets = "      - 这是一条要点，讲的是一件事\n".repeat(11);
    let cells = "无法换行的长长长长长长长单元格Unbreakable_text_without_any_space";
    let slides = format!(
        "  - title: {long}\n    body: |\n      甲\n  - title: 十一条\n    body: |\n{bullets}  - layout: table\n    title: 宽表\n    columns: [{{head: 一, align: right}}, {{head: 二, align: right}}, {{head: 三, align: right}}]\n    rows:\n      - [{cells}, {cells}, {cells}]\n  - title: 高图\n    body: |\n      {}\n\n      ![图](media/tall.svg)\n",
        "字".repeat(200)
    );
    // A course with too much text is not drawn unless it says so.
    let folder = course("checks: {D01: off}\n", &slides);
    fs::write(
        folder.path().join("media/tall.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='4000'><rect width='400' height='4000'/></svg>",
    )
    .unwrap();
    let found = found(folder.path());
    for wanted in
        ["chapters/01-a.yaml:3 D04", "chapters/01-a.yaml:21 D14", "chapters/01-a.yaml:26 D14"]
    {
        assert!(found.iter().any(|line| line == wanted), "{wanted} is not in {found:#?}");
    }
    let bullet = |line: &String| {
        let at = line.strip_prefix("chapters/01-a.yaml:").and_then(|it| it.strip_suffix(" D14"));
        at.is_some_and(|at| (6..=19).contains(&at.parse::<u32>().unwrap_or(0)))
    };
    assert!(found.iter().any(bullet), "the eleven bullets are not in {found:#?}");
}

#[test]
fn a_translation_that_does_not_fit_is_found_at_its_line() {
    let slides = "  - id: a\n    title: 甲\n    body: |\n      一句话\n  - id: b\n    title: 乙\n    body: |\n      另一句\n";
    let folder = course("languages: [en]\nchecks: {D01: off, D02: off}\n", slides);
    fs::create_dir(folder.path().join("po")).unwrap();
    let long = "A sentence that goes on and on and says the same thing again. ".repeat(40);
    let entries =
        [("甲", "First"), ("一句话", "One sentence"), ("乙", "Second"), ("另一句", &long)];
    let entries: Vec<String> = entries
        .iter()
        .map(|(text, other)| format!("\nmsgid \"{text}\"\nmsgstr \"{}\"\n", other.trim()))
        .collect();
    let head = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";
    fs::write(folder.path().join("po/en.po"), head.to_owned() + &entries.concat()).unwrap();
    let found = found(folder.path());
    let fits = |line: &&String| line.ends_with("D14");
    assert_eq!(found.iter().filter(fits).collect::<Vec<_>>(), ["po/en.po:14 D14"], "{found:#?}");
}

#[test]
fn pale_text_is_found() {
    let slides = "  - title: 淡\n    body: |\n      看不清的字\n";
    let folder = course("colours: {ink: '#c9c9c9', paper: '#ffffff'}\n", slides);
    let found = found(folder.path());
    assert!(found.iter().any(|line| line == "chapters/01-a.yaml:3 D06"), "{found:#?}");
}

/// What `check --render` says of a slide in a theme whose style sheet has this rule.
fn themed(css: &str, slides: &str, lang: &str) -> (String, Option<i32>) {
    let folder = course("", slides);
    // A theme of one's own, given as a folder.
    let theme = folder.path().join("ours");
    fs::create_dir_all(theme.join("css")).unwrap();
    let yaml = "name: ours\ninherits: base\nstyles: {deck.css: [css/ours.css]}\n";
    fs::write(theme.join("theme.yaml"), yaml).unwrap();
    fs::write(theme.join("css/ours.css"), css).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["--lang", lang, "check", "--render", "--theme"])
        .args([&theme, folder.path()])
        .output()
        .unwrap();
    (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.code())
}

#[test]
fn small_text_is_found() {
    let css = ".prose { font-size: calc(20 * var(--u)) !important }";
    let (said, code) = themed(css, "  - title: 小\n    body: |\n      看不清的字\n", "en");
    assert!(said.contains("error[D05]") && said.contains("01-a.yaml:5:7"), "{said}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_body_smaller_than_it_should_be_is_found() {
    let css = ".prose { font-size: calc(36 * var(--u)) !important }";
    let (said, code) = themed(css, "  - title: 小\n    body: |\n      不大的字\n", "en");
    assert!(said.contains("warning[D05]") && said.contains("01-a.yaml:5:7"), "{said}");
    assert_eq!(code, Some(0), "a warning");
}

#[test]
fn han_that_is_slanted_or_tight_is_found() {
    let slides = "  - title: 一个标题\n    body: |\n      第一段，*斜的字*在里面\n";
    for (css, line, zh, en) in [
        (".prose em { font-style: italic !important }", "5:12", "是斜体", "is slanted"),
        (".prose p { line-height: 1.3 !important }", "5:7", "不到 1.5 倍", "below 1.5"),
        (".title { line-height: 1 !important }", "3:12", "不到 1.2 倍", "below 1.2"),
    ] {
        for (lang, words) in [("zh", zh), ("en", en)] {
            let (said, code) = themed(css, slides, lang);
            assert!(said.contains("[D16]") && said.contains(words), "{css}: {said}");
            assert!(said.contains(&format!("01-a.yaml:{line}")), "{css}: {said}");
            assert_eq!(code, Some(0), "a warning");
        }
        // In Latin letters it is right. (The last slide's title is made by the theme.)
        if css.starts_with(".title") {
            continue;
        }
        let latin = "  - title: A title\n    body: |\n      A paragraph, *slanted* within\n";
        assert!(!themed(css, latin, "en").0.contains("[D16]"), "{css}");
    }
}

#[test]
fn pale_text_of_the_other_shape_in_the_dark_is_found() {
    let css = "@media (prefers-color-scheme: dark) { [data-aspect='4:3'] .prose { color: #333 !important } }";
    let slides = "  - title: 一\n    body: |\n      看不清的字\n";
    for (lang, view) in [("zh", "4:3 深色"), ("en", "4:3, dark")] {
        let (said, code) = themed(css, slides, lang);
        assert!(said.contains("[D06]") && said.contains(view), "{said}");
        assert_eq!(code, Some(1));
    }
}

#[test]
fn a_new_course_fits_and_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    for lang in ["zh", "en"] {
        let made = folder.path().join(lang);
        let status = Command::new(env!("CARGO_BIN_EXE_kejian"))
            .args(["--lang", lang, "new"])
            .arg(&made)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap();
        assert!(status.success());
        // Rules that need no browser are the business of the transcripts.
        let mut found = found(&made);
        found.retain(|line| ["D05", "D06", "D14", "D16"].iter().any(|rule| line.ends_with(rule)));
        assert_eq!(found, [""; 0], "{lang}");
    }
}

#[test]
fn without_a_browser_it_says_what_to_install() {
    let output = Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["--lang", "en", "check", "--render", "content"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("KEJIAN_BROWSER", "/nowhere")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("No browser was found. Install Chrome"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_number_that_only_holds_its_place_is_no_pale_text() {
    let slides = "  - layout: steps\n    title: 三步\n    steps:\n      - {head: 先看}\n      - {head: 再做}\n      - {head: 还空着, open: true}\n";
    let found = found(course("", slides).path());
    assert!(!found.iter().any(|line| line.ends_with("D06")), "{found:#?}");
}
