//! The closed lists of codes that are looked up by family, each with all its codes: a new code without words fails a test.

use super::NOTICES;
use programme::model::*;

/// Families and their codes; the key of a code is `FAMILY-CODE` with `-` for `_` and `.`.
pub(super) fn all() -> Vec<(&'static str, Vec<&'static str>)> {
    pages().into_iter().chain(reports()).chain(exercises()).chain(programs()).collect()
}

/// Of the parts of a report.
fn reports() -> Vec<(&'static str, Vec<&'static str>)> {
    let of_parts = |family| (family, crate::returns::SECTIONS.to_vec());
    ["report-section", "return-words", "return-words-hint"].map(of_parts).to_vec()
}

/// Of drills and quizzes.
fn exercises() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("drill-difficulty", programme::drill::Difficulty::ALL.iter().map(|d| d.as_str()).collect()),
        ("drill-line", crate::drills::WRONG_LINES.to_vec()),
        ("quiz-state", programme::quiz::State::ALL.iter().map(|s| s.as_str()).collect()),
        ("quiz-sheet-wrong", programme::quiz::WRONG_SHEETS.to_vec()),
        ("quiz-scan-problem", reader::marks::Unread::CODES.iter().chain(crate::quizzes::SCAN_PROBLEMS).copied().collect()),
        ("quiz-scan-why", reader::marks::Doubt::CODES.iter().chain(crate::quizzes::SCAN_DOUBTS).copied().collect()),
        ("quiz-paper", vec!["forms", "answer-sheet", "key", "slips"]),
        ("quiz-paper-hint", vec!["forms", "answer-sheet", "key", "slips"]),
        ("question-kind", programme::quiz::Kind::ALL.iter().map(|k| k.as_str()).collect()),
        ("question-wrong", wrong_questions()),
        ("certificate", CERTIFICATES.to_vec()),
        ("certificate-hint", CERTIFICATES.to_vec()),
        ("drill-state", programme::drill::DrillState::ALL.iter().map(|s| s.as_str()).collect()),
    ]
}

/// Why a question is not taken.
fn wrong_questions() -> Vec<&'static str> {
    use programme::quiz::{Wrong, gift, table};
    Wrong::ALL.iter().map(|wrong| wrong.as_str()).chain(gift::CODES.iter().chain(table::CODES).copied()).collect()
}

/// Of tokens and of the interface that they open.
fn programs() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("api-op", API_OPERATIONS.to_vec()),
        ("api-problem", STATUSES.to_vec()),
        ("token-purpose", crate::tokens::Purpose::ALL.iter().map(|p| p.as_str()).collect()),
    ]
}

fn refusals() -> Vec<&'static str> {
    let of_pages = ["origin", "token", "sent_before", "no_role_left", "set_up_code", "too_many_plans"].into_iter();
    let of_programs = ["token_missing", "token_wrong", "token_waits", "token_reads_only", "token_for_calendar"];
    let of_accounts = crate::accounts::AccountRefusal::CODES.iter().copied();
    let of_packs = crate::packs::PackProblem::CODES.iter().copied().chain(["scam_too_often"]);
    let of_passkeys = crate::passkeys::PasskeyRefusal::CODES.iter().copied().chain(["passkey_address"]);
    of_pages
        .chain(of_packs)
        .chain(of_programs)
        .chain(of_accounts)
        .chain(of_passkeys)
        .chain(programme::decide::Refusal::CODES.iter().copied())
        .collect()
}

/// Of files that are handed in and backed up.
fn files() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("backup", crate::backup::Problem::CODES.iter().chain(crate::backup::FAILURES).copied().collect()),
        ("backup-stage", crate::backup::Stage::ALL.iter().map(|s| s.code()).collect()),
        ("backup-standing", crate::backup::Standing::CODES.to_vec()),
        ("file", vec!["docx", "pdf", "xlsx"]),
        ("file-camera", crate::evidence::Camera::ALL.iter().map(|c| c.code()).collect()),
        ("file-unfit", crate::evidence::Unfit::ALL.iter().map(|u| u.code()).collect()),
    ]
}

