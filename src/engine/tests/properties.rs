//! What must hold whatever the parameters: shares, ranks, picks, ladders, alerts, pipelines,
//! orders.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use kejian_engine::practice::Exercise;
use proptest::prelude::*;
use serde_json::{Value, json};

fn config() -> ProptestConfig {
    // A fixed seed: the same cases on every machine.
    ProptestConfig {
        cases: 96,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    }
}

fn worked(tree: Value) -> Value {
    Exercise::read(tree).worked("x", None, None).unwrap()
}

/// Column `name` of the first stage, by row.
fn column(worked: &Value, name: &str) -> Vec<(String, Value)> {
    let rows = worked["stages"][0]["rows"].as_array().unwrap().iter();
    rows.map(|row| (row["id"].as_str().unwrap().to_owned(), row[name].clone())).collect()
}

fn sorted<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list
}

/// A share of `total` among rows of (need, least), or (weight, least) if `by`.
fn share(total: u32, rows: &[(u32, u32)], by: bool, step: u32) -> Value {
    let row = |(at, (want, least)): (usize, &(u32, u32))| json!({"id": format!("r{at}"), "want": want, "least": least});
    let rows: Vec<Value> = rows.iter().enumerate().map(row).collect();
    let key = if by { "by" } else { "need" };
    json!({
        "title": "t",
        "values": {"total": total},
        "data": {"table": {"fields": [{"id": "want"}, {"id": "least"}], "rows": rows}},
        "stages": [{"kind": "table", "id": "s", "rows": "table", "columns": [
            {"kind": "share", "id": "plan", "total": "total", key: "want", "least": "least",
             "step": step, "parts": ["quota"]}
        ]}]
    })
}

/// A list in another order: those numbers, sorted, say which.
fn shuffled(list: &[Value], by: &[u32]) -> Vec<Value> {
    let mut order: Vec<usize> = (0..list.len()).rev().collect();
    order.sort_by_key(|at| by[at % by.len()]);
    order.iter().map(|at| list[*at].clone()).collect()
}

/// The same with its rows in another order.
fn mixed(mut tree: Value, by: &[u32]) -> Value {
    let rows = tree["data"]["table"]["rows"].as_array_mut().unwrap();
    *rows = shuffled(rows, by);
    tree
}

/// Numbers that mix rows.
fn mixing() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 9)
}

