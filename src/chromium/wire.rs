//! One connection to the browser: commands with their answers, and the events between them.

use super::Error;
use serde_json::{Value, json};
use std::io::ErrorKind;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

/// Something the browser tells unasked.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) method: String,
    pub(super) params: Value,
}

/// A `DevTools` connection.
pub(super) struct Wire {
    socket: WebSocket<TcpStream>,
    last: u64,
    events: Vec<Event>,
}

impl Wire {
    /// Connects to a `ws://127.0.0.1:…` address.
    pub(super) fn connect(url: &str) -> Result<Self, Error> {
        let lost = |error: &dyn std::fmt::Display| Error::Lost(format!("{url}: {error}"));
        let host = url.strip_prefix("ws://").and_then(|rest| rest.split('/').next());
        let host = host.ok_or_else(|| Error::Lost(format!("{url} is not an address")))?;
        let stream = TcpStream::connect(host).map_err(|error| lost(&error))?;
        stream.set_nodelay(true).map_err(|error| lost(&error))?;
        stream.set_read_timeout(Some(super::PATIENCE)).map_err(|error| lost(&error))?;
        // Screenshots and PDF files come as one message.
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config))
            .map_err(|error| lost(&error))?;
        Ok(Self { socket, last: 0, events: Vec::new() })
    }

    /// Sends a command without waiting for its answer.
    pub(super) fn send(&mut self, method: &str, params: &Value) -> Result<u64, Error> {
        self.last += 1;
        let command = json!({"id": self.last, "method": method, "params": params});
        self.socket
            .send(Message::text(command.to_string()))
            .map_err(|error| Error::Lost(format!("{method}: {error}")))?;
        Ok(self.last)
    }

    /// Sends a command and waits for its answer.
    pub(super) fn call(
        &mut self,
        method: &str,
        params: &Value,
        patience: Duration,
    ) -> Result<Value, Error> {
        let deadline = Instant::now() + patience;
        let id = self.send(method, params)?;
        loop {
            let Some(mut message) = self.read(deadline)? else {
                return Err(Error::Timeout(format!("{method} after {patience:?}")));
            };
            if message["id"].as_u64() != Some(id) {
                self.keep(message);
                continue;
            }
            if let Some(error) = message.get("error") {
                let said = error["message"].as_str().unwrap_or("no reason given");
                return Err(Error::Refused(format!("{method}: {said}")));
            }
            return Ok(message["result"].take());
        }
    }

    /// Waits until `wanted` takes one of the events that come from now on or are still kept.
    /// Events before it stay for [`Self::take_events`].
    pub(super) fn wait_event(
        &mut self,
        what: &str,
        patience: Duration,
        wanted: &dyn Fn(&Event) -> bool,
    ) -> Result<Event, Error> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(at) = self.events.iter().position(wanted) {
                return Ok(self.events[at].clone());
            }
            match self.read(deadline)? {
                Some(message) => self.keep(message),
                None => return Err(Error::Timeout(format!("{what} after {patience:?}"))),
            }
        }
    }

    /// The events since the last time, in order.
    pub(super) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    fn keep(&mut self, mut message: Value) {
        let Some(method) = message["method"].as_str().map(str::to_owned) else { return };
        if method == "Page.javascriptDialogOpening" {
            // A dialog stops the page, and with it the command that is being waited for.
            let accept = json!({"accept": true});
            let _ = self.send("Page.handleJavaScriptDialog", &accept);
        }
        self.events.push(Event { method, params: message["params"].take() });
    }

    /// The next message; `None` when none came before the deadline.
    fn read(&mut self, deadline: Instant) -> Result<Option<Value>, Error> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let lost = |error: &dyn std::fmt::Display| Error::Lost(error.to_string());
            self.socket
                .get_ref()
                .set_read_timeout(Some(left.max(Duration::from_millis(1))))
                .map_err(|error| lost(&error))?;
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    return serde_json::from_str(&text).map(Some).map_err(|error| lost(&error));
                }
                Ok(Message::Close(_)) => return Err(Error::Lost("it was closed".to_owned())),
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) => return Err(lost(&error)),
            }
        }
    }
}
