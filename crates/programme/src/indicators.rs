//! The figures of a report: one table of indicators, each with its formula and the evidence that it counts.
//!
//! A figure carries the ids of everything it was counted from. What no evidence feeds yet has no value, and says so;
//! it is never a silent 0. Words for the codes come from the catalogues, the form from the report's template.
//!
//! ```text
//! people_trained = Σ people of trainings held in the period  ←  ids of those trainings
//! ```

use crate::decide::{ExampleState, FeedbackState, accepted, answered_in_time, case_overdue, example_state, feedback_state, is_in_order};
use crate::digital::{self, Sums};
use crate::model::*;
use crate::moment::Moment;
use crate::scope::Scope;
use crate::sufficiency::Observed;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that figures are counted from; the caller passes the whole ledger, the scope selects.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    pub activities: &'a [Entry<Activity>],
    pub letters: &'a [Entry<Letter>],
    pub cases: &'a [Entry<Case>],
    pub assets: &'a [Entry<Asset>],
    pub results: &'a [Observed],
}

/// What people said, figure by figure: received, answered, overdue. Their exact numbers stand in the sealed return, for it
/// names what it counts, and the ledger holds every one of these cases anyway; no human form shows more of them than
/// [`crate::services`] tells.
pub const FEEDBACK: [&str; 3] = ["feedback_received", "feedback_answered", "feedback_overdue"];

/// Figures of cases that belong to the office and to no letter: a report on one letter has none of them, rather than a 0.
pub const OF_NO_LETTER: &[&str] = &[
    "incidents",
    FEEDBACK[0],
    FEEDBACK[1],
    FEEDBACK[2],
    "supervision_received",
    "supervision_in_time",
    "supervision_overdue",
    "scam_reports",
];

/// One figure: its code and how it is counted.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    pub code: &'static str,
    pub formula: fn(Sources<'_>, &Scope) -> Counted,
}

/// A value with the ids that it was counted from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    pub value: Option<u64>,
    pub evidence: Vec<String>,
}

/// The indicator table of the directive report, in the order of the report.
pub static INDICATORS: &[Indicator] = &[
    Indicator { code: "conferences", formula: |s, p| held(s, p, &[ActivityKind::Conference, ActivityKind::CellMeeting]) },
    Indicator { code: "attendances", formula: |s, p| reached(s, p, &[ActivityKind::Conference, ActivityKind::CellMeeting]) },
    Indicator { code: "letters_issued", formula: letters_issued },
    Indicator {
        code: "articles",
        formula: |s, p| held(s, p, &[ActivityKind::Article, ActivityKind::SocialPost, ActivityKind::PortalPage]),
    },
    Indicator { code: "broadcasts", formula: |s, p| held(s, p, &[ActivityKind::Broadcast]) },
    Indicator { code: "talks", formula: |s, p| held(s, p, &[ActivityKind::Talk]) },
    Indicator { code: "publications", formula: |s, p| held(s, p, &[ActivityKind::Publication]) },
    Indicator { code: "public_events", formula: |s, p| held(s, p, &[ActivityKind::Performance, ActivityKind::MobileOutreach]) },
    Indicator { code: "speaker_sessions", formula: |s, p| added(s, p, |a| a.outreach.as_ref()?.speaker.as_ref().map(|_| 1)) },
    Indicator { code: "copies_printed", formula: |s, p| added(s, p, |a| copies(a, ActivityKind::Publication)) },
    Indicator { code: "times_broadcast", formula: |s, p| added(s, p, |a| copies(a, ActivityKind::Broadcast)) },
    Indicator { code: "topics_told", formula: topics_told },
    Indicator { code: "people_trained", formula: |s, p| reached(s, p, &[ActivityKind::Training]) },
    Indicator { code: "people_tested", formula: |s, p| reached(s, p, &[ActivityKind::Quiz]) },
    Indicator { code: "home_visits", formula: |s, p| summed(s, p, "home_visits", &[ActivityKind::HomeVisit]) },
    Indicator { code: "help_points", formula: |s, p| summed(s, p, "help_points", &[ActivityKind::HelpPoint]) },
    Indicator { code: "people_helped", formula: |s, p| summed(s, p, "people_helped", &[ActivityKind::HomeVisit, ActivityKind::HelpPoint]) },
    Indicator { code: "digital_learners", formula: |s, p| summed(s, p, "digital_learners", &[ActivityKind::DigitalClass]) },
    Indicator { code: "safety_learners", formula: |s, p| summed(s, p, "safety_learners", &[ActivityKind::DigitalClass]) },
    Indicator { code: "digital_hours", formula: |s, p| summed(s, p, "digital_hours", digital::KINDS) },
    Indicator { code: "systems_reviewed", formula: systems_reviewed },
    Indicator { code: "risks_found", formula: |s, p| risks(s, p, false) },
    Indicator { code: "risks_fixed", formula: |s, p| risks(s, p, true) },
    Indicator { code: "drills", formula: |s, p| held(s, p, &[ActivityKind::Drill]) },
    Indicator { code: "drill_recipients", formula: |s, p| added(s, p, |a| a.reported.map(|_| a.people)) },
    Indicator { code: "drill_reports", formula: |s, p| added(s, p, |a| a.reported) },
    Indicator { code: "incidents", formula: |s, p| opened(s, p, &[CaseKind::Incident, CaseKind::Breach]) },
    Indicator { code: FEEDBACK[0], formula: |s, p| feedback(s, p, |_| true) },
    Indicator { code: FEEDBACK[1], formula: |s, p| feedback(s, p, |state| state == FeedbackState::Answered) },
    Indicator { code: FEEDBACK[2], formula: |s, p| feedback(s, p, |state| state == FeedbackState::Overdue) },
    Indicator { code: "supervision_received", formula: |s, p| recommended(s, p, |_, _| true) },
    Indicator { code: "supervision_in_time", formula: |s, p| recommended(s, p, answered_in_time) },
    Indicator { code: "supervision_overdue", formula: |s, p| recommended(s, p, case_overdue) },
    Indicator { code: "scam_reports", formula: |s, p| opened(s, p, &[CaseKind::ScamReport]) },
    Indicator { code: "difficulties", formula: |s, p| opened(s, p, &[CaseKind::Difficulty]) },
    Indicator { code: "good_examples", formula: examples_accepted },
    Indicator { code: "good_examples_nominated", formula: examples_nominated },
];

