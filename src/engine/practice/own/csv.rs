//! Reads comma-separated values, as spreadsheets write them.

/// One field with the line it begins in.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) line: usize,
}

/// Records of fields; empty lines are left out. The separator is the one of `, ; tab` that the
/// first line has most of; fields may be quoted.
pub(super) fn parse(text: &str) -> Vec<Vec<Cell>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let mut separator = ',';
    for other in [';', '\t'] {
        if count(other) > count(separator) {
            separator = other;
        }
    }
    let mut reader = Reader { line: 1, ..Reader::default() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let doubled = reader.quoted && c == '"' && chars.peek() == Some(&'"');
        if doubled {
            chars.next();
        }
        reader.take(c, separator, doubled);
    }
    reader.end_record();
    reader.records
}

#[derive(Default)]
struct Reader {
    records: Vec<Vec<Cell>>,
    record: Vec<Cell>,
    field: String,
    quoted: bool,
    line: usize,
    /// The line in which the field begins.
    begin: usize,
}

impl Reader {
    fn take(&mut self, c: char, separator: char, doubled: bool) {
        if self.field.is_empty() && !self.quoted {
            self.begin = self.line;
        }
        if c == '\n' {
            self.line += 1;
        }
        match c {
            '"' if self.quoted && !doubled => self.quoted = false,
            _ if self.quoted => self.field.push(c),
            '"' if self.field.trim().is_empty() => {
                self.field.clear();
                self.quoted = true;
            }
            '\r' => {}
            '\n' => self.end_record(),
            _ if c == separator => self.end_field(),
            _ => self.field.push(c),
        }
    }

    fn end_field(&mut self) {
        let text = std::mem::take(&mut self.field);
        self.record.push(Cell { text: text.trim().to_owned(), line: self.begin.max(1) });
    }

    fn end_record(&mut self) {
        self.end_field();
        let record = std::mem::take(&mut self.record);
        if record.iter().any(|cell| !cell.text.is_empty()) {
            self.records.push(record);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let records = parse(text).into_iter();
        records.map(|record| record.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn spreadsheets_are_read() {
        assert_eq!(texts("\u{feff}a,b\r\n1, 2 \r\n\r\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(texts("a;b\n\"x;\"\"y\"\"\";2"), [["a", "b"], ["x;\"y\"", "2"]]);
        assert_eq!(texts("a\tb\n1,5\t2"), [["a", "b"], ["1,5", "2"]]);
        assert_eq!(texts(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn fields_know_their_line() {
        let records = parse("a,b\n\"x\ny\",2\n3,4\n");
        let lines: Vec<usize> = records.iter().map(|record| record[0].line).collect();
        assert_eq!(lines, [1, 2, 4]);
        assert_eq!(records[1][0].text, "x\ny");
    }
}
