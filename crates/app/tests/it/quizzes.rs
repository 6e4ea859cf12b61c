//! Quizzes from the bank to the figures of groups, and for each safeguard a try to get around it.

use crate::office::{Office, days_pass, office, refusal};
use app::accounts::AccountRefusal;
use app::quizzes::{self, BankFilter, KeyedIn, NewQuiz, Outcome, ScanLine, Sheet, Standing};
use app::sessions::From;
use jiff::ToSpan as _;
use programme::decide::Refusal;
use programme::ids::{ActivityId, UnitId};
use programme::learn::Reader;
use programme::model::*;
use programme::quiz::certificate::verify;
use programme::quiz::{Kind, State};
use programme::services::Shown;
use std::collections::{BTreeMap, BTreeSet};

const CELL: &str = "Chi bộ thôn 1";
const OTHER: &str = "Chi bộ thôn 2";

struct Quiz {
    o: Office,
    id: ActivityId,
}

fn from(address: &str) -> From {
    From { address: address.to_owned(), ..From::default() }
}

async fn new(o: &Office, people: &[(&str, u32)]) -> NewQuiz {
    let today = o.app.now().day();
    let mut units = Vec::new();
    for (name, n) in people {
        units.push((o.unit(name).await, *n));
    }
    NewQuiz {
        title: "Kiểm tra quý II".to_owned(),
        topics: vec!["passwords".to_owned(), "scams".to_owned()],
        reader: Some(Reader::Member),
        n_questions: 5,
        from: today,
        until: today.checked_add(6.days()).unwrap(),
        pass_percent: 80,
        tries: 2,
        units,
        course: Some("An toàn mật khẩu".to_owned()),
        tasks: Vec::new(),
    }
}

/// Places of the answers that the bank calls right, of as many questions as wanted; the others are left out.
async fn answers(o: &Office, sheet: &Sheet, n_right: usize) -> Vec<BTreeSet<usize>> {
    let bank = quizzes::bank(&o.app, &o.clerk, &BankFilter::default()).await.unwrap();
    let right = |item: &quizzes::SheetItem| {
        let of = &bank.iter().find(|of| of.question.text == item.text).unwrap().question;
        let is = |text: &String| of.answers.iter().any(|answer| &answer.text == text && answer.right);
        match item.kind {
            Kind::TrueFalse => of.right(),
            _ => item.answers.iter().enumerate().filter(|(_, text)| is(text)).map(|(at, _)| at).collect(),
        }
    };
    sheet.items.iter().enumerate().map(|(at, item)| if at < n_right { right(item) } else { BTreeSet::new() }).collect()
}

impl Quiz {
    async fn open(people: &[(&str, u32)]) -> Quiz {
        let o = office(Network::Internet).await;
        let id = quizzes::plan(&o.app, &o.clerk, new(&o, people).await).await.unwrap();
        Quiz { o, id }
    }

    async fn view(&self) -> quizzes::QuizView {
        quizzes::show(&self.o.app, &self.o.clerk, &self.id).await.unwrap().unwrap()
    }

    async fn code(&self, unit: &str) -> String {
        self.view().await.units.into_iter().find(|part| part.name == unit).unwrap().code
    }

    async fn sheet(&self, unit: &str, again: Option<&str>) -> app::Result<Option<Sheet>> {
        quizzes::sheet(&self.o.app, &self.code(unit).await, again, &from("10.0.0.1")).await
    }

    /// One person answers so many questions right, on a machine of their own.
    async fn sits(&self, unit: &str, n_right: usize, device: &str) -> app::Result<Outcome> {
        let sheet = self.sheet(unit, None).await?.unwrap();
        self.hands_in(unit, &sheet, n_right, device).await
    }

    async fn hands_in(&self, unit: &str, sheet: &Sheet, n_right: usize, device: &str) -> app::Result<Outcome> {
        let marked = answers(&self.o, sheet, n_right).await;
        let code = self.code(unit).await;
        Ok(quizzes::hand_in(&self.o.app, &code, &sheet.token, &marked, &from("10.0.0.1"), device).await?.unwrap())
    }

    async fn many(&self, unit: &str, passed: usize, failed: usize) {
        for n in 0..passed + failed {
            self.sits(unit, if n < passed { 5 } else { 1 }, &format!("{unit}{n}")).await.unwrap();
        }
    }

    /// Every column of every sheet, as text.
    async fn sittings(&self) -> Vec<Vec<String>> {
        use sqlx::{Connection as _, Row as _};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.o.folder.path().join("data/luytre.db"));
        let mut db = sqlx::sqlite::SqliteConnection::connect_with(&options).await.unwrap();
        let names: Vec<String> = sqlx::query_scalar("select name from pragma_table_info('quiz_sitting')").fetch_all(&mut db).await.unwrap();
        let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new("select ");
        query.push(names.iter().map(|name| format!("cast({name} as text)")).collect::<Vec<_>>().join(", ")).push(" from quiz_sitting");
        let rows = query.build().fetch_all(&mut db).await.unwrap();
        rows.iter().map(|row| (0..names.len()).map(|at| row.get::<String, _>(at)).collect()).collect()
    }
}

