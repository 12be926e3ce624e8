//! Exercises: the expert's answers for full marks, one slip that costs once, taps and keys.

use crate::{Outcome, Studio, assert_sound};
use kejian::chromium::{Error, Page, Screen};
use serde_json::{Map, Value, json};

/// What the expert would enter, by stage and cell; cells without a value are left out.
const EXPERT: &str = "(async () => {
    const call = await kejian.engine;
    const exercise = kejian.data.exercise;
    const face = call({ op: 'practice.face', exercise }).ok;
    const solved = call({ op: 'practice.worked', exercise, id: kejian.data.id }).ok;
    const round = (value) => Math.round(value * 1e6) / 1e6;
    const answers = {};
    for (const stage of face.stages) {
        const worked = solved.stages.find((it) => it.id === stage.id);
        const mine = (answers[stage.id] = {});
        const columns = [...(stage.columns || []), ...(stage.results || [])];
        for (const cell of stage.open) {
            const at = cell.indexOf('.');
            const row = at < 0 ? worked.results : worked.rows.find((it) => it.id === cell.slice(0, at)) || {};
            const key = at < 0 ? cell : cell.slice(at + 1);
            const column = columns.find((it) => it.id === key);
            let value = row[key];
            if (value === undefined) continue;
            if (typeof value === 'number') value = round(column && column.percent ? value * 100 : value);
            mine[cell] = value;
        }
    }
    return answers;
})()";

fn opened(studio: &Studio, screen: Screen, address: &str) -> Result<Page, Error> {
    let page = studio.page_on(screen, address)?;
    page.wait("document.querySelector('.stage[data-stage]')")?;
    Ok(page)
}

fn expert(page: &Page) -> Result<Map<String, Value>, Error> {
    let answers = page.evaluate(EXPERT)?;
    Ok(answers.as_object().cloned().unwrap_or_default())
}

/// Goes to a stage by its step.
fn go(page: &Page, stage: &str) -> Outcome {
    page.click(&format!(".stepper a[href=\"#{stage}\"]"))?;
    page.wait(&format!("document.querySelector('.stage').dataset.stage === '{stage}'"))
}

fn typed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Fills one cell of a table with mouse and keyboard.
fn fill(page: &Page, cell: &str, value: &Value) -> Outcome {
    let place = format!("[data-cell=\"{cell}\"]");
    let kind = page.text(&format!(
        "(() => {{ const it = document.querySelector('{place}');
        return ['.set-button', '.checks', '.pills', 'select', 'input, textarea'].find((kind) => it.querySelector(kind)) || ''; }})()"
    ))?;
    match kind.as_str() {
        ".set-button" => {
            page.click(&format!("{place} .set-button"))?;
            page.wait("document.querySelector('dialog[open]')")?;
            if value.as_array().is_some_and(Vec::is_empty) {
                page.click("dialog[open] .none")?;
            }
            for id in value.as_array().into_iter().flatten() {
                page.click(&format!("dialog[open] input[value=\"{}\"]", typed(id)))?;
            }
            page.click("dialog[open] .primary")?;
            page.wait("!document.querySelector('.set-dialog')")
        }
        ".checks" => value.as_array().into_iter().flatten().try_for_each(|id| {
            page.click(&format!("{place} input[value=\"{}\"]", typed(id)))
        }),
        ".pills" => page.click(&format!("{place} input[value=\"{}\"]", typed(value))),
        "select" => page
            .evaluate(&format!(
                "(() => {{ const it = document.querySelector('{place} select'); it.value = {}; it.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()",
                json!(typed(value))
            ))
            .map(|_| ()),
        _ => {
            page.evaluate(&format!("(() => {{ const it = document.querySelector('{place} input, {place} textarea'); it.focus(); it.select(); }})()"))?;
            page.type_text(&typed(value))
        }
    }
}

/// Fills a whole stage, whatever its kind.
fn solve(page: &Page, answers: &Value) -> Outcome {
    let kind = page.text("document.querySelector('.stage').classList[1]")?;
    for (cell, value) in answers.as_object().into_iter().flatten() {
        if kind == "bins" {
            let card = cell.trim_end_matches(".answer");
            let (card, bin) = (format!("[data-item=\"{card}\"]"), typed(value));
            page.click(&format!("{card} .card"))?;
            page.wait(&format!("document.querySelector('{card} .card[aria-pressed=true]')"))?;
            page.click(&format!("[data-bin=\"{bin}\"]"))?;
            page.wait(&format!("document.querySelector('[data-box=\"{bin}\"] {card}')"))?;
        } else {
            fill(page, cell, value)?;
        }
    }
    Ok(())
}

