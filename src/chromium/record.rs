//! What a page did: what it said on the console, what it asked for, what it threw.

use super::wire::Event;
use serde_json::Value;

/// What happened in a page so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    /// Errors and warnings on the console, and uncaught exceptions.
    pub(super) errors: Vec<String>,
    /// Every address that was asked for.
    pub(super) requests: Vec<String>,
    /// Texts of `alert`, `confirm`, `prompt` and of "leave this page?".
    pub(super) dialogs: Vec<String>,
    /// Targets that this page has opened, with their addresses.
    pub(super) opened: Vec<String>,
}

impl Record {
    pub(super) fn note(&mut self, event: &Event, own_target: &str) {
        let params = &event.params;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match event.method.as_str() {
            "Runtime.consoleAPICalled"
                if matches!(params["type"].as_str(), Some("error" | "assert" | "warning")) =>
            {
                let parts = params["args"].as_array().into_iter().flatten();
                let said = parts.map(|part| match (&part["value"], &part["description"]) {
                    (Value::String(text), _) | (_, Value::String(text)) => text.clone(),
                    (value, _) => value.to_string(),
                });
                self.errors.push(said.collect::<Vec<_>>().join(" "));
            }
            "Runtime.exceptionThrown" => self.errors.push(thrown(&params["exceptionDetails"])),
            "Log.entryAdded"
                if matches!(params["entry"]["level"].as_str(), Some("error" | "warning")) =>
            {
                let entry = &params["entry"];
                self.errors.push(format!("{} {}", text(&entry["text"]), text(&entry["url"])));
            }
            "Network.requestWillBeSent" => self.requests.push(text(&params["request"]["url"])),
            "Network.webSocketCreated" => self.requests.push(text(&params["url"])),
            "Page.javascriptDialogOpening" => self.dialogs.push(text(&params["message"])),
            "Target.targetCreated" if params["targetInfo"]["openerId"] == own_target => {
                self.opened.push(text(&params["targetInfo"]["targetId"]));
            }
            _ => {}
        }
    }
}

/// What an exception says, with the place.
pub(super) fn thrown(details: &Value) -> String {
    let description = details["exception"]["description"].as_str();
    let value = &details["exception"]["value"];
    let said = match (description, value) {
        (Some(description), _) => description.to_owned(),
        (None, Value::String(text)) => text.clone(),
        (None, Value::Null) => details["text"].as_str().unwrap_or("an exception").to_owned(),
        (None, value) => value.to_string(),
    };
    match details["url"].as_str().filter(|url| !url.is_empty()) {
        Some(url) => format!("{said} ({url}:{})", details["lineNumber"].as_u64().unwrap_or(0) + 1),
        None => said,
    }
}

/// Whether an address leads anywhere but to the page itself or to files beside it.
pub(super) fn is_external(url: &str, origin: &str) -> bool {
    let local = ["file:", "data:", "blob:", "about:"];
    !local.iter().any(|scheme| url.starts_with(scheme))
        && (origin.is_empty() || !url.replacen("ws", "http", 1).starts_with(origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tells_own_addresses_from_others() {
        for own in ["file:///a.html", "data:,", "http://127.0.0.1:80/x", "ws://127.0.0.1:80/x"] {
            assert!(!is_external(own, "http://127.0.0.1:80/"), "{own}");
        }
        for other in ["https://example.org/", "http://127.0.0.1:81/", "ws://example.org"] {
            assert!(is_external(other, "http://127.0.0.1:80/"), "{other}");
        }
        assert!(is_external("https://example.org/", ""));
    }

    #[test]
    fn words_what_was_thrown() {
        let details = json!({"text": "Uncaught", "url": "a.js", "lineNumber": 4,
            "exception": {"description": "TypeError: no"}});
        assert_eq!(thrown(&details), "TypeError: no (a.js:5)");
        assert_eq!(thrown(&json!({"exception": {"value": 3}})), "3");
    }
}
