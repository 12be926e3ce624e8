//! Random requests over the boundary, with a fixed seed: good requests from the vectors, hurt at
//! random places. None makes the engine panic, each gets an answer of one form.
//! `tests/fuzz` does the same without an end.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

#[path = "vectors/files.rs"]
mod files;

use serde_json::{Map, Value, json};
use std::path::Path;

const RUNS: usize = 20_000;

/// A small generator that is the same everywhere (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap()
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

/// Values that readers did not ask for.
fn odd(random: &mut Random) -> Value {
    let texts =
        ["", " ", "a", "___", "百分之", "1e999", "九亿亿亿亿", "(a|", "[x]*", "\u{0}", "🙂"];
    match random.below(13) {
        0 => Value::Null,
        1 => json!(random.next() % 2 == 0),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(i64::MIN),
        5 => json!(1e308),
        6 => json!(-1e-308),
        7 => json!(0.1 + 0.2),
        8 => json!([]),
        9 => json!({}),
        10 => json!([[[[null]]]]),
        11 => json!({"a": {"a": {"a": 1}}}),
        _ => json!(random.one(&texts)),
    }
}

/// Hurts a value somewhere inside.
fn hurt(value: &mut Value, random: &mut Random, pieces: &[Value]) {
    let stop = random.below(4) == 0;
    match value {
        Value::Array(list) if !list.is_empty() && !stop => {
            let at = random.below(list.len());
            match random.below(8) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                2 => list.reverse(),
                _ => hurt(&mut list[at], random, pieces),
            }
        }
        Value::Object(map) if !map.is_empty() && !stop => {
            let keys: Vec<String> = map.keys().cloned().collect();
            let key = random.one(&keys).clone();
            match random.below(10) {
                0 => drop(map.shift_remove(&key)),
                1 => {
                    let taken = map.shift_remove(&key).unwrap();
                    map.insert(key + "x", taken);
                }
                2 => {
                    let turned: Map<String, Value> = map.clone().into_iter().rev().collect();
                    *map = turned;
                }
                _ => hurt(&mut map[&key], random, pieces),
            }
        }
        other => {
            *other = if random.below(3) == 0 { random.one(pieces).clone() } else { odd(random) };
        }
    }
}

fn requests() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let vectors = files::vectors(&folder).into_iter().flat_map(|(_, vectors)| vectors);
    vectors.map(|mut vector| vector["request"].take()).collect()
}

/// The values inside of all requests, to be put elsewhere.
fn pieces(value: &Value, found: &mut Vec<Value>) {
    found.push(value.clone());
    match value {
        Value::Array(list) => list.iter().for_each(|entry| pieces(entry, found)),
        Value::Object(map) => map.values().for_each(|entry| pieces(entry, found)),
        _ => {}
    }
}

fn check(request: &[u8]) {
    let shown = || String::from_utf8_lossy(request).chars().take(2000).collect::<String>();
    let response = std::panic::catch_unwind(|| kejian_engine::call(request));
    let response = response.unwrap_or_else(|_| panic!("the engine panics at {}", shown()));
    let response: Value = serde_json::from_slice(&response).unwrap();
    let is_error = response["error"]["code"].is_string();
    assert!(response.get("ok").is_some() != is_error, "{}\n{response}", shown());
}

#[test]
fn no_request_makes_the_engine_panic() {
    let requests = requests();
    let mut inside = Vec::new();
    requests.iter().take(400).for_each(|request| pieces(request, &mut inside));
    let mut random = Random(20_261_124);
    for _ in 0..RUNS {
        let mut request = random.one(&requests).clone();
        for _ in 0..=random.below(4) {
            hurt(&mut request, &mut random, &inside);
        }
        let mut bytes = request.to_string().into_bytes();
        if random.below(10) == 0 {
            for _ in 0..=random.below(5) {
                let at = random.below(bytes.len());
                bytes[at] = u8::try_from(random.next() % 256).unwrap();
            }
            bytes.truncate(random.below(bytes.len() * 4));
        }
        check(&bytes);
    }
}
