//! A cold build of 100 chapters × 50 slides and 8 questions, against a floor that only parses
//! the same Markdown on one thread and writes the same number of bytes. Both write to memory
//! (`/dev/shm`, where there is one), in turns, each time in a process of its own, as a build is
//! when somebody asks for one: nothing is left in memory by a round before. What counts is the
//! ratio of the medians, which must be at most 3. `cargo bench --bench build`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run fails by panicking")]
#![expect(clippy::print_stdout, reason = "a bench reports")]

use kejian::compile::{self, Outcome, compile};
use kejian::source::{Memory, World as _};
use kejian::{embedded, site};
use pulldown_cmark::{Options, Parser};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What courses may use of Markdown.
const DIALECT: Options =
    Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH).union(Options::ENABLE_FOOTNOTES);

const CHAPTERS: usize = 100;
const SLIDES: usize = 50;
const QUESTIONS: usize = 8;
/// Half a minute: hosts have stretches of seconds in which one core alone is fast or slow.
const ROUNDS: usize = 151;

fn chapter(n: usize) -> String {
    let mut text = format!("title: 第 {n} 章，讲清一件事\nminutes: {SLIDES}\nslides:\n");
    for s in 0..SLIDES {
        write!(
            text,
            "  - id: c{n}s{s}\n    title: 第 {s} 页先说结论，再给**理由**\n    body: |\n      - 第一条：客户要的不是*产品*，是结果\n      - 第二条：数字要有来处，例如 {s}%\n      - 第三条：下一步由谁、何时前、做何事\n\n      一句总结，带一点`代码`和一个[链接](https://example.org/{s})。\n    notes: |\n      讲两分钟。先问全场，再请一位学员举例，最后回到结论。\n    minutes: 1\n"
        )
        .unwrap();
        // A course in good order: the room is asked now and then.
        if s % 10 == 9 {
            text.push_str("    ask: 您会怎么做？\n");
        }
    }
    text.push_str("questions:\n");
    for q in 0..QUESTIONS {
        write!(
            text,
            "  - kind: single\n    id: c{n}q{q}\n    prompt: 第 {q} 题：哪一条**最**要紧？\n    options:\n      - {{id: a, text: 结果, correct: true, why: 客户为结果付钱}}\n      - {{id: b, text: 产品, why: 产品只是手段}}\n      - {{id: c, text: 价格, why: 价格从结果来}}\n"
        )
        .unwrap();
    }
    text
}

fn course() -> Memory {
    let mut list = String::new();
    let mut world = Memory::default();
    for n in 1..=CHAPTERS {
        writeln!(list, "      - {n:03}-chapter").unwrap();
        world = world.with(&format!("chapters/{n:03}-chapter.yaml"), chapter(n).into_bytes());
    }
    let text = format!(
        "id: bench\ntitle: 大课\nlanguage: zh-Hans\nparts:\n  - title: 一\n    chapters:\n{list}"
    );
    world.with("course.yaml", text.into_bytes())
}

/// Every Markdown text of the course, taken out beforehand. Ids and the like are none.
fn markdown(world: &Memory) -> Vec<String> {
    const KEYS: [&str; 7] = ["title", "body", "notes", "ask", "prompt", "text", "why"];
    fn gather(value: &serde_yaml::Value, texts: &mut Vec<String>) {
        match value {
            serde_yaml::Value::Sequence(list) => list.iter().for_each(|it| gather(it, texts)),
            serde_yaml::Value::Mapping(map) => {
                for (key, value) in map {
                    match value {
                        serde_yaml::Value::String(text)
                            if key.as_str().is_some_and(|key| KEYS.contains(&key)) =>
                        {
                            texts.push(text.clone());
                        }
                        other => gather(other, texts),
                    }
                }
            }
            _ => {}
        }
    }
    let mut texts = Vec::new();
    for path in world.files().unwrap() {
        gather(&serde_yaml::from_slice(&world.read(&path).unwrap()).unwrap(), &mut texts);
    }
    texts
}

fn build(world: &Memory, folder: &Path) -> Outcome {
    let outcome = compile(world, &embedded::themes(), &compile::Options::default());
    assert!(outcome.diagnostics.is_empty(), "{:#?}", outcome.diagnostics);
    let site = outcome.site.as_ref().unwrap();
    site::write(site, folder, None).unwrap_or_else(|error| panic!("{error:?}"));
    outcome
}

fn floor(texts: &[String], files: &[(String, usize)], folder: &Path) {
    for text in texts {
        Parser::new_ext(text, DIALECT).for_each(|event| drop(std::hint::black_box(event)));
    }
    for (path, size) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, vec![b'x'; *size]).unwrap();
    }
}

/// Does one of the two, as the process that [`timed`] has begun, and prints how many nanoseconds
/// it takes.
fn once(part: &str, folder: &Path, list: &Path) {
    let world = course();
    let took = if part == "build" {
        let start = Instant::now();
        let outcome = build(&world, folder);
        let took = start.elapsed();
        // The program leaves this to the system.
        std::mem::forget(outcome);
        took
    } else {
        let texts = markdown(&world);
        let files: Vec<(String, usize)> =
            serde_json::from_slice(&std::fs::read(list).unwrap()).unwrap();
        let start = Instant::now();
        floor(&texts, &files, folder);
        start.elapsed()
    };
    println!("{}", took.as_nanos());
}

/// How long one of the two takes in a process of its own.
fn timed(part: &str, place: &Path, list: &Path) -> Duration {
    let folder = tempfile::tempdir_in(place).unwrap();
    let mut process = Command::new(std::env::current_exe().unwrap());
    let output = process.arg(part).arg(folder.path()).arg(list).output().unwrap();
    assert!(output.status.success(), "{part}: {}", String::from_utf8_lossy(&output.stderr));
    let nanoseconds = String::from_utf8(output.stdout).unwrap();
    Duration::from_nanos(nanoseconds.trim().parse().unwrap())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [part, folder, list] = &*arguments {
        return once(part, Path::new(folder), Path::new(list));
    }
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::tempdir_in(&place).unwrap();
    let site = build(&course(), folder.path()).site.unwrap();
    let files: Vec<(String, usize)> =
        site.files.iter().map(|(path, bytes)| (path.to_string(), bytes.len())).collect();
    let total: usize = files.iter().map(|(_, size)| size).sum();
    let list = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(&list, serde_json::to_vec(&files).unwrap()).unwrap();
    drop((folder, site));
    let (mut builds, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        builds.push(timed("build", &place, list.path()));
        floors.push(timed("floor", &place, list.path()));
    }
    let (build, floor) = (median(builds), median(floors));
    let ratio = build.as_secs_f64() / floor.as_secs_f64();
    println!("{CHAPTERS} chapters, {} files, {total} bytes", files.len());
    println!("build  {build:>10.1?}\nfloor  {floor:>10.1?}\nratio  {ratio:>8.2}");
    assert!(ratio <= 3.0, "a build takes {ratio:.2} times the floor; 3 is the limit");
}
