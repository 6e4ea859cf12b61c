//! The workbook of a report: numbers that open into their evidence, texts that stay texts, sheets ready for paper.

use jiff::Timestamp;
use jiff::civil::date;
use publish::{EvidenceLine, Figure, Indicator, ProgressReport, TaskLine, workbook};
use std::io::Read;

use crate::reports;

/// A part of the file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn made(report: &ProgressReport) -> Result<Vec<u8>, publish::Error> {
    workbook(report, Timestamp::UNIX_EPOCH, None)
}

fn hostile() -> ProgressReport {
    let formula = "=HYPERLINK(\"http://evil.example\",\"x\")".to_owned();
    let line = |n: u32| EvidenceLine {
        reference: format!("MC-{n:03}"),
        kind: formula.clone(),
        unit: "@SUM(1)".to_owned(),
        date: Some(date(2026, 11, 24)),
        sha256: "ab".repeat(32),
    };
    let indicator = |label: &str, n: u64, evidence: &[&str]| Indicator {
        label: label.to_owned(),
        declared: Some(Figure::Count(n)),
        evidence: evidence.iter().map(|e| (*e).to_owned()).collect(),
        ..Indicator::default()
    };
    ProgressReport {
        indicators: vec![
            Indicator {
                verified: Some(Figure::Count(14)),
                proving: vec!["MC-001".to_owned()],
                ..indicator("+1+1", 3214, &["MC-002", "MC-001"])
            },
            indicator("-cmd|' /C calc'!A0", 0, &[]),
            indicator("tin", 5, &["MC-003"]),
        ],
        evidence: vec![line(1), line(2), line(3)],
        tasks: vec![TaskLine {
            text: formula.clone(),
            unit: formula,
            evidence: vec!["MC-002".to_owned(), "MC-003".to_owned()],
            ..TaskLine::default()
        }],
        ..ProgressReport::default()
    }
}

#[test]
fn every_figure_is_a_number_that_leads_to_its_own_rows() {
    let bytes = made(&hostile()).unwrap();
    let figures = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(figures.contains("r=\"E5\"") && figures.contains("<v>3214</v>"), "a number, not words: {figures}");
    for link in [
        "ref=\"E5\" location=\"&apos;Căn cứ&apos;!A5:G6\"",
        "ref=\"F5\" location=\"&apos;Căn cứ&apos;!A5:G5\"",
        "ref=\"E7\" location=\"&apos;Căn cứ&apos;!A7:G7\"",
    ] {
        let plain = link.replace("&apos;", "'");
        assert!(figures.contains(link) || figures.contains(&plain), "{link} is missing in {figures}");
    }
    assert!(!figures.contains("ref=\"E6\""), "what has no evidence leads nowhere");
    let basis = part(&bytes, "xl/worksheets/sheet2.xml");
    let leads = |row: u8, to: u8| basis.contains(&format!("ref=\"C{row}\" location=\"'Minh chứng'!A{to}"));
    assert!(leads(5, 5) && leads(6, 6), "MC-001, which proves, stands before MC-002: {basis}");
    let strings = part(&bytes, "xl/sharedStrings.xml");
    let words: Vec<&str> = strings.split("<si>").skip(1).filter_map(|s| s.split_once('>')?.1.split('<').next()).collect();
    let cell = |name: &str| {
        let at = basis.split(&format!("<c r=\"{name}\"")).nth(1).and_then(|c| c.split("<v>").nth(1)?.split('<').next());
        words[at.unwrap().parse::<usize>().unwrap()]
    };
    assert_eq!(["G5", "G6", "G7"].map(cell), ["Đã xác minh", "Chưa", "Chưa"]);
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("MC-002, MC-003"), "a task names all its evidence");
    for n in 1..=5 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{n}.xml"));
        for print in ["paperSize=\"9\"", "orientation=\"landscape\"", "fitToPage=\"1\"", "state=\"frozen\""] {
            assert!(sheet.contains(print), "{print} is missing in sheet {n}");
        }
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("Print_Titles"), "the heads repeat on every page");
    assert_eq!(bytes, made(&hostile()).unwrap(), "the same report, the same bytes");
}

#[test]
fn nothing_that_somebody_wrote_becomes_a_formula() {
    let bytes = made(&hostile()).unwrap();
    for n in 1..=5 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{n}.xml"));
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "a formula in sheet {n}: {sheet}");
        assert!(!sheet.contains("evil"), "words stand among the shared strings only");
    }
    let strings = part(&bytes, "xl/sharedStrings.xml");
    assert!(strings.contains("=HYPERLINK("), "kept as it was written");
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix=\"1\""), "and text for whoever edits the cell");
    assert!(!bytes.windows(11).any(|w| w == b"externalLin"), "nothing leads outside");
}

#[test]
fn a_whole_report_and_one_of_nothing_are_written() {
    for report in [reports::party(), reports::state(), ProgressReport::default()] {
        let bytes = made(&report).unwrap();
        assert!(part(&bytes, "xl/workbook.xml").contains("Số liệu"));
    }
}

#[test]
fn rows_lie_in_a_folder_only_while_they_are_written() {
    let room = std::env::temp_dir().join(format!("luytre-workbook-{}", std::process::id()));
    let refused = workbook(&reports::party(), Timestamp::UNIX_EPOCH, Some(&room)).unwrap_err();
    assert!(matches!(refused, publish::Error::Workbook(_)), "no folder, no workbook: {refused}");
    std::fs::create_dir(&room).unwrap();
    let bytes = workbook(&reports::party(), Timestamp::UNIX_EPOCH, Some(&room)).unwrap();
    let cells = |bytes: &[u8]| [1, 2, 3, 4, 5].map(|n| part(bytes, &format!("xl/worksheets/sheet{n}.xml")).matches("<c r=").count());
    assert_eq!(cells(&bytes), cells(&made(&reports::party()).unwrap()), "as in memory");
    assert_eq!(std::fs::read_dir(&room).unwrap().count(), 0, "nothing is left there");
    std::fs::remove_dir(&room).unwrap();
}

#[test]
fn what_is_not_told_of_feedback_is_no_number_in_any_cell() {
    let report = reports::party();
    let bytes = made(&report).unwrap();
    let (strings, sheet) = (part(&bytes, "xl/sharedStrings.xml"), part(&bytes, "xl/worksheets/sheet6.xml"));
    for words in ["Hộ tịch, cư trú", "dưới 10", "từ 31 trở lên", "không nêu"] {
        assert!(strings.contains(words), "{words}");
    }
    let numbers: Vec<&str> =
        sheet.split("<c ").filter(|c| !c.contains("t=\"s\"")).filter_map(|c| c.split("<v>").nth(1)?.split('<').next()).collect();
    assert_eq!(numbers, ["1", "31", "20", "0", "2", "3"], "the rows' own numbers and what is told of land");
    assert_eq!(report.by_service.len(), 3);
}
