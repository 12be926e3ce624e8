//! How large a table can be set: the filter `fit`, and `lines` for the texts above and below it.
//!
//! A style sheet cannot make type as large as there is room for, and a script comes too late for
//! paper. So for one size after another the widths of the columns are worked out as browsers do
//! it (automatic table layout), from about how wide letters are, until the rows fit.

use tera::{Kwargs, Map, State, TeraResult, Value};

/// Sizes of type to choose from, in units of the canvas.
const SIZES: [f64; 8] = [40.0, 38.0, 36.0, 34.0, 32.0, 30.0, 29.0, 28.0];
/// Heads are a little smaller than what stands under them, but never below this.
const HEAD: (f64, f64) = (0.85, 28.0);
/// Space above and below the text of a cell, in ems: the least, what a size must leave to be
/// chosen, and the most.
const SPACE: (f64, f64, f64) = (0.08, 0.15, 0.54);
/// Share of the height and of the width that is counted on: fonts differ. Space between rows
/// leaves some of the height free, so that the table keeps off the title.
const SURE: (f64, f64) = (0.97, 0.985);
const FREE: f64 = 0.95;
/// What the rule under a row takes, in units.
const RULE: f64 = 2.5;
/// A size that is this much smaller is taken if it spares so many lines.
const CALM: (f64, f64) = (0.88, 0.8);
/// How much wider bold letters are.
const BOLD: f64 = 1.06;
/// Columns of texts up to this width keep them on one line where possible: a broken label costs
/// more than a line of the long text beside it.
const LABEL: f64 = 7.0;
/// So do heads up to this width.
const SHORT: f64 = 4.0;

/// `{{ text | lines(size=44, width=1680) }}`: how many lines a text takes; it is taken for bold.
#[expect(clippy::needless_pass_by_value, reason = "Tera hands the arguments over by value")]
pub(super) fn lines(text: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<f64> {
    let width = kwargs.must_get::<f64>("width")? / kwargs.must_get::<f64>("size")?;
    Ok(text.as_str().map_or(0.0, |text| Cell::new(text, BOLD).lines(width)))
}

/// `{{ rows | fit(columns=…, total=…, width=1680, room=640, gap=0.5, line=1.3) }}`: the `style`
/// that makes a table fill a width and keep to a height, and of each column whether its texts are
/// to `keep` on their line and whether its head is (`short`). `gap` is the space beside the text of
/// a cell, `line` the height of a line, both in ems.
#[expect(clippy::needless_pass_by_value, reason = "Tera hands the arguments over by value")]
pub(super) fn fit(rows: &Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let columns = kwargs.must_get::<&Value>("columns")?.as_array().unwrap_or_default();
    let total = kwargs.get::<&Value>("total")?.filter(|total| total.is_array());
    let rows = rows.as_array().unwrap_or_default().iter().map(|row| (row, 1.0));
    let rows = rows.chain(total.map(|total| (total, BOLD)));
    let cells = |(row, weight): (&Value, f64)| {
        let cells = row.as_array().unwrap_or_default().iter();
        cells.map(|cell| Cell::new(&cell.to_string(), weight)).collect()
    };
    let mut table = Table {
        columns: columns.iter().map(Column::new).collect(),
        rows: rows.map(cells).collect(),
        width: kwargs.must_get::<f64>("width")? * SURE.1,
        gap: kwargs.must_get::<f64>("gap")?,
        line: kwargs.must_get::<f64>("line")?,
    };
    let room = kwargs.must_get::<f64>("room")? * SURE.0;
    let loose = table.fit(room);
    table.keep_labels();
    let kept = table.fit(room);
    // Unless that makes the type much smaller or the rows tight.
    let keep = table.lines(kept.0).is_some()
        && kept.0 >= loose.0 * CALM.0
        && kept.1 >= loose.1.min(kept.0 * SPACE.1).floor();
    let (size, space) = if keep { kept } else { loose };
    let keep = table.columns.iter().map(|column| Value::from(keep && column.label));
    let keep: Vec<Value> = keep.collect();
    let short = table.columns.iter().map(|column| Value::from(column.short()));
    let short: Vec<Value> = short.collect();
    let style = format!("--size:{size};--space:{}", space.floor());
    let found = [
        ("style", Value::from(style)),
        ("keep", Value::from(keep.as_slice())),
        ("short", Value::from(short.as_slice())),
    ];
    let found = found.into_iter().map(|(key, value)| (key.into(), value));
    Ok(Value::from(found.collect::<Map>()))
}

struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Units from the left edge to the right one.
    width: f64,
    gap: f64,
    line: f64,
}

