//! One page (a tab, a window) of the browser.

use super::process::{Context, lock};
use super::record::{Record, is_external, thrown};
use super::wire::{Event, Wire};
use super::{Error, PATIENCE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The screen that a page believes it is on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub scale: f64,
    /// Touch instead of a mouse, and a phone's way of laying out.
    pub phone: bool,
}

impl Screen {
    /// A full-HD projector or monitor.
    pub const PROJECTOR: Self = Self::computer(1920, 1080);
    /// A small laptop.
    pub const LAPTOP: Self = Self::computer(1366, 768);
    /// A phone held upright.
    pub const PHONE: Self = Self { width: 390, height: 844, scale: 1.0, phone: true };

    /// A screen with a mouse, one device pixel per CSS pixel.
    pub const fn computer(width: u32, height: u32) -> Self {
        Self { width, height, scale: 1.0, phone: false }
    }
}

/// A page. It is closed when dropped; its storage goes with the last page that shares it.
pub struct Page {
    context: Arc<Context>,
    target: String,
    state: Mutex<State>,
}

struct State {
    wire: Wire,
    record: Record,
}

impl Page {
    pub(super) fn open(context: Arc<Context>) -> Result<Self, Error> {
        let params =
            json!({"url": "about:blank", "browserContextId": context.id, "newWindow": true});
        let created = context.running.call("Target.createTarget", &params)?;
        let target = created["targetId"].as_str().unwrap_or_default().to_owned();
        let page = Self::attach(context, target)?;
        page.screen(Screen::LAPTOP)?;
        Ok(page)
    }

