//! `kejian serve`.

use super::{Context, Failure, Source, ui};
use crate::compile::{Options, compile};
use crate::diag::{self, Severity};
use crate::serve::{Draft, Editor, Live, News, Server, Trouble};
use crate::watch::{Rhythm, Watcher, follow};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;

/// The port, unless it is taken. A fixed one, because browsers keep answers per address.
const PORT: u16 = 4747;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of the course. Default: this folder, ./content, or the course that comes with kejian
    course: Option<PathBuf>,
    /// Address to listen at. Default: this computer only; 0.0.0.0 also lets phones in the room in
    #[arg(long, value_name = "ADDR", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Port to listen at. Default: 4747, or the next free one; 0 takes any
    #[arg(long)]
    port: Option<u16>,
    /// Open the course in your browser
    #[arg(long)]
    open: bool,
    /// Look: a theme's name, or the folder of your own
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<ExitCode, Failure> {
    let source = context.course(args.course.as_deref())?;
    // A theme that is not there is said at once, not on every page.
    Context::themes(args.theme.as_deref())?;
    let live = Live::saying(&context.words.word("serve.overflow"));
    let (tell, changes) = mpsc::channel();
    let mut folders: Vec<PathBuf> = source.folder.iter().cloned().collect();
    folders.extend(args.theme.as_ref().map(PathBuf::from).filter(|folder| folder.is_dir()));
    // Nobody listens any more when the program is about to end.
    let watcher = Watcher::new(&folders, move |change| drop(tell.send(change)));
    let mut watcher = match watcher {
        Ok(watcher) => Some(watcher),
        Err(error) => {
            ui::say(&context.say("unwatched", &[("reason", &error.to_string())]), "");
            None
        }
    };
    let compile = || draft(args, context, &source);
    let tell = |news: News<'_>| match news {
        News::Updated(pages, said) => {
            ui::note(said);
            if let Some(pages) = pages {
                ui::out(&format!("{}\n", context.say("updated", &[("n", &pages.to_string())])));
            }
        }
        News::Broken(said) => ui::note(said),
    };
    let mut editor = Editor::new(live.clone(), compile, tell);
    editor.begin();
    let server = listen(args, context, &live)?;
    announce(args, context, &source, server.address());
    if let Some(watcher) = &mut watcher {
        follow(&changes, Rhythm::default(), watcher, &mut editor);
    }
    // Nothing can change, so there is nothing left but to hand the pages out.
    loop {
        std::thread::park();
    }
}

/// One compile, in the author's language.
fn draft(args: &Args, context: &Context, source: &Source) -> Draft {
    let world = source.world.as_ref();
    let (themes, theme) = match Context::themes(args.theme.as_deref()) {
        Ok(found) => found,
        Err(failure) => {
            let title = failure.0.clone();
            let trouble = Some(Trouble { title, ..Trouble::default() });
            return Draft { site: None, trouble, said: failure.0 + "\n" };
        }
    };
    let outcome = compile(world, &themes, &Options { theme, ..Options::default() });
    let mut findings = outcome.diagnostics;
    // Who writes is told what matters; `kejian check --notes` shows the rest.
    findings.retain(|finding| finding.severity != Severity::Info);
    diag::resolve(&mut findings, world);
    let say = |key: &str, args: &[(&str, &str)]| context.words.say(key, args);
    let said = diag::text(&findings, world, &say, ui::colour());
    let trouble = outcome.site.is_none().then(|| Trouble::of(&findings, world, &say));
    Draft { site: outcome.site, trouble, said }
}

/// Starts the server at the port asked for, else at the first that is free.
fn listen(args: &Args, context: &Context, live: &Live) -> Result<Server, Failure> {
    let ports = match args.port {
        Some(port) => port..=port,
        None => PORT..=PORT + 20,
    };
    let last = *ports.end();
    for port in ports {
        let address = SocketAddr::new(args.host, port);
        match Server::start(address, live.clone()) {
            Ok(server) => return Ok(server),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => {}
            Err(error) => {
                let said = [("address", address.to_string()), ("reason", error.to_string())];
                let key = if error.kind() == io::ErrorKind::AddrInUse {
                    "port-taken"
                } else {
                    "no-address"
                };
                return Err(Failure(context.words.say(&format!("cli.{key}"), &said)));
            }
        }
    }
    Err(Failure(context.say("port-taken", &[("address", &last.to_string())])))
}

/// Says where the course is to be seen.
fn announce(args: &Args, context: &Context, source: &Source, address: SocketAddr) {
    let url = |ip: IpAddr| format!("http://{}/", SocketAddr::new(ip, address.port()));
    let here = if address.ip().is_unspecified() {
        url(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        url(address.ip())
    };
    ui::out(&format!("{}\n", context.say("serving", &[("url", &here)])));
    if address.ip().is_unspecified() {
        let (key, room) = match own_address() {
            Some(ip) => ("room", url(ip)),
            None => ("room-unknown", address.port().to_string()),
        };
        ui::out(&format!("{}\n", context.say(key, &[("url", &room)])));
    }
    let key = if source.folder.is_some() { "watching" } else { "serving-embedded" };
    ui::out(&format!("{}\n", context.say(key, &[])));
    if args.open && !open(&here) {
        ui::say(&context.say("not-opened", &[("url", &here)]), "");
    }
}

/// The address by which others in the room reach this computer: the one it would use to reach
/// anybody. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}

/// Opens an address in the user's own browser.
fn open(url: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