struct Column {
    head: Cell,
    /// Share of the width that the author gave it.
    share: Option<f64>,
    /// Numbers stay on their line, with their head.
    number: bool,
    /// Labels stay on their line too.
    label: bool,
}

impl Column {
    /// Whether the head stays on its line.
    fn short(&self) -> bool {
        self.number || self.head.wide <= SHORT
    }

    fn new(column: &Value) -> Self {
        let text = |key| column.get_from_path(key).and_then(Value::as_str).unwrap_or_default();
        Self {
            head: Cell::new(text("head"), BOLD),
            share: column.get_from_path("wide").and_then(Value::as_f64).map(|wide| wide / 100.0),
            number: matches!(text("align"), "right" | "decimal"),
            label: false,
        }
    }
}

impl Table {
    /// Takes the columns of short texts for labels.
    fn keep_labels(&mut self) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            let mut cells = self.rows.iter().filter_map(|row| row.get(at));
            column.label = !column.number && cells.all(|cell| cell.wide <= LABEL);
        }
    }

    /// The largest size that leaves the rows good space, and that space, in units.
    fn fit(&self, room: f64) -> (f64, f64) {
        let (least, good, most) = SPACE;
        let rows = f64::from(u32::try_from(self.rows.len()).unwrap_or(u32::MAX)) + 1.0;
        let space =
            |size: f64, lines: f64| (room - lines * self.line * size) / rows / 2.0 - RULE / 2.0;
        let set = SIZES.map(|size| (size, self.lines(size)));
        let mut set = set.iter().filter_map(|(size, lines)| Some((*size, (*lines)?)));
        let fits = set.clone().filter(|(size, lines)| space(*size, *lines) >= size * good);
        let first = fits.clone().next();
        let calm = fits.clone().find(|(size, lines)| {
            first.is_some_and(|(large, more)| *size >= large * CALM.0 && *lines <= more * CALM.1)
        });
        let smallest = SIZES[SIZES.len() - 1];
        let (size, lines) = calm.or(first).or(set.next_back()).unwrap_or((smallest, f64::INFINITY));
        let space = space(size, lines) - room * (1.0 - FREE) / rows / 2.0;
        (size, space.clamp(size * least, size * most))
    }

    /// Lines that all rows take at a size; none if the columns do not get into the width.
    fn lines(&self, size: f64) -> Option<f64> {
        let head = (size * HEAD.0).max(HEAD.1);
        let widths = self.widths(size, head)?;
        let number = |at: usize| self.columns.get(at).is_some_and(|column| column.number);
        let row = |cells: &Vec<Cell>| {
            let cells = cells.iter().zip(&widths).enumerate().filter(|(at, _)| !number(*at));
            cells.map(|(_, (cell, width))| cell.lines(width / size)).fold(1.0, f64::max)
        };
        let heads = self.columns.iter().zip(&widths);
        let heads =
            heads.map(|(column, width)| column.head.lines(width / head)).fold(1.0, f64::max);
        Some(heads * head / size + self.rows.iter().map(row).sum::<f64>())
    }

    /// Units that each column has for its text: what it must have, and of what is left as much as
    /// it lacks to stand on one line, in proportion.
    fn widths(&self, size: f64, head: f64) -> Option<Vec<f64>> {
        let gaps = self.gap * 2.0 * size;
        let columns = self.columns.iter().enumerate().map(|(at, column)| {
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            let word = |cell: &Cell| if column.label { cell.wide } else { cell.word } * size;
            let cell = cells.map(|cell| (word(cell), cell.wide * size));
            let whole = column.head.wide * head;
            let head = (if column.short() { whole } else { column.head.word * head }, whole);
            let (word, whole) =
                cell.fold(head, |(word, whole), (own, all)| (word.max(own), whole.max(all)));
            // Numbers and their head are not broken.
            let least = if column.number { whole } else { word };
            match column.share.map(|share| least.max(share * self.width - gaps)) {
                Some(given) => (given, given),
                None => (least, whole),
            }
        });
        let columns: Vec<(f64, f64)> = columns.collect();
        let least: f64 = columns.iter().map(|(least, _)| least + gaps).sum();
        let most: f64 = columns.iter().map(|(_, most)| most + gaps).sum();
        let given = if most > least { (self.width - least) / (most - least) } else { 0.0 };
        let width = |(least, most): &(f64, f64)| least + (most - least) * given.min(1.0);
        (least <= self.width).then(|| columns.iter().map(width).collect())
    }
}