/// Every figure of the table for one scope.
pub fn figures(sources: Sources<'_>, scope: &Scope) -> Vec<Figure> {
    INDICATORS
        .iter()
        .map(|indicator| {
            let Counted { value, evidence } = (indicator.formula)(sources, scope);
            Figure { code: indicator.code.to_owned(), value, evidence }
        })
        .collect()
}

fn activities<'a>(sources: Sources<'a>, scope: &'a Scope, kinds: &'a [ActivityKind]) -> impl Iterator<Item = &'a Activity> {
    sources
        .activities
        .iter()
        .filter(|a| a.last(&[MarkKind::Withdrawn], scope.end()).is_none())
        .map(|a| &a.facts)
        .filter(|a| !a.planned && kinds.contains(&a.kind) && scope.holds(&a.unit, a.on))
}

/// How often something was held; no record at all has no value.
fn held(sources: Sources<'_>, scope: &Scope, kinds: &[ActivityKind]) -> Counted {
    let evidence: Vec<String> = activities(sources, scope, kinds).map(|a| a.id.to_string()).collect();
    Counted { value: some_if_any(&evidence, evidence.len() as u64), evidence }
}

/// How many people it reached together: attendances, so a person may count more than once.
fn reached(sources: Sources<'_>, scope: &Scope, kinds: &[ActivityKind]) -> Counted {
    let people = activities(sources, scope, kinds).map(|a| u64::from(a.people)).sum();
    let evidence: Vec<String> = activities(sources, scope, kinds).map(|a| a.id.to_string()).collect();
    Counted { value: some_if_any(&evidence, people), evidence }
}

/// A number that some of the activities have, added up; where none has it there is no value.
fn added(sources: Sources<'_>, scope: &Scope, of: fn(&Activity) -> Option<u32>) -> Counted {
    let counted = || activities(sources, scope, ActivityKind::ALL).filter_map(|a| Some((a, u64::from(of(a)?))));
    let evidence: Vec<String> = counted().map(|(a, _)| a.id.to_string()).collect();
    Counted { value: some_if_any(&evidence, counted().map(|(_, n)| n).sum()), evidence }
}