/// Of the digital team's pages.
fn digital() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("digital-do", programme::digital::KINDS.iter().map(|kind| kind.as_str()).collect()),
        ("digital-state", crate::views::DigitalState::ALL.iter().map(|state| state.code()).collect()),
        ("skill-group", SkillGroup::ALL.iter().map(|group| group.as_str()).collect()),
    ]
}

fn pages() -> Vec<(&'static str, Vec<&'static str>)> {
    macro_rules! codes {
        ($list:ty) => {
            <$list>::ALL.iter().map(|c| c.as_str()).collect()
        };
    }
    let mut families = vec![
        ("activity-kind", codes!(ActivityKind)),
        ("asset-kind", codes!(AssetKind)),
        ("confidence", vec!["high", "medium", "low"]),
        ("damage", programme::chain::Damage::CODES.to_vec()),
        ("demo", crate::demo::Step::ALL.iter().map(|s| s.code()).collect()),
        ("difficulties-show", vec!["open", "answered", "mine", "all"]),
        ("direction", codes!(Direction)),
        ("error-title", STATUSES.to_vec()),
        ("error-words", STATUSES.to_vec()),
        ("event", EVENTS.to_vec()),
        ("evidence-kind", codes!(EvidenceKind)),
        ("field", FIELDS.iter().copied().chain(crate::published::Unread::ALL.iter().map(|why| why.code())).collect()),
        ("indicator", indicators()),
        ("lack", LACKS.to_vec()),
        ("letters-empty", codes!(Direction)),
        ("letters-empty-title", codes!(Direction)),
        ("meeting-pack", vec!["docx", "pdf"]),
        ("meeting-state", vec!["planned", "held", "off"]),
        ("minutes", crate::meetings::MINUTES.to_vec()),
        ("need", codes!(Need)),
        ("network", codes!(Network)),
        ("no-passkeys", crate::passkeys::NoPasskeys::CODES.to_vec()),
        ("not-tested", inspect::Reason::CODES.to_vec()),
        ("notice", NOTICES.to_vec()),
        ("obligation-state", vec!["draft", "confirmed", "succeeded", "dropped"]),
        ("office-template", crate::office::templates().iter().map(|t| t.id.as_str()).collect()),
        ("problem", reader::Problem::CODES.iter().chain(SCAN_PROBLEMS).chain(LETTER_PROBLEMS).copied().collect()),
        ("proof", vec!["verified", "declared-only", "not-verified", "waits-for-acceptance", "evidence-gone"]),
        ("recurs", vec!["none", "regular", "weekly", "monthly", "quarterly", "half_yearly", "yearly"]),
        ("refusal", refusals()),
        ("relation", vec!["implements", "cites", "attaches", "replaces"]),
        ("report-template", crate::returns::templates().iter().map(|t| t.id.as_str()).chain([crate::returns::DIRECTIVE_REPORT]).collect()),
        ("return-state", vec!["draft", "approved", "sealed"]),
        ("role", codes!(Role)),
        ("role-may", codes!(Role)),
        ("scan-check", super::SCANS.to_vec()),
        ("scan-kind", SCAN_KINDS.to_vec()),
        ("secrecy", codes!(Secrecy)),
        ("set-up-title", vec!["place", "kind", "units", "account"]),
        ("near", vec!["overdue", "past", "week", "month", "later", "none"]),
        ("show", SHOWS.to_vec()),
        ("standing", STANDINGS.to_vec()),
        ("subject", codes!(SubjectKind)),
        ("task-do", DEEDS.to_vec()),
        ("task-do-hint", DEEDS.to_vec()),
        ("task-do-note", TOLD_DEEDS.to_vec()),
        ("trouble-title", troubles()),
        ("trouble-words", troubles()),
        ("unit-kind", codes!(UnitKind)),
        ("unseen", inspect::facts::Unseen::ALL.iter().map(|u| u.as_str()).collect()),
        ("urgency", codes!(Urgency)),
        ("verdict", codes!(Verdict)),
        ("waits", WAITS.to_vec()),
    ];
    families.extend(chores().into_iter().chain(library()).chain(voices()).chain(examples()).chain(digital()).chain(files()));
    families
}