/// A text as it is broken into lines; all widths in ems.
struct Cell {
    /// What stays together, with the space behind it.
    words: Vec<(f64, f64)>,
    /// The widest of them.
    word: f64,
    /// All on one line.
    wide: f64,
}

impl Cell {
    /// A text in HTML, of letters that are so many times as wide as usual.
    fn new(html: &str, weight: f64) -> Self {
        let mut words: Vec<(f64, f64)> = Vec::new();
        let mut open = false;
        for c in plain(html).chars() {
            let han = c >= '\u{2e80}';
            let width = if han { 1.0 } else { em(c) * weight };
            match words.last_mut() {
                Some((_, behind)) if c == ' ' => *behind += width,
                // Closing and pausing marks do not begin a line.
                Some((word, 0.0)) if open && !han || "，。；：、？！）》”".contains(c) =>
                {
                    *word += width;
                }
                _ => words.push((width, 0.0)),
            }
            open = !han && !matches!(c, ' ' | '-' | '–');
        }
        let word = words.iter().map(|(word, _)| *word).fold(0.0, f64::max);
        let wide = words.iter().map(|(word, behind)| word + behind).sum();
        Self { words, word, wide }
    }

    /// Lines that it takes in a width.
    fn lines(&self, width: f64) -> f64 {
        let (mut lines, mut used) = (1.0, 0.0);
        for (word, behind) in &self.words {
            if used > 0.0 && used + word > width + 0.01 {
                lines += 1.0;
                used = 0.0;
            }
            used += word + behind;
        }
        lines
    }
}

/// The text of HTML: marks left out, a character reference counts as one letter.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut until = None;
    for c in html.chars() {
        match (until, c) {
            (Some(end), _) => until = (c != end).then_some(end),
            (None, '<') => until = Some('>'),
            (None, '&') => {
                text.push('n');
                until = Some(';');
            }
            (None, c) => text.push(c),
        }
    }
    text
}

