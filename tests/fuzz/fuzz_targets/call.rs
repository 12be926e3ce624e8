//! No bytes make the engine panic, and every answer is `{"ok": …}` or `{"error": {"code": …}}`.

#![no_main]

libfuzzer_sys::fuzz_target!(|request: &[u8]| {
    let response = kejian_engine::call(request);
    let response: serde_json::Value = serde_json::from_slice(&response).expect("JSON");
    let is_error = response["error"]["code"].is_string();
    assert!(response.get("ok").is_some() != is_error, "{response}");
});