    fn attach(context: Arc<Context>, target: String) -> Result<Self, Error> {
        let url = format!("ws://{}/devtools/page/{target}", context.running.host);
        let state = Mutex::new(State { wire: Wire::connect(&url)?, record: Record::default() });
        let page = Self { context, target, state };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            page.call(&format!("{domain}.enable"), &json!({}))?;
        }
        page.call("Target.setDiscoverTargets", &json!({"discover": true}))?;
        // Every page behaves as the one in front: two windows can be tested side by side.
        page.call("Emulation.setFocusEmulationEnabled", &json!({"enabled": true}))?;
        Ok(page)
    }

    /// A second window that shares this one's storage.
    pub fn beside(&self) -> Result<Self, Error> {
        Self::open(Arc::clone(&self.context))
    }

    /// The window that this page opened last, as soon as it is there.
    pub fn popup(&self) -> Result<Self, Error> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(target) = self.record()?.opened.last() {
                return Self::attach(Arc::clone(&self.context), target.clone());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            let opened = |event: &Event| event.method == "Target.targetCreated";
            let mut state = lock(&self.state);
            state.wire.wait_event("a window to be opened", left, &opened)?;
            drop(state);
        }
    }

    /// Sends any command of the protocol to the page.
    pub fn call(&self, method: &str, params: &Value) -> Result<Value, Error> {
        self.call_within(method, params, PATIENCE)
    }

    fn call_within(
        &self,
        method: &str,
        params: &Value,
        patience: Duration,
    ) -> Result<Value, Error> {
        let mut state = lock(&self.state);
        let answer = state.wire.call(method, params, patience);
        state.note(&self.target);
        answer
    }

    fn record(&self) -> Result<Record, Error> {
        // Whatever the browser had to tell comes before the answer to this.
        self.call("Runtime.evaluate", &json!({"expression": "0"}))?;
        Ok(lock(&self.state).record.clone())
    }

    /// Opens an address and waits until the page and everything in it has loaded. An address
    /// that differs only after `#` is not loaded again.
    pub fn goto(&self, url: &str) -> Result<(), Error> {
        self.load("Page.navigate", &json!({"url": url}), url)
    }

    /// Opens a file.
    pub fn goto_file(&self, path: &Path, hash: &str) -> Result<(), Error> {
        self.goto(&format!("{}{hash}", file_url(path)))
    }

    /// Loads the page again.
    pub fn reload(&self) -> Result<(), Error> {
        self.load("Page.reload", &json!({}), "the page, again")
    }

    fn load(&self, method: &str, params: &Value, what: &str) -> Result<(), Error> {
        let mut state = lock(&self.state);
        state.note(&self.target);
        let answer = state.wire.call(method, params, PATIENCE)?;
        if let Some(error) = answer["errorText"].as_str().filter(|text| !text.is_empty()) {
            return Err(Error::Page(format!("{what}: {error}")));
        }
        let same_document = method == "Page.navigate" && answer["loaderId"].is_null();
        if !same_document {
            let loaded = |event: &Event| event.method == "Page.loadEventFired";
            state.wire.wait_event(&format!("loading {what}"), PATIENCE, &loaded)?;
        }
        state.note(&self.target);
        Ok(())
    }

    /// The value of a script; a promise is awaited.
    pub fn evaluate(&self, script: &str) -> Result<Value, Error> {
        self.evaluate_within(script, PATIENCE)
    }

    /// The same with another limit of time.
    pub fn evaluate_within(&self, script: &str, patience: Duration) -> Result<Value, Error> {
        let params = json!({
            "expression": script, "awaitPromise": true, "returnByValue": true, "userGesture": true,
        });
        let mut answer = self.call_within("Runtime.evaluate", &params, patience)?;
        if !answer["exceptionDetails"].is_null() {
            let said = thrown(&answer["exceptionDetails"]);
            return Err(Error::Script(script.to_owned(), said));
        }
        Ok(answer["result"]["value"].take())
    }

    /// The text of a script's value; anything else than a text is shown as JSON.
    pub fn text(&self, script: &str) -> Result<String, Error> {
        Ok(match self.evaluate(script)? {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }

    /// Waits in the page until `condition` (a script) is true, also across a reload.
    pub fn wait(&self, condition: &str) -> Result<(), Error> {
        let deadline = Instant::now() + PATIENCE;
        let script = format!(
            "new Promise((found) => {{
                const look = () => {{
                    let met = false;
                    try {{ met = Boolean({condition}); }} catch {{ /* not yet */ }}
                    if (met) found(true); else setTimeout(look, 15);
                }};
                look();
            }})"
        );
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let late = || {
                let shows = self.page_in_words();
                Error::Timeout(format!("until `{condition}` after {PATIENCE:?}; {shows}"))
            };
            match self.evaluate_within(&script, left) {
                Ok(_) => return Ok(()),
                Err(Error::Timeout(_)) => return Err(late()),
                // The page went away under the script: the next one is asked.
                Err(Error::Refused(_)) if !left.is_zero() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// What the page shows, for the message of a failure.
    fn page_in_words(&self) -> String {
        let script = "`${location.href} shows: ${document.body.innerText.slice(0, 400)}`";
        let shown = self.evaluate_within(script, Duration::from_secs(2));
        shown.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Pretends another screen.
    pub fn screen(&self, screen: Screen) -> Result<(), Error> {
        let metrics = json!({
            "width": screen.width, "height": screen.height,
            "deviceScaleFactor": screen.scale, "mobile": screen.phone,
        });
        self.call("Emulation.setDeviceMetricsOverride", &metrics)?;
        let touch = json!({"enabled": screen.phone, "maxTouchPoints": 1});
        self.call("Emulation.setTouchEmulationEnabled", &touch).map(|_| ())
    }

    /// Pretends wishes of the user: `prefers-color-scheme` = `dark`, `prefers-reduced-motion` =
    /// `reduce`, `forced-colors` = `active`. What is not named is as usual again.
    pub fn media(&self, features: &[(&str, &str)]) -> Result<(), Error> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.call("Emulation.setEmulatedMedia", &json!({"features": features})).map(|_| ())
    }

    /// Pretends the medium (`print`; empty for the screen).
    pub fn medium(&self, medium: &str) -> Result<(), Error> {
        self.call("Emulation.setEmulatedMedia", &json!({"media": medium})).map(|_| ())
    }

    /// Cuts the page off the network, or lets it back.
    pub fn offline(&self, offline: bool) -> Result<(), Error> {
        let params = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.call("Network.emulateNetworkConditions", &params).map(|_| ())
    }

    /// Runs a script in every document of this page from now on, before its own scripts.
    pub fn before_scripts(&self, script: &str) -> Result<(), Error> {
        let params = json!({"source": script});
        self.call("Page.addScriptToEvaluateOnNewDocument", &params).map(|_| ())
    }

    /// What is seen, as PNG.
    pub fn screenshot(&self) -> Result<Vec<u8>, Error> {
        let shot = self.call("Page.captureScreenshot", &json!({"format": "png"}))?;
        decode(&shot["data"])
    }

    /// The page as PDF, on the paper that its styles ask for.
    pub fn pdf(&self) -> Result<Vec<u8>, Error> {
        let params = json!({"printBackground": true, "preferCSSPageSize": true});
        decode(&self.call("Page.printToPDF", &params)?["data"])
    }

    /// Errors and warnings on the console, and uncaught exceptions, so far.
    pub fn errors(&self) -> Result<Vec<String>, Error> {
        Ok(self.record()?.errors)
    }

    /// Every address that was asked for so far.
    pub fn requests(&self) -> Result<Vec<String>, Error> {
        Ok(self.record()?.requests)
    }

    /// The texts of `alert`, `confirm` and `prompt` so far; each was accepted at once.
    pub fn dialogs(&self) -> Result<Vec<String>, Error> {
        Ok(self.record()?.dialogs)
    }

    /// What must not happen in any page: errors on the console, requests to other places, a page
    /// wider than its window. Empty when all is well.
    pub fn faults(&self) -> Result<Vec<String>, Error> {
        let record = self.record()?;
        let place = self.evaluate(
            "[location.protocol.startsWith('http') ? location.origin + '/' : '', \
             document.documentElement.scrollWidth, document.documentElement.clientWidth]",
        )?;
        let mut faults = record.errors;
        let origin = place[0].as_str().unwrap_or_default();
        let external = record.requests.into_iter().filter(|url| is_external(url, origin));
        faults.extend(external.map(|url| format!("a request to {url}")));
        let (content, window) = (place[1].as_f64(), place[2].as_f64());
        if content > window {
            faults.push(format!("the page is {} px wide in a window of {} px", place[1], place[2]));
        }
        Ok(faults)
    }
}

impl State {
    /// Moves what happened from the wire to the record.
    fn note(&mut self, target: &str) {
        for event in self.wire.take_events() {
            self.record.note(&event, target);
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let params = json!({"targetId": self.target});
        let _ = self.context.running.call("Target.closeTarget", &params);
    }
}

/// The address of a file or folder.
pub(super) fn file_url(path: &Path) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let text = absolute.to_string_lossy().replace('\\', "/");
    let (drive, rest) = match text.split_once(':') {
        Some((drive, rest)) if cfg!(windows) => (format!("/{drive}:"), rest),
        _ => (String::new(), text.as_str()),
    };
    format!("file://{drive}{}", percent_encoding::utf8_percent_encode(rest, KEPT))
}

fn decode(data: &Value) -> Result<Vec<u8>, Error> {
    let text = data.as_str().unwrap_or_default();
    BASE64.decode(text).map_err(|error| Error::Lost(error.to_string()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_files_are_escaped() {
        assert_eq!(file_url(Path::new("/a b/课/#.html")), "file:///a%20b/%E8%AF%BE/%23.html");
    }
}
