//! `pipeline`: the learner says where everyone stands after each period (practice format §6).

use super::{Faulty, Work};
use crate::Message;
use crate::json::{Map, Value};
use crate::practice::arithmetic::{self, Scope};
use crate::practice::check::Check;
use crate::practice::column::{Column, SortKey};
use crate::practice::condition::Condition;
use crate::practice::eval::{At, Evaluator, order};
use crate::practice::expr::Expr;
use crate::practice::face;
use crate::practice::file::FieldType;
use crate::practice::formula::Writer;
use crate::practice::json::{self, Json};
use crate::practice::model::Cell;
use crate::practice::read::{Faults, One, keys, maps, note, words};
use crate::practice::value::{Val, sorted};
use crate::practice::worked::Solution;

keys! {
    /// The learner says where everyone stands after each period.
    Pipeline {
        /// Who moves: a table.
        who: String,
        /// Ids of periods.
        periods (must): Vec<String>,
        /// Where one can stand.
        places (must): Vec<Place>,
        /// Where everyone starts.
        start: String,
        /// What events tell.
        facts: Vec<Fact>,
        /// Periods in a row.
        counters: Vec<Counter>,
        /// Moves in order.
        moves (must): Vec<Move>,
        /// What is learnt: period, who, fact.
        events: Option<Map<String, Value>>,
        /// Values for the stage.
        results: Vec<Column>,
    }
}

keys! {
    /// A place of a pipeline.
    Place {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// How many it holds.
        slots: Option<Expr>,
    }
}

impl Place {
    /// What it is called.
    pub(in crate::practice) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }
}

keys! {
    /// A fact that events tell.
    Fact {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// What it holds.
        kind "type": Option<FieldType>,
        /// `period`: forgotten when the next begins.
        lasts: Option<Lasts>,
    }
}

words! {
    /// How long a fact lasts.
    Lasts {
        /// Forgotten when the next period begins.
        Period "period",
    }
}

keys! {
    /// Counts periods in a row.
    Counter {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// The place that counts.
        at: String,
        /// What must hold.
        during "while": Condition,
    }
}

keys! {
    /// A move between places.
    Move {
        /// Its id.
        id: String,
        /// What it is called.
        title: Option<String>,
        /// Where from.
        from: OneOrMany,
        /// Where to.
        to: String,
        /// Who may.
        when: Option<Condition>,
        /// Who first.
        by: Vec<SortKey>,
        /// Periods to wait before the next move.
        wait: Option<u8>,
    }
}

maps! { Place, Fact, Counter, Move }

/// One or many names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OneOrMany(pub Vec<String>);

impl One for OneOrMany {
    fn one(value: &Value, place: &str, faults: &Faults) -> Option<Self> {
        let names = match value {
            Value::String(name) => Some(vec![name.clone()]),
            _ => match Val::literal(value) {
                Some(Val::Set(names)) => Some(names),
                _ => None,
            },
        };
        if names.is_none() {
            note(faults, place, Message::new("shape.name-due").with("key", "from"));
        }
        names.map(Self)
    }

    fn none() -> Self {
        Self::default()
    }

    #[cfg(feature = "schema")]
    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"anyOf": [
            {"type": "string"}, {"type": "array", "items": {"type": "string"}}
        ]})
    }
}

/// How a pipeline goes.
pub(in crate::practice) struct Course {
    periods: Vec<Period>,
}

/// One period of it.
struct Period {
    /// Where the rules put everyone, from where all stood before.
    places: Vec<usize>,
    /// The moves that everyone made: by the rules, or implied by where the learner put them.
    moved: Vec<Vec<usize>>,
}

/// How everyone stands.
#[derive(Clone)]
struct Standing {
    place: usize,
    /// The first period in which a move is allowed again.
    free_from: usize,
    facts: Vec<Option<Val>>,
    /// Fields of the row that an event changed.
    changed: Vec<(String, Val)>,
    counters: Vec<f64>,
}

/// What names mean while the pipeline runs.
struct Now<'a> {
    it: &'a Evaluator<'a>,
    pipeline: &'a Pipeline,
    all: &'a [Standing],
}

impl Scope for Now<'_> {
    fn name(&self, name: &str, at: At) -> Option<Val> {
        let Some(mine) = at.row.and_then(|who| self.all.get(who)) else {
            return self.it.name(name, at);
        };
        if let Some(fact) = self.pipeline.facts.iter().position(|fact| fact.id == name) {
            return mine.facts[fact].clone();
        }
        if let Some(counter) = self.pipeline.counters.iter().position(|it| it.id == name) {
            return Some(Val::Number(mine.counters[counter]));
        }
        match mine.changed.iter().rev().find(|(field, _)| field == name) {
            Some((_, value)) => Some(value.clone()),
            None => self.it.name(name, at),
        }
    }

    fn evaluator(&self) -> &Evaluator<'_> {
        self.it
    }
}