/// About how wide a letter is that is not Han, in fonts for Han.
fn em(c: char) -> f64 {
    match c {
        ' ' => 0.23,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | '’' => 0.3,
        'f' | 'r' | 't' | '(' | ')' | '-' => 0.38,
        'c' | 's' | 'v' | 'x' | 'y' | 'z' | '“' | '”' => 0.51,
        'm' | 'w' | 'M' | 'W' | '%' => 0.9,
        'A'..='Z' => 0.67,
        '0'..='9' | '–' => 0.56,
        // Signs: × ÷ ★ ✓ → and others.
        '×' | '÷' | '±' | '\u{2014}'.. => 1.0,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::new(text, 1.0)).collect()
    }

    fn table(rows: &[&[&str]]) -> Table {
        let columns = rows[0].iter().map(|head| Column {
            head: Cell::new(head, BOLD),
            share: None,
            number: false,
            label: false,
        });
        let columns = columns.collect();
        let rows = rows[1..].iter().map(|row| cells(row)).collect();
        Table { columns, rows, width: 1248.0, gap: 0.35, line: 1.3 }
    }

    #[test]
    fn marks_and_references_are_no_letters() {
        let cell = Cell::new("<a class=\"t\" href=\"x\">说得<b>清</b></a> &amp;", 1.0);
        assert!((cell.wide - 3.83).abs() < 1e-9, "{}", cell.wide);
    }

    #[test]
    fn han_break_anywhere_but_before_closing_marks() {
        let lines = |text: &str, width: f64| Cell::new(text, 1.0).lines(width);
        assert!((lines("先看客户，再看自己", 4.0) - 3.0).abs() < 1e-9);
        assert!((lines("先看客户再看自己", 4.0) - 2.0).abs() < 1e-9);
        assert!((lines("start-up costs", 4.0) - 2.0).abs() < 1e-9);
        assert!((lines("", 4.0) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn few_short_rows_are_set_large_and_with_space() {
        let (size, space) =
            table(&[&["准则", "权重"], &["增长", "15"], &["匹配", "20"]]).fit(640.0);
        assert_eq!((size, space), (SIZES[0], SIZES[0] * SPACE.2));
    }

    #[test]
    fn rows_never_take_more_than_the_room_while_a_size_fits() {
        for count in 1..=12 {
            let mut rows: Vec<&[&str]> = vec![&["Item", "What a camera could film"]];
            rows.resize(count + 1, &["Interested", "Asks, unprompted, about their own line"]);
            let table = table(&rows);
            let (size, space) = table.fit(600.0);
            let rows = f64::from(u32::try_from(rows.len()).unwrap());
            let used = table.lines(size).unwrap() * size * 1.3 + rows * (space * 2.0 + RULE);
            assert!(used <= 600.001, "{count} rows: {used} at {size}, {space}");
            assert!(count > 6 || size > 36.0, "{count} rows at {size}");
        }
    }

    #[test]
    fn columns_that_cannot_break_make_the_table_smaller() {
        let word = "Unbreakablelongword";
        let (size, _) = table(&[&["a", "b", "c", "d"], &[word, word, word, word]]).fit(640.0);
        assert!(size < SIZES[0], "{size}");
        assert!(table(&[&["a"], &[&word.repeat(9)]]).fit(640.0).1 > 0.0);
    }

    #[test]
    fn a_little_smaller_is_taken_for_far_fewer_lines() {
        // At 40 units both cells break, at 36 they stand on one line.
        let long = "一二三四五六七八九十一二三四五六";
        let rows: &[&[&str]] = &[&["甲", "乙"], &[long, long], &[long, long]];
        let table = table(rows);
        let (size, _) = table.fit(640.0);
        assert!(table.lines(40.0) > table.lines(size) && size >= 36.0, "{size}");
    }

    #[test]
    fn labels_stay_on_their_line_while_the_long_text_beside_them_breaks() {
        let text = "Another way in, or a light contact, whichever the buyer likes best of all";
        let mut table = table(&[&["Heat", "What we do"], &["H5 Boiling", text]]);
        let lines = |table: &Table| {
            let widths = table.widths(40.0, 34.0).unwrap();
            table.rows[0].iter().zip(widths).map(|(cell, width)| cell.lines(width / 40.0)).collect()
        };
        table.width = 700.0;
        let loose: Vec<f64> = lines(&table);
        table.keep_labels();
        let kept: Vec<f64> = lines(&table);
        assert_eq!((loose[0], kept[0]), (2.0, 1.0));
        assert!(kept[1] > 1.0);
    }
}