/// Checks the stage and gives its marks: `[won, to be had]`.
fn check(page: &Page) -> Result<(f64, f64), Error> {
    page.click("[data-check]")?;
    page.wait("document.querySelector('.verdict')")?;
    assert_eq!(
        page.evaluate("document.activeElement.classList.contains('verdict')")?,
        true,
        "focus is led to the verdict"
    );
    let marks = page.evaluate("(() => { const it = kejian.storage.get(`practice/${kejian.data.id}`); const work = Object.values(it.works)[0]; const done = work.checked[it.stage]; return [done.marks, done.max]; })()")?;
    Ok((marks[0].as_f64().unwrap_or(-1.0), marks[1].as_f64().unwrap_or(-1.0)))
}

/// Every stage with the expert's answers but for `slips`; the marks lost.
fn lost(page: &Page, slips: &[(&str, &str, Value)]) -> Result<f64, Error> {
    let mut lost = 0.0;
    for (stage, answers) in &expert(page)? {
        let mut answers = answers.clone();
        for (_, cell, value) in slips.iter().filter(|(of, ..)| of == stage) {
            answers[*cell] = value.clone();
        }
        go(page, stage)?;
        solve(page, &answers)?;
        let (marks, max) = check(page)?;
        assert!(max > 0.0, "{stage} has marks to be had");
        lost += max - marks;
    }
    Ok(lost)
}

#[test]
fn the_experts_answers_get_full_marks() -> Outcome {
    let studio = Studio::open();
    for exercise in ["swot", "screening"] {
        let page = opened(&studio, Screen::LAPTOP, &format!("practice/{exercise}.html"))?;
        let lost = lost(&page, &[])?;
        assert!(lost.abs() < 1e-9, "{exercise}: {lost} marks lost");
        assert_eq!(
            page.evaluate("document.querySelectorAll('.stepper .passed').length > 1")?,
            true
        );
        assert_sound(&page)?;
    }
    Ok(())
}

#[test]
fn an_early_slip_costs_once() -> Outcome {
    let studio = Studio::open();
    // One band read wrong; the sum and the score follow from it.
    let page = opened(&studio, Screen::LAPTOP, "practice/screening.html")?;
    let slips = [
        ("score", "T01.C1", json!(4)),
        ("score", "T01.sum", json!(385)),
        ("score", "T01.total", json!(77)),
    ];
    let cost = lost(&page, &slips)?;
    assert!((cost - 1.0).abs() < 1e-9, "screening: {cost} marks lost");
    go(&page, "score")?;
    let states = page.evaluate("['C1', 'sum', 'total'].map((it) => document.querySelector(`[data-cell=\"T01.${it}\"]`).className.split(' ').pop())")?;
    assert_eq!(states, json!(["wrong", "carried", "carried"]));
    // One judgement two points off; the product follows from it.
    let page = opened(&studio, Screen::LAPTOP, "practice/swot.html")?;
    let cost = lost(&page, &[("score", "K5.I", json!(2)), ("score", "K5.P", json!(7))])?;
    assert!((cost - 1.0).abs() < 1e-9, "swot: {cost} marks lost");
    assert_sound(&page)
}

#[test]
fn cards_are_placed_by_tap_then_tap_on_a_phone() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::PHONE, "practice/key-or-not.html")?;
    for (cell, bin) in expert(&page)?["sort"].as_object().into_iter().flatten() {
        page.tap(&format!("[data-item=\"{}\"] .card", cell.trim_end_matches(".answer")))?;
        let at = page.evaluate(&format!(
            "kejian.data.exercise.data.boxes.rows.findIndex((it) => it.id === {bin})"
        ))?;
        page.tap(&format!(".box-bar > :nth-child({})", at.as_u64().unwrap_or(0) + 1))?;
    }
    let (marks, max) = check(&page)?;
    assert!((marks - max).abs() < 1e-9, "{marks} of {max}");
    assert_sound(&page)
}