/// Of what people outside say.
fn voices() -> Vec<(&'static str, Vec<&'static str>)> {
    let all = |kinds: &[CaseKind]| kinds.iter().map(|k| k.as_str()).collect::<Vec<_>>();
    use CaseKind::{Appeal, Feedback, ForgedNotice, ScamReport, Supervision};
    let listed = |family| (family, all(&[Feedback, Supervision, ForgedNotice, ScamReport, Appeal]));
    let sent = |family| (family, all(&[Feedback, ScamReport, ForgedNotice, Appeal]));
    let published = |family| (family, all(&[Feedback, ForgedNotice]));
    let papers = |family| (family, vec!["issued", "numbered", "withdrawn", "secret", "unknown"]);
    let mut families = vec![
        ("case-kind", all(CaseKind::ALL)),
        ("case-state", vec!["open", "overdue", "answered", "referred", "closed"]),
        ("cases-show", vec!["open", "overdue", "answered", "all"]),
        ("service", Service::ALL.iter().map(|s| s.as_str()).collect()),
        ("supervision-form", SupervisionForm::ALL.iter().map(|f| f.as_str()).collect()),
        ("voice-extra-hint", all(&[ScamReport, ForgedNotice])),
        ("case-publish", all(&[Feedback, ForgedNotice])),
    ];
    families.extend(["case-said", "case-answer-hint", "case-close-hint"].map(listed));
    families.extend(["voice-title", "voice-intro", "voice-text", "voice-hint"].map(sent));
    families.extend(["published-title", "published-intro", "published-none", "published-question", "published-answer"].map(published));
    families.extend(["check", "check-hint"].map(papers));
    families
}

/// Of good examples.
fn examples() -> Vec<(&'static str, Vec<&'static str>)> {
    let states = |family| (family, programme::decide::ExampleState::ALL.iter().map(|s| s.as_str()).collect());
    let decided = |family| (family, vec!["accepted", "returned", "withdrawn"]);
    let naming = ("naming", Naming::ALL.iter().map(|n| n.as_str()).collect());
    let of_states = ["example-state", "examples-show", "examples-none"].map(states);
    of_states.into_iter().chain(["example-on", "example-told"].map(decided)).chain([naming]).collect()
}

/// Of the content library and what is made of it.
fn library() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("lesson-print", vec!["leaflet", "handout"]),
        ("lesson-product", crate::lessons::Product::ALL.iter().map(|p| p.as_str()).collect()),
        ("lesson-reader", programme::learn::Reader::ALL.iter().map(|r| r.as_str()).collect()),
        ("lesson-topic", programme::learn::TOPICS.to_vec()),
        ("outline-make", vec!["docx", "pdf"]),
        ("scam-aim", scam::forms::Aim::ALL.iter().map(|a| a.as_str()).collect()),
        ("scam-group", scam::forms::Group::ALL.iter().map(|g| g.as_str()).collect()),
    ]
}