#[tokio::test]
async fn figures_of_groups_are_all_that_is_left_of_a_quiz() {
    let q = Quiz::open(&[(CELL, 12), (OTHER, 20)]).await;
    q.many(CELL, 9, 2).await;
    q.many(OTHER, 3, 1).await;
    let open = q.view().await;
    let taken: Vec<(&str, u64)> = open.units.iter().map(|part| (part.name.as_str(), part.taken)).collect();
    assert_eq!(taken, [(CELL, 11), (OTHER, 4)]);
    assert_eq!((open.state, open.results), (State::Open, None), "no pass is counted while somebody could be seen handing in");
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let closed = q.view().await;
    let results = closed.results.unwrap();
    let groups: Vec<String> = results.groups.iter().map(|g| format!("{} {:?} {}/{}", g.name, g.with, g.passed, g.taken)).collect();
    assert_eq!(groups, ["Chi bộ thôn 1 [\"Chi bộ thôn 2\"] 12/15"], "four people are no group of their own");
    assert_eq!((results.taken, results.passed, results.people), (15, Some(12), 32));
    assert!(closed.units.iter().all(|part| part.taken == 0), "no sheet is left");
    assert!(results.hard.iter().all(|hard| hard.asked == 15 && hard.known < 15));
    assert_eq!(refusal(quizzes::close(&q.o.app, &q.o.clerk, &q.id).await), Refusal::QuizOver);
    assert!(q.sheet_of_code("XXXXXXXX").await.is_none());
}

impl Quiz {
    async fn sheet_of_code(&self, code: &str) -> Option<Sheet> {
        quizzes::sheet(&self.o.app, code, None, &from("10.9.9.9")).await.unwrap()
    }
}

#[tokio::test]
async fn of_fewer_than_ten_nobody_learns_how_many_passed() {
    let q = Quiz::open(&[(CELL, 9)]).await;
    q.many(CELL, 8, 1).await;
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let view = q.view().await;
    let results = view.results.unwrap();
    assert_eq!((results.taken, results.passed, results.groups.len(), results.hard.len()), (9, None, 0, 0));
    let file = app::evidence::download(&q.o.app, &view.evidence.unwrap()).await.unwrap().unwrap().1;
    let text = String::from_utf8(file).unwrap();
    assert!(text.contains("\"passed\":null") && !text.contains("\"passed\":8"), "{text}");
}

#[tokio::test]
async fn a_name_stands_beside_no_score() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let passed = q.sits(CELL, 5, "d1").await.unwrap();
    let code = q.code(CELL).await;
    let issued = quizzes::issue(&q.o.app, &code, &passed.token, "Bùi Thị Mận", &from("10.0.0.1")).await.unwrap().unwrap();
    let certified = quizzes::check_certificate(&q.o.app, &issued, &from("10.0.0.1")).await.unwrap().unwrap();
    let text = certified.signed.unwrap().text();
    assert_eq!(
        text.lines().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(),
        ["LUYTRE-CERTIFICATE/1", "code", "name", "course", "office", "date", "key", "signature"]
    );
    let learner = q.o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    let sheet = quizzes::own_sheet(&q.o.app, &learner, &q.id).await.unwrap().unwrap();
    let marked = answers(&q.o, &sheet, 5).await;
    quizzes::hand_in_own(&q.o.app, &learner, &q.id, &marked).await.unwrap();
    let certificate = quizzes::issued(&q.o.app, &q.o.clerk, &q.id).await.unwrap()[0].id.to_string();
    let rows = q.sittings().await;
    assert_eq!(rows.len(), 2);
    for row in rows {
        let [activity, sitting, unit, rest @ ..] = row.as_slice() else { panic!("{row:?}") };
        assert_eq!((activity, unit), (&q.id.to_string(), &q.o.unit(CELL).await.to_string()));
        assert_eq!((sitting.len(), rest.len()), (64, 4), "a digest, tries, best, passed, certified: no time, no name: {row:?}");
        for known in
            [learner.person.to_string(), certificate.clone(), "Vũ Thị Sen".to_owned(), "Bùi Thị Mận".to_owned(), passed.token.clone()]
        {
            assert!(!row.iter().any(|value| value.contains(&known)), "{row:?} leads to {known}");
        }
    }
    let events = quizzes::history(&q.o.app, &q.id).await.unwrap();
    assert!(events.iter().all(|row| row.by_name.as_deref() != Some("Vũ Thị Sen")), "nobody hands in under a name");
}

