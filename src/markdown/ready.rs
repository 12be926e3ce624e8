//! Texts that were drawn when they were studied: pages need not parse them again.

use super::Form;

/// Texts with their HTML, which is the same on every page.
#[derive(Debug, Clone, Default)]
pub struct Ready(Vec<Drawn>);

#[derive(Debug, Clone)]
struct Drawn {
    text: String,
    form: Form,
    html: String,
    plain: String,
}

impl Ready {
    /// Keeps what [`study`](super::study) has made of a text.
    pub fn keep(&mut self, text: &str, form: Form, html: String, plain: String) {
        self.0.push(Drawn { text: text.to_owned(), form, html, plain });
    }

    /// A text's HTML, and the text without its marks.
    pub fn find(&self, text: &str, form: Form) -> Option<(&str, &str)> {
        let found = self.0.iter().find(|drawn| drawn.form == form && drawn.text == text)?;
        Some((&found.html, &found.plain))
    }
}
