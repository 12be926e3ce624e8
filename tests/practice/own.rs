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
    assert_eq!(result["rows"], 5, "a row stays with what can be read of it");
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
    let found = "第 4 行第 2 列（年采购额）：“abc”不是数";
    assert!(said(&output.stderr).contains(found), "{}", said(&output.stderr));
    let text = said(&output.stdout);
    // 25·(0 to 5) + 15·3 + 20·5 + 15·2 + 15·3 + 10·5 = 270 to 395, ÷ 5. With the weights for
    // growth 乙厂 has 20·4 + 25·3 + 15·5 + 10·2 + 20·(0 to 5) + 10·5 = 300 to 400, ÷ 5.
    for expected in
        ["1    ┆ 甲厂", "✗ 丁厂：产品不匹配", "乙厂（65–80 → 60–80）", "丙厂 ⚠", "54–79", "条会变"]
    {
        assert!(text.contains(expected), "no {expected} in {text}");
    }
}

#[test]
fn a_row_that_says_neither_yes_nor_no_is_named_and_left_out() {
    let table = CUSTOMERS.replace("戊厂,95,11,88,3,5,0,有", "戊厂,95,11,88,3,5,0,好像有");
    let output = practice(table.as_bytes(), "json");
    let said = said(&output.stderr);
    assert!(said.contains("第 6 行第 8 列（红旗）：“好像有”既不是“是”也不是“否”"), "{said}");
    assert!(said.contains("第 6 行：这一行未计入：“合规红旗”必须明确"), "{said}");
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["rows"], 4, "the good ones still count");
    assert!(!result["stages"].to_string().contains("戊厂"));
}

#[test]
fn a_spreadsheet_gets_a_table() {
    let output = practice(CUSTOMERS.as_bytes(), "csv");
    let text = said(&output.stdout);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 6, "{text}");
    assert!(lines[0].starts_with("id,名称,年采购潜力,"), "{text}");
    assert!(lines[1].starts_with("甲厂,甲厂,5,4,4,3,4,4,410,82,"), "{text}");
}

#[test]
fn the_empty_table_is_a_table_that_can_be_worked_out() {
    let kejian = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kejian"));
        command.args(["--lang", "en", "practice"]).arg(course_folder()).args(args).output().unwrap()
    };
    let table = kejian(&["heat", "--template"]);
    assert_eq!(table.status.code(), Some(0), "{}", said(&table.stderr));
    let text = said(&table.stdout);
    assert!(text.lines().nth(1).is_some_and(|line| line.contains("Example (delete): ")), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.csv");
    std::fs::write(&file, &table.stdout).unwrap();
    let file = file.display().to_string();
    let result = kejian(&["heat", "--data", &file, "--format", "json"]);
    let result: Value = serde_json::from_slice(&result.stdout).unwrap();
    assert_eq!(result["findings"], serde_json::json!([]));
    // What is to be judged comes from a file where nobody can be asked.
    let id = result["fill"][0]["rows"][0]["id"].as_str().unwrap().to_owned();
    let answers = folder.path().join("judged.json");
    let judged = serde_json::json!({"judge": {format!("{id}.ev"): ["e1", "e2"]}});
    std::fs::write(&answers, judged.to_string()).unwrap();
    let answers = answers.display().to_string();
    let result = kejian(&["heat", "--data", &file, "--answers", &answers, "--format", "json"]);
    let result: Value = serde_json::from_slice(&result.stdout).unwrap();
    assert_eq!(result["stages"][0]["rows"][0]["cells"]["level"]["value"], "H2");
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