fn amounts(worked: &Value) -> Vec<(String, f64)> {
    column(worked, "plan").into_iter().map(|(id, it)| (id, it.as_f64().unwrap())).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn shares_of_needs_keep_to_total_least_and_need(
        total in 0_u32..80,
        rows in prop::collection::vec((0_u32..20, 0_u32..20), 1..8),
        mixing in mixing(),
    ) {
        let rows: Vec<(u32, u32)> = rows.iter().map(|(a, b)| (*a.max(b), *a.min(b))).collect();
        let tree = share(total, &rows, false, 1);
        let result = worked(tree.clone());
        let (need, least) = rows.iter().fold((0, 0), |(a, b), row| (a + row.0, b + row.1));
        if least > total {
            prop_assert_eq!(&result["stages"][0]["refused"][0]["message"]["code"], "share.refused");
            return Ok(());
        }
        let amounts = amounts(&result);
        let sum: f64 = amounts.iter().map(|(_, amount)| amount).sum();
        prop_assert!((sum - f64::from(total.min(need))).abs() < 1e-9);
        for ((_, amount), (need, least)) in amounts.iter().zip(&rows) {
            prop_assert!(*amount >= f64::from(*least) && *amount <= f64::from(*need));
        }
        let key = |list: Vec<(String, f64)>| {
            sorted(list.into_iter().map(|(id, amount)| (id, amount.to_string())).collect())
        };
        prop_assert_eq!(key(amounts), key(self::amounts(&worked(mixed(tree, &mixing)))));
    }

    #[test]
    fn shares_by_weight_keep_to_total_and_least(
        total in 1_u32..400,
        step in 1_u32..6,
        rows in prop::collection::vec((1_u32..20, 0_u32..30), 1..7),
        mixing in mixing(),
    ) {
        let tree = share(total, &rows, true, step);
        let result = worked(tree.clone());
        let least: u32 = rows.iter().map(|row| row.1).sum();
        if least > total {
            return Ok(());
        }
        let amounts = amounts(&result);
        let sum: f64 = amounts.iter().map(|(_, amount)| amount).sum();
        prop_assert!(sum <= f64::from(total) && sum > f64::from(total) - f64::from(step));
        for ((_, amount), (_, least)) in amounts.iter().zip(&rows) {
            prop_assert!(*amount >= f64::from(*least));
        }
        let quotas: f64 =
            column(&result, "plan.quota").iter().map(|(_, quota)| quota.as_f64().unwrap()).sum();
        prop_assert!((quotas - f64::from(total)).abs() < 1e-6);
        let key = |list: Vec<(String, f64)>| {
            sorted(list.into_iter().map(|(id, amount)| (id, amount.to_string())).collect())
        };
        prop_assert_eq!(key(amounts), key(self::amounts(&worked(mixed(tree, &mixing)))));
    }

    #[test]
    fn equal_remainders_go_by_tie_then_by_id(
        ties in prop::collection::vec(0_u32..3, 2..9),
        extra in 1_usize..8,
        high: bool,
        mixing in mixing(),
    ) {
        let n = ties.len();
        let extra = extra % n;
        let mut tree = share(u32::try_from(n * 3 + extra).unwrap(), &vec![(10, 0); n], false, 1);
        for (at, tie) in ties.iter().enumerate() {
            tree["data"]["table"]["rows"][at]["tie"] = json!(tie);
        }
        tree["data"]["table"]["fields"].as_array_mut().unwrap().push(json!({"id": "tie"}));
        let plan = &mut tree["stages"][0]["columns"][0];
        plan["tie"] = json!([{(if high { "high" } else { "low" }): "tie"}]);
        // All remainders are equal: the first by tie, then by id, get one more.
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|at| (if high { 3 - ties[*at] } else { ties[*at] }, *at));
        for (id, amount) in amounts(&worked(mixed(tree, &mixing))) {
            let more = order[..extra].iter().any(|at| id == format!("r{at}"));
            prop_assert!((amount - if more { 4.0 } else { 3.0 }).abs() < 1e-9, "{} {}", id, amount);
        }
    }

    #[test]
    fn ranks_and_picks_do_not_depend_on_the_order_of_rows(
        points in prop::collection::vec(0_u32..6, 1..9),
        take in 0_usize..5,
        raised in 0_usize..9,
        mixing in mixing(),
    ) {
        let raised = raised % points.len();
        let tree = |points: &[u32]| {
            let row = |(at, points): (usize, &u32)| json!({"id": format!("r{at}"), "points": points});
            let rows: Vec<Value> = points.iter().enumerate().map(row).collect();
            json!({
                "title": "t",
                "data": {"table": {"fields": [{"id": "points"}], "rows": rows}},
                "stages": [{"kind": "table", "id": "s", "rows": "table",
                    "columns": [{"kind": "rank", "id": "place", "by": [{"high": "points"}]}],
                    "results": [{"kind": "pick", "id": "best", "by": [{"low": "place"}], "take": take}]}]
            })
        };
        let result = worked(tree(&points));
        let places = sorted(column(&result, "place").into_iter().map(|(id, it)| (id, it.as_u64())).collect());
        let other = worked(mixed(tree(&points), &mixing));
        prop_assert_eq!(&places, &sorted(column(&other, "place").into_iter().map(|(id, it)| (id, it.as_u64())).collect()));
        prop_assert_eq!(&result["stages"][0]["results"]["best"], &other["stages"][0]["results"]["best"]);
        prop_assert_eq!(result["stages"][0]["results"]["best"].as_array().unwrap().len(), take.min(points.len()));
        let mut higher = points.clone();
        higher[raised] += 1;
        let after = worked(tree(&higher));
        prop_assert!(column(&after, "place")[raised].1.as_u64() <= column(&result, "place")[raised].1.as_u64());
        let taken = |worked: &Value| {
            worked["stages"][0]["results"]["best"].as_array().unwrap().contains(&json!(format!("r{raised}")))
        };
        prop_assert!(!taken(&result) || taken(&after), "whoever is picked stays so when raised");
    }

    #[test]
    fn a_ladder_is_as_high_as_its_unbroken_run(taken in prop::collection::vec(any::<bool>(), 5), less in 0_usize..4) {
        let steps: Vec<Value> = (1..=5).map(|at| json!({"id": format!("e{at}")})).collect();
        let lapses: Vec<Value> = (0..4).map(|at| json!({"id": format!("n{at}")})).collect();
        let levels: Vec<Value> = (0..=5).map(|at| json!({"id": format!("H{at}")})).collect();
        let ids: Vec<String> =
            taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(at, _)| format!("e{}", at + 1)).collect();
        let lost: Vec<String> = (0..less).map(|at| format!("n{at}")).collect();
        let result = worked(json!({
            "title": "t",
            "data": {
                "steps": {"rows": steps}, "lapses": {"rows": lapses}, "levels": {"rows": levels},
                "table": {"fields": [{"id": "can", "type": "set", "in": "steps"},
                    {"id": "lost", "type": "set", "in": "lapses"}],
                    "rows": [{"id": "r", "can": ids, "lost": lost}]}
            },
            "stages": [{"kind": "table", "id": "s", "rows": "table", "columns": [
                {"kind": "steps", "id": "level", "of": "can", "climb": "steps", "less": "lost", "in": "levels"}]}]
        }));
        let run = taken.iter().take_while(|taken| **taken).count();
        let expected = format!("H{}", run.saturating_sub(less));
        prop_assert_eq!(&column(&result, "level")[0].1, &json!(expected));
    }

    #[test]
    fn the_alert_is_the_highest_fired_rule(
        a in 0_u32..5,
        rules in prop::collection::vec((0_usize..4, 0_u32..5, any::<bool>()), 0..7),
        mixing in mixing(),
    ) {
        let levels = ["green", "yellow", "orange", "red"];
        // A rule fires from a number on, or below it.
        let written: Vec<Value> = rules.iter().enumerate().map(|(at, (level, bound, from))| {
            let test = if *from { json!({"from": bound}) } else { json!({"below": bound}) };
            json!({"id": format!("R{at}"), "level": levels[*level], "when": {"a": test}})
        }).collect();
        let fires = |(_, bound, from): &(usize, u32, bool)| if *from { a >= *bound } else { a < *bound };
        let alert = rules.iter().filter(|rule| fires(rule)).map(|rule| rule.0).max().unwrap_or(0);
        let fired: Vec<String> = rules.iter().enumerate().filter(|(_, rule)| fires(rule))
            .map(|(at, _)| format!("R{at}")).collect();
        let tree = |rules: &[Value]| json!({
            "title": "t",
            "data": {
                "alerts": {"rows": levels.map(|id| json!({"id": id}))},
                "table": {"fields": [{"id": "a"}], "rows": [{"id": "r", "a": a}]}
            },
            "stages": [{"kind": "table", "id": "s", "rows": "table", "columns": [
                {"kind": "flags", "id": "fired", "rules": rules},
                {"kind": "highest", "id": "alert", "of": "fired", "in": "alerts"}]}]
        });
        let result = worked(tree(&written));
        prop_assert_eq!(&column(&result, "fired")[0].1, &json!(fired));
        prop_assert_eq!(&column(&result, "alert")[0].1, &json!(levels[alert]));
        // In whatever order the rules are written.
        let other = worked(tree(&shuffled(&written, &mixing)));
        prop_assert_eq!(&column(&other, "alert")[0].1, &json!(levels[alert]));
    }

    #[test]
    fn everyone_stands_in_one_place_and_slots_hold(
        slots in 0_u32..4,
        wait in 0_u32..3,
        done in prop::collection::vec(prop::collection::vec(any::<bool>(), 5), 4),
        given in prop::collection::vec(prop::option::of(0_usize..2), 20),
    ) {
        let rows: Vec<Value> = (0..5).map(|at| json!({"id": format!("a{at}"), "asked": at})).collect();
        let periods: Vec<String> = (0..4).map(|at| format!("p{at}")).collect();
        let mut events = json!({});
        for (period, all) in periods.iter().zip(&done) {
            for (who, done) in all.iter().enumerate().filter(|(_, done)| **done) {
                events[period][format!("a{who}")] = json!({"done": done});
            }
        }
        let tree = json!({
            "title": "t",
            "values": {"slots": slots},
            "data": {"table": {"fields": [{"id": "asked"}], "rows": rows}},
            "stages": [{"kind": "pipeline", "id": "s", "who": "table", "periods": periods,
                "places": [{"id": "queue"}, {"id": "in", "slots": "slots"}], "start": "queue",
                "facts": [{"id": "done", "type": "yes_no", "lasts": "period"}],
                "moves": [
                    {"id": "leave", "from": "in", "to": "queue", "when": {"done": true}, "wait": wait},
                    {"id": "enter", "from": "queue", "to": "in", "by": [{"low": "asked"}]}],
                "events": events}]
        });
        let exercise = Exercise::read(tree);
        let result = exercise.worked("x", None, None).unwrap();
        for period in &periods {
            let places = column(&result, period);
            prop_assert!(places.iter().all(|(_, place)| place == "queue" || place == "in"));
            let inside = places.iter().filter(|(_, place)| *place == "in").count();
            prop_assert!(inside <= slots as usize);
        }
        // Whatever a learner says, marking gives each cell at most its marks.
        let mut answers = json!({});
        for (at, place) in given.iter().enumerate() {
            if let Some(place) = place {
                answers["s"][format!("p{}.a{}", at / 5, at % 5)] = json!(["queue", "in"][*place]);
            }
        }
        let verdict = exercise.grade(&answers, None, None).unwrap();
        prop_assert_eq!(verdict["stages"][0]["cells"].as_array().unwrap().len(), 20);
        prop_assert!(verdict["score"].as_f64().unwrap() <= 1.0);
    }

    #[test]
    fn scores_of_orders_are_bounded_and_symmetric(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let items: Vec<Value> = (0..6).map(|at| json!({"id": format!("i{at}"), "text": "t"})).collect();
        let tree = json!({"title": "t", "stages": [{"kind": "order", "id": "s", "items": items}]});
        let exercise = Exercise::read(tree);
        let score = |order: &[usize]| {
            let given: Vec<String> = order.iter().map(|at| format!("i{at}")).collect();
            exercise.grade(&json!({"s": {"order": given}}), None, None).unwrap()["score"].as_f64().unwrap()
        };
        let mine = score(&order);
        prop_assert!((0.0..=1.0).contains(&mine));
        let back: Vec<usize> = order.iter().rev().copied().collect();
        prop_assert!((mine + score(&back) - 1.0).abs() < 1e-9);
        let mut inverse = vec![0; 6];
        for (at, place) in order.iter().enumerate() {
            inverse[*place] = at;
        }
        prop_assert!((mine - score(&inverse)).abs() < 1e-9);
    }
}
