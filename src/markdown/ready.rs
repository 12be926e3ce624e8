//! Texts that were drawn when they were studied: pages need not parse them again.

use super::Form;

/// Texts with their HTML, which is the same on every page.
#[derive(Debug, Clone, Default)]
pub struct Ready {
    /// Each text, its HTML and the text without its marks, all in a row: there are thousands, and
    /// they stay until the pages are drawn.
    written: String,
    drawn: Vec<Drawn>,
}

/// Where each of the three ends.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    form: Form,
    text: usize,
    html: usize,
    plain: usize,
}

impl Ready {
    /// Keeps what [`study`](super::study) has made of a text.
    pub fn keep(&mut self, text: &str, form: Form, html: &str, plain: &str) {
        self.written.reserve(text.len() + html.len() + plain.len());
        let [text, html, plain] = [text, html, plain].map(|part| {
            self.written.push_str(part);
            self.written.len()
        });
        self.drawn.push(Drawn { form, text, html, plain });
    }

    /// A text's HTML, and the text without its marks.
    pub fn find(&self, text: &str, form: Form) -> Option<(&str, &str)> {
        let mut start = 0;
        let found = self.drawn.iter().find(|drawn| {
            let from = std::mem::replace(&mut start, drawn.plain);
            drawn.form == form && self.written[from..drawn.text] == *text
        })?;
        Some((&self.written[found.text..found.html], &self.written[found.html..found.plain]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_form() {
        let mut ready = Ready::default();
        ready.keep("*甲*", Form::Line, "<em>甲</em>", "甲");
        ready.keep("*甲*", Form::Block, "<p><em>甲</em></p>", "甲");
        ready.keep("乙", Form::Line, "乙", "乙");
        assert_eq!(ready.find("*甲*", Form::Line), Some(("<em>甲</em>", "甲")));
        assert_eq!(ready.find("*甲*", Form::Block), Some(("<p><em>甲</em></p>", "甲")));
        assert_eq!(ready.find("乙", Form::Line), Some(("乙", "乙")));
        assert_eq!(ready.find("乙", Form::Block), None);
        assert_eq!(ready.find("", Form::Line), None);
    }
}