impl Pipeline {
    /// The place of that id.
    fn place(&self, id: &str) -> Option<usize> {
        self.places.iter().position(|place| place.id == id)
    }

    /// The values of a fact at the start.
    fn blank(fact: &Fact) -> Option<Val> {
        (fact.kind == Some(FieldType::YesNo)).then_some(Val::Bool(false))
    }

    /// What is learnt about someone in a period.
    fn event(&self, period: &str, who: &str) -> Option<&Map<String, Value>> {
        self.events.as_ref()?.get(period)?.get(who)?.as_object()
    }

    /// Facts that last a period are forgotten, and the period's events are learnt.
    fn learn(&self, period: &str, who: &str, mine: &mut Standing) {
        for (fact, value) in self.facts.iter().zip(&mut mine.facts) {
            if fact.lasts.is_some() {
                *value = Self::blank(fact);
            }
        }
        for (name, value) in self.event(period, who).into_iter().flatten() {
            let value = Val::literal(value);
            match self.facts.iter().position(|fact| fact.id == *name) {
                Some(fact) => mine.facts[fact] = value,
                None => mine.changed.extend(value.map(|value| (name.clone(), value))),
            }
        }
    }

    /// The counters after a period's events: 0 elsewhere, unchanged where a fact is unknown.
    fn count(&self, now: &Now<'_>, at: At, mine: &Standing) -> Vec<f64> {
        let count = |(counter, count): (&Counter, &f64)| {
            if self.place(&counter.at) != Some(mine.place) {
                return 0.0;
            }
            let mut unknown = false;
            counter.during.visit(&mut |name, _| {
                let fact = self.facts.iter().position(|fact| fact.id == name);
                unknown |= fact.is_some_and(|fact| mine.facts[fact].is_none());
            });
            match (unknown, arithmetic::holds(now, &counter.during, at)) {
                (true, _) => *count,
                (false, true) => count + 1.0,
                (false, false) => 0.0,
            }
        };
        self.counters.iter().zip(&mine.counters).map(count).collect()
    }

    fn step(
        &self,
        it: &Evaluator<'_>,
        stage: usize,
        period: usize,
        step: usize,
        all: &mut [Standing],
    ) -> Vec<usize> {
        let spec = &self.moves[step];
        let Some(to) = self.place(&spec.to) else { return Vec::new() };
        let from: Vec<_> = spec.from.0.iter().map(|name| self.place(name)).collect();
        let at = |who| At { stage, row: Some(who), item: None };
        let chosen: Vec<usize> = {
            let now = Now { it, pipeline: self, all };
            let who: Vec<usize> = (0..all.len())
                .filter(|who| {
                    let mine = &all[*who];
                    from.contains(&Some(mine.place))
                        && mine.free_from <= period
                        && spec
                            .when
                            .as_ref()
                            .is_none_or(|when| arithmetic::holds(&now, when, at(*who)))
                })
                .collect();
            let order = sorted(who.len(), &|a, b| order(&now, &spec.by, at(0), who[a], who[b]));
            order.into_iter().map(|place| who[place]).collect()
        };
        let slots = self.places[to].slots.as_ref();
        let slots = slots.map(|slots| it.number(slots, At { stage, row: None, item: None }));
        let mut moved = Vec::new();
        for who in chosen {
            #[expect(clippy::cast_precision_loss, reason = "a number of rows is small")]
            let standing = all.iter().filter(|mine| mine.place == to).count() as f64;
            if slots.is_some_and(|slots| slots.is_none_or(|slots| standing + 1.0 > slots)) {
                continue;
            }
            all[who].place = to;
            all[who].free_from = period + usize::from(spec.wait.unwrap_or(0));
            moved.push(who);
        }
        moved
    }
}

