//! Sessions in a pseudo-terminal: the program itself, with the keys a person presses.
//!
//! Nothing waits for time to pass: each key goes out when the prompt that it answers is on the
//! screen.

use super::learner::{Learner, Pressed};
use super::{course, course_folder, plain_exercise, words};
use kejian::terminal::Screen;
use kejian::terminal::practice::{self, Kept, Task};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use unicode_width::UnicodeWidthStr;

/// A program in a terminal of its own.
struct Terminal {
    keyboard: File,
    child: Child,
    /// What was drawn since the last answer, without colours and movements.
    drawn: String,
    /// The beginning of a sequence whose end has not come yet.
    rest: Vec<u8>,
    state: tempfile::TempDir,
}

impl Terminal {
    /// An exercise in Chinese, in a wide terminal.
    fn start(args: &[&str]) -> Self {
        Self::open(250, "zh-Hans", "practice", args)
    }

    fn open(columns: u16, language: &str, command: &str, args: &[&str]) -> Self {
        Self::open_with(tempfile::tempdir().unwrap(), columns, language, command, args)
    }

    /// The same with what an earlier session kept.
    fn open_with(
        state: tempfile::TempDir,
        columns: u16,
        language: &str,
        command: &str,
        args: &[&str],
    ) -> Self {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let size = Winsize { ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&keyboard, size).unwrap();
        let name = ptsname(&keyboard, Vec::new()).unwrap();
        let open = || File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_kejian"))
            .args(["--lang", language, command])
            .arg(course_folder())
            .args(args)
            .env("KEJIAN_STATE", state.path())
            .env("TERM", "xterm-256color")
            .stdin(Stdio::from(open()))
            .stdout(Stdio::from(open()))
            .stderr(Stdio::from(open()))
            .spawn()
            .unwrap();
        Self { keyboard: keyboard.into(), child, drawn: String::new(), rest: Vec::new(), state }
    }

    /// Reads until a text is drawn, and forgets everything up to it.
    fn wait_for(&mut self, wanted: &str) {
        loop {
            if let Some(at) = self.drawn.find(wanted) {
                self.drawn.drain(..at + wanted.len());
                return;
            }
            assert!(self.awaits_nothing_else(), "{wanted:?} is not drawn, but: {}", self.drawn);
            assert!(self.read(), "ended without {wanted:?}; drawn: {}", self.drawn);
        }
    }

    /// Whether something is still drawn: a program that waits for another key than the test
    /// thinks would let it wait for ever.
    fn awaits_nothing_else(&self) -> bool {
        let mut keyboard = [PollFd::new(&self.keyboard, PollFlags::IN | PollFlags::HUP)];
        let patience = Timespec { tv_sec: 30, tv_nsec: 0 };
        poll(&mut keyboard, Some(&patience)).unwrap() > 0
    }

    /// Reads to the end; the exit code.
    fn end(&mut self) -> Option<i32> {
        while self.read() {}
        self.child.wait().unwrap().code()
    }

    fn read(&mut self) -> bool {
        let mut bytes = [0; 4096];
        // A terminal whose other side is closed answers with an error.
        let Ok(count) = self.keyboard.read(&mut bytes) else { return false };
        self.rest.extend(&bytes[..count]);
        let (text, rest) = visible(&self.rest);
        self.drawn.push_str(&text);
        self.rest = rest;
        count > 0
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Answers a prompt once it is there, and waits until the answer is taken.
    fn answer(&mut self, pressed: &Pressed) {
        const DOWN: &str = "\u{1b}[B";
        let (prompt, keys) = match pressed {
            Pressed::One(prompt, at) => (prompt, format!("{}\r", DOWN.repeat(*at))),
            Pressed::Many(prompt, chosen) => {
                let mut keys = String::new();
                let mut at = 0;
                for wanted in chosen {
                    keys.push_str(&DOWN.repeat(wanted - at));
                    keys.push(' ');
                    at = *wanted;
                }
                (prompt, keys + "\r")
            }
            Pressed::Line(prompt, line) => (prompt, format!("{line}\r")),
        };
        let start: String = prompt.chars().take(16).collect();
        self.wait_for(&format!("? {start}"));
        self.wait_for("Esc");
        self.press(&keys);
        self.wait_for(&format!("> {start}"));
    }
}

/// What a person sees of bytes for a terminal; and the bytes of an unfinished sequence.
fn visible(bytes: &[u8]) -> (String, Vec<u8>) {
    let mut plain = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != 0x1b {
            plain.push(bytes[at]);
            at += 1;
            continue;
        }
        let Some(end) = bytes[at..].iter().skip(2).position(|byte| (0x40..=0x7e).contains(byte))
        else {
            return split(plain, &bytes[at..]);
        };
        at += end + 3;
    }
    split(plain, &[])
}

