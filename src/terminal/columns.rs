//! Rows and columns on a screen: a table; several, each beginning with the first column; or, where
//! those would be too many to be compared, one record after the other.

use super::fold::{fold, fold_line, pack, wide};
use comfy_table::{ContentArrangement, Table, presets::UTF8_FULL_CONDENSED};
use unicode_width::UnicodeWidthStr;

/// More tables than this side by side are not compared any more.
const MOST_TABLES: usize = 3;
/// On a screen narrower than this a table is whole, or there is none.
const NARROW: usize = 60;
/// Columns before the cells of a record.
const INDENT: &str = "    ";

/// Stands in a cell that waits for its answer.
pub(super) const OPEN: &str = "▁";

/// Rows under a header, ready to be written.
pub(super) fn draw(header: &[String], rows: &[Vec<String>], width: usize) -> String {
    let groups = groups(header, rows, width);
    if groups.len() > if width < NARROW { 1 } else { MOST_TABLES } {
        return records(header, rows, width);
    }
    let tables = groups.iter().map(|columns| table(columns, header, rows, width));
    tables.collect::<Vec<_>>().join("\n")
}

fn table(columns: &[usize], header: &[String], rows: &[Vec<String>], width: usize) -> String {
    let cut = |line: &[String]| -> Vec<String> {
        columns.iter().filter_map(|at| line.get(*at)).cloned().collect()
    };
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let lines: Vec<Vec<String>> =
        std::iter::once(header).chain(rows.iter().map(Vec::as_slice)).map(cut).collect();
    // The table would break lines anywhere; a text has its rules.
    let widths = widths(&lines, width);
    let mut lines = lines.into_iter().map(|line| {
        let cells = line.iter().zip(&widths);
        cells.map(|(cell, width)| fold_cell(cell, *width)).collect::<Vec<_>>()
    });
    if let Some(header) = lines.next() {
        table.set_header(header);
    }
    table.add_rows(lines);
    table.to_string()
}

/// Each row by itself: what it is called, then its cells by their titles.
fn records(header: &[String], rows: &[Vec<String>], width: usize) -> String {
    // The colon of the language that the table is written in.
    let cells = || header.iter().chain(rows.iter().flatten());
    let han = cells().any(|cell| cell.chars().any(wide));
    let colon = if han { "：" } else { ": " };
    let mut lines = Vec::new();
    for row in rows {
        let called = row.first().map_or("", String::as_str);
        lines.push(format!("  {}", fold(called, width.saturating_sub(2), "  ")));
        // What is open says nothing yet; in a table it keeps its place.
        let cells = header.iter().zip(row).skip(1).filter(|(_, cell)| *cell != OPEN);
        let cells: Vec<String> =
            cells.map(|(title, cell)| format!("{title}{colon}{cell}")).collect();
        let packed = pack(&cells, " · ", width.saturating_sub(INDENT.len()));
        lines.extend(packed.into_iter().map(|line| format!("{INDENT}{line}")));
    }
    lines.join("\n")
}

/// Columns that fit side by side, as indices; the first one leads every group.
fn groups(header: &[String], rows: &[Vec<String>], width: usize) -> Vec<Vec<usize>> {
    let needed = |at: usize| {
        let cells = rows.iter().filter_map(|line| line.get(at));
        least(header.get(at).map_or("", String::as_str), cells) + 3
    };
    let first = if header.is_empty() { 0 } else { needed(0) };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut used = usize::MAX;
    for at in 1..header.len() {
        let needed = needed(at);
        match groups.last_mut().filter(|_| used.saturating_add(needed) < width) {
            Some(group) => group.push(at),
            None => {
                groups.push(vec![0, at]);
                used = first;
            }
        }
        used += needed;
    }
    if groups.is_empty() && !header.is_empty() {
        groups.push(vec![0]);
    }
    groups
}

/// The least that a column needs: its cells on a line, if they are not whole texts, and its title
/// folded between words.
fn least<'c>(title: &str, cells: impl Iterator<Item = &'c String>) -> usize {
    let cells = cells.map(|cell| cell.width().min(MOST)).max().unwrap_or(0);
    let word = fold_line(title, 1).iter().map(|word| word.width()).max().unwrap_or(0);
    cells.max(word).max(title.width().min(TITLE))
}