impl Course {
    /// Runs through all periods.
    pub(in crate::practice) fn run(it: &Evaluator<'_>, stage: usize, pipeline: &Pipeline) -> Self {
        let rows = it.rows(stage);
        let standing = Standing {
            place: pipeline.place(&pipeline.start).unwrap_or(0),
            free_from: 0,
            facts: pipeline.facts.iter().map(Pipeline::blank).collect(),
            changed: Vec::new(),
            counters: vec![0.0; pipeline.counters.len()],
        };
        let mut all = vec![standing; rows.len()];
        let mut periods = Vec::new();
        for (period, name) in pipeline.periods.iter().enumerate() {
            for (who, mine) in all.iter_mut().enumerate() {
                pipeline.learn(name, it.model.row_id(stage, who), mine);
            }
            let now = Now { it, pipeline, all: &all };
            let counts: Vec<Vec<f64>> = (0..all.len())
                .map(|who| {
                    pipeline.count(&now, At { stage, row: Some(who), item: None }, &all[who])
                })
                .collect();
            for (mine, counters) in all.iter_mut().zip(counts) {
                mine.counters = counters;
            }
            let before: Vec<Standing> = all.clone();
            let mut moved = vec![Vec::new(); all.len()];
            for step in 0..pipeline.moves.len() {
                for who in pipeline.step(it, stage, period, step, &mut all) {
                    moved[who].push(step);
                }
            }
            let places = all.iter().map(|mine| mine.place).collect();
            for who in 0..all.len() {
                let cell = Cell { stage, row: Some(who), column: period, item: None };
                let Some(Some(Val::Text(place))) = it.given(cell) else { continue };
                let Some(place) = pipeline.place(&place).filter(|it| *it != all[who].place) else {
                    continue;
                };
                moved[who] = follow(pipeline, period, &before[who], place, &mut all[who]);
            }
            periods.push(Period { places, moved });
        }
        Self { periods }
    }

    /// Where the rules put someone in a period.
    pub(in crate::practice) fn place(&self, period: usize, who: usize) -> Option<usize> {
        self.periods.get(period)?.places.get(who).copied()
    }

    /// How often someone made a move; or the number of the period in which first.
    #[expect(clippy::cast_precision_loss, reason = "a number of periods is small")]
    pub(in crate::practice) fn moves(&self, step: usize, who: usize, first: bool) -> Option<f64> {
        let times = |period: &Period| {
            period.moved.get(who).map_or(0, |steps| steps.iter().filter(|it| **it == step).count())
        };
        if first {
            return self.periods.iter().position(|it| times(it) > 0).map(|at| at as f64 + 1.0);
        }
        Some(self.periods.iter().map(times).sum::<usize>() as f64)
    }
}

/// Puts someone where the learner did, by the move that leads there; its wait counts.
fn follow(
    pipeline: &Pipeline,
    period: usize,
    before: &Standing,
    place: usize,
    mine: &mut Standing,
) -> Vec<usize> {
    mine.place = place;
    mine.free_from = before.free_from;
    let (from, to) = (&pipeline.places[before.place].id, &pipeline.places[place].id);
    let step = pipeline.moves.iter().position(|step| step.to == *to && step.from.0.contains(from));
    let Some(step) = step else { return Vec::new() };
    mine.free_from = period + usize::from(pipeline.moves[step].wait.unwrap_or(0));
    vec![step]
}

impl Work for Pipeline {
    fn rows(&self) -> Option<&str> {
        Some(&self.who)
    }

    fn results(&self) -> &[Column] {
        &self.results
    }

    fn face(&self, it: &Evaluator<'_>, at: usize, face: &mut Json) {
        face::table(it, at, &[], &self.results, face);
        face.put("periods", json::texts(self.periods.iter().map(String::as_str)));
        let start = At { stage: at, row: None, item: None };
        let places = self.places.iter().map(|place| {
            let mut map = Json::new();
            map.put("id", place.id.as_str()).put("name", place.title());
            if let Some(slots) = place.slots.as_ref().and_then(|slots| it.number(slots, start)) {
                map.put("slots", json::number(slots));
            }
            map.take()
        });
        face.list("places", places.collect());
        face.put("start", self.start.as_str());
        let facts = self
            .facts
            .iter()
            .map(|fact| json::named(&fact.id, fact.title.as_deref().unwrap_or(&fact.id)));
        face.list("facts", facts.collect());
        face.list("moves", self.moves.iter().map(|step| self.move_card(it, at, step)).collect());
        face.map("events", self.events_face(it, at));
    }

    fn worked(&self, it: &Evaluator<'_>, at: usize, worked: &mut Solution) {
        let course = it.course(at, self);
        for who in it.rows(at).iter() {
            let mut row = Solution::row(it, at, *who);
            for (period, name) in self.periods.iter().enumerate() {
                let cell = Cell { stage: at, row: Some(*who), column: period, item: None };
                if let Some(place) = it.rule(cell) {
                    row.put(name, place.json());
                }
            }
            let steps = self.moves.iter().enumerate().map(|(step, spec)| {
                (spec.id.as_str(), course.moves(step, *who, false).unwrap_or(0.0))
            });
            let mut moves = Json::new();
            steps.filter(|(_, times)| *times > 0.0).for_each(|(id, times)| {
                moves.put(id, json::number(times));
            });
            row.map("moves", moves);
            worked.rows.push(row.take());
        }
        worked.results(it, at, &self.results);
    }
}