#[tokio::test]
async fn tries_end_and_no_token_makes_more() {
    let q = Quiz::open(&[(CELL, 12), (OTHER, 12)]).await;
    let first = q.sheet(CELL, None).await.unwrap().unwrap();
    let outcome = q.hands_in(CELL, &first, 2, "d1").await.unwrap();
    assert_eq!((outcome.passed, outcome.tries_left, outcome.score.right), (false, 1, 2));
    let told = outcome.items.iter().flat_map(|item| &item.answers).any(|(_, _, right)| right.is_some());
    assert!(!told, "right answers are not told while a try is left");
    let again = q.sheet(CELL, Some(&outcome.token)).await.unwrap().unwrap();
    assert_eq!(again.tried, 1);
    let second = q.hands_in(CELL, &again, 1, "d1").await.unwrap();
    assert_eq!(second.tries_left, 0);
    assert!(second.items.iter().flat_map(|item| &item.answers).all(|(_, _, right)| right.is_some()), "now they are told");
    assert_eq!(refusal(q.sheet(CELL, Some(&second.token)).await), Refusal::QuizNoTries);
    assert_eq!(refusal(q.hands_in(CELL, &again, 5, "d1").await), Refusal::QuizNoTries, "the page that was open before");
    let (sitting, tag) = second.token.split_once('.').unwrap();
    for forged in [format!("{}.{tag}", "0".repeat(32)), sitting.to_owned(), format!("{sitting}."), String::new()] {
        assert_eq!(refusal(q.sheet(CELL, Some(&forged)).await), Refusal::QuizSitting, "{forged}");
    }
    assert_eq!(refusal(q.sheet(OTHER, Some(&second.token)).await), Refusal::QuizSitting, "a sitting of another unit");
    assert_eq!(q.view().await.units[0].taken, 1, "two tries are one person");
}

#[tokio::test]
async fn no_more_sheets_come_in_than_there_are_people() {
    let q = Quiz::open(&[(CELL, 2)]).await;
    q.many(CELL, 1, 1).await;
    assert_eq!(refusal(q.sits(CELL, 5, "d9").await), Refusal::QuizFull);
    let fewer = BTreeMap::from([(q.o.unit(CELL).await, 1)]);
    let until = q.view().await.days.unwrap().until;
    assert_eq!(refusal(quizzes::change(&q.o.app, &q.o.clerk, &q.id, None, (until, &fewer)).await), Refusal::QuizSize);
    let more = BTreeMap::from([(q.o.unit(CELL).await, 3)]);
    quizzes::change(&q.o.app, &q.o.clerk, &q.id, None, (until, &more)).await.unwrap();
    q.sits(CELL, 5, "d9").await.unwrap();
}

#[tokio::test]
async fn nobody_answers_before_or_after_its_days() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let kept = q.sheet(CELL, None).await.unwrap().unwrap();
    days_pass(7);
    assert_eq!(refusal(q.sheet(CELL, None).await), Refusal::QuizOver);
    assert_eq!(refusal(q.hands_in(CELL, &kept, 5, "d1").await), Refusal::QuizOver, "a page that was kept open");
    let paper = quizzes::key_in(&q.o.app, &q.o.clerk, &q.id, &q.o.unit(CELL).await, "101 -----").await.unwrap();
    assert_eq!(paper, KeyedIn::Taken(1), "paper that was collected in time is keyed in later");
    let later = NewQuiz {
        from: kept.face.days.until.checked_add(9.days()).unwrap(),
        until: kept.face.days.until.checked_add(9.days()).unwrap(),
        ..new(&q.o, &[(CELL, 3)]).await
    };
    let numbered = NewQuiz { title: "Hỏi 0912 345 678".to_owned(), ..new(&q.o, &[(CELL, 3)]).await };
    assert_eq!(refusal(quizzes::plan(&q.o.app, &q.o.clerk, numbered).await), Refusal::PersonalNumber);
    let id = quizzes::plan(&q.o.app, &q.o.clerk, later).await.unwrap();
    let waiting = Quiz { id, o: q.o };
    assert_eq!(refusal(waiting.sheet(CELL, None).await), Refusal::QuizNotOpen);
    assert_eq!(refusal(quizzes::close(&waiting.o.app, &waiting.o.clerk, &waiting.id).await), Refusal::QuizNotOpen);
}