/// How many were printed, or how often it was sent out.
fn copies(activity: &Activity, kind: ActivityKind) -> Option<u32> {
    activity.outreach.as_ref().filter(|_| activity.kind == kind)?.copies
}

/// What one activity adds to a figure: 1 where activities themselves are counted.
pub fn adds(figure: &str, activity: &Activity) -> u64 {
    let number = match figure {
        "copies_printed" | "times_broadcast" => activity.outreach.as_ref().and_then(|o| o.copies),
        "drill_reports" => activity.reported,
        "attendances" | "people_trained" | "people_tested" | "drill_recipients" => Some(activity.people),
        _ => Some(1),
    };
    u64::from(number.unwrap_or(0))
}

/// A figure of the digital team's work; classes without a learner of some group are a true 0.
fn summed(sources: Sources<'_>, scope: &Scope, code: &str, kinds: &[ActivityKind]) -> Counted {
    let mut sums = Sums::default();
    activities(sources, scope, kinds).for_each(|activity| sums.add(activity));
    let evidence: Vec<String> = activities(sources, scope, kinds).map(|a| a.id.to_string()).collect();
    Counted { value: sums.figure(code).filter(|_| !evidence.is_empty()), evidence }
}

/// Contents of outreach letters that something told, each once. Without any outreach there is no value.
fn topics_told(sources: Sources<'_>, scope: &Scope) -> Counted {
    let told: Vec<(&Activity, &Outreach)> =
        activities(sources, scope, ActivityKind::ALL).filter_map(|a| Some((a, a.outreach.as_ref()?))).collect();
    let topics: BTreeSet<(&str, &str)> =
        told.iter().flat_map(|(_, o)| o.topics.iter().map(|topic| (o.letter.as_str(), topic.as_str()))).collect();
    let evidence: Vec<String> = told.iter().map(|(a, _)| a.id.to_string()).collect();
    Counted { value: some_if_any(&evidence, topics.len() as u64), evidence }
}

fn some_if_any(evidence: &[String], value: u64) -> Option<u64> {
    (!evidence.is_empty()).then_some(value)
}

/// Outgoing letters with a number, by their date: without both nothing was issued yet.
fn letters_issued(sources: Sources<'_>, scope: &Scope) -> Counted {
    let issued = |l: &&Entry<Letter>| {
        let numbered = l.facts.code.as_deref().is_some_and(|code| code.starts_with(|c: char| c.is_ascii_digit()));
        let dated = l.facts.date.is_some_and(|day| scope.holds(&l.facts.office, day));
        l.facts.direction == Direction::Out && numbered && dated
    };
    let evidence: Vec<String> = sources.letters.iter().filter(issued).map(|l| l.facts.id.to_string()).collect();
    Counted { value: some_if_any(&evidence, evidence.len() as u64), evidence }
}

/// Cases opened in the period. The ledger of cases is complete, so none is a true 0.
fn opened(sources: Sources<'_>, scope: &Scope, kinds: &[CaseKind]) -> Counted {
    let evidence: Vec<String> = cases(sources, scope, kinds).map(|c| c.facts.id.to_string()).collect();
    Counted { value: Some(evidence.len() as u64), evidence }
}

fn cases<'a>(sources: Sources<'a>, scope: &'a Scope, kinds: &'a [CaseKind]) -> impl Iterator<Item = &'a Entry<Case>> {
    sources.cases.iter().filter(|c| kinds.contains(&c.facts.kind) && scope.holds(&c.facts.unit, c.stamp.at.day()))
}

/// Accepted in the period by the level above, and not withdrawn by its end.
fn examples_accepted(sources: Sources<'_>, scope: &Scope) -> Counted {
    let day = |c: &Entry<Case>| accepted(c, scope.end()).map(|mark| mark.stamp.at.day());
    examples(sources, ExampleState::Accepted, scope, |c| day(c).is_some_and(|day| scope.holds(&c.facts.unit, day)))
}

/// Nominated by the end of the period and accepted by nobody yet, whenever that was: they still wait.
fn examples_nominated(sources: Sources<'_>, scope: &Scope) -> Counted {
    examples(sources, ExampleState::Nominated, scope, |c| scope.units.contains(&c.facts.unit))
}

