//! D03: a title that names a topic and says nothing about it. Assertion titles are understood and
//! remembered better (Garner & Alley 2013).

use super::{Check, Deck, Level, Report, Rule, prose, prose::Amount};

pub(in super::super) const RULE: Rule = Rule { id: "D03", check: Check::Deck(check) };

/// Longer titles say something.
const HAN: usize = 8;
const WORDS: usize = 4;

/// What a Chinese sentence has and a topic lacks: a verb, a comparison, a question.
const HAN_VERBS: [&str; 40] = [
    "是", "会", "要", "能", "先", "才", "就", "不", "让", "用", "把", "被", "有", "从", "给", "算",
    "谁", "什么", "怎", "哪", "吗", "应", "须", "必", "得", "在", "比", "到", "只", "都", "看",
    "说", "做", "走", "选", "问", "填", "练", "写", "定",
];
const VERBS: [&str; 24] = [
    "is", "are", "was", "were", "be", "has", "have", "can", "will", "must", "should", "do", "does",
    "get", "gets", "make", "makes", "need", "needs", "go", "goes", "let", "what", "how",
];

fn check(deck: &Deck<'_>, report: &mut Report<'_>) {
    for sheet in deck.sheets.iter().filter(|sheet| is_topic(sheet.title(), sheet.texts[0].amount)) {
        report.slide(sheet, "title", Level::Info, &[]);
    }
}

/// Whether a title of so many characters and words names a topic.
fn is_topic(title: &str, amount: Amount) -> bool {
    if amount.han >= HAN || title.contains(['，', '：', '？', '?', ',', '—', '!', '！']) {
        return false;
    }
    if amount.han > 0 {
        return !HAN_VERBS.iter().any(|verb| title.contains(verb));
    }
    prose::words(title).len() < WORDS && prose::says(title, &VERBS).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_topic(title: &str) -> bool {
        super::is_topic(title, Amount::of(title))
    }

    #[test]
    fn topics_and_assertions() {
        for topic in ["四大特点", "公司简介", "Key accounts", "Agenda"] {
            assert!(is_topic(topic), "{topic}");
        }
        for said in [
            "锚点写死，换个人打分也差不多",
            "谁在决定？",
            "Small shares go first when suppliers are cut",
            "Time is money",
        ] {
            assert!(!is_topic(said), "{said}");
        }
    }
}