#[tokio::test]
async fn guessing_codes_ends_soon_and_bars_nobody_who_has_one() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let mut waits = 0;
    for n in 0..80 {
        let guess = format!("AAAAAA{:02}", n + 20);
        match quizzes::by_code(&q.o.app, &guess, &from("10.0.0.1")).await {
            Ok(found) => assert!(found.is_none()),
            Err(app::Error::Account(AccountRefusal::Waits)) => waits += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(waits, 30, "fifty guesses in a quarter of an hour from one address");
    assert!(q.sheet(CELL, None).await.unwrap().is_some(), "a colleague behind the same router holds the slip");
    let code = q.code(CELL).await;
    let typed = format!(" {}-{} ", &code[..4].to_lowercase(), &code[4..]);
    assert!(quizzes::by_code(&q.o.app, &typed, &from("10.0.0.7")).await.unwrap().is_some());
}

#[tokio::test]
async fn one_browser_does_not_fill_a_unit_in_a_minute() {
    let q = Quiz::open(&[(CELL, 60)]).await;
    for _ in 0..10 {
        q.sits(CELL, 5, "one").await.unwrap();
    }
    assert!(matches!(q.sits(CELL, 5, "one").await, Err(app::Error::Account(AccountRefusal::Waits))));
    q.sits(CELL, 5, "two").await.unwrap();
}

#[tokio::test]
async fn paper_is_keyed_in_many_at_a_time_or_not_at_all() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let unit = q.o.unit(CELL).await;
    let forms = quizzes::forms(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let key = |at: usize| format!("{} {}", forms[at].variant, forms[at].items.iter().map(|item| item.key.clone()).collect::<String>());
    let sheets = (0..11).map(|n| if n == 3 { "102 -----".to_owned() } else { key(n % 4) }).collect::<Vec<_>>().join("\n");
    let wrong = format!("{sheets}\n101 AAAA\n999 AAAAA");
    let KeyedIn::Wrong(lines) = quizzes::key_in(&q.o.app, &q.o.clerk, &q.id, &unit, &wrong).await.unwrap() else { panic!("taken") };
    assert_eq!(lines.iter().map(|line| (line.line, line.why)).collect::<Vec<_>>(), [(12, "too_few"), (13, "variant")]);
    assert_eq!(q.view().await.units[0].taken, 0, "one wrong line and nothing is taken");
    assert_eq!(quizzes::key_in(&q.o.app, &q.o.clerk, &q.id, &unit, &sheets).await.unwrap(), KeyedIn::Taken(11));
    assert_eq!(refusal(quizzes::key_in(&q.o.app, &q.o.clerk, &q.id, &unit, &format!("{}\n{}", key(0), key(1))).await), Refusal::QuizFull);
    assert_eq!(q.view().await.units[0].taken, 11, "two of which one is too many: none is taken");
    let learner = q.o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    assert!(matches!(refusal(quizzes::key_in(&q.o.app, &learner, &q.id, &unit, &key(0)).await), Refusal::RoleMissing { .. }));
    assert!(matches!(refusal(quizzes::forms(&q.o.app, &learner, &q.id).await), Refusal::RoleMissing { .. }), "nor sees the key");
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    assert_eq!(q.view().await.results.unwrap().passed, Some(10));
}

#[tokio::test]
async fn a_sheet_with_a_number_is_taken_once_for_its_unit() {
    let q = Quiz::open(&[(CELL, 3), (OTHER, 3)]).await;
    let (cell, other) = (q.o.unit(CELL).await, q.o.unit(OTHER).await);
    let take = async |lines: &[(&UnitId, &str)]| {
        let seal = |unit: &UnitId, line: &str| quizzes::scan_seal(&q.o.app, &q.id, unit, quizzes::number_of(line).unwrap_or_default());
        let line = |(unit, line): &(&UnitId, &str)| ScanLine { unit: (*unit).clone(), line: (*line).to_owned(), seal: seal(unit, line) };
        let lines: Vec<ScanLine> = lines.iter().map(line).collect();
        quizzes::take_scans(&q.o.app, &q.o.clerk, &q.id, &lines).await
    };
    let wrong = |answer: app::Result<KeyedIn>| match answer.unwrap() {
        KeyedIn::Wrong(wrong) => wrong.iter().map(|line| format!("{} {}", line.line, line.why)).collect::<Vec<_>>(),
        KeyedIn::Taken(n) => panic!("{n} were taken"),
    };
    let doubtful = take(&[(&cell, "101/1 -----"), (&cell, "102/2 --?--"), (&cell, ""), (&cell, "101/1\n-----")]).await;
    assert_eq!(wrong(doubtful), ["2 doubtful", "3 variant"]);
    assert_eq!(wrong(take(&[(&cell, "101/1 -----"), (&cell, "101/1 AAAAA")]).await), ["2 twice"]);
    assert_eq!(take(&[(&cell, "101/1 -----"), (&other, "101/1 -----"), (&other, "102 -----")]).await.unwrap(), KeyedIn::Taken(3));
    assert_eq!(wrong(take(&[(&cell, "102/2 -----"), (&cell, "101/1 -----")]).await), ["2 taken"]);
    let keyed = quizzes::key_in(&q.o.app, &q.o.clerk, &q.id, &cell, "101/1 -----").await;
    assert_eq!(wrong(keyed), ["1 taken"], "keyed in by hand it is the same sheet");
    // What was read as the cell's is not taken as another unit's.
    let moved = ScanLine { unit: other.clone(), line: "104/4 -----".to_owned(), seal: quizzes::scan_seal(&q.o.app, &q.id, &cell, 4) };
    assert_eq!(wrong(quizzes::take_scans(&q.o.app, &q.o.clerk, &q.id, &[moved]).await), ["1 number"]);
    let full = take(&[(&other, "102/2 -----"), (&other, "103/3 -----")]).await;
    assert_eq!(refusal(full), Refusal::QuizFull);
    let stranger = q.o.unit("Đảng ủy xã Tân Lũy").await;
    assert_eq!(refusal(take(&[(&stranger, "101/1 -----")]).await), Refusal::NoUnit);
    let taken: Vec<u64> = q.view().await.units.iter().map(|unit| unit.taken).collect();
    assert_eq!(taken, [1, 2]);
}

#[tokio::test]
async fn what_is_no_picture_is_told_and_who_holds_no_quizzes_reads_none() {
    let q = Quiz::open(&[(CELL, 3)]).await;
    let files =
        || vec![("a.txt".to_owned(), b"a".to_vec()), ("b.txt".to_owned(), b"a".to_vec()), ("c.pdf".to_owned(), b"%PDF-1.4".to_vec())];
    let scanned = quizzes::read_scans(&q.o.app, &q.o.clerk, &q.id, files()).await.unwrap();
    let told: Vec<(&str, &str)> = scanned.not_read.iter().map(|page| (page.file.as_str(), page.why)).collect();
    assert_eq!(told, [("a.txt", "no-picture"), ("b.txt", "twice"), ("c.pdf", "broken")]);
    assert!(scanned.sheets.is_empty());
    let learner = q.o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    assert!(matches!(refusal(quizzes::read_scans(&q.o.app, &learner, &q.id, files()).await), Refusal::RoleMissing { .. }));
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    assert_eq!(refusal(quizzes::read_scans(&q.o.app, &q.o.clerk, &q.id, files()).await), Refusal::QuizOver);
}

#[tokio::test]
async fn a_learner_alone_sees_their_own_results_and_cards() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let learner = q.o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    let other = q.o.person("Phạm Văn Nứa", CELL, &[Role::Officer]).await;
    let sheet = quizzes::own_sheet(&q.o.app, &learner, &q.id).await.unwrap().unwrap();
    let marked = answers(&q.o, &sheet, 3).await;
    let outcome = quizzes::hand_in_own(&q.o.app, &learner, &q.id, &marked).await.unwrap().unwrap();
    assert_eq!((outcome.passed, outcome.tries_left), (false, 1));
    let sheet = quizzes::own_sheet(&q.o.app, &learner, &q.id).await.unwrap().unwrap();
    let marked = answers(&q.o, &sheet, 5).await;
    assert!(quizzes::hand_in_own(&q.o.app, &learner, &q.id, &marked).await.unwrap().unwrap().passed);
    assert_eq!(refusal(quizzes::own_sheet(&q.o.app, &learner, &q.id).await), Refusal::AlreadyDone);
    let mine = quizzes::learning(&q.o.app, &learner, Reader::Member).await.unwrap();
    assert_eq!(mine.results.iter().map(|row| (row.best, row.questions, row.passed)).collect::<Vec<_>>(), [(5, 5, true)]);
    assert!(quizzes::learning(&q.o.app, &other, Reader::Member).await.unwrap().results.is_empty());
    assert_eq!(q.view().await.units[0].taken, 1, "it counts for the unit");
    let elsewhere = q.o.person("Đỗ Văn Tám", OTHER, &[Role::Learner]).await;
    assert!(quizzes::own_sheet(&q.o.app, &elsewhere, &q.id).await.unwrap().is_none(), "a quiz of another unit");
    let code = quizzes::issue_own(&q.o.app, &learner, &q.id).await.unwrap();
    assert_eq!(refusal(quizzes::issue_own(&q.o.app, &learner, &q.id).await), Refusal::AlreadyDone);
    assert_eq!(refusal(quizzes::issue_own(&q.o.app, &other, &q.id).await), Refusal::QuizNotPassed);
    let data = app::privacy::export(&q.o.app, &learner, &learner.person).await.unwrap();
    assert!(data.to_json().contains("Vũ Thị Sen") && data.quizzes.len() == 1 && data.certificates.len() == 1);
    let told = app::privacy::export(&q.o.app, &q.o.clerk, &learner.person).await.unwrap();
    assert_eq!((told.quizzes.len(), told.cards.len()), (0, 0));
    let json = told.to_json();
    assert!(json.contains("chỉ đưa cho chính người đó") && !json.contains("\"quizzes\"") && !json.contains("\"cards\""), "{json}");
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let mine = quizzes::learning(&q.o.app, &learner, Reader::Member).await.unwrap();
    assert_eq!(mine.results.len(), 1, "closing takes nothing from the learner");
    app::privacy::erase(&q.o.app, &q.o.clerk, &learner.person, "law_91_2025").await.unwrap();
    let gone = quizzes::check_certificate(&q.o.app, &code, &from("10.0.0.1")).await.unwrap().unwrap();
    assert_eq!((gone.standing, gone.signed), (Standing::Erased, None));
    let report = app::verify::run(&q.o.app).await.unwrap();
    assert!(report.whole, "{:?}", report.damage);
}

