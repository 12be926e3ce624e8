//! Q14: a gap at the very start of a stem; a stem that neither asks nor leaves a gap.

use super::{Bank, Check, Level, Report, Rule, prose};
use kejian_engine::question::Body;

pub(in super::super) const RULE: Rule = Rule { id: "Q14", check: Check::Quiz(check) };

const ASKING: [&str; 27] = [
    "哪",
    "什么",
    "多少",
    "几",
    "谁",
    "怎样",
    "怎么",
    "如何",
    "是否",
    "为什么",
    "选出",
    "请选",
    "指出",
    "的是",
    "which",
    "what",
    "how",
    "who",
    "why",
    "when",
    "where",
    "choose",
    "select",
    "pick",
    "name",
    "identify",
    "is it",
];

fn check(bank: &Bank<'_>, report: &mut Report<'_>) {
    for item in bank.items() {
        let prompt = item.question.prompt.trim_start();
        if prompt.starts_with("___") {
            report.item(item, "prompt", Level::Info, &[("what", "@rule.gap-first".to_owned())]);
        }
        let chooses = matches!(item.question.body, Body::Single(_) | Body::Multiple(_));
        let open_end = item.stem.trim_end().ends_with([':', '：', '…', '—']);
        let asks = item.stem.contains(['?', '？']) || prompt.contains("___") || open_end;
        if chooses && !asks && prose::says(&item.stem, &ASKING).is_none() {
            report.item(item, "prompt", Level::Info, &[("what", "@rule.no-question".to_owned())]);
        }
    }
}