/// How wide the columns of a table are: as their widest cell, as long as that fits; else titles
/// are folded, and what is still too wide shares what the others leave.
fn widths(lines: &[Vec<String>], width: usize) -> Vec<usize> {
    let (title, rows) = lines.split_first().map_or((&[][..], lines), |(title, rows)| (title, rows));
    let column = |at: usize| rows.iter().filter_map(move |line| line.get(at));
    let widest = |at: usize| {
        let cells = column(at).chain(title.get(at));
        cells.flat_map(|cell| cell.lines()).map(UnicodeWidthStr::width).max().unwrap_or(0)
    };
    let full: Vec<usize> = (0..title.len()).map(widest).collect();
    let mut widths: Vec<usize> = (0..title.len()).map(|at| least(&title[at], column(at))).collect();
    // Each column has a line and two spaces, and a line ends the row.
    let mut left = width.saturating_sub(3 * title.len() + 1);
    let used: usize = widths.iter().sum();
    let mut narrow: Vec<usize> = (0..title.len()).collect();
    if used <= left {
        // What is left over goes to those that need the least more.
        left -= used;
        narrow.sort_by_key(|at| full[*at].saturating_sub(widths[*at]));
        for (before, at) in narrow.into_iter().enumerate() {
            let more = full[at].saturating_sub(widths[at]).min(left / (title.len() - before));
            widths[at] += more;
            left -= more;
        }
        return widths;
    }
    narrow.sort_by_key(|at| widths[*at]);
    for (before, at) in narrow.into_iter().enumerate() {
        widths[at] = widths[at].min(left / (title.len() - before)).max(1);
        left = left.saturating_sub(widths[at]);
    }
    widths
}

/// A cell in lines of its column's width.
fn fold_cell(cell: &str, width: usize) -> String {
    let lines: Vec<String> = cell.split('\n').flat_map(|line| fold_line(line, width)).collect();
    lines.join("\n")
}

/// A cell wider than this is folded inside its table.
const MOST: usize = 28;
/// A title is not folded below this.
const TITLE: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_tables_become_several() {
        let header: Vec<String> = (0..6).map(|at| format!("column {at}")).collect();
        assert_eq!(groups(&header, &[], 40), [vec![0, 1, 2], vec![0, 3, 4], vec![0, 5]]);
        assert_eq!(groups(&header[..1], &[], 40), [vec![0]]);
        assert!(groups(&[], &[], 40).is_empty());
    }

    #[test]
    fn titles_are_folded_before_cells_are() {
        let text = |line: &[&str]| line.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let header = text(&["Item", "Potential (CNY 10,000)", "Actual (visits)"]);
        let rows = [text(&["T01 Qingchuan Dairy", "327.6", "4"])];
        assert_eq!(
            draw(&header, &rows, 60).lines().take(3).collect::<Vec<_>>(),
            [
                "┌─────────────────────┬────────────────┬─────────────────┐",
                "│ Item                ┆ Potential (CNY ┆ Actual (visits) │",
                "│                     ┆ 10,000)        ┆                 │",
            ]
        );
        assert!(draw(&header, &rows, 50).contains("│ T01 Qingchuan Dairy ┆ 327.6 "));
        assert!(!draw(&header, &rows, 40).contains('│'));
    }

    #[test]
    fn a_narrow_screen_shows_one_record_after_the_other() {
        let text = |line: &[&str]| line.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let header = text(&["项", "年采购潜力", "增长", "产品匹配度", "决策可及性"]);
        let rows = [text(&["T01 晴川乳品", "5", "4", "4", "3"])];
        assert_eq!(
            draw(&header, &rows, 40).lines().collect::<Vec<_>>(),
            ["  T01 晴川乳品", "    年采购潜力：5 · 增长：4", "    产品匹配度：4 · 决策可及性：3",]
        );
        assert!(draw(&header, &rows, 80).starts_with('┌'));
        let header = text(&["Item", "Spend potential", "Growth"]);
        let rows = [text(&["T01 Qingchuan Dairy", "5", "4"])];
        let drawn = draw(&header, &rows, 40);
        assert_eq!(drawn, "  T01 Qingchuan Dairy\n    Spend potential: 5 · Growth: 4");
    }

    #[test]
    fn cells_are_folded_by_the_rules_of_texts() {
        let rows = [
            ["T07 景禾", "追问过高盐工况寿命，此后两个多月没有任何互动：前台拒接"],
            ["T09", "Pressure drop over the limit; no retest agreed since the trial"],
        ];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        for width in [40, 61, 80] {
            let header = ["项".to_owned(), "事实".to_owned()];
            let text = draw(&header, &rows, width);
            for line in text.lines() {
                assert_eq!(line.width(), text.lines().next().unwrap().width(), "{text}");
                assert!(line.width() <= width, "{text}");
                let cell = line.split('┆').next_back().unwrap_or_default().trim_start();
                assert!(!cell.starts_with(['，', '：']), "{text}");
            }
            for word in ["Pressure", "retest", "agreed"] {
                assert!(text.contains(word), "{text}");
            }
        }
    }
}
