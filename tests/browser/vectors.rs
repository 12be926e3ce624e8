//! The engine as pages carry it, in a real browser and from `file://`: every vector gives there
//! the bytes that it gives natively.

#[path = "../../src/engine/tests/vectors/files.rs"]
mod files;

use crate::{Outcome, Studio, assert_sound};
use base64::Engine as _;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::Path;

/// Asks through `engine.js` as it stands. Only JSON's own two functions are set aside for it: as
/// values of JavaScript, numbers and the order of keys would not survive, and bytes are compared.
const ASK: &str = "(async (requests) => {
    const call = await kejian.engine;
    const { parse, stringify } = JSON;
    const responses = [];
    try {
        JSON.stringify = (text) => text;
        JSON.parse = (text) => text;
        for (const request of requests) responses.push(call(request));
    } finally {
        Object.assign(JSON, { parse, stringify });
    }
    return responses;
})";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the page has unpacked, beside the file that is committed.
fn assert_committed(packed: &str) {
    let packed = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
    let committed = std::fs::read(root().join("themes/base/runtime/engine.wasm")).unwrap();
    assert!(unpacked == committed, "the page carries another engine.wasm than is committed");
}

#[test]
fn every_vector_gives_in_the_browser_the_bytes_that_it_gives_natively() -> Outcome {
    let vectors = files::vectors(&root().join("src/engine/tests/vectors"));
    let requests: Vec<String> = vectors
        .iter()
        .flat_map(|(_, vectors)| vectors)
        .map(|vector| vector["request"].to_string())
        .collect();

    let studio = Studio::open();
    let page = studio.page("05-swot/quiz.html")?;
    assert_eq!(page.text("location.protocol")?, "file:");
    assert_committed(&page.text("kejianEngine")?);
    let responses = page.evaluate(&format!("{ASK}({})", json!(requests)))?;
    let responses = responses.as_array().cloned().unwrap_or_default();
    assert_eq!(responses.len(), requests.len());
    for (request, there) in requests.iter().zip(&responses) {
        let here = String::from_utf8(kejian_engine::call(request.as_bytes())).unwrap();
        assert_eq!(there.as_str(), Some(here.as_str()), "{request}");
    }
    // And with JSON whole again, the page reads what it is answered.
    let request = json!({"op": "face", "question": {"kind": "essay", "prompt": "x"}, "seed": 1});
    let here = kejian_engine::call(request.to_string().as_bytes());
    let there = page.evaluate(&format!("(async () => (await kejian.engine)({request}))()"))?;
    assert_eq!(there, serde_json::from_slice::<Value>(&here).unwrap());
    assert_sound(&page)
}
