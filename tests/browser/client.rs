//! The client itself: it must notice what it promises to notice.

use crate::studio::bare_page;
use crate::{Outcome, Studio};
use kejian::chromium::{Browser, Error, Screen};
use serde_json::json;
use std::path::Path;

#[test]
fn faults_are_noticed() -> Outcome {
    let studio = Studio::open();
    let (_folder, file) = bare_page(
        "<body style='width: 3000px'><img src='http://127.0.0.1:9/a.png'>
         <script>console.error('spilt', 3); setTimeout(() => { throw new Error('late') })</script>
         <script>Promise.reject(new Error('unheard')); window.ready = true</script>",
    );
    let page = studio.blank()?;
    page.goto_file(&file, "")?;
    page.wait("window.ready")?;
    let faults = page.faults()?.join("\n");
    for wanted in [
        "spilt 3",
        "Error: late",
        "Error: unheard",
        "a request to http://127.0.0.1:9/a.png",
        "3008 px wide in a window of 1366 px",
    ] {
        assert!(faults.contains(wanted), "{wanted} is not in:\n{faults}");
    }
    Ok(())
}

#[test]
fn keys_clicks_touches_and_texts_arrive_as_from_a_person() -> Outcome {
    let studio = Studio::open();
    let (_folder, file) = bare_page(
        "<input id=a><button id=b>B</button><p id=covered style='position:absolute;top:300px'>x</p><div style='position:fixed;inset:200px 0 0'></div>
         <script>
           window.seen = [];
           for (const type of ['keydown', 'click', 'touchstart', 'touchend'])
             addEventListener(type, (e) => seen.push(`${type} ${e.key || e.target.id || ''} ${e.isTrusted}`));
         </script>",
    );
    let page = studio.blank()?;
    page.screen(Screen::PHONE)?;
    page.goto_file(&file, "")?;
    page.click("#a")?;
    page.type_text("课件")?;
    page.press("x")?;
    page.press("Shift+Tab")?;
    page.press("Space")?;
    page.tap("#b")?;
    page.wait("seen.some((it) => it.startsWith('touchend'))")?;
    assert_eq!(page.evaluate("document.querySelector('#a').value")?, "课件x");
    let seen = page.text("seen.join(', ')")?;
    for wanted in ["click a true", "keydown x true", "keydown Tab true", "touchstart b true"] {
        assert!(seen.contains(wanted), "{wanted}: {seen}");
    }
    assert!(page.click("#covered").is_err_and(|error| error.to_string().contains("covered")));
    assert!(page.click("#nowhere").is_err_and(|error| error.to_string().contains("matches")));
    Ok(())
}

#[test]
fn windows_share_a_storage_only_when_asked_to() -> Outcome {
    let studio = Studio::open();
    let (_folder, file) = bare_page("<p>课</p>");
    let first = studio.blank()?;
    first.goto_file(&file, "")?;
    first.evaluate("localStorage.setItem('a', '1')")?;
    let beside = first.beside()?;
    beside.goto_file(&file, "")?;
    assert_eq!(beside.evaluate("localStorage.getItem('a')")?, "1");
    let other = studio.blank()?;
    other.goto_file(&file, "")?;
    assert_eq!(other.evaluate("localStorage.getItem('a')")?, json!(null));
    first.evaluate("window.open(location.href + '#second', '_blank', 'popup') !== null")?;
    let popup = first.popup()?;
    popup.wait("location.hash === '#second' && opener !== null")
}

#[test]
fn pages_can_be_measured_printed_and_changed() -> Outcome {
    let studio = Studio::open();
    let (_folder, file) = bare_page("<p>课</p><script>confirm('sure?')</script>");
    let page = studio.blank()?;
    page.screen(Screen::computer(800, 600))?;
    page.media(&[("prefers-color-scheme", "dark"), ("prefers-reduced-motion", "reduce")])?;
    page.goto_file(&file, "")?;
    let says = |query: &str| page.evaluate(&format!("matchMedia('({query})').matches"));
    assert_eq!(says("prefers-color-scheme: dark")?, true);
    assert_eq!(says("prefers-reduced-motion: reduce")?, true);
    assert_eq!(page.evaluate("[innerWidth, innerHeight]")?, json!([800, 600]));
    assert_eq!(page.dialogs()?, ["sure?"]);
    assert!(page.screenshot()?.starts_with(b"\x89PNG"));
    assert!(page.pdf()?.starts_with(b"%PDF"));
    let thrown = page.evaluate("(() => { throw new TypeError('no') })()");
    assert!(matches!(thrown, Err(Error::Script(_, said)) if said.contains("TypeError: no")));
    let late = page.evaluate_within("new Promise(() => {})", std::time::Duration::from_millis(50));
    assert!(matches!(late, Err(Error::Timeout(_))), "{late:?}");
    assert_eq!(page.evaluate("1 + 1")?, 2, "and it goes on after that");
    Ok(())
}

#[test]
fn a_program_that_is_no_browser_is_an_error_and_not_a_wait() {
    let error = Browser::start_program(Path::new("/nowhere/chrome")).err().unwrap();
    assert!(error.to_string().starts_with("the browser did not start: /nowhere/chrome"), "{error}");
    #[cfg(unix)]
    {
        let error = Browser::start_program(Path::new("/bin/false")).err().unwrap();
        assert!(matches!(error, Error::Start(_)), "{error}");
    }
    assert!(Error::Missing.to_string().contains("Install Google Chrome"));
}
