//! The browser as a process of ours.

use super::page::Page;
use super::wire::Wire;
use super::{Error, PATIENCE, find};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a browser may take to start: a busy machine is slow to read it from disk.
const START: Duration = Duration::from_secs(60);

/// What every browser is started with: no window, nothing of its own on the network, nothing
/// slowed down because it is not seen, colours and fonts as they are.
const FLAGS: [&str; 25] = [
    "--headless=new",
    "--remote-debugging-port=0",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-popup-blocking",
    "--metrics-recording-only",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
    "--mute-audio",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
];

/// A running browser without a window. It ends, and its profile goes, when the last page and the
/// last handle to it are dropped.
#[derive(Clone)]
pub struct Browser {
    running: Arc<Running>,
}

/// The process, its profile and the connection to the browser as a whole.
pub(super) struct Running {
    child: Mutex<Child>,
    wire: Mutex<Wire>,
    /// `127.0.0.1:port`.
    pub(super) host: String,
    /// Gone only while it is being removed.
    profile: Option<TempDir>,
    /// The folder that its socket has among the temporary files: it leaves that behind.
    socket: Option<PathBuf>,
}

impl Browser {
    /// Starts the browser of this machine.
    pub fn start() -> Result<Self, Error> {
        Self::start_program(&find().ok_or(Error::Missing)?)
    }

    /// Starts the browser at `program`.
    pub fn start_program(program: &Path) -> Result<Self, Error> {
        let start = |error: &dyn std::fmt::Display| Error::Start(error.to_string());
        let profile = tempfile::Builder::new()
            .prefix("kejian-browser-")
            .tempdir()
            .map_err(|error| start(&error))?;
        let mut command = Command::new(program);
        command.args(FLAGS);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        if is_root() {
            command.arg("--no-sandbox");
        }
        // For machines where the sandbox or something else cannot work.
        let own = std::env::var("KEJIAN_BROWSER_FLAGS").unwrap_or_default();
        command.args(own.split_whitespace()).arg("about:blank");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .map_err(|error| Error::Start(format!("{}: {error}", program.display())))?;
        let url = match address(&mut child) {
            Ok(url) => url,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(error);
            }
        };
        let host = url.trim_start_matches("ws://").split('/').next().unwrap_or_default().to_owned();
        let wire = match Wire::connect(&url) {
            Ok(wire) => wire,
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(error);
            }
        };
        let socket = std::fs::read_link(profile.path().join("SingletonSocket"));
        let socket = socket.ok().and_then(|path| path.parent().map(Path::to_owned));
        let (child, wire, profile) = (Mutex::new(child), Mutex::new(wire), Some(profile));
        Ok(Self { running: Arc::new(Running { child, wire, host, profile, socket }) })
    }

    /// A blank page with a storage of its own, as in a browser that was never used.
    pub fn open(&self) -> Result<Page, Error> {
        let created = self.running.call("Target.createBrowserContext", &json!({}))?;
        let id = created["browserContextId"].as_str().unwrap_or_default().to_owned();
        let context = Arc::new(Context { running: Arc::clone(&self.running), id });
        Page::open(context)
    }
}

impl Running {
    /// A command to the browser as a whole.
    pub(super) fn call(&self, method: &str, params: &Value) -> Result<Value, Error> {
        let mut wire = lock(&self.wire);
        let answer = wire.call(method, params, PATIENCE);
        wire.take_events();
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let wire = self.wire.get_mut().unwrap_or_else(PoisonError::into_inner);
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        // Asked to close it takes its helpers along, and nothing writes to the profile any more.
        let closing = wire.call("Browser.close", &json!({}), Duration::from_secs(5)).is_ok();
        let gone = |_: &super::wire::Event| false;
        if closing {
            let _ = wire.wait_event("the browser's end", Duration::from_secs(5), &gone);
        }
        if !matches!(child.try_wait(), Ok(Some(_))) {
            let _ = child.kill();
        }
        let _ = child.wait();
        if let Some(folder) = &self.socket {
            for name in ["SingletonSocket", "SingletonCookie"] {
                let _ = std::fs::remove_file(folder.join(name));
            }
            let _ = std::fs::remove_dir(folder);
        }
        // Its helpers end a moment after it, and write until then.
        let Some(profile) = self.profile.take().map(TempDir::keep) else { return };
        for _ in 0..100 {
            if std::fs::remove_dir_all(&profile).is_ok() || !profile.exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Pages that share a storage.
pub(super) struct Context {
    pub(super) running: Arc<Running>,
    pub(super) id: String,
}

impl Drop for Context {
    fn drop(&mut self) {
        let params = json!({"browserContextId": self.id});
        let _ = self.running.call("Target.disposeBrowserContext", &params);
    }
}

/// A panic elsewhere does not make a connection unusable.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads the address that the browser announces; afterwards its chatter is read and dropped, so
/// that it never waits for us.
fn address(child: &mut Child) -> Result<String, Error> {
    let stderr = child.stderr.take().ok_or_else(|| Error::Start("it says nothing".to_owned()))?;
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
            let _ = tell.send(String::from_utf8_lossy(&line).trim().to_owned());
        }
    });
    let deadline = Instant::now() + START;
    let mut said: Vec<String> = Vec::new();
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        match told.recv_timeout(left) {
            Ok(line) => match line.strip_prefix("DevTools listening on ") {
                Some(url) => return Ok(url.to_owned()),
                None => said.push(line),
            },
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(Error::Timeout(format!("starting it, after {START:?}")));
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                let last = said.iter().rev().take(5).rev().map(String::as_str);
                return Err(Error::Start(last.collect::<Vec<_>>().join("\n")));
            }
        }
    }
}

/// Chromium's sandbox refuses to run as root.
fn is_root() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        false
    }
}