impl Pipeline {
    fn move_card(&self, it: &Evaluator<'_>, at: usize, step: &Move) -> Value {
        let writer = Writer::of_pipeline(it, at, self);
        let name =
            |id: &str| self.place(id).map_or(id, |place| self.places[place].title()).to_owned();
        let mut card = Json::new();
        card.put("id", step.id.as_str()).put("name", step.title.as_deref().unwrap_or(&step.id));
        card.put("from", step.from.0.iter().map(|id| name(id)).collect::<Vec<_>>());
        card.put("to", name(&step.to));
        if let Some(when) = &step.when {
            card.put("when", writer.condition(when));
        }
        if !step.by.is_empty() {
            card.put("by", writer.order(&step.by));
        }
        if let Some(wait) = step.wait.filter(|wait| *wait > 0) {
            card.put("wait", wait);
        }
        card.take()
    }

    /// Events as texts: period, who, and what is learnt.
    fn events_face(&self, it: &Evaluator<'_>, at: usize) -> Json {
        let mut events = Json::new();
        let writer = Writer::of_pipeline(it, at, self);
        for (period, all) in self.events.iter().flatten() {
            let mut of_period = Json::new();
            for (who, told) in all.as_object().into_iter().flatten() {
                let told = told.as_object().into_iter().flatten();
                let told = told.map(|(name, value)| writer.told(name, value));
                of_period.put(who, told.collect::<Vec<_>>());
            }
            events.map(period, of_period);
        }
        events
    }

    fn event_faults(&self, check: &mut Check<'_>, at: usize, place: &str) {
        let model = check.model;
        let Some((_, table)) = model.table_of(at) else { return };
        for (period, all) in self.events.iter().flatten() {
            let here = format!("{place}.events.{period}");
            if !self.periods.contains(period) {
                let periods = self.periods.iter().map(String::as_str);
                check.error(&here, crate::practice::unknown("exercise.no-period", period, periods));
            }
            for (who, told) in all.as_object().into_iter().flatten() {
                let here = format!("{here}.{who}");
                if table.position(who).is_none() {
                    check.error(
                        &here,
                        crate::practice::unknown("exercise.no-row", who, table.ids()),
                    );
                }
                let facts = self.facts.iter().map(|fact| fact.id.as_str());
                let known: Vec<&str> =
                    facts.chain(table.fields.iter().map(|field| field.id.as_str())).collect();
                for name in told.as_object().into_iter().flat_map(Map::keys) {
                    if !known.contains(&name.as_str()) {
                        let known = known.iter().copied();
                        let message = crate::practice::unknown("exercise.no-fact", name, known);
                        check.error(&format!("{here}.{name}"), message);
                    }
                }
            }
        }
    }
}

impl Faulty for Pipeline {
    fn faults(&self, check: &mut Check<'_>, at: usize, place: &str) {
        check.rows(&self.who, at, &format!("{place}.who"));
        check.ids(self.periods.iter().map(String::as_str), &format!("{place}.periods"));
        for (list, ids) in [
            ("places", self.places.iter().map(|it| it.id.as_str()).collect::<Vec<_>>()),
            ("facts", self.facts.iter().map(|it| it.id.as_str()).collect()),
            ("counters", self.counters.iter().map(|it| it.id.as_str()).collect()),
            ("moves", self.moves.iter().map(|it| it.id.as_str()).collect()),
        ] {
            check.ids(ids.into_iter(), &format!("{place}.{list}"));
        }
        let places = || self.places.iter().map(|it| it.id.as_str());
        let mut place_named = |name: &str, place: String| {
            if !places().any(|known| known == name) {
                check.error(&place, crate::practice::unknown("exercise.no-place", name, places()));
            }
        };
        place_named(&self.start, format!("{place}.start"));
        for (at, counter) in self.counters.iter().enumerate() {
            place_named(&counter.at, format!("{place}.counters[{at}].at"));
        }
        for (at, step) in self.moves.iter().enumerate() {
            place_named(&step.to, format!("{place}.moves[{at}].to"));
            step.from
                .0
                .iter()
                .for_each(|from| place_named(from, format!("{place}.moves[{at}].from")));
        }
        self.event_faults(check, at, place);
        check.columns(&self.results, place, true);
    }
}