/// A character may come in two pieces.
fn split(mut plain: Vec<u8>, rest: &[u8]) -> (String, Vec<u8>) {
    let whole = match std::str::from_utf8(&plain) {
        Ok(_) => plain.len(),
        Err(error) => error.valid_up_to(),
    };
    let mut left = plain.split_off(whole);
    left.extend(rest);
    (String::from_utf8(plain).unwrap(), left)
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the engine says of an exercise.
fn face(exercise: &Value, level: Option<&str>) -> Value {
    let mut request = json!({"op": "practice.face", "exercise": exercise});
    if let Some(level) = level {
        request["level"] = level.into();
    }
    let face = kejian_engine::call(request.to_string().as_bytes());
    let mut face: Value = serde_json::from_slice(&face).unwrap();
    face["ok"].take()
}

/// What the expert presses on the whole exercise, or at one of its levels.
fn presses(id: &str, level: Option<&str>) -> Vec<Pressed> {
    let course = course();
    let exercise = plain_exercise(&course, id);
    let variant = level.and_then(|level| exercise["levels"][level]["variant"].as_str());
    let task = Task { id, exercise: &exercise, variant, level };
    let mut learner = Learner::expert(&task, &face(&exercise, level));
    let (mut out, words) = (Vec::new(), words("zh-Hans"));
    let screen = &mut Screen::plain(&mut out);
    practice::ask(&task, Kept::new(), &mut |_| {}, &words, &mut learner, screen).unwrap();
    learner.pressed
}

/// One of the ways to work; the whole exercise stands behind the levels.
fn way(id: &str, level: Option<&str>) -> Pressed {
    let course = course();
    let face = face(&plain_exercise(&course, id), None);
    let levels = face["levels"].as_array().map_or(&[][..], Vec::as_slice);
    let at = level.map_or(Some(levels.len()), |level| levels.iter().position(|it| it == level));
    Pressed::One("怎样练？".to_owned(), at.unwrap())
}

fn solve(id: &str) {
    let mut terminal = Terminal::start(&[id]);
    terminal.answer(&way(id, None));
    for pressed in presses(id, None) {
        terminal.answer(&pressed);
    }
    terminal.wait_for("（100%）");
    assert_eq!(terminal.end(), Some(0), "{id}: {}", terminal.drawn);
}

// Each of the nine examples, by the keys that a person presses.

#[test]
fn facts_are_sorted_and_key_actions_picked() {
    solve("swot");
}

#[test]
fn customers_are_scored() {
    solve("screening");
}

#[test]
fn heat_is_judged_and_a_forecast_made() {
    solve("heat");
}

#[test]
fn the_fence_is_audited() {
    solve("fence");
}

#[test]
fn stages_are_diagnosed() {
    solve("stages");
}

#[test]
fn visits_are_divided_and_compared() {
    solve("visits");
}

#[test]
fn segments_are_checked() {
    solve("segments");
}

#[test]
fn four_quarters_are_played() {
    solve("pipeline");
}

#[test]
fn ten_minutes_are_planned() {
    solve("pitch");
}

#[test]
fn mixed_work_begins_with_the_tool() {
    let pressed = presses("segments", Some("mix"));
    let mut terminal = Terminal::start(&["segments"]);
    terminal.answer(&way("segments", Some("mix")));
    terminal.wait_for("先选工具");
    for pressed in &pressed {
        terminal.answer(pressed);
    }
    terminal.wait_for("（100%）");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
}

#[test]
fn what_a_table_of_ones_own_does_not_tell_is_judged_at_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, "客户,可得潜力\n甲,100\n乙,200\n").unwrap();
    let mut terminal = Terminal::start(&["heat", "--data", file.to_str().unwrap()]);
    let many = |prompt: &str, chosen: &[usize]| Pressed::Many(prompt.to_owned(), chosen.to_vec());
    terminal.wait_for("甲");
    terminal.answer(&many("证据", &[0, 1, 2]));
    terminal.answer(&many("负面事件", &[]));
    terminal.wait_for("乙");
    terminal.answer(&many("证据", &[0, 1]));
    // Whoever leaves is asked no more, and what was judged counts.
    terminal.wait_for("? 负面事件");
    terminal.wait_for("Esc");
    terminal.press("\u{1b}");
    terminal.wait_for("H3");
    terminal.wait_for("H2");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
}