#[tokio::test]
async fn cards_come_back_and_nobody_climbs_twice_in_a_day() {
    let o = office(Network::Internet).await;
    let learner = o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    let page = async || quizzes::learning(&o.app, &learner, Reader::Member).await.unwrap();
    let first = page().await.next.unwrap();
    assert_eq!(first.box_number, None);
    let bank = quizzes::bank(&o.app, &o.clerk, &BankFilter::default()).await.unwrap();
    let of = &bank.iter().find(|of| of.id == first.id).unwrap().question;
    let right: BTreeSet<usize> = first
        .answers
        .iter()
        .enumerate()
        .filter(|(_, text)| of.answers.iter().any(|a| &a.text == *text && a.right))
        .map(|(at, _)| at)
        .collect();
    let came = quizzes::answer_card(&o.app, &learner, &first.id, &right).await.unwrap().unwrap();
    assert!(came.result.right && came.card.box_number == 2);
    let again = quizzes::answer_card(&o.app, &learner, &first.id, &right).await.unwrap().unwrap();
    assert_eq!(again.card, came.card, "the same page sent again moves nothing");
    let next = page().await.next.unwrap();
    assert_ne!(next.id, first.id);
    quizzes::answer_card(&o.app, &learner, &next.id, &BTreeSet::new()).await.unwrap().unwrap();
    days_pass(1);
    let tomorrow = page().await;
    assert_eq!((tomorrow.due, tomorrow.next.unwrap().id), (1, next.id), "what was not known comes back tomorrow");
    assert_eq!(tomorrow.boxes, [1, 1, 0, 0, 0]);
    for _ in 0..30 {
        if let Some(card) = page().await.next {
            quizzes::answer_card(&o.app, &learner, &card.id, &BTreeSet::new()).await.unwrap();
        }
    }
    let done = page().await;
    assert!(done.next.is_none() && done.new > 0, "ten new ones a day, no more");
    assert!(quizzes::answer_card(&o.app, &learner, "khong-co", &BTreeSet::new()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_certificate_is_known_to_whoever_holds_its_code_until_it_is_taken_back() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let (passed, failed) = (q.sits(CELL, 4, "d1").await.unwrap(), q.sits(CELL, 3, "d2").await.unwrap());
    let code = q.code(CELL).await;
    let give = async |token: &str, name: &str| quizzes::issue(&q.o.app, &code, token, name, &from("10.0.0.1")).await;
    assert_eq!(refusal(give("", "Mận 001203000123").await), Refusal::PersonalNumber);
    assert_eq!(refusal(give(&failed.token, "Bùi Thị Mận").await), Refusal::QuizNotPassed);
    assert_eq!(refusal(give("0.0", "Bùi Thị Mận").await), Refusal::QuizSitting);
    assert_eq!(refusal(give(&passed.token, " ").await), Refusal::EmptyText);
    let issued = give(&passed.token, "Bùi Thị Mận").await.unwrap().unwrap();
    assert_eq!(refusal(give(&passed.token, "Bùi Văn Khác").await), Refusal::AlreadyDone, "one sitting, one certificate");
    let check = async |code: &str| quizzes::check_certificate(&q.o.app, code, &from("10.0.0.2")).await.unwrap();
    let held = check(&issued).await.unwrap();
    assert_eq!(held.standing, Standing::Holds);
    let signed = verify(&held.signed.unwrap().text()).unwrap();
    assert_eq!((signed.certificate.name.as_str(), signed.certificate.course.as_str()), ("Bùi Thị Mận", "An toàn mật khẩu"));
    assert_eq!(signed.key, quizzes::office_key(&q.o.app).await.unwrap().unwrap());
    let issued_list = quizzes::issued(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let id = issued_list[0].id.clone();
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    assert_eq!(check(&issued).await.unwrap().standing, Standing::Holds, "closing the quiz takes nothing back");
    quizzes::revoke(&q.o.app, &q.o.clerk, &q.id, &id, "Cấp nhầm").await.unwrap();
    assert_eq!(check(&issued).await.unwrap().standing, Standing::Revoked);
    assert!(quizzes::proof(&q.o.app, &issued, &from("10.0.0.2")).await.unwrap().is_none());
    app::evidence::erase(&q.o.app, &q.o.clerk, &issued_list[0].content, "law_91_2025").await.unwrap();
    assert_eq!(check(&issued).await.unwrap().signed, None);
    assert!(app::verify::run(&q.o.app).await.unwrap().whole);
}

#[tokio::test]
async fn guessing_codes_of_certificates_ends_soon() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    let passed = q.sits(CELL, 5, "d1").await.unwrap();
    let issued = quizzes::issue(&q.o.app, &q.code(CELL).await, &passed.token, "Bùi Thị Mận", &from("10.0.0.1")).await.unwrap().unwrap();
    let mut waits = 0;
    for n in 0..60 {
        let guess = format!("AAAAAAAA{:02}", n + 20);
        waits += usize::from(quizzes::check_certificate(&q.o.app, &guess, &from("10.0.0.5")).await.is_err());
    }
    assert_eq!(waits, 10);
    assert!(quizzes::check_certificate(&q.o.app, &issued, &from("10.0.0.5")).await.unwrap().is_some(), "a right one always passes");
}

#[tokio::test]
async fn the_bank_takes_files_whole_or_not_at_all_and_gives_them_back() {
    let o = office(Network::Internet).await;
    let own = async || quizzes::bank(&o.app, &o.clerk, &BankFilter { own: true, ..BankFilter::default() }).await.unwrap();
    let import = async |bytes: Vec<u8>| quizzes::import(&o.app, &o.clerk, bytes).await.unwrap();
    let template = quizzes::template(&o.app).await.unwrap();
    let done = import(template.clone()).await;
    assert_eq!((done.kept, done.known, done.problems.len()), (3, 0, 0), "{:?}", done.problems);
    assert_eq!((import(template).await.known, own().await.len()), (3, 3), "the same again is nothing new");
    let gift = quizzes::export_gift(&o.app, &o.clerk, &BankFilter::default()).await.unwrap();
    let all = quizzes::bank(&o.app, &o.clerk, &BankFilter::default()).await.unwrap().len();
    assert_eq!(import(gift.into_bytes()).await.known, all, "what is written is read the same");
    let xlsx = quizzes::export_xlsx(&o.app, &o.clerk, &BankFilter::default()).await.unwrap();
    let again = import(xlsx).await;
    assert_eq!((again.known, again.problems.len()), (all, 0), "{:?}", again.problems);
    let wrong = import("Câu một {=a ~b}\n\nCâu hai {}\n".as_bytes().to_vec()).await;
    assert_eq!(wrong.problems.iter().map(|p| (p.line, p.code)).collect::<Vec<_>>(), [(3, "essay")]);
    assert_eq!(own().await.len(), 3, "one wrong question and none is taken");
    let first = own().await.remove(0);
    let id = first.id.parse().unwrap();
    let changed = programme::quiz::Question { text: "Lời mới?".into(), ..first.question };
    quizzes::keep(&o.app, &o.clerk, Some(id), changed).await.unwrap();
    assert!(own().await.iter().any(|of| of.id == first.id && of.question.text == "Lời mới?") && own().await.len() == 3);
    quizzes::withdraw(&o.app, &o.clerk, &first.id.parse().unwrap()).await.unwrap();
    assert_eq!(own().await.len(), 2);
    assert_eq!(refusal(quizzes::withdraw(&o.app, &o.clerk, &first.id.parse().unwrap()).await), Refusal::AlreadyDone);
    let found = quizzes::bank(&o.app, &o.clerk, &BankFilter { words: "MAT KHAU".into(), ..BankFilter::default() }).await.unwrap();
    assert!(!found.is_empty() && found.len() < all, "found without marks and capitals");
    let learner = o.person("Vũ Thị Sen", CELL, &[Role::Learner]).await;
    assert!(
        matches!(refusal(quizzes::bank(&o.app, &learner, &BankFilter::default()).await), Refusal::RoleMissing { .. }),
        "answers are not for everybody"
    );
    assert!(matches!(refusal(quizzes::import(&o.app, &learner, b"a {=b ~c}".to_vec()).await), Refusal::RoleMissing { .. }));
}

#[tokio::test]
async fn hostile_workbooks_are_refused_with_their_row() {
    use rust_xlsxwriter::Workbook;
    let o = office(Network::Internet).await;
    let told = async |bytes: Vec<u8>| {
        let done = quizzes::import(&o.app, &o.clerk, bytes).await.unwrap();
        done.problems.iter().map(|p| format!("{} {}", p.line, p.code)).collect::<Vec<_>>()
    };
    let book = |fill: &dyn Fn(&mut rust_xlsxwriter::Worksheet)| {
        let mut book = Workbook::new();
        fill(book.add_worksheet());
        book.save_to_buffer().unwrap()
    };
    let formula = book(&|sheet| {
        sheet.write_string(0, 0, "đầu").unwrap().write_string(1, 3, "Hỏi?").unwrap();
        sheet.write_formula(2, 3, "=HYPERLINK(\"http://x\")").unwrap();
    });
    assert_eq!(told(formula).await, ["3 formula"]);
    let far = book(&|sheet| _ = sheet.write_string(1_048_575, 16_383, "x").unwrap());
    assert_eq!(told(far).await, ["1048576 too_many"]);
    let long = book(&|sheet| (0..100_000).for_each(|row| _ = sheet.write_string(row, 3, "x").unwrap()));
    assert_eq!(told(long).await, ["2101 too_many"]);
    assert_eq!(told(b"PK\x03\x04 not a workbook".to_vec()).await, ["1 not_a_sheet"]);
    assert_eq!(told(vec![0xff; 100]).await, ["1 not_a_sheet"]);
    assert_eq!(told(vec![b'a'; 5 << 20]).await, ["1 too_large"]);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    (0..200).for_each(|_| std::io::Write::write_all(&mut zip, &zeros).unwrap());
    assert_eq!(told(zip.finish().unwrap().into_inner()).await, ["1 too_large"], "200 MB in a few KB");
}

#[tokio::test]
async fn a_quiz_proves_the_task_it_serves_and_counts_in_the_report() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Đảng ủy xã Tân Lũy", "Tổ chức tập huấn cho cán bộ", &[Need::Training])]).await;
    app::letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let obligation = app::letters::show(&o.app, &letter).await.unwrap().unwrap().obligations[0].id.clone();
    let of_office = app::tasks::Assign { to: vec![o.unit("Đảng ủy xã Tân Lũy").await], ..app::tasks::Assign::of(obligation) };
    let tasks = app::tasks::assign(&o.app, &o.clerk, of_office).await.unwrap();
    let quiz = NewQuiz { tasks: tasks.clone(), ..new(&o, &[(CELL, 30)]).await };
    let id = quizzes::plan(&o.app, &o.clerk, quiz).await.unwrap();
    let q = Quiz { o, id };
    q.many(CELL, 10, 2).await;
    quizzes::close(&q.o.app, &q.o.clerk, &q.id).await.unwrap();
    let evidence = &app::tasks::show(&q.o.app, &tasks[0]).await.unwrap().unwrap().evidence;
    assert_eq!(evidence.len(), 1, "{evidence:?}");
    let figures = app::returns::NewReturn {
        template: app::returns::DIRECTIVE_REPORT.to_owned(),
        unit: None,
        period: programme::period::Period::Quarter(2026, 2),
        letter: None,
    };
    let report = app::returns::draft(&q.o.app, &q.o.clerk, figures).await.unwrap();
    let view = app::returns::show(&q.o.app, &report, 9).await.unwrap().unwrap();
    let tested = view.figures.iter().find(|figure| figure.code == "people_tested").unwrap();
    assert_eq!((tested.value.and_then(Shown::exact), tested.n_refs), (Some(12), 1));
}

#[tokio::test]
async fn who_may_not_hold_quizzes_sees_none() {
    let q = Quiz::open(&[(CELL, 12)]).await;
    for (name, unit, role) in [("A", CELL, Role::Clerk), ("B", CELL, Role::Learner), ("C", OTHER, Role::Head)] {
        let actor = q.o.person(&format!("Người {name}"), unit, &[role]).await;
        assert!(matches!(refusal(quizzes::list(&q.o.app, &actor).await), Refusal::RoleMissing { .. }));
        assert!(matches!(refusal(quizzes::plan(&q.o.app, &actor, new(&q.o, &[(CELL, 3)]).await).await), Refusal::RoleMissing { .. }));
        assert!(matches!(refusal(quizzes::close(&q.o.app, &actor, &q.id).await), Refusal::RoleMissing { .. }));
        assert!(matches!(refusal(quizzes::issued(&q.o.app, &actor, &q.id).await), Refusal::RoleMissing { .. }));
    }
    let head = q.o.person("Đỗ Thị Sen", "Đảng ủy xã Tân Lũy", &[Role::Head]).await;
    assert_eq!(quizzes::list(&q.o.app, &head).await.unwrap().len(), 1, "the head sees figures");
    assert!(quizzes::issued(&q.o.app, &head, &q.id).await.is_err(), "and no names");
    let nowhere: UnitId = "khong-co".parse().unwrap();
    let bad = NewQuiz { units: vec![(nowhere, 3)], ..new(&q.o, &[]).await };
    assert_eq!(refusal(quizzes::plan(&q.o.app, &q.o.clerk, bad).await), Refusal::NoUnit);
    let many = NewQuiz { n_questions: 50, topics: vec!["ai".to_owned()], ..new(&q.o, &[(CELL, 3)]).await };
    assert_eq!(refusal(quizzes::plan(&q.o.app, &q.o.clerk, many).await), Refusal::QuizSize, "the bank has not as many");
    let unknown = NewQuiz { topics: vec!["passwords".to_owned(), "khong-co".to_owned()], ..new(&q.o, &[(CELL, 3)]).await };
    assert_eq!(refusal(quizzes::plan(&q.o.app, &q.o.clerk, unknown).await), Refusal::QuizTopic);
    quizzes::call_off(&q.o.app, &q.o.clerk, &q.id, "Trùng lịch").await.unwrap();
    assert_eq!(q.view().await.state, State::Off);
    assert_eq!(q.view().await.called_off.as_deref(), Some("Trùng lịch"));
}
