//! A learner's own data: what is read, what is named, what becomes a range.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::Exercise;
use serde_json::{Value, json};

fn exercise(name: &str) -> Exercise {
    let path = format!("{}/tests/format/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// An exercise of the course.
fn of_the_course(name: &str) -> Exercise {
    let path = format!("{}/../../content/practice/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn own(name: &str, csv: &str) -> Value {
    exercise(name).own(csv, &Value::Null).unwrap()
}

fn row<'v>(result: &'v Value, stage: usize, id: &str) -> &'v Value {
    let rows = result["stages"][stage]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["id"] == id).unwrap()
}

const CUSTOMERS: &str = "\
编号,客户名称,年采购(万),增长%,匹配%,已见角色,合同余月,逾期天,红旗
x,甲厂,420,12,78,3,4,8,无
x,乙厂,\"1,310\",9%,９２,2,10,0,否
x,丙厂,130,22,92,0,,3,无
x,丁厂,900,4,15,0,30,12,无
x,戊厂,many,5,95,4,2,22,无
";

#[test]
fn customers_are_scored_by_the_rules_of_the_course() {
    let result = own("screening", CUSTOMERS);
    assert_eq!(result["rows"], 5, "a row stays with what can be read of it");
    let findings = result["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "{findings:#?}");
    // 编号 is no header of this table; the row with a word for a number is named.
    assert_eq!(findings[0]["code"], "own.unknown-column");
    assert_eq!((&findings[0]["line"], &findings[0]["column"]), (&json!(1), &json!(1)));
    assert_eq!(findings[1]["code"], "own.not-a-number");
    assert_eq!((&findings[1]["line"], &findings[1]["column"]), (&json!(6), &json!(3)));
    assert_eq!(
        (&findings[1]["row"], &findings[1]["header"]),
        (&json!("戊厂"), &json!("年采购(万)"))
    );
    // 25·(0 to 5) + 15·2 + 20·5 + 15·4 + 15·5 + 10·3 = 295 to 420: as if it were not known.
    assert_eq!(row(&result, 0, "戊厂")["cells"]["total"]["text"], "59–84");
    assert_eq!(row(&result, 0, "甲厂")["cells"]["total"]["value"], 82);
    // 25·5 + 15·3 + 20·5 + 15·2 + 15·3 + 10·5 = 395, ÷ 5 = 79.
    assert_eq!(row(&result, 0, "乙厂")["cells"]["total"]["value"], 79);
    let ranked: Vec<&Value> =
        result["ranked"].as_array().unwrap().iter().map(|row| &row["id"]).collect();
    assert_eq!(ranked, ["甲厂", "乙厂", "戊厂", "丙厂"]);
    assert_eq!(result["knocked_out"][0]["id"], "丁厂");
    assert_eq!(result["knocked_out"][0]["reasons"], json!(["产品不匹配"]));
}

#[test]
fn an_unknown_number_gives_a_range_and_leaves_the_label_open() {
    let result = own("screening", CUSTOMERS);
    let unknown = &row(&result, 0, "丙厂")["cells"];
    // Worked example b: without the months left on the contract, 58 to 73.
    assert_eq!(unknown["total"], json!({"low": 58, "high": 73, "text": "58–73"}));
    assert_eq!(unknown["raw"]["open"], true);
    // Capped all the same: nobody was met.
    assert_eq!(unknown["final"]["value"], "B");
}

#[test]
fn sensitivity_shows_what_changes() {
    let result = own("screening", CUSTOMERS);
    let growth = result["sensitivity"].as_array().unwrap();
    let growth = growth.iter().find(|it| it["id"] == "growth").unwrap();
    assert_eq!(growth["of"], "score.total");
    let first = &growth["rows"][0];
    assert_eq!(
        (&first["id"], &first["base"], &first["value"]),
        (&json!("甲厂"), &json!({"value": 82, "text": "82"}), &json!({"value": 82, "text": "82"}))
    );
    assert_eq!(first["changed"], false);
    assert_eq!(growth["rows"].as_array().unwrap().len(), 4, "who is knocked out is left out");
}

#[test]
fn what_is_missing_is_named() {
    let result = own("screening", "年采购,增长率\n1,2\n");
    let codes: Vec<&Value> =
        result["findings"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert!(codes.contains(&&json!("own.no-id")));
    assert!(codes.contains(&&json!("own.missing-column")));
    assert_eq!(result["rows"], 0);
    for csv in ["", "\n\n", "\"", "id", "id\n\"a", ",,,\n,,,"] {
        assert!(own("screening", csv)["rows"].as_u64().unwrap() <= 1, "{csv:?}");
    }
}

#[test]
fn evidence_is_brought_or_entered() {
    let csv = "客户,可得潜力(万),证据,负面\n甲,100,e1+e2;e3,n1\n乙,200,知道,\n";
    let csv = csv.replace("知道", "e1");
    let result = own("heat", &csv);
    assert_eq!(result["findings"], json!([]));
    assert_eq!(row(&result, 0, "甲")["cells"]["level"]["value"], "H2");
    assert_eq!(result["stages"][1]["values"]["total"]["value"], 100.0 * 0.15 + 200.0 * 0.05);
    // What is to be judged comes as stages to fill, with what the table brought.
    let fill = &result["fill"][0];
    assert_eq!(
        (&fill["id"], &fill["open"]),
        (&json!("judge"), &json!(["甲.ev", "甲.neg", "乙.ev", "乙.neg"]))
    );
    assert_eq!(fill["given"]["甲.ev"], json!(["e1", "e2", "e3"]));
    assert_eq!(fill["given"].get("乙.neg"), None, "nothing was brought: still to be judged");
    let columns = fill["columns"].as_array().unwrap();
    assert_eq!(columns.len(), 2);
    assert!(!columns[0]["options"].as_array().unwrap().is_empty());
    let answers = json!({"judge": {"乙.ev": ["e1", "e2"]}});
    let result = exercise("heat").own(&csv, &answers).unwrap();
    assert_eq!(row(&result, 0, "乙")["cells"]["level"]["value"], "H2");
    assert_eq!(result["findings"], json!([]));
    let wrong = json!({"judge": {"乙.ev": ["e1", "e99"], "甲.ev": "much"}});
    let result = exercise("heat").own(&csv, &wrong).unwrap();
    let cells: Vec<&Value> =
        result["findings"].as_array().unwrap().iter().map(|it| &it["cell"]).collect();
    assert_eq!(cells, ["甲.ev", "乙.ev"], "named, and what the table brought still counts");
    assert_eq!(row(&result, 0, "甲")["cells"]["level"]["value"], "H2");
}

#[test]
fn judgements_for_each_item_are_brought_or_entered() {
    let exercise = of_the_course("pitch");
    let face = exercise.face(None, None).unwrap();
    let header: Vec<&str> =
        face["own"]["header"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(header[0], "name", "a table without a field for names still needs them");
    let csv = "name,scores.d1\n甲,4\n乙,\n";
    let result = exercise.own(csv, &Value::Null).unwrap();
    assert_eq!(result["findings"], json!([]));
    let open = result["fill"][0]["open"].as_array().unwrap();
    let items = open.len() / 2;
    assert!(items >= 5 && open.contains(&json!("甲.scores.d1")), "{open:?}");
    assert_eq!(result["fill"][0]["given"], json!({"甲.scores.d1": 4}));
    let all = |value: &Value| {
        let cells = open.iter().map(|cell| (cell.as_str().unwrap().to_owned(), value.clone()));
        json!({"rate": Value::Object(cells.collect())})
    };
    let total = |answers: &Value| {
        let result = exercise.own(csv, answers).unwrap();
        row(&result, 0, "乙")["cells"]["total"]["value"].clone()
    };
    // All at 4 of 4 is the whole weight, as typed or as a number.
    assert_eq!((total(&all(&json!(4))), total(&all(&json!("4")))), (json!(100), json!(100)));
}

#[test]
fn a_rule_about_one_item_names_it() {
    let face = of_the_course("fence").face(None, None).unwrap();
    let columns = face["stages"][0]["columns"].as_array().unwrap();
    let fired = columns.iter().find(|it| it["id"] == "fired").unwrap();
    let rules = fired["card"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|it| it["id"] == "RD").unwrap();
    assert_eq!(rule["when"], "本季·采购份额 < 上季·采购份额 ∧ 本季·竞品动向（关键） ≤ 1");
}

#[test]
fn a_row_with_a_fault_stays() {
    let csv = "客户名称,年采购额,增长率,匹配度,已见角色,合同余月,逾期天,红旗\n甲.乙,420,12,许多,3,4,8,无\n丙,1,2,3,4,5,6,无\n丙,1,2,3,4,5,6,无\n";
    let result = own("screening", csv);
    let findings = result["findings"].as_array().unwrap();
    let said: Vec<(&Value, &Value)> = findings.iter().map(|it| (&it["code"], &it["row"])).collect();
    assert_eq!(
        said,
        [(&json!("own.not-a-number"), &json!("r2")), (&json!("own.id-twice"), &json!("r4"))]
    );
    assert_eq!(findings[1]["args"], json!({"id": "丙", "as": "r4"}));
    assert_eq!(result["rows"], 3);
    assert_eq!(row(&result, 0, "r2")["name"], "甲.乙");
}

/// A red flag that nobody can read was counted as none, and the customer as sound.
#[test]
fn neither_yes_nor_no_is_not_no() {
    let csv = "客户名称,年采购额,增长率,匹配度,已见角色,合同余月,逾期天,红旗\n甲,420,12,78,3,4,8,也许\n乙,420,12,78,3,4,8,是\n丙,420,12,78,3,4,8,\n";
    let result = own("screening", csv);
    let findings = result["findings"].as_array().unwrap();
    let said: Vec<(&Value, &Value, &Value)> =
        findings.iter().map(|it| (&it["code"], &it["line"], &it["column"])).collect();
    assert_eq!(
        said,
        [
            (&json!("own.not-yes-no"), &json!(2), &json!(8)),
            (&json!("own.left-out"), &json!(2), &Value::Null),
        ]
    );
    assert_eq!(findings[1]["args"], json!({"name": "合规红旗"}));
    assert_eq!(result["rows"], 2);
    assert_eq!(result["ranked"].as_array().unwrap().len(), 1, "nothing there is no");
    assert_eq!(result["ranked"][0]["id"], "丙");
    assert_eq!(result["knocked_out"][0]["id"], "乙");

    // A set that names what there is not would be short of it, or empty.
    let face = exercise("stages").face(None, None).unwrap();
    let line = |key: &str, replace: &str| {
        let cells = face["own"][key].as_array().unwrap().iter().enumerate();
        let header = &face["own"]["header"];
        let cells = cells.map(|(at, cell)| match cell.as_str().unwrap() {
            _ if key == "example" && header[at] == "壁垒" => replace.to_owned(),
            cell => cell.to_owned(),
        });
        cells.collect::<Vec<_>>().join(",")
    };
    let result = own("stages", &[line("header", ""), line("example", "护城河")].join("\n"));
    let codes: Vec<&Value> =
        result["findings"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert_eq!(codes, ["own.not-in-table", "own.left-out"]);
    assert_eq!(result["rows"], 0);
}

#[test]
fn the_table_to_begin_with_can_be_read_back() {
    for name in ["screening", "heat", "stages", "fence", "visits", "segments"] {
        let face = exercise(name).face(None, None).unwrap();
        let line = |key: &str| {
            let cells = face["own"][key].as_array().unwrap().iter();
            cells
                .map(|cell| format!("\"{}\"", cell.as_str().unwrap()))
                .collect::<Vec<_>>()
                .join(",")
        };
        let result = own(name, &[line("header"), line("example")].join("\n"));
        assert_eq!(result["findings"], json!([]), "{name}");
        assert_eq!(result["rows"], 1, "{name}");
    }
}

#[test]
fn an_audit_brings_one_column_per_item() {
    let items: Vec<String> = (1..=10).map(|at| format!("i{at}")).collect();
    let header = |field: &str| {
        items.iter().map(|item| format!("{field}.{item}")).collect::<Vec<_>>().join(",")
    };
    let numbers = |low: &str| format!("{low},{}", ["2"; 9].join(","));
    let csv =
        format!("id,{},{}\nA,{},{}\n", header("last"), header("本季"), numbers("3"), numbers("1"));
    let result = own("fence", &csv);
    assert_eq!(result["findings"], json!([]));
    let cells = &row(&result, 0, "A")["cells"];
    assert_eq!(cells["now"]["value"], 19);
    assert_eq!(cells["change"]["value"], -2);
    assert_eq!(cells["fired"]["value"], json!(["RB2", "RC"]));
}

#[test]
fn visits_that_cannot_be_divided_are_refused() {
    let rows: Vec<String> = (0..40).map(|at| format!("V{at},A,红,{at}")).collect();
    let csv = ["id,类别,状态,潜力", &rows.join("\n")].join("\n");
    let result = own("visits", &csv);
    let findings = result["findings"].as_array().unwrap();
    let refused = findings.iter().find(|it| it["code"] == "share.refused").unwrap();
    assert_eq!(refused["args"], json!({"least": "160", "total": "60"}));
}