/// What cannot be read in a table is folded to the terminal, and whole where it is not a terminal.
#[test]
fn faults_of_a_table_are_folded_where_a_person_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    let table = "客户名称,年采购额,增长率,匹配度,近6个月面谈过的关键角色,合同余月,逾期天,红旗\n\
                 甲厂,420,12,78,3,4,8,无\n乙厂,900,4,15,0,30,12,好像有\n";
    std::fs::write(&file, table).unwrap();
    let file = file.to_str().unwrap();
    for (language, faults) in [
        (
            "zh-Hans",
            [
                "第 3 行第 8 列（红旗）：“好像有”既不是“是”也不是“否”。",
                "第 3 行：这一行未计入：“合规红旗”必须明确。",
            ],
        ),
        (
            "en",
            [
                "line 3, column 8 (红旗): “好像有” is neither yes nor no.",
                "line 3: This row is left out: what “Compliance red flag” means has to be certain.",
            ],
        ),
    ] {
        let faults = faults.map(|fault| format!("{file}: {fault}"));
        let asked = ["screening", "--data", file];
        let mut terminal = Terminal::open(40, language, "practice", &asked);
        assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
        let (above, _) = terminal.drawn.split_once("━━").unwrap();
        let lines: Vec<&str> = above.lines().filter(|line| !line.is_empty()).collect();
        // Folders may be longer than the line is.
        let fits = |line: &&str| line.width() <= 40 || line.trim_end() == format!("{file}:");
        assert!(lines.iter().all(fits), "{above}");
        let starts = lines.iter().filter(|line| line.starts_with(file)).count();
        assert_eq!(starts, 2, "{above}");
        let hangs = |line: &&&str| line.starts_with("  ") && !line.starts_with("   ");
        assert_eq!(lines.iter().filter(hangs).count(), lines.len() - 2, "{above}");
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(above), bare(&faults.concat()));

        let piped = Command::new(env!("CARGO_BIN_EXE_kejian"))
            .args(["--lang", language, "practice"])
            .arg(course_folder())
            .args(asked)
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(piped.stderr).unwrap(), faults.join("\n") + "\n");
    }
}

#[test]
fn a_session_that_stops_is_offered_again() {
    let presses = presses("segments", None);
    let mut terminal = Terminal::start(&["segments"]);
    terminal.answer(&way("segments", None));
    for pressed in &presses[..5] {
        terminal.answer(pressed);
    }
    // Esc opens the menu; Esc again ends.
    terminal.wait_for("Esc");
    terminal.press("\u{1b}");
    terminal.wait_for("看规则");
    terminal.press("\u{1b}");
    terminal.wait_for("答案都留着");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
    let kept = terminal.state.path().join("kejian");
    let course = std::fs::read_dir(kept).unwrap().next().unwrap().unwrap().path();
    let file = std::fs::read(course.join("segments.json")).unwrap();
    let kept: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(kept["check"].as_object().unwrap().len(), 5);
}

#[test]
fn without_a_terminal_the_way_out_is_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["--lang", "en", "practice"])
        .arg(course_folder())
        .arg("segments")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("--answers"), "{said}");
}

/// What a person is asked is broken between words, and the keys are named in their language.
#[test]
fn prompts_fit_a_narrow_terminal() {
    for (language, word, keys) in [
        ("en", "A rival offers a three-year price", "[↑↓ move, Enter takes, type filters;"),
        ("zh-Hans", "竞品提出三年锁价再降 6%", "[↑↓ 移动，回车选定，打字筛选；"),
    ] {
        let mut terminal = Terminal::open(40, language, "quiz", &["05"]);
        while !terminal.drawn.contains(keys) {
            assert!(terminal.awaits_nothing_else() && terminal.read(), "{}", terminal.drawn);
        }
        let asked = terminal.drawn.split("? ").last().unwrap().to_owned();
        let asked: Vec<&str> = asked.split(['\r', '\n']).filter(|line| !line.is_empty()).collect();
        assert_eq!(asked[0].trim_start_matches("? ").trim(), word, "{asked:?}");
        // Esc ends a quiz, and what there is by then is nothing.
        terminal.press("\u{1b}");
        assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
    }
}

/// Who leaves a quiz hears that the answers are kept, and is not asked again what was answered.
#[test]
fn a_quiz_that_is_left_goes_on_from_there() {
    let mut terminal = Terminal::open(80, "zh-Hans", "quiz", &["06"]);
    terminal.wait_for("第 1 题");
    terminal.wait_for("Esc：离开，答案都留着");
    terminal.press("\r");
    terminal.wait_for("> 选一项");
    terminal.wait_for("→ ");
    terminal.wait_for("第 2 题");
    terminal.wait_for("Esc");
    terminal.press("\u{3}");
    terminal.wait_for("先到这里，答案都留着");
    terminal.wait_for("答案保存在");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
    assert!(!terminal.drawn.contains("canceled"), "{}", terminal.drawn);

    let state = std::mem::replace(&mut terminal.state, tempfile::tempdir().unwrap());
    let mut terminal = Terminal::open_with(state, 80, "zh-Hans", "quiz", &["06"]);
    terminal.wait_for("上次已答 1 题，接着答。");
    terminal.wait_for("第 2 题");
    terminal.wait_for("Esc");
    terminal.press("\u{1b}");
    terminal.wait_for("先到这里");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.drawn);
}