fn examples(sources: Sources<'_>, state: ExampleState, scope: &Scope, counts: impl Fn(&Entry<Case>) -> bool) -> Counted {
    let stands = |c: &&Entry<Case>| example_state(c, scope.end()) == Some(state) && counts(c);
    let evidence: Vec<String> = sources.cases.iter().filter(stands).map(|c| c.facts.id.to_string()).collect();
    Counted { value: Some(evidence.len() as u64), evidence }
}

/// Feedback opened in the period, or that part of it which stands so at its end.
fn feedback(sources: Sources<'_>, scope: &Scope, stands: fn(FeedbackState) -> bool) -> Counted {
    let counts = |c: &&Entry<Case>| feedback_state(c, scope.end()).is_some_and(stands);
    let evidence: Vec<String> = cases(sources, scope, &[CaseKind::Feedback]).filter(counts).map(|c| c.facts.id.to_string()).collect();
    Counted { value: Some(evidence.len() as u64), evidence }
}

/// Recommendations of the Front that came to these units in the period, or that part of them which stands so at its end.
fn recommended(sources: Sources<'_>, scope: &Scope, stands: fn(&Entry<Case>, Moment) -> bool) -> Counted {
    let came = |c: &&Entry<Case>| {
        let to = c.facts.to.as_ref().unwrap_or(&c.facts.unit);
        c.facts.kind == CaseKind::Supervision && !is_in_order(&c.facts) && scope.holds(to, c.stamp.at.day()) && stands(c, scope.end())
    };
    let evidence: Vec<String> = sources.cases.iter().filter(came).map(|c| c.facts.id.to_string()).collect();
    Counted { value: Some(evidence.len() as u64), evidence }
}

/// Results of the scope's assets in the period, by (asset, check), in order of time.
fn observed<'a>(sources: Sources<'a>, scope: &Scope) -> BTreeMap<(&'a str, &'a str), Vec<&'a Observed>> {
    let assets: BTreeSet<&str> =
        sources.assets.iter().filter(|a| scope.units.contains(&a.facts.unit)).map(|a| a.facts.id.as_str()).collect();
    let mut by_check: BTreeMap<(&str, &str), Vec<&Observed>> = BTreeMap::new();
    for result in sources.results {
        let day = result.at.day();
        if assets.contains(result.asset.as_str()) && scope.from <= day && day <= scope.to {
            by_check.entry((result.asset.as_str(), result.check.as_str())).or_default().push(result);
        }
    }
    for results in by_check.values_mut() {
        results.sort_by_key(|r| (r.at, r.verdict));
    }
    by_check
}

/// Assets that at least one check really looked at.
fn systems_reviewed(sources: Sources<'_>, scope: &Scope) -> Counted {
    let looked = |r: &&Observed| !matches!(r.verdict, Verdict::NotTested | Verdict::Error);
    let observed = observed(sources, scope);
    let assets: BTreeSet<&str> = observed.iter().filter(|(_, r)| r.iter().any(looked)).map(|((asset, _), _)| *asset).collect();
    let evidence: Vec<String> = assets.into_iter().map(str::to_owned).collect();
    Counted { value: some_if_any(&evidence, evidence.len() as u64), evidence }
}

