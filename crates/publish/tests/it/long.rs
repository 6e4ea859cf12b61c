//! A report of a year with more evidence than anybody prints.

use expect_test::expect;
use jiff::civil::date;
use publish::{EvidenceLine, Indicator, ProgressReport, progress_report};

use crate::unpack;

/// `n` pieces of three kinds from two units, each with a name of its own.
fn report(n: usize) -> ProgressReport {
    let kinds = ["Biên bản", "Ảnh", "Kết quả rà soát của máy"];
    let line = |i: usize| EvidenceLine {
        reference: format!("MC{i:03}"),
        kind: format!("{}: so-{i}.docx", kinds[i % 3]),
        unit: if i.is_multiple_of(4) { String::new() } else { "Chi bộ thôn 1".to_owned() },
        date: Some(date(2026, 1 + (i % 12) as i8, 5)),
        sha256: format!("{i:064x}"),
    };
    let all = (1..=n).map(|i| format!("MC{i:03}")).collect();
    let indicator = Indicator { label: "số minh chứng".to_owned(), evidence: all, ..Indicator::default() };
    ProgressReport { evidence: (1..=n).map(line).collect(), indicators: vec![indicator], ..ProgressReport::default() }
}

/// The annex of evidence, as it is read.
fn annex(n: usize) -> String {
    let text = unpack::text(&progress_report(&report(n)));
    let (_, annex) = text.split_once("DANH MỤC MINH CHỨNG\n").unwrap();
    annex.split("Phụ lục III").next().unwrap().to_owned()
}

#[test]
fn what_can_be_read_on_paper_is_listed_one_by_one() {
    let annex = annex(1_000);
    assert!(annex.contains("1.000 | MC1000 | Ảnh: so-1000.docx | – | 05/5/2026 | 0000000000000000"), "{annex}");
    assert_eq!(annex.matches(" | MC").count(), 1_000);
}

#[test]
fn more_is_summed_and_the_workbook_has_the_list() {
    expect![[r#"
        (Kèm theo Báo cáo số     / ngày      tháng      năm      của )
        Trong kỳ có 1.001 minh chứng. Bảng này cộng theo loại và đơn vị; từng minh chứng với ngày và mã SHA-256 đầy đủ ở trang “Minh chứng” của tệp số liệu (XLSX) kèm theo báo cáo.
        TT | Loại minh chứng | Đơn vị | Số lượng | Từ ngày – đến ngày
        1 | Kết quả rà soát của máy | Chi bộ thôn 1 | 251 | 05/3/2026 – 05/12/2026
        2 | Biên bản | Chi bộ thôn 1 | 250 | 05/4/2026 – 05/10/2026
        3 | Ảnh | Chi bộ thôn 1 | 250 | 05/02/2026 – 05/11/2026
        4 | Ảnh | – | 84 | 05/5/2026
        5 | Biên bản | – | 83 | 05/01/2026
        6 | Kết quả rà soát của máy | – | 83 | 05/9/2026
         | Tổng cộng |  | 1.001
    "#]].assert_eq(&annex(1_001));
}

#[cfg(feature = "pdf")]
#[test]
fn a_long_report_is_set_in_bounded_memory() {
    let resident_mb = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default().to_owned();
        line.trim().split(' ').next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024
    };
    let before = resident_mb();
    let pdf = publish::pdf(&progress_report(&report(1_000)), jiff::Timestamp::UNIX_EPOCH).unwrap();
    // The most that an annex lists. It was 4.8 GB when every cell had a pattern of its own.
    assert!(pdf.n_pages > 20, "{}", pdf.n_pages);
    assert!(resident_mb() < before + 250, "{} MB more", resident_mb() - before);
    let sums = publish::pdf(&progress_report(&report(20_000)), jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert!(sums.n_pages < 10, "{}", sums.n_pages);
}