/// Of the door, of what the program does by itself, and of corrections and signatures.
fn chores() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("letter-field", crate::history::LETTER_FIELDS.to_vec()),
        ("return-signed", crate::returns::SIGNED.to_vec()),
        ("access", crate::sessions::ACCESS.iter().copied().chain(crate::noted::Noted::ALL.iter().map(|n| n.code())).collect()),
        ("mail-problem", crate::mail::MailProblem::ALL.iter().map(|p| p.as_str()).collect()),
        ("mail-secured", crate::mail::Secured::ALL.iter().map(|s| s.as_str()).collect()),
        ("my-mail-want", crate::mail::wanted::Want::ALL.iter().map(|w| w.as_str()).collect()),
        ("plan-problem", vec!["no_folder", "failed"]),
        ("plans-every", crate::plans::Every::ALL.iter().map(|e| e.as_str()).collect()),
        ("policy", crate::policy::Policy::ALL.iter().map(|p| p.as_str()).collect()),
        ("audience", Audience::ALL.iter().map(|audience| audience.as_str()).collect()),
        ("outreach-state", vec!["planned", "held", "proved"]),
        ("scam-verdict", vec!["danger", "suspicious", "no_sign"]),
    ]
}

fn indicators() -> Vec<&'static str> {
    RATE_FIGURES.iter().copied().chain(programme::indicators::INDICATORS.iter().map(|i| i.code)).collect()
}

/// What the machine refuses, and a file that is gone.
fn troubles() -> Vec<&'static str> {
    store::Trouble::ALL
        .iter()
        .map(|trouble| trouble.code())
        .chain(["file_gone", "file_changed", "text_damaged", "text_too_long", "folder_gone", "crowded"])
        .collect()
}

const DEEDS: &[&str] = &[
    "acknowledge",
    "progress",
    "declare",
    "return",
    "accept",
    "difficulty",
    "withdraw",
    "extension",
    "grant",
    "refuse",
    "hold",
    "resume",
    "delegate",
];
/// The deeds that ask for words.
const TOLD_DEEDS: &[&str] =
    &["progress", "declare", "return", "accept", "difficulty", "withdraw", "extension", "grant", "refuse", "hold", "resume"];
const FIELDS: &[&str] = &[
    "no-account",
    "no-picture-file",
    "asked-too-often",
    "picture-too-large",
    "picture-too-many-pixels",
    "no-picture",
    "picture-broken",
    "no-code",
    "bad-base64",
    "bad-question",
    "one-question",
    "no-topics",
    "no-audience",
    "no-line",
    "nothing-to-show",
    "how-counted",
    "digital-hours",
    "digital-visits",
    "digital-people",
    "digital-groups",
    "digital-reason",
    "digital-planned-files",
    "names-people",
    "bad-link",
    "no-folder",
    "not-a-form",
    "no-file",
    "not-in-letter",
    "no-text",
    "no-unit",
    "no-lead",
    "no-cut",
    "no-reason",
    "no-example-title",
    "no-example-how",
    "no-example-result",
    "due_before_letter",
    "due_past_letter",
    "no-number",
    "no-paragraph",
    "bad-date",
    "answer-day-past",
    "far-day",
    "bad-iso-day",
    "not-sure",
    "bad-period",
    "bad-choice",
    "bad-number",
    "no-name",
    "no-role",
    "not-same",
    "no-login",
    "no-password",
    "no-place",
    "no-need",
    "no-path",
    "changed-meanwhile",
    "too-long",
    "too-long-line",
    "place-too-long",
    "no-day",
    "no-meeting-title",
    "no-own-name",
    "no-message",
    "message-too-long",
    "voice-too-long",
    "no-account-number",
    "name-given",
    "names-wait",
    "nobody-there",
    "fewer-than-signed",
    "why-more",
    "unknown-parameter",
    "twice",
    "bad-id",
    "bad-limit",
    "bad-switch",
    "bad-day",
    "due-past",
    "issued-ahead",
    "issued-old",
    "bad-cursor",
    "choose-units",
    "later-than-own",
    "day-ahead",
    "name-too-long",
    "person-too-long",
    "no-service",
    "no-such-code",
    "no-recommendation",
    "no-drill-title",
    "no-addresses",
    "drill-lines",
    "no-quiz-title",
    "no-quiz-topics",
    "out-of-bounds",
    "bad-people",
    "no-people",
    "too-few-questions",
    "fewer-than-taken",
    "no-sheets",
    "no-scans",
    "no-sheet-read",
    "wrong-sheets",
    "wrong-questions",
];
const CERTIFICATES: &[&str] = &["holds", "revoked", "erased", "unknown"];
const API_OPERATIONS: &[&str] = &["letters", "letter", "tasks", "task", "add-evidence", "evidence", "evidence-file", "rates", "scam"];
const STATUSES: &[&str] = &["400", "401", "403", "404", "405", "409", "410", "413", "415", "421", "422", "429", "500", "503", "507"];
const WAITS: &[&str] = &[
    "overdue",
    "returned",
    "due-soon",
    "unacknowledged",
    "unacknowledged-long",
    "open",
    "open-until",
    "extensions",
    "to-answer",
    "answered",
    "voices",
    "voices-late",
    "voices-unanswered",
    "voices-answered",
    "judge",
    "to-judge",
    "examples",
    "examples-returned",
    "to-approve",
    "to-confirm",
    "to-assign",
    "below-overdue",
    "below-unacknowledged",
    "below-due-soon",
];
const SHOWS: &[&str] =
    &["open", "overdue", "soon", "not-begun", "under-way", "acknowledged", "done", "on-time", "gap", "verified", "held", "all"];
