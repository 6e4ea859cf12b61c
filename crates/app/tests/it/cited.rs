//! What a figure cites is what it was counted from, and nothing else.

use crate::office::{Office, office};
use app::evidence::{self, EvidenceUpload};
use app::returns::{self, NewReturn};
use app::{documents, letters, runs, tasks};
use programme::model::*;
use programme::period::Period;

/// The report of the month as its reader has it.
async fn report(o: &Office) -> String {
    let day = o.app.now().day();
    let new = NewReturn { template: "monthly".to_owned(), unit: None, period: Period::Month(day.year(), day.month()), letter: None };
    let id = returns::draft(&o.app, &o.clerk, new).await.unwrap();
    let paper = documents::report(&o.app, &id).await.unwrap();
    let bytes = documents::render(&o.app, paper, documents::Format::Docx, o.app.now()).await.unwrap().unwrap();
    letters::read(&bytes, "a.docx").text
}

#[tokio::test]
async fn a_risk_cites_the_run_that_found_it() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Ban Xây dựng Đảng", "bảo vệ dữ liệu cá nhân", &[Need::DataProtection])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    let unit = o.unit("Ban Xây dựng Đảng").await;
    // Two folders of one unit: the later run says nothing of the earlier folder.
    let mut digests = Vec::new();
    for (folder, words) in [("mot", "Số CCCD: 001203000123"), ("hai", "Lịch họp")] {
        let path = o.folder.path().join(folder);
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("tep.txt"), words).unwrap();
        let request = runs::ScanRequest { unit: unit.clone(), name: format!("ổ {folder}"), paths: vec![path] };
        let run = runs::scan(&o.app, &o.clerk, request, |_| {}).await.unwrap();
        let (_, bytes) = evidence::download(&o.app, &run.file).await.unwrap().unwrap();
        digests.push(Digest::of(&bytes).to_string()[..16].to_owned());
    }
    let text = report(&o).await;
    let line = |words: &str| text.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words} in {text}")).to_owned();
    assert_eq!(line("- Hệ thống được rà soát:"), "- Hệ thống được rà soát: 2 hệ thống (đã xác minh) [MC-001, MC-002].");
    let risk = line("- Nguy cơ đã phát hiện:");
    let cited = risk.split_once('[').unwrap().1.trim_end_matches("].");
    // In the list of evidence the digest of the run's file stands below its reference.
    let before = text.split_once(&digests[0]).unwrap().0;
    assert_eq!(cited, &before[before.rfind("MC-").unwrap()..][..6], "{text}");
}

#[tokio::test]
async fn verified_work_cites_what_was_judged() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "tổ chức họp", &[Need::Report])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    let file = |name: &str| EvidenceUpload {
        name: name.to_owned(),
        bytes: name.as_bytes().to_vec(),
        observed_on: None,
        expires: None,
        note: None,
    };
    evidence::attach_file(&o.app, &cell, &key, file("truoc.txt")).await.unwrap();
    tasks::declare(&o.app, &cell, &key, None).await.unwrap();
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    crate::office::days_pass(1);
    evidence::attach_file(&o.app, &cell, &key, file("sau.txt")).await.unwrap();
    let text = report(&o).await;
    assert!(text.contains("truoc.txt") && !text.contains("sau.txt"), "what came later was judged by nobody: {text}");
    tasks::accept(&o.app, &o.clerk, &key, None).await.unwrap();
    crate::office::days_pass(1);
    assert!(report(&o).await.contains("sau.txt"), "judged anew");
}
