//! The engine's own JSON beside `serde_json`'s.

use super::{decimal, parse, value, written};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A value as the engine's own, and back.
fn own(value: &Value) -> value::Value {
    match value {
        Value::Null => value::Value::Null,
        Value::Bool(yes) => (*yes).into(),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(count), _) => count.into(),
            (_, Some(less)) => less.into(),
            _ => number.as_f64().expect("a float").into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::Array(list) => list.iter().map(own).collect(),
        Value::Object(map) => {
            value::Value::Object(map.iter().map(|(key, value)| (key.clone(), own(value))).collect())
        }
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1_000_000_i32..1_000_000, 0..7).prop_map(|(n, p)| json!(f64::from(n) / 10_f64.powi(p))),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".{0,3}", inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(7),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_is_what_serde_json_writes(value in values()) {
        prop_assert_eq!(written(&value), value.to_string());
        prop_assert_eq!(serde_json::to_string(&own(&value)).expect("JSON"), value.to_string());
    }

    #[test]
    fn what_is_read_is_what_serde_json_reads(value in values(), pretty: bool) {
        let text = if pretty { format!("\n{value:#}\t") } else { value.to_string() };
        prop_assert_eq!(parse(text.as_bytes()), Ok(value));
    }

    #[test]
    fn damaged_text_is_refused_where_serde_json_refuses_it(
        value in values(), at: prop::sample::Index, byte in prop::sample::select(b"\"\\{}[]:,0-e.x \x01\xff".to_vec()),
    ) {
        let mut text = value.to_string().into_bytes();
        let at = at.index(text.len());
        text[at] = byte;
        let theirs = serde_json::from_slice::<Value>(&text);
        let ours = parse(&text);
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?}", String::from_utf8_lossy(&text));
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn doubles_are_read_and_written_exactly(bits: u64, cut in 1_usize..18) {
        let value = f64::from_bits(bits & !(1 << 63));
        if value.is_finite() && value > 0.0 {
            let (digits, exponent) = decimal::shortest(value);
            prop_assert_eq!(format!("{digits}e{exponent}").parse::<f64>(), Ok(value));
            let text = format!("{value:.cut$e}");
            let (mantissa, power) = text.split_once('e').expect("an exponent");
            let digits = mantissa.replace('.', "");
            let power = power.parse::<i32>().expect("a power") - i32::try_from(cut).expect("few");
            let read = decimal::read(digits.as_bytes(), power);
            prop_assert_eq!(Ok(read), text.parse::<f64>());
        }
    }

    #[test]
    fn long_decimals_are_read_exactly(digits in "[0-9]{1,900}", exponent in -1200_i32..330) {
        let read = decimal::read(digits.as_bytes(), exponent);
        prop_assert_eq!(Ok(read), format!("{digits}e{exponent}").parse::<f64>());
    }
}

#[test]
fn the_edges_of_doubles_are_exact() {
    let mut edges = vec![f64::MAX, f64::MIN_POSITIVE, 5e-324, 2.225_073_858_507_201e-308];
    for exponent in 0..2046_u64 {
        let power = (exponent << 52).max(1);
        edges.extend([power - 1, power, power + 1].map(f64::from_bits));
    }
    for edge in edges.into_iter().filter(|edge| *edge > 0.0) {
        let text = json!(edge).to_string();
        assert_eq!(written(&json!(edge)), text);
        assert_eq!(parse(text.as_bytes()), Ok(json!(edge)));
    }
    // Halfway between two doubles, and a hair above: the digits decide at their very end.
    let half = format!("1{}", ".00000000000000011102230246251565404236316680908203125");
    for (text, value) in
        [(half.clone(), 1.0), (format!("{half}{}1", "0".repeat(900)), 1.0 + f64::EPSILON)]
    {
        assert_eq!(parse(text.as_bytes()), Ok(json!(value)));
    }
    for text in ["1e309", "-1e400", "1e99999999999", "9".repeat(400).as_str()] {
        assert!(parse(text.as_bytes()).is_err(), "{text}");
    }
    assert_eq!(parse(b"1e-99999999999"), Ok(json!(0.0)));
    assert_eq!(parse(b"-0"), Ok(json!(-0.0)));
}

#[test]
fn faults_have_a_place() {
    for (text, line, column) in [
        ("", 1, 0),
        ("{", 1, 1),
        ("{\n  \"a\": tru,\n}", 2, 11),
        ("[1,\n 2 3]", 2, 4),
        ("[1] x", 1, 5),
        ("\"ab\ncd\"", 1, 4),
        ("\"\\x\"", 1, 3),
    ] {
        let place = parse(text.as_bytes()).expect_err(text);
        assert_eq!((place.line, place.column), (line, column), "{text:?}");
    }
    let deep = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(parse(deep(127).as_bytes()).is_ok());
    assert!(parse(deep(128).as_bytes()).is_err());
}

#[test]
fn characters_come_in_many_spellings() {
    for (text, read) in [
        (r#""\u4e2d\ud83d\ude00\/\b\f""#, "中😀/\u{8}\u{c}"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ud83d\u4e2d""#, "\u{fffd}中"),
        (r#""\ude00x""#, "\u{fffd}x"),
    ] {
        assert_eq!(parse(text.as_bytes()), Ok(json!(read)));
    }
}

#[test]
fn maps_keep_their_order_and_compare_without_it() {
    let mut map = value::Map::new();
    for key in ["b", "a", "c"] {
        map.insert(key.to_owned(), key.into());
    }
    assert_eq!(map.insert("a".to_owned(), 1.into()), Some("a".into()));
    assert_eq!(map.shift_remove("b"), Some("b".into()));
    *map.entry("d".to_owned()).or_insert(value::Value::Null) = true.into();
    map.entry("d".to_owned()).or_insert(value::Value::Null);
    assert_eq!(map.keys().collect::<Vec<_>>(), ["a", "c", "d"]);
    map.retain(|key, _| key != "c");
    let other = value::Map::from_iter([("d".to_owned(), true.into()), ("a".to_owned(), 1.into())]);
    assert_eq!(map, other);
    assert_ne!(map, value::Map::new());
}