const LACKS: &[&str] = &["no_evidence", "stale", "not_accepted", "empty_scope", "not_covered", "not_passed"];
const STANDINGS: &[&str] = &[
    "not-begun",
    "not-begun-overdue",
    "under-way",
    "in-time",
    "soon-due",
    "overdue",
    "done",
    "done-in-time",
    "done-late",
    "withdrawn",
    "returned",
    "held",
];
const EVENTS: &[&str] = &[
    "ledger_opened",
    "office_declared",
    "unit_added",
    "unit_closed",
    "unit_reopened",
    "granted",
    "letter_received",
    "letter_edited",
    "letter_confirmed",
    "letter_directed",
    "letter_withdrawn",
    "letter_restored",
    "obligation_drafted",
    "obligation_edited",
    "obligation_succeeded",
    "task_assigned",
    "task_acknowledged",
    "task_progressed",
    "task_declared",
    "task_returned",
    "task_accepted",
    "extension_asked",
    "extension_decided",
    "task_held",
    "evidence_attached",
    "run_recorded",
    "asset_registered",
    "exception_granted",
    "case_opened",
    "case_routed",
    "case_joined",
    "case_answered",
    "case_closed",
    "case_referred",
    "case_published",
    "case_accepted",
    "case_returned",
    "indicator_judged",
    "activity_planned",
    "attendance_given",
    "attendance_struck",
    "activity_recorded",
    "drill_approved",
    "drill_announced",
    "drill_started",
    "drill_stopped",
    "questions_kept",
    "certificate_issued",
    "certificate_revoked",
    "return_drafted",
    "return_approved",
    "return_sealed",
    "withdrawn",
    "erased",
];
const RATE_FIGURES: &[&str] = &[
    "tasks",
    "tasks_acknowledged",
    "tasks_declared",
    "tasks_due",
    "tasks_on_time",
    "tasks_overdue",
    "tasks_held",
    "tasks_verifiable",
    "tasks_verified",
    "tasks_declared_only",
];
const SCAN_KINDS: &[&str] =
    &["cccd", "cmnd", "mst", "bhxh", "driver_licence", "phone", "email", "bank_card", "bank_account", "secret_mark"];
const SCAN_PROBLEMS: &[&str] = &[
    "scan-denied",
    "scan-unreadable",
    "scan-link",
    "scan-special",
    "scan-too-large",
    "scan-archive",
    "scan-binary",
    "scan-too-many-files",
];
const LETTER_PROBLEMS: &[&str] =
    &["letter.no_letterhead", "letter.number_blank", "letter.date_blank", "letter.no_tasks", "letter.no_signature"];
