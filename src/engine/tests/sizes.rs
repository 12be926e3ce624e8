//! How many bytes of `engine.wasm` each kind of question, stage and column takes, and each other
//! module: `src/engine/build-wasm --sizes` builds the artefact with the names of its functions
//! kept, and prints what is counted here.
//!
//! A function counts for the module that it is of. One that the compiler made for a type (it reads
//! a list of options, it compares two columns) counts for the kind whose type it is made for, if
//! any. What was inlined counts where it went, so the numbers are those of the artefact and not of
//! the sources; the sum is all of the code.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

/// Bytes of a WebAssembly module, from a place on.
struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.bytes.split_first().expect("a module that is whole");
        self.bytes = rest;
        *first
    }

    /// A number in LEB128.
    fn number(&mut self) -> usize {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= usize::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return number;
            }
        }
    }

    /// The next so many bytes.
    fn take(&mut self, count: usize) -> Self {
        let (taken, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        Self { bytes: taken }
    }

    /// A part that tells its length first.
    fn part(&mut self) -> Self {
        let count = self.number();
        self.take(count)
    }

    fn text(&mut self) -> &'b str {
        std::str::from_utf8(self.part().bytes).unwrap()
    }
}

/// The functions of a module with their sizes, and the bytes of its constant data.
fn functions(wasm: &[u8]) -> (Vec<(String, usize)>, usize) {
    let mut module = Reader { bytes: wasm };
    assert_eq!(module.take(8).bytes, b"\0asm\x01\0\0\0");
    let (mut sizes, mut names, mut data) = (Vec::new(), BTreeMap::new(), 0);
    while !module.bytes.is_empty() {
        let id = module.byte();
        let mut section = module.part();
        match id {
            2 => assert_eq!(section.number(), 0, "functions would count from the imports on"),
            10 => {
                for _ in 0..section.number() {
                    let before = section.bytes.len();
                    section.part();
                    sizes.push(before - section.bytes.len());
                }
            }
            11 => data = section.bytes.len(),
            0 if section.text() == "name" => {
                while !section.bytes.is_empty() {
                    let kind = section.byte();
                    let mut part = section.part();
                    // The names of functions.
                    for _ in 0..if kind == 1 { part.number() } else { 0 } {
                        let at = part.number();
                        names.insert(at, part.text().to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    let named = |(at, size)| (names.get(&at).cloned().unwrap_or_default(), size);
    (sizes.into_iter().enumerate().map(named).collect(), data)
}

/// A module of the engine.
struct Module {
    /// `question::single`, as people write it.
    path: String,
    /// The same as it stands in the names of functions: `8question6single`.
    mangled: String,
}

impl Module {
    fn is_kind(&self) -> bool {
        let file = self.path.rsplit("::").next().unwrap_or_default();
        let kind = if file == "matching" { "match" } else { file };
        match self.path.rsplit_once("::") {
            Some(("question", _)) => kejian_engine::question::KINDS.contains(&kind),
            Some(("practice::column" | "practice::stage", _)) => true,
            _ => false,
        }
    }
}

/// The modules of the engine, those inside others first.
fn modules(folder: &Path, above: &[String], found: &mut Vec<Module>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_module =
            path.extension().is_some_and(|it| it == "rs") && name != "mod" && name != "lib";
        if !(is_module || path.is_dir() && name != "tests") {
            continue;
        }
        let parts: Vec<String> = above.iter().cloned().chain([name]).collect();
        if path.is_dir() {
            modules(&path, &parts, found);
        }
        let mangled: Vec<String> =
            parts.iter().map(|part| format!("{}{part}", part.len())).collect();
        found.push(Module { path: parts.join("::"), mangled: mangled.concat() });
    }
    found.sort_by(|a, b| b.mangled.len().cmp(&a.mangled.len()).then(a.path.cmp(&b.path)));
}

/// The module that a function counts for.
fn owner<'m>(function: &str, modules: &'m [Module]) -> &'m str {
    let names = |module: &&Module| {
        // A single name could be any: it has to stand right behind the crate's.
        let deep = module.path.contains("::");
        let whole = format!("13kejian_engine{}", module.mangled);
        function.contains(if deep { &module.mangled } else { &whole })
    };
    let of_kind = modules.iter().filter(|module| module.is_kind()).find(names);
    let first = || {
        let place = |module: &&Module| function.find(&module.mangled).unwrap_or(usize::MAX);
        modules.iter().filter(names).min_by_key(place)
    };
    match of_kind.or_else(first) {
        Some(module) => &module.path,
        None if function.contains("13kejian_engine") => "shared (made for several)",
        None => "Rust's library",
    }
}

fn engine() -> Vec<Module> {
    let mut found = Vec::new();
    modules(Path::new(env!("CARGO_MANIFEST_DIR")), &[], &mut found);
    found
}

#[test]
fn functions_count_for_their_modules() {
    let modules = engine();
    for (function, module) in [
        (
            "_RNvXNtNtNtCsb_13kejian_engine8practice5stage5tableNtB2_5TableNtB4_4Work6worked",
            "practice::stage::table",
        ),
        (
            "_RNCNvMs_NtNtNtCsb_13kejian_engine8practice6column5shareNtB6_5Share4work0Bc_",
            "practice::column::share",
        ),
        (
            "_RNvMs1_NtNtCsb_13kejian_engine8question7hotspotNtB5_7Hotspot7options",
            "question::hotspot",
        ),
        ("_RNvMNtNtCsb_13kejian_engine8question8matchingNtB2_5Match5pairs", "question::matching"),
        (
            "_RINvMNtCsb_13kejian_engine4readNtB3_6Reader5belowNtNtNtB5_8question6single6SingleEB5_",
            "question::single",
        ),
        (
            "_RINvMNtCsb_13kejian_engine4readNtB3_6Reader5belowNtNtNtB5_8question7options6ChoiceEB5_",
            "read",
        ),
        ("_RNvXsf_NtNtCs8_4core5slice3cmpReNtB5_13SliceContains14slice_contains", "Rust's library"),
    ] {
        assert_eq!(owner(function, &modules), module, "{function}");
    }
    for kind in kejian_engine::question::KINDS {
        let file = if *kind == "match" { "matching" } else { kind };
        let path = format!("question::{file}");
        assert!(modules.iter().any(|module| module.path == path && module.is_kind()), "{path}");
    }
}

#[test]
fn functions_are_read_with_their_names() {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    // Two functions, of 2 and 3 bytes after their lengths; the second has a name.
    wasm.extend([10, 8, 2, 2, 0, 11, 3, 0, 1, 11]);
    wasm.extend([11, 1, 0]);
    wasm.extend([0, 12, 4]);
    wasm.extend(b"name");
    wasm.extend([1, 5, 1, 1, 2]);
    wasm.extend(b"hi");
    assert_eq!(functions(&wasm), (vec![(String::new(), 3), ("hi".to_owned(), 4)], 1));
}

#[test]
#[ignore = "no test: prints what weighs what in the build that `src/engine/build-wasm --sizes` makes for it"]
fn report() {
    let file = std::env::var("KEJIAN_NAMED_WASM").expect("run src/engine/build-wasm --sizes");
    let wasm = std::fs::read(file).unwrap();
    let (functions, data) = functions(&wasm);
    let modules = engine();
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, size) in &functions {
        *sums.entry(owner(name, &modules)).or_default() += size;
    }
    let kind = |path: &str| modules.iter().any(|module| module.path == path && module.is_kind());
    let (kinds, others): (Vec<_>, Vec<_>) = sums.into_iter().partition(|(path, _)| kind(path));
    for (title, mut group) in [("kind", kinds), ("other module", others)] {
        group.sort_by_key(|(path, size)| (std::cmp::Reverse(*size), *path));
        let all: usize = group.iter().map(|(_, size)| size).sum();
        println!("{all:>8}  every {title}");
        for (path, size) in group {
            println!("{size:>8}    {path}");
        }
    }
    println!("{data:>8}  constant data");
}