/// Checks that failed in the period, or those of them whose last result passed. Without any run there is no value.
fn risks(sources: Sources<'_>, scope: &Scope, fixed: bool) -> Counted {
    let observed = observed(sources, scope);
    if observed.is_empty() {
        return Counted::default();
    }
    let counts = |results: &[&Observed]| {
        let failed = results.iter().any(|r| r.verdict == Verdict::Fail);
        failed && (!fixed || results.last().is_some_and(|r| r.verdict == Verdict::Pass))
    };
    let evidence: Vec<String> = observed.iter().filter(|(_, r)| counts(r)).map(|((asset, check), _)| format!("{asset}/{check}")).collect();
    Counted { value: Some(evidence.len() as u64), evidence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::{Count, Shown};
    use expect_test::expect;
    use jiff::civil::{Date, date};

    fn stamp(at: &str) -> Stamp {
        Stamp { at: at.parse().unwrap(), office: "office".parse().unwrap(), seq: 1, by: "p".parse().unwrap() }
    }

    fn entry<F>(facts: F, at: &str) -> Entry<F> {
        Entry { facts, stamp: stamp(at), marks: BTreeSet::new() }
    }

    fn activity(id: &str, kind: ActivityKind, on: Date, people: u32) -> Entry<Activity> {
        let unit = "cell".parse().unwrap();
        let id = id.parse().unwrap();
        entry(
            Activity {
                id,
                kind,
                unit,
                on,
                people,
                tasks: Vec::new(),
                evidence: None,
                note: None,
                plan: None,
                planned: false,
                outreach: None,
                digital: None,
                reported: None,
            },
            "2026-06-05T01:00:00.000Z",
        )
    }

    fn asset(id: &str) -> Entry<Asset> {
        let name = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
        let unit = "cell".parse().unwrap();
        let (id, kind) = (id.parse().unwrap(), AssetKind::Host);
        entry(Asset { id, unit, kind, name, level: None, network: Network::Internet }, "2026-06-01T01:00:00.000Z")
    }

    fn result(check: &str, at: &str, verdict: Verdict) -> Observed {
        Observed { asset: "pc".parse().unwrap(), check: check.to_owned(), at: at.parse().unwrap(), verdict }
    }

    /// One and more of most kinds, in June and beside it.
    fn held_in_june() -> Vec<Entry<Activity>> {
        let mut planned = activity("a5", ActivityKind::Training, date(2026, 6, 21), 0);
        planned.facts.planned = true;
        let mut talk = activity("a6", ActivityKind::Talk, date(2026, 6, 22), 0);
        let topics = vec!["1.1".to_owned(), "1.2".to_owned()];
        let told = Outreach { letter: "l".parse().unwrap(), topics, audiences: vec![Audience::Members], copies: None, speaker: None };
        talk.facts.outreach = Some(Outreach { speaker: Some("p".parse().unwrap()), ..told.clone() });
        let sent_out = |id: &str, kind: ActivityKind, copies: u32| {
            let mut entry = activity(id, kind, date(2026, 6, 24), 0);
            entry.facts.outreach = Some(Outreach { copies: Some(copies), ..told.clone() });
            entry
        };
        let drill = |id: &str, people: u32, reported: Option<u32>| {
            let mut entry = activity(id, ActivityKind::Drill, date(2026, 6, 25), people);
            entry.facts.reported = reported;
            entry
        };
        let learners = [(SkillGroup::General, 20), (SkillGroup::Safety, 12)];
        let digital = |id: &str, kind: ActivityKind, people: u32, work: DigitalWork| {
            let mut entry = activity(id, kind, date(2026, 6, 23), people);
            entry.facts.digital = Some(Box::new(work));
            entry
        };
        vec![
            activity("a1", ActivityKind::Conference, date(2026, 6, 2), 80),
            activity("a2", ActivityKind::CellMeeting, date(2026, 6, 9), 15),
            activity("a3", ActivityKind::Training, date(2026, 6, 20), 40),
            activity("a4", ActivityKind::Training, date(2026, 7, 1), 99),
            planned,
            talk,
            sent_out("print", ActivityKind::Publication, 500),
            sent_out("radio", ActivityKind::Broadcast, 12),
            drill("d1", 40, Some(22)),
            drill("few", 0, None),
            digital("a7", ActivityKind::HomeVisit, 17, DigitalWork { minutes: 150, visits: 14, ..DigitalWork::default() }),
            digital("a8", ActivityKind::HelpPoint, 8, DigitalWork { minutes: 60, ..DigitalWork::default() }),
            digital("a9", ActivityKind::DigitalClass, 20, DigitalWork { minutes: 90, learners: learners.into(), ..DigitalWork::default() }),
        ]
    }

    #[test]
    fn figures_name_what_they_count_and_what_nothing_feeds() {
        let activities = held_in_june();
        let results = [
            result("lx.ssh.root", "2026-06-03T01:00:00.000Z", Verdict::Fail),
            result("lx.ssh.root", "2026-06-10T01:00:00.000Z", Verdict::Pass),
            result("lx.disk", "2026-06-03T01:00:00.000Z", Verdict::Fail),
            result("lx.time", "2026-06-03T01:00:00.000Z", Verdict::NotTested),
        ];
        let sources = Sources { activities: &activities, letters: &[], cases: &[], assets: &[asset("pc")], results: &results };
        let scope = Scope { units: ["cell".parse().unwrap()].into_iter().collect(), from: date(2026, 6, 1), to: date(2026, 6, 30) };
        let lines: Vec<String> = figures(sources, &scope)
            .into_iter()
            .map(|f| format!("{} {} [{}]", f.code, f.value.map_or("-".to_owned(), |v| v.to_string()), f.evidence.join(" ")))
            .collect();
        expect![[r#"
            conferences 2 [a1 a2]
            attendances 95 [a1 a2]
            letters_issued - []
            articles - []
            broadcasts 1 [radio]
            talks 1 [a6]
            publications 1 [print]
            public_events - []
            speaker_sessions 1 [a6]
            copies_printed 500 [print]
            times_broadcast 12 [radio]
            topics_told 2 [a6 print radio]
            people_trained 40 [a3]
            people_tested - []
            home_visits 14 [a7]
            help_points 1 [a8]
            people_helped 25 [a7 a8]
            digital_learners 20 [a9]
            safety_learners 12 [a9]
            digital_hours 5 [a7 a8 a9]
            systems_reviewed 1 [pc]
            risks_found 2 [pc/lx.disk pc/lx.ssh.root]
            risks_fixed 1 [pc/lx.ssh.root]
            drills 2 [d1 few]
            drill_recipients 40 [d1]
            drill_reports 22 [d1]
            incidents 0 []
            feedback_received 0 []
            feedback_answered 0 []
            feedback_overdue 0 []
            supervision_received 0 []
            supervision_in_time 0 []
            supervision_overdue 0 []
            scam_reports 0 []
            difficulties 0 []
            good_examples 0 []
            good_examples_nominated 0 []"#]]
        .assert_eq(&lines.join("\n"));
    }

    fn example(id: &str, said: (&str, MarkKind)) -> Entry<Case> {
        let text = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
        let facts = Case::new(id.parse().unwrap(), CaseKind::GoodExample, "cell".parse().unwrap(), text);
        let mark = Mark { stamp: stamp(said.0), kind: said.1, note: None, other: None };
        Entry { marks: BTreeSet::from([mark]), ..entry(facts, "2026-05-20T01:00:00.000Z") }
    }

    #[test]
    fn what_nobody_accepted_is_never_counted_as_an_example() {
        use MarkKind::{Accepted, Returned};
        let waits = Entry { marks: BTreeSet::new(), ..example("waits", ("2026-06-01T01:00:00.000Z", Returned)) };
        let later = example("later", ("2026-07-01T01:00:00.000Z", Accepted));
        let before = example("before", ("2026-05-31T01:00:00.000Z", Accepted));
        let good = example("good", ("2026-06-09T01:00:00.000Z", Accepted));
        let mut gone = example("gone", ("2026-06-09T01:00:00.000Z", Accepted));
        gone.marks.insert(Mark { stamp: stamp("2026-06-20T01:00:00.000Z"), kind: MarkKind::Withdrawn, note: None, other: None });
        let back = example("back", ("2026-06-09T01:00:00.000Z", Returned));
        let cases = [waits, later, before, good, gone, back];
        // Recorded by the unit's own word, as earlier programs did: nobody accepted it.
        let told = [activity("told", ActivityKind::GoodExample, date(2026, 6, 2), 0)];
        let sources = Sources { activities: &told, letters: &[], cases: &cases, assets: &[], results: &[] };
        let scope = Scope { units: ["cell".parse().unwrap()].into_iter().collect(), from: date(2026, 6, 1), to: date(2026, 6, 30) };
        let counted = |code: &str| figures(sources, &scope).into_iter().find(|f| f.code == code).map(|f| f.evidence.join(" "));
        assert_eq!(counted("good_examples").as_deref(), Some("good"));
        assert_eq!(counted("good_examples_nominated").as_deref(), Some("waits later"), "accepted later, they waited at the end of June");
    }

    #[test]
    fn recommendations_count_where_they_came_to() {
        use MarkKind::Answered;
        let case = |id: &str, to: &str, answered: Option<&str>| {
            let text = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
            let mut facts = Case::new(id.parse().unwrap(), CaseKind::Supervision, "front".parse().unwrap(), text);
            (facts.to, facts.due) = (Some(to.parse().unwrap()), Some(date(2026, 6, 20)));
            let marks = answered.into_iter().map(|at| Mark { stamp: stamp(at), kind: Answered, note: None, other: None });
            Entry { marks: marks.collect(), ..entry(facts, "2026-06-05T01:00:00.000Z") }
        };
        let cases = [
            case("on_the_day", "cell", Some("2026-06-20T09:00:00.000Z")),
            case("late", "cell", Some("2026-06-21T09:00:00.000Z")),
            case("waits", "cell", None),
            case("of_another", "elsewhere", None),
        ];
        let sources = Sources { activities: &[], letters: &[], cases: &cases, assets: &[], results: &[] };
        let scope = |to: Date| Scope { units: ["cell".parse().unwrap()].into_iter().collect(), from: date(2026, 6, 1), to };
        let counted = |code: &str, to: Date| figures(sources, &scope(to)).into_iter().find(|f| f.code == code).unwrap().evidence.join(" ");
        let june = date(2026, 6, 30);
        assert_eq!(counted("supervision_received", june), "on_the_day late waits");
        assert_eq!(counted("supervision_in_time", june), "on_the_day");
        assert_eq!(counted("supervision_overdue", june), "late waits");
        assert_eq!(counted("supervision_overdue", date(2026, 6, 20)), "", "on their last day they are not late");
    }

    #[test]
    fn feedback_is_counted_as_the_list_of_cases_counts_it() {
        use MarkKind::{Answered, Closed, Referred};
        let case = |id: &str, kind: CaseKind, said: &[(&str, MarkKind)]| {
            let text = Sealed { id: "n".parse().unwrap(), digest: Digest::ZERO };
            let mut facts = Case::new(id.parse().unwrap(), kind, "cell".parse().unwrap(), text);
            facts.due = Some(date(2026, 6, 20));
            let mark = |(at, kind): &(&str, MarkKind)| Mark { stamp: stamp(at), kind: *kind, note: None, other: None };
            Entry { marks: said.iter().map(mark).collect(), ..entry(facts, "2026-06-05T01:00:00.000Z") }
        };
        let cases = [
            case("answered", CaseKind::Feedback, &[("2026-06-09T01:00:00.000Z", Answered)]),
            case("handed_over", CaseKind::Feedback, &[("2026-06-09T01:00:00.000Z", Referred)]),
            case(
                "handed_over_and_answered",
                CaseKind::Feedback,
                &[("2026-06-09T01:00:00.000Z", Referred), ("2026-06-25T01:00:00.000Z", Answered)],
            ),
            case("closed", CaseKind::Feedback, &[("2026-06-09T01:00:00.000Z", Closed)]),
            case("answered_later", CaseKind::Feedback, &[("2026-07-09T01:00:00.000Z", Answered)]),
            case("scam", CaseKind::ScamReport, &[("2026-06-09T01:00:00.000Z", Answered)]),
        ];
        let sources = Sources { activities: &[], letters: &[], cases: &cases, assets: &[], results: &[] };
        let scope = Scope { units: ["cell".parse().unwrap()].into_iter().collect(), from: date(2026, 6, 1), to: date(2026, 6, 30) };
        let counted = |code: &str| figures(sources, &scope).into_iter().find(|f| f.code == code).map(|f| f.evidence.join(" "));
        let all = "answered handed_over handed_over_and_answered closed answered_later";
        assert_eq!(counted("feedback_received").as_deref(), Some(all));
        assert_eq!(counted("feedback_answered").as_deref(), Some("answered handed_over_and_answered"));
        assert_eq!(counted("feedback_overdue").as_deref(), Some("answered_later"));
        assert_eq!(counted("scam_reports").as_deref(), Some("scam"));

        // Three times each, so that the numbers are large enough to be shown.
        let many = cases.iter().cycle().take(3 * cases.len());
        let Count { received, answered, overdue } = crate::services::of_cases(many, scope.end()).all;
        let fifteen = [Shown::Exactly(15), Shown::Few, Shown::Few];
        assert_eq!([received, answered, overdue], fifteen, "of feedback: six answered, three overdue");
    }
}
