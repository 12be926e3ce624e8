//! What all drawings are made with. Units are those of the canvas, which is 1080 high.

use std::fmt::Write as _;
use tera::escape_html;

/// Size of ordinary text.
pub(super) const TEXT: f64 = 34.0;

/// A text safe inside markup.
pub(crate) fn escape(text: &str) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = escape_html(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// A coordinate with one decimal at most.
pub(super) fn at(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").map_or(text.as_str(), |whole| whole);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// About how wide a text is, in ems: Han count one, others a little more than half.
pub(crate) fn ems(text: &str) -> f64 {
    let (mut narrow, mut wide) = (0, 0);
    for c in text.chars() {
        if c < '\u{2e80}' { narrow += 1 } else { wide += 1 }
    }
    count(narrow) * 0.56 + count(wide)
}

/// A count of something small, as a number to calculate with.
pub(crate) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

/// A number for people: two decimals at most, with a real minus.
pub(super) fn shown(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

/// A number with its unit: letters stand apart from it, signs and Han do not.
pub(super) fn measured(number: f64, unit: &str) -> String {
    let apart =
        if unit.starts_with(char::is_alphanumeric) && ems(unit) < count(unit.chars().count()) {
            "\u{a0}"
        } else {
            ""
        };
    format!("{}{apart}{unit}", shown(number))
}

/// Breaks a text into lines of at most `width` ems: between Han, and at spaces.
pub(super) fn wrap(text: &str, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in words(text) {
        let size = ems(word.trim_end());
        if let Some(last) = lines.last_mut() {
            if used == 0.0 || used + size <= width {
                last.push_str(word);
                used += ems(word);
                continue;
            }
            *last = last.trim_end().to_owned();
        }
        lines.push(word.to_owned());
        used = ems(word);
    }
    if let Some(last) = lines.last_mut() {
        *last = last.trim_end().to_owned();
    }
    lines
}

/// Pieces between which a line may break; closing punctuation stays with what it closes.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let wide = |c: char| (c as u32) >= 0x2e80;
        let closes = "，。、；：？！）》”’…％%)".contains(c);
        let opens = |c: char| "（《“‘(".contains(c);
        let breaks = before.is_some_and(|before| {
            !closes && !opens(before) && (before == ' ' || wide(before) || wide(c))
        });
        if breaks && at > start {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    words.push(&text[start..]);
    words
}

/// The point on the unit circle after `turns` from the top, clockwise. Written out as a series,
/// because the sine of the system's library may differ in its last digit.
pub(super) fn circle(turns: f64) -> (f64, f64) {
    let turns = turns - turns.floor();
    // A quarter at a time, so that the series has little to do.
    let quarter = (turns * 4.0).floor();
    let angle = (turns * 4.0 - quarter) * std::f64::consts::FRAC_PI_2;
    let square = angle * angle;
    let (mut sin, mut cos, mut term_s, mut term_c) = (angle, 1.0, angle, 1.0);
    let mut n = 1.0;
    while n < 12.0 {
        term_c *= -square / ((2.0 * n - 1.0) * (2.0 * n));
        term_s *= -square / ((2.0 * n) * (2.0 * n + 1.0));
        cos += term_c;
        sin += term_s;
        n += 1.0;
    }
    let (x, y) = (sin, -cos);
    if quarter < 1.0 {
        (x, y)
    } else if quarter < 2.0 {
        (-y, x)
    } else if quarter < 3.0 {
        (-x, -y)
    } else {
        (y, -x)
    }
}

/// A drawing in the making.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    body: String,
}

impl Sheet {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    pub(super) fn text(&mut self, x: f64, y: f64, class: &str, anchor: &str, content: &str) {
        let (x, y, content) = (at(x), at(y), escape(content));
        let anchor = match anchor {
            "start" => String::new(),
            anchor => format!(" text-anchor=\"{anchor}\""),
        };
        let class = attribute(class);
        let _ = write!(self.body, "<text x=\"{x}\" y=\"{y}\"{class}{anchor}>{content}</text>");
    }

    /// Lines of text around the middle `y`.
    pub(super) fn lines(&mut self, x: f64, y: f64, class: &str, anchor: &str, lines: &[String]) {
        let step = TEXT * 1.3;
        let mut at = y + TEXT * 0.35 - step * (count(lines.len()) - 1.0) / 2.0;
        for line in lines {
            self.text(x, at, class, anchor, line);
            at += step;
        }
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let (x1, y1, x2, y2) = (at(from.0), at(from.1), at(to.0), at(to.1));
        let class = attribute(class);
        let _ = write!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{class}/>");
    }

    /// A rectangle from its upper left corner; `round` is the radius of its corners.
    pub(super) fn rect(&mut self, place: (f64, f64), size: (f64, f64), round: f64, class: &str) {
        let (x, y, width, height) = (at(place.0), at(place.1), at(size.0), at(size.1));
        let round = if round > 0.0 { format!(" rx=\"{}\"", at(round)) } else { String::new() };
        let class = attribute(class);
        let _ = write!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}{class}/>"
        );
    }

    pub(super) fn circle(&mut self, centre: (f64, f64), radius: f64, class: &str) {
        let (x, y, r, class) = (at(centre.0), at(centre.1), at(radius), attribute(class));
        let _ = write!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"{class}/>");
    }

    pub(super) fn path(&mut self, path: &str, class: &str) {
        let class = attribute(class);
        let _ = write!(self.body, "<path d=\"{path}\"{class}/>");
    }

    /// A path drawn as a line of this thickness.
    pub(super) fn stroke(&mut self, path: &str, thick: f64, class: &str) {
        let (thick, class) = (at(thick), attribute(class));
        let _ = write!(self.body, "<path d=\"{path}\" stroke-width=\"{thick}\"{class}/>");
    }

    pub(super) fn polygon(&mut self, points: &[(f64, f64)], class: &str) {
        let (points, class) = (join(points), attribute(class));
        let _ = write!(self.body, "<polygon points=\"{points}\"{class}/>");
    }

    pub(super) fn polyline(&mut self, points: &[(f64, f64)], class: &str) {
        let (points, class) = (join(points), attribute(class));
        let _ = write!(self.body, "<polyline points=\"{points}\"{class}/>");
    }

    /// A line with a head at its end.
    pub(super) fn arrow(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let (dx, dy) = (dx / length, dy / length);
        let neck = (to.0 - dx * 18.0, to.1 - dy * 18.0);
        self.line(from, neck, class);
        let side = |way: f64| (neck.0 - dy * 11.0 * way, neck.1 + dx * 11.0 * way);
        self.polygon(&[to, side(1.0), side(-1.0)], &format!("head {class}"));
    }

    /// The names of series before the drawing, each with its colour; gives the height used.
    pub(super) fn legend(&mut self, names: &[&str]) -> f64 {
        let mut x = 0.0;
        for (place, name) in names.iter().enumerate() {
            self.rect((x, 8.0), (28.0, 28.0), 4.0, &format!("s{place}"));
            self.text(x + 42.0, 35.0, "", "start", name);
            x += 42.0 + ems(name) * TEXT + 56.0;
        }
        if names.is_empty() { 0.0 } else { 64.0 }
    }

    /// A sheet of the same width, of the height that came out.
    #[must_use]
    pub(super) fn cut(mut self, height: f64) -> Self {
        self.height = height;
        self
    }

    /// The element itself.
    pub(super) fn svg(&self, name: &str) -> String {
        let (width, height, name) = (at(self.width), at(self.height), escape(name));
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"xMinYMid\" role=\"img\" \
             aria-label=\"{name}\">{}</svg>",
            self.body
        )
    }
}

