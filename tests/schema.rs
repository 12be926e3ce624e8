//! The course in `content/` against the JSON Schema that authors get, and against kejian itself.

use kejian::course::{self, FileKind};
use kejian::diag;
use kejian::theme::Theme;

#[test]
fn the_course_follows_its_schema() {
    let (themes, world) = (kejian::embedded::themes(), kejian::embedded::course());
    let theme = Theme::load(&themes, "base").expect("the base theme");
    let mut count = 0;
    for (folder, kind) in [
        ("course.yaml", FileKind::Course),
        ("chapters/", FileKind::Chapter),
        ("practice/", FileKind::Exercise),
        ("inventory.yaml", FileKind::Inventory),
        ("glossary.yaml", FileKind::Glossary),
        ("sources.yaml", FileKind::Sources),
    ] {
        let schema = course::schema(kind, &theme.layouts);
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for path in kejian::source::World::files(&world).expect("files") {
            if path.as_str().starts_with(folder) && path.extension() == "yaml" {
                let bytes = kejian::source::World::read(&world, &path).expect("a file");
                let value = serde_yaml::from_slice(&bytes).expect("YAML");
                let faults: Vec<String> = validator
                    .iter_errors(&value)
                    .map(|error| format!("{path} {}: {error}", error.instance_path()))
                    .collect();
                assert!(faults.is_empty(), "{faults:#?}");
                count += 1;
            }
        }
    }
    assert!(count >= 25, "only {count} files were looked at");
}

#[test]
fn nothing_is_found_in_the_course() {
    let (themes, world) = (kejian::embedded::themes(), kejian::embedded::course());
    let theme = Theme::load(&themes, "base").expect("the base theme");
    let words = theme.words("zh-Hans").expect("words");
    let (course, mut found) = course::load(&world, &theme.layouts);
    found.retain(|found| found.severity != diag::Severity::Info);
    let shown = diag::text(&found, &world, &|key, args| words.say(key, args), false);
    assert!(found.is_empty(), "{shown}");
    assert!(course.is_some_and(|course| course.chapters.len() >= 3));
}

#[test]
fn the_schema_refuses_what_kejian_refuses() {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, "base").expect("the base theme");
    let schema = course::schema(FileKind::Chapter, &theme.layouts);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let fits = |text: &str| validator.is_valid(&serde_yaml::from_str(text).expect("YAML"));
    assert!(fits("title: 甲\nslides: [{title: 一, body: 文}]\n"));
    assert!(!fits("title: 甲\nslides: [{title: 一}]\n"));
    assert!(!fits("title: 甲\nslides: [{layout: crads, title: 一}]\n"));
    assert!(!fits("title: 甲\nslides: [{title: 一, body: 文, bdoy: 文}]\n"));
    assert!(!fits("titel: 甲\n"));
}

#[test]
fn the_example_of_every_layout_is_a_good_slide() {
    let themes = kejian::embedded::themes();
    let theme = Theme::load(&themes, "base").expect("the base theme");
    let schema = course::schema(FileKind::Chapter, &theme.layouts);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(theme.layouts.names().count() >= 15);
    for (name, layout) in theme.layouts.iter() {
        let slide: serde_json::Value = serde_yaml::from_str(&layout.example).expect("YAML");
        let chapter = serde_json::json!({ "title": "x", "slides": [slide] });
        let faults: Vec<String> = validator.iter_errors(&chapter).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}