#[test]
fn cards_are_placed_with_the_keyboard_alone() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::LAPTOP, "practice/key-or-not.html")?;
    for _ in 0..60 {
        if page.evaluate("document.activeElement.classList.contains('card')")? == true {
            break;
        }
        page.press("Tab")?;
    }
    // Focus goes on to the next card by itself; the number of the box is enough.
    while page.evaluate("document.querySelectorAll('.pool .card').length > 0")? == true {
        let key = page.text("(() => { const id = document.activeElement.parentElement.dataset.item; const { cards, boxes } = kejian.data.exercise.data; return String(boxes.rows.findIndex((it) => it.id === cards.rows.find((card) => card.id === id).key) + 1); })()")?;
        page.press(&key)?;
    }
    for _ in 0..60 {
        if page.evaluate("document.activeElement.matches('[data-check]')")? == true {
            break;
        }
        page.press("Tab")?;
    }
    page.press("Enter")?;
    page.wait("document.querySelector('.verdict.passed')")?;
    assert_sound(&page)
}

#[test]
fn a_table_becomes_one_record_at_a_time_and_keeps_what_was_entered() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::PHONE, "practice/screening.html#score")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.work-table').length")?, 0);
    fill(&page, "T01.C1", &json!(5))?;
    page.tap(".next-record")?;
    page.wait("document.querySelector('.records h3').textContent.startsWith('T02')")?;
    fill(&page, "T02.C1", &json!(4))?;
    page.reload()?;
    page.wait("document.querySelector('.records')")?;
    assert_eq!(page.text("document.querySelector('[data-cell=\"T01.C1\"] input').value")?, "5");
    // The same answers stand in the table of a wide screen.
    page.screen(Screen::LAPTOP)?;
    page.wait("document.querySelector('.work-table')")?;
    assert_eq!(page.text("document.querySelector('[data-cell=\"T02.C1\"] input').value")?, "4");
    // Down the column with the keyboard.
    page.evaluate("document.querySelector('[data-cell=\"T02.C1\"] input').focus()")?;
    page.press("ArrowDown")?;
    page.type_text("5")?;
    assert_eq!(page.text("document.querySelector('[data-cell=\"T03.C1\"] input').value")?, "5");
    // Another variant has its own sheet; coming back, the first is as it was.
    page.evaluate("(() => { const it = document.querySelector('#variant'); it.value = 'four-slots'; it.dispatchEvent(new Event('change')); })()")?;
    page.wait("document.querySelector('[data-cell=\"T02.C1\"] input').value === ''")?;
    page.evaluate("(() => { const it = document.querySelector('#variant'); it.value = ''; it.dispatchEvent(new Event('change')); })()")?;
    page.wait("document.querySelector('[data-cell=\"T02.C1\"] input').value === '4'")?;
    assert_sound(&page)
}

#[test]
fn the_address_names_a_stage_and_figures_follow_the_answers() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::LAPTOP, "practice/swot.html#score")?;
    assert_eq!(page.text("document.querySelector('.stage').dataset.stage")?, "score");
    fill(&page, "K3.P", &json!("22.5"))?;
    fill(&page, "K1.P", &json!(20))?;
    page.wait("document.querySelectorAll('.figure.bars rect').length === 2")?;
    let said = page.text("document.querySelector('.figure svg').getAttribute('aria-label')")?;
    assert!(said.contains("K3 22.5") && said.find("K3") < said.find("K1"), "ranked: {said}");
    page.evaluate("location.hash = '#sort'")?;
    page.wait("document.querySelector('.stage').dataset.stage === 'sort'")?;
    page.click("[data-item=\"F01\"] .card")?;
    page.click("[data-bin=\"S\"]")?;
    page.wait("document.querySelector('.figure.quadrants .chip-text')?.textContent === 'F01'")?;
    assert_sound(&page)
}

#[test]
fn without_storage_the_address_carries_the_work() -> Outcome {
    let studio = Studio::open();
    let page = studio.blank()?;
    page.before_scripts("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });")?;
    page.goto_file(&studio.file("practice/key-or-not.html"), "")?;
    page.wait("document.querySelector('.stage[data-stage]')")?;
    page.click("[data-item=\"D1\"] .card")?;
    page.click("[data-bin=\"key\"]")?;
    page.wait("location.hash.includes('~')")?;
    page.reload()?;
    page.wait("document.querySelector('[data-box=\"key\"] [data-item=\"D1\"]')")?;
    assert_sound(&page)
}

