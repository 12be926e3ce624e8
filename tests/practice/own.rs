//! Tables of one's own, as spreadsheets save them.

use super::course_folder;
use serde_json::Value;
use std::process::{Command, Output};

const CUSTOMERS: &str = "\
客户名称,年采购额,增长率,匹配度,近6个月面谈过的关键角色,合同余月,逾期天,红旗
甲厂,420,12,78,3,4,8,无
乙厂,300万元,9,92,2,未知,0,无
丙厂,abc,9,92,2,10,0,无
丁厂,900,4,15,0,30,12,无
戊厂,95,11,88,3,5,0,有
";

fn practice(table: &[u8], format: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("customers.csv");
    std::fs::write(&file, table).unwrap();
    Command::new(env!("CARGO_BIN_EXE_kejian"))
        .args(["--lang", "zh-Hans", "practice"])
        .arg(course_folder())
        .args(["screening", "--format", format, "--data"])
        .arg(&file)
        .output()
        .unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_same_customers_in_any_encoding_give_the_same_results() {
    let (gb, ..) = encoding_rs::GB18030.encode(CUSTOMERS);
    let marked = format!("\u{feff}{CUSTOMERS}");
    let plain = practice(CUSTOMERS.as_bytes(), "json");
    assert_eq!(plain.status.code(), Some(0), "{}", said(&plain.stderr));
    for table in [gb.as_ref(), marked.as_bytes()] {
        assert_eq!(practice(table, "json").stdout, plain.stdout);
    }
    let result: Value = serde_json::from_slice(&plain.stdout).unwrap();
    assert_eq!(result["exercise"], "screening");
    assert_eq!(result["rows"], 4, "the good rows count");
    assert_eq!(result["ranked"][0]["name"], "甲厂");
    let total = |row: usize| &result["stages"][0]["rows"][row]["cells"]["total"];
    // 25·5 + 15·4 + 20·4 + 15·3 + 15·4 + 10·4 = 410, ÷ 5 = 82.
    assert_eq!(total(0)["text"], "82");
    // 25·4 + 15·3 + 20·5 + 15·2 + 15·(0 to 5) + 10·5 = 325 to 400, ÷ 5.
    assert_eq!(total(1)["text"], "65–80");
    assert_eq!(result["knocked_out"].as_array().unwrap().len(), 2);
}

#[test]
fn a_bad_row_is_named_by_line_and_column() {
    let output = practice(CUSTOMERS.as_bytes(), "text");
    assert!(said(&output.stderr).contains("第 4 行第 2 列"), "{}", said(&output.stderr));
    let text = said(&output.stdout);
    for expected in ["1    ┆ 甲厂", "✗ 丁厂：产品不匹配", "乙厂（65 → 60）", "65–80"]
    {
        assert!(text.contains(expected), "no {expected} in {text}");
    }
}

#[test]
fn a_spreadsheet_gets_a_table() {
    let output = practice(CUSTOMERS.as_bytes(), "csv");
    let text = said(&output.stdout);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 5, "{text}");
    assert!(lines[0].starts_with("id,名称,年采购潜力,"), "{text}");
    assert!(lines[1].starts_with("甲厂,甲厂,5,4,4,3,4,4,410,82,"), "{text}");
}

#[test]
fn a_table_without_a_good_row_is_refused() {
    let output = practice("客户名称,年采购额\n甲厂,420\n".as_bytes(), "text");
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    let output = practice(&[0x81, 0x20, 0xff, 0xff], "text");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output.stderr).contains("GB18030"), "{}", said(&output.stderr));
}
