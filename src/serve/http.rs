//! The pages over HTTP.

use super::{Live, State};
use crate::source::RelPath;
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The scripts that every page gets.
const SCRIPTS: [&str; 2] = [crate::measure::SCRIPT, include_str!("live.js")];

/// Hands out what is [`Live`], in a thread of its own, until it is dropped.
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens at `address`; port 0 takes any free one.
    pub fn start(address: SocketAddr, live: Live) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let router = router(live, address.ip().is_loopback());
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                tokio::select! {
                    _ = axum::serve(listener, router) => {}
                    // Pages that listen for news would keep a graceful end waiting.
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn router(live: Live, loopback: bool) -> Router {
    let router = Router::new()
        .route("/.kejian/live.js", get(script))
        .route("/.kejian/live", get(news))
        .fallback(get(file))
        .with_state(live);
    if loopback { router.layer(middleware::from_fn(only_here)) } else { router }
}

/// A page of another site must not read the course through a name that it points at this
/// computer, so only names of this computer are answered.
async fn only_here(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let here = bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if here { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}

async fn script() -> impl IntoResponse {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, no_store())], SCRIPTS.concat())
}

fn no_store() -> HeaderValue {
    HeaderValue::from_static("no-store")
}

#[derive(Deserialize)]
struct Listener {
    page: String,
}

/// Tells a page its digest and what is wrong, now and whenever that changes.
async fn news(
    Shared(live): Shared<Live>,
    Query(listener): Query<Listener>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = Arc::new(listener.page);
    let begin = (live.subscribe(), live, page);
    let news = stream::unfold(begin, |(mut follow, live, page)| async move {
        follow.changed().await.ok()?;
        let said = told(&follow.borrow_and_update(), &page, live.overflow());
        Some((Ok(Event::default().data(said)), (follow, live, page)))
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}

fn told(state: &State, page: &str, overflow: &str) -> String {
    let digest = RelPath::new(page).and_then(|path| state.digests.get(&path).cloned());
    let digest = digest.unwrap_or_default();
    json!({"digest": digest, "trouble": state.trouble, "overflow": overflow}).to_string()
}

/// A file of the site.
async fn file(Shared(live): Shared<Live>, headers: HeaderMap, request: Request) -> Response {
    let state = live.now();
    let asked = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy();
    let asked = asked.trim_start_matches('/');
    let asked = if asked.is_empty() { "index.html" } else { asked };
    let found = RelPath::new(asked).and_then(|path| {
        let bytes = state.site.files.get(&path)?;
        Some((path, bytes.clone()))
    });
    let Some((path, bytes)) = found else {
        let page = format!(
            "<!doctype html><html><head>\n<meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>404</title></head>\
             <body><p>404 · <a href=\"/\">{}</a></p></body></html>",
            "index.html"
        );
        return (StatusCode::NOT_FOUND, html(&page, asked, "")).into_response();
    };
    match state.digests.get(&path) {
        Some(digest) => html(&String::from_utf8_lossy(&bytes), asked, digest).into_response(),
        None => shared(&path, &bytes, &headers),
    }
}

/// A page with the script that keeps it fresh, before its own scripts.
fn html(page: &str, path: &str, digest: &str) -> impl IntoResponse + use<> {
    let path = path.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let script = format!(
        "<head>\n<script defer src=\"/.kejian/live.js\" data-page=\"{path}\" \
         data-digest=\"{digest}\"></script>"
    );
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let page = page.replacen("<head>", &script, 1);
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, no_store())], page)
}

/// A shared file. Its name carries its digest, so it never changes; part of it is enough when a
/// part is asked for, without which some phones play no film.
fn shared(path: &RelPath, bytes: &Bytes, headers: &HeaderMap) -> Response {
    let kind = HeaderValue::from_static(crate::render::media_type(path));
    let kept = HeaderValue::from_static("max-age=31536000, immutable");
    let whole = bytes.len();
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let part = range.and_then(|range| part_of(range, whole));
    let mut response = match part {
        Some((start, end)) => {
            let body = Body::from(bytes.slice(start..=end));
            let mut response = (StatusCode::PARTIAL_CONTENT, body).into_response();
            if let Ok(value) = HeaderValue::from_str(&format!("bytes {start}-{end}/{whole}")) {
                response.headers_mut().insert(header::CONTENT_RANGE, value);
            }
            response
        }
        None => Body::from(bytes.clone()).into_response(),
    };
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, kept),
        (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
    ] {
        response.headers_mut().insert(name, value);
    }
    response
}

/// First and last byte of a range; several ranges at once are answered with the whole.
fn part_of(range: &str, whole: usize) -> Option<(usize, usize)> {
    let (start, end) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (start, end) = match (start.trim(), end.trim()) {
        ("", last) => (whole.checked_sub(last.parse().ok()?)?, whole.checked_sub(1)?),
        (start, "") => (start.parse().ok()?, whole.checked_sub(1)?),
        (start, end) => {
            (start.parse().ok()?, end.parse::<usize>().ok()?.min(whole.checked_sub(1)?))
        }
    };
    (start <= end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_file() {
        assert_eq!(part_of("bytes=0-1", 10), Some((0, 1)));
        assert_eq!(part_of("bytes=4-", 10), Some((4, 9)));
        assert_eq!(part_of("bytes=-3", 10), Some((7, 9)));
        assert_eq!(part_of("bytes=4-99", 10), Some((4, 9)));
        assert_eq!(part_of("bytes=12-", 10), None);
        assert_eq!(part_of("bytes=0-1,3-4", 10), None);
        assert_eq!(part_of("lines=0-1", 10), None);
        assert_eq!(part_of("bytes=0-", 0), None);
    }
}