#[test]
fn a_learners_own_table_is_worked_out_on_the_device() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::LAPTOP, "practice/screening.html")?;
    page.click(".own-data > summary")?;
    page.click("#own-csv")?;
    page.type_text(
        "客户名称,年采购额,增长率,匹配度,已见角色,合同余月,逾期天,红旗\n甲公司,420,12,78,3,4,8,否\n乙公司,多,9,92,2,10,0,否\n丙公司,900,4,15,0,30,12,否\n",
    )?;
    page.click(".own-run")?;
    page.wait("document.activeElement.classList.contains('own-count')")?;
    let said = page.text("document.querySelector('.own-results').textContent")?;
    assert!(said.contains("82") && said.contains("产品不匹配"), "score and reason: {said}");
    let found = page.text("document.querySelector('.own-findings').textContent")?;
    assert!(
        found.contains("第 3 行，“年采购额”列") && found.contains('多'),
        "the bad cell: {found}"
    );
    // Its row stays: what can be read of it counts, and it is marked.
    assert!(said.contains("乙公司 ⚠") && said.contains("54–79"), "a range for it: {said}");
    assert!(said.contains("条会变") && said.contains("→"), "sensitivity in words: {said}");
    // A reload brings it back; nothing of it is in the progress that is carried away.
    page.reload()?;
    page.wait("document.querySelector('.own-count')")?;
    page.goto_file(&studio.file("index.html"), "")?;
    page.wait("document.querySelector('.progress-box .download')")?;
    let kept = page.evaluate("kejian.parts.progress.collect()")?;
    assert!(!kept.to_string().contains("甲公司"), "{kept}");
    assert_sound(&page)
}

/// Evidence of a learner's own customers: the table brings some of it, the rest is judged in the
/// page.
fn judge_own(studio: &Studio, screen: Screen) -> Outcome {
    let page = opened(studio, screen, "practice/heat.html")?;
    let press = |what: &str| if screen.phone { page.tap(what) } else { page.click(what) };
    press(".own-data > summary")?;
    press("#own-csv")?;
    page.type_text("客户,可得潜力,证据\n甲,100,e1+e2+e3\n乙,200,\n")?;
    press(".own-run")?;
    page.wait("document.querySelector('.own-fill [data-cell]')")?;
    assert_eq!(
        page.evaluate("document.querySelectorAll('.own-count').length")?,
        0,
        "not scored yet"
    );
    if screen.phone {
        press(".own-fill .next-record")?;
    }
    fill(&page, "乙.ev", &json!(["e1", "e2"]))?;
    press(".own-score")?;
    page.wait("document.querySelector('.own-count')")?;
    let level = |row: usize| {
        page.text(&format!(
            "(() => {{ const rows = [...document.querySelectorAll('.own-results table')].find((it) => it.closest('section').querySelector('h4').textContent.includes('判热度')).querySelectorAll('tbody tr'); return rows[{row}].textContent; }})()"
        ))
    };
    assert!(level(0)?.contains("H3") || level(0)?.contains('温'), "{}", level(0)?);
    assert!(level(1)?.contains("H2") || level(1)?.contains('凉'), "{}", level(1)?);
    page.reload()?;
    page.wait("document.querySelector('.own-count')")?;
    assert!(level(1)?.contains("H2") || level(1)?.contains('凉'), "kept: {}", level(1)?);
    assert_sound(&page)
}

#[test]
fn judged_columns_of_ones_own_table_are_filled_in_the_page() -> Outcome {
    let studio = Studio::open();
    judge_own(&studio, Screen::LAPTOP)?;
    judge_own(&studio, Screen::PHONE)
}

#[test]
fn mixed_work_asks_first_which_tool_each_case_needs() -> Outcome {
    let studio = Studio::open();
    let page = opened(&studio, Screen::PHONE, "practice/segments.html")?;
    page.tap(".levels label:has([value=mix])")?;
    page.wait("document.querySelector('.stage.tool')")?;
    assert_eq!(page.evaluate("document.querySelectorAll('.stage').length")?, 1, "no work before");
    assert_eq!(page.evaluate("document.querySelectorAll('.tool-others a').length")?, 1);
    let right = page.evaluate("(async () => { const call = await kejian.engine; return call({ op: 'explain', question: kejian.data.exercise.levels.mix.tool }).ok.solution; })()")?;
    let pairs: Vec<(&String, &Value)> = right.as_object().into_iter().flatten().collect();
    assert_eq!(pairs.len(), 4);
    // The last one wrong: it is said why, and the work begins all the same.
    for (at, (left, target)) in pairs.iter().enumerate() {
        let target = if at == 3 { pairs[0].1 } else { target };
        page.tap(&format!(".pool [data-item=\"{left}\"] .card"))?;
        let bin = page.evaluate(&format!(
            "[...document.querySelectorAll('.box')].findIndex((it) => it.dataset.box === {target})"
        ))?;
        page.tap(&format!(".box-bar > :nth-child({})", bin.as_u64().unwrap_or(0) + 1))?;
    }
    page.tap("[data-check]")?;
    page.wait("document.querySelector('.feedback.partly')")?;
    assert_eq!(page.evaluate("document.activeElement.classList.contains('feedback')")?, true);
    assert_eq!(page.evaluate("document.querySelectorAll('.placed.wrong .why').length")?, 1);
    page.reload()?;
    page.wait("document.querySelector('.feedback.partly')")?;
    page.tap("[data-go-on]")?;
    page.wait("document.querySelector('.stage:not(.tool)[data-stage]')")?;
    assert_eq!(page.evaluate("document.activeElement.id")?, json!("stage-title"));
    page.reload()?;
    page.wait("document.querySelector('.stage:not(.tool)[data-stage]')")?;
    assert_sound(&page)
}