fn attribute(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") }
}

fn join(points: &[(f64, f64)]) -> String {
    let points: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", at(*x), at(*y))).collect();
    points.join(" ")
}

/// The data of a drawing for those who do not see it.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn html(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let mut out = String::from("<table class=\"unseen\"><thead><tr>");
        for cell in &self.head {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escape(cell));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &self.rows {
            out.push_str("<tr>");
            for (place, cell) in row.iter().enumerate() {
                let _ = match place {
                    0 => write!(out, "<th scope=\"row\">{}</th>", escape(cell)),
                    _ => write!(out, "<td>{}</td>", escape(cell)),
                };
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table>");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_han_and_at_spaces() {
        assert_eq!(wrap("质量与记录", 3.0), ["质量与", "记录"]);
        assert_eq!(wrap("the first order", 5.2), ["the first", "order"]);
        assert_eq!(wrap("你先看，他", 3.0), ["你先", "看，他"]);
        assert_eq!(wrap("", 3.0), [""]);
    }

    #[test]
    fn a_turn_is_a_circle() {
        for (turns, x, y) in
            [(0.0, 0.0, -1.0), (0.25, 1.0, 0.0), (0.5, 0.0, 1.0), (0.75, -1.0, 0.0)]
        {
            let found = circle(turns);
            assert!((found.0 - x).abs() < 1e-9 && (found.1 - y).abs() < 1e-9, "{turns}: {found:?}");
        }
        let (x, y) = circle(0.125);
        assert!((x - 0.5_f64.sqrt()).abs() < 1e-9 && (y + 0.5_f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([shown(22.5), shown(3.0), shown(-0.1), shown(0.0)], ["22.5", "3", "−0.1", "0"]);
        assert_eq!([at(3.04), at(-0.01)], ["3", "0"]);
        let units = ["秒", "%", "s", "10k yuan", ""].map(|unit| measured(60.0, unit));
        assert_eq!(units, ["60秒", "60%", "60\u{a0}s", "60\u{a0}10k yuan", "60"]);
    }
}