#[test]
fn formulas_are_said_in_words() -> Outcome {
    let cases = include_str!("../formulas.yaml");
    let cases: Vec<Map<String, Value>> = serde_yaml::from_str(cases).unwrap();
    let studio = Studio::open();
    for (language, address, step) in [
        ("zh-Hans", "practice/heat.html", "评估——交出了工况数据"),
        ("en", "en/practice/heat.html", "Evaluation: handed over operating data"),
    ] {
        let page = opened(&studio, Screen::LAPTOP, address)?;
        for case in &cases {
            let said =
                page.evaluate(&format!("kejian.parts.formula.inWords({})", case["signs"]))?;
            assert_eq!(said, case[language], "{}", case["signs"]);
        }
        // A climb that two columns share is said at the first, each step once.
        let card = page.text("document.querySelector('.formula-card').textContent")?;
        assert_eq!(card.matches(step).count(), 1, "{card}");
        let order = page.text("kejian.parts.formula.order('a ↓ → id')")?;
        assert!(!order.ends_with("id"), "{order}");
        assert_sound(&page)?;
    }
    Ok(())
}

/// Beside a long text a short one once had as much room as its longest word.
#[test]
fn names_of_levels_stay_on_their_line_in_rules_on_a_phone() -> Outcome {
    const BROKEN: &str = "(() => {
        const card = document.querySelector('.formula-card');
        card.open = true;
        document.querySelectorAll('.rule-fold').forEach((fold) => (fold.open = true));
        const names = [...document.querySelectorAll('.anchors :is(dt, dd)')]
            .filter((it) => it.offsetParent && /^H[0-5] /.test(it.textContent));
        const range = document.createRange();
        const lines = (it) => {
            range.selectNodeContents(it);
            return new Set([...range.getClientRects()].map((line) => line.top)).size;
        };
        const broken = names.filter((it) => lines(it) > 1).map((it) => it.textContent);
        const page = document.documentElement;
        const over = [page, card, ...document.querySelectorAll('.anchors')]
            .filter((it) => it.scrollWidth > it.clientWidth).length;
        return { names: names.length, broken, over };
    })()";
    let studio = Studio::open();
    for address in ["practice/heat.html", "en/practice/heat.html"] {
        for screen in [Screen::PHONE, Screen::LAPTOP] {
            let page = opened(&studio, screen, address)?;
            page.wait("document.querySelector('.formula-card')")?;
            let seen = page.evaluate(BROKEN)?;
            assert!(seen["names"].as_u64() >= Some(12), "{address}: {seen}");
            assert_eq!((&seen["broken"], &seen["over"]), (&json!([]), &json!(0)), "{address}");
        }
    }
    Ok(())
}

/// “请选择…” once stood on two lines in every cell, which made every row taller.
#[test]
fn buttons_that_ask_for_a_choice_have_one_line() -> Outcome {
    const LINES: &str = "[...document.querySelectorAll('.set-button.empty')].map((button) => {
        const range = document.createRange();
        range.selectNodeContents(button);
        return new Set([...range.getClientRects()].map((line) => line.top)).size;
    })";
    let studio = Studio::open();
    for address in ["practice/heat.html", "en/practice/heat.html"] {
        let page = opened(&studio, Screen::LAPTOP, address)?;
        page.wait("document.querySelector('.set-button.empty')")?;
        let lines = page.evaluate(LINES)?;
        let lines = lines.as_array().unwrap();
        assert!(lines.len() >= 20 && lines.iter().all(|count| *count == 1), "{address}: {lines:?}");
    }
    Ok(())
}
