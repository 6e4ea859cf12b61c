//! Fictional progress reports of the same commune.

use jiff::civil::date;
use publish::{
    Difficulty, Due, EvidenceLine, Feedback, Figure, Indicator, Office, Period, ProgressReport, Rate, Section, ServiceLine, TaskLine,
    TopicLine, UnitRates,
};

use super::letters::{copy, directive, party_office, plan, state_office};

struct Row(&'static str, &'static str, &'static str, Section, Option<u64>, Option<u64>, &'static [&'static str]);

fn indicators() -> Vec<Indicator> {
    use Section::{Leadership, Results};
    let rows = [
        Row(
            "số hội nghị quán triệt, học tập",
            "đếm hội nghị đã ghi trong kỳ",
            "hội nghị",
            Leadership,
            Some(12),
            Some(9),
            &["MC-001", "MC-002"],
        ),
        Row(
            "số lượt người dự quán triệt",
            "cộng số người dự các hội nghị",
            "lượt người",
            Leadership,
            Some(1846),
            Some(1846),
            &["MC-001", "MC-002"],
        ),
        Row("số văn bản đã ban hành", "đếm văn bản đi trong kỳ", "văn bản", Leadership, Some(6), Some(6), &["MC-003"]),
        Row("số tin, bài đã đăng", "đếm tin, bài đã ghi", "tin, bài", Results, Some(21), None, &["MC-004"]),
        Row("số lượt phát trên truyền thanh", "đếm buổi phát đã ghi", "lượt", Results, Some(48), None, &[]),
        Row("số người được tập huấn kỹ năng", "cộng số người dự tập huấn", "người", Results, Some(203), Some(198), &["MC-005"]),
        Row(
            "số hệ thống thông tin đã rà soát",
            "đếm hệ thống có kết quả kiểm tra",
            "hệ thống",
            Results,
            Some(4),
            Some(4),
            &["MC-006", "MC-007"],
        ),
        Row(
            "số nguy cơ phát hiện và đã khắc phục",
            "đếm mục không đạt đã khắc phục",
            "nguy cơ",
            Results,
            Some(17),
            Some(11),
            &["MC-006", "MC-007"],
        ),
        Row("số sự cố an ninh mạng", "đếm sự cố mở trong kỳ", "sự cố", Results, Some(0), None, &[]),
        Row("số phản ánh, kiến nghị tiếp nhận và trả lời", "đếm phản ánh đã trả lời", "phản ánh", Results, None, None, &[]),
    ];
    let indicator = |Row(label, counted, unit, section, declared, verified, evidence): Row| Indicator {
        label: label.into(),
        counted: counted.into(),
        unit: unit.into(),
        section,
        declared: declared.map(Figure::Count),
        verified: verified.map(Figure::Count),
        evidence: evidence.iter().map(|reference| (*reference).to_owned()).collect(),
        // What was proved rests on the first of what was brought.
        proving: evidence.iter().take(usize::from(verified.is_some())).map(|reference| (*reference).to_owned()).collect(),
    };
    rows.into_iter().map(indicator).collect()
}

fn rates() -> Vec<UnitRates> {
    let unit = |name: &str, n_tasks, [acknowledged, declared, verified]: [u32; 3], on_time, declared_only, unverified| UnitRates {
        unit: name.into(),
        n_tasks,
        acknowledged: Rate { count: acknowledged, of: n_tasks },
        declared: Rate { count: declared, of: n_tasks },
        on_time: {
            let (count, of) = on_time;
            Rate { count, of }
        },
        verified: Rate { count: verified, of: n_tasks - declared_only },
        unverified,
        declared_only,
    };
    vec![
        unit("Văn phòng Đảng ủy", 3, [3, 3, 2], (1, 1), 0, 1),
        unit("Đảng ủy Ủy ban nhân dân xã", 2, [2, 1, 1], (0, 1), 0, 0),
        unit("Chi bộ thôn Đông", 1, [1, 1, 0], (0, 0), 1, 0),
    ]
}

fn tasks() -> Vec<TaskLine> {
    let line = |unit: &str, text: &str, due, declared, on_time, verified, evidence: &[&str]| TaskLine {
        unit: unit.into(),
        text: text.into(),
        due,
        declared,
        on_time,
        verified,
        declared_only: false,
        evidence: evidence.iter().map(|reference| (*reference).to_owned()).collect(),
    };
    let november = Due::Date(date(2026, 11, 30));
    vec![
        line("Văn phòng Đảng ủy", "rà soát, lập danh mục máy tính, tài khoản và phần mềm", november, true, Some(true), true, &["MC-006"]),
        line(
            "Văn phòng Đảng ủy",
            "kiểm tra việc lưu giữ tài liệu trên máy tính nối mạng Internet",
            Due::Unstated,
            true,
            None,
            true,
            &["MC-007"],
        ),
        line("Văn phòng Đảng ủy", "cử đầu mối tiếp nhận phản ánh", Due::Unstated, true, None, false, &[]),
        line(
            "Đảng ủy Ủy ban nhân dân xã",
            "hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ",
            Due::Month { year: 2026, month: 12 },
            false,
            None,
            false,
            &[],
        ),
        line(
            "Đảng ủy Ủy ban nhân dân xã",
            "tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức",
            Due::Date(date(2026, 11, 20)),
            true,
            Some(false),
            true,
            &["MC-005"],
        ),
        TaskLine {
            declared_only: true,
            ..line("Chi bộ thôn Đông", "nắm bắt tâm tư, nguyện vọng của Nhân dân", Due::Unstated, true, None, false, &[])
        },
    ]
}

fn evidence() -> Vec<EvidenceLine> {
    let line = |n: u32, kind: &str, unit: &str, day: i8| EvidenceLine {
        reference: format!("MC-{n:03}"),
        kind: kind.into(),
        unit: unit.into(),
        date: Some(date(2026, 11, day)),
        sha256: format!("{:016x}", 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(u64::from(n))).repeat(4),
    };
    vec![
        line(1, "Biên bản hội nghị, danh sách dự", "Ban Xây dựng Đảng", 3),
        line(2, "Biên bản sinh hoạt chi bộ", "Chi bộ thôn Đông", 5),
        line(3, "Văn bản đã ban hành", "Văn phòng Đảng ủy", 6),
        line(4, "Ảnh chụp trang tin", "Trung tâm Dịch vụ sự nghiệp công", 9),
        line(5, "Danh sách tập huấn, kết quả kiểm tra", "Phòng Văn hóa - Xã hội", 20),
        line(6, "Kết quả rà soát máy tính (tự động)", "Văn phòng Đảng ủy", 21),
        line(7, "Kết quả rà soát tệp (tự động)", "Văn phòng Đảng ủy", 21),
    ]
}

fn report(office: Office) -> ProgressReport {
    ProgressReport {
        written: Vec::new(),
        office,
        number: Some("31".into()),
        date: date(2026, 12, 2).into(),
        to: Vec::new(),
        upper: vec![directive()],
        period: Period {
            label: "tháng 11 năm 2026".into(),
            from: Some(date(2026, 10, 15)),
            to: date(2026, 11, 14),
            as_of: date(2026, 11, 14),
        },
        indicators: indicators(),
        rates: rates(),
        missing: vec!["Chi bộ thôn Đoài".into(), "Chi bộ Trường Trung học cơ sở Tân Lũy".into()],
        outreach: topics(),
        tasks: tasks(),
        difficulties: vec![
            Difficulty {
                unit: "Văn phòng Đảng ủy".into(),
                text: "ba máy tính dùng hệ điều hành đã hết hạn hỗ trợ, chưa có kinh phí thay thế".into(),
                cause: Some("dự toán năm 2026 chưa bố trí khoản mua sắm thiết bị".into()),
                answer: None,
            },
            Difficulty {
                unit: "Chi bộ thôn Đông".into(),
                text: "chưa có tài liệu hướng dẫn cho người cao tuổi".into(),
                cause: None,
                answer: Some("Ban Xây dựng Đảng đã gửi bộ tờ rơi ngày 10/11/2026".into()),
            },
        ],
        good_examples: vec!["Chi bộ thôn Đông mở nhóm hỗ trợ cài đặt xác thực hai lớp tại nhà văn hóa vào tối thứ Sáu".into()],
        next_period: vec![
            "hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ trong tháng 12/2026".into(),
            "khắc phục sáu nguy cơ còn lại sau rà soát".into(),
        ],
        feedback: vec![Feedback {
            from: "Nhân dân thôn Đông".into(),
            text: "nhiều cuộc gọi tự xưng cán bộ xã yêu cầu cài ứng dụng lạ".into(),
            answer: Some("Công an xã đã thông báo trên truyền thanh ngày 08/11/2026".into()),
        }],
        by_service: services(),
        proposals: vec!["Tỉnh hỗ trợ kinh phí thay thế máy tính đã hết hạn hỗ trợ".into()],
        evidence: evidence(),
    }
}

/// Feedback by service: told, too few to be told, and what would give the few away.
fn services() -> Vec<ServiceLine> {
    use Figure::{AtLeast, Count, Few, Untold};
    let line = |service: &str, [received, answered, overdue]: [Figure; 3]| ServiceLine {
        service: service.to_owned(),
        received,
        answered,
        overdue,
    };
    vec![
        line("Đất đai", [Count(31), Count(20), Count(0)]),
        line("Hộ tịch, cư trú", [Few, Few, Few]),
        line("Tất cả lĩnh vực", [AtLeast(31), AtLeast(20), Untold]),
    ]
}

pub(crate) fn party() -> ProgressReport {
    let recipients = vec![copy("Ban Thường vụ Tỉnh ủy", "để b/c"), copy("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã", "")];
    report(Office { symbol: "BC/ĐU".into(), recipients, ..party_office() })
}

pub(crate) fn state() -> ProgressReport {
    let to = vec!["Ủy ban nhân dân tỉnh Sông Hồng".into()];
    ProgressReport { to, upper: vec![plan()], ..report(Office { symbol: "BC-UBND".into(), ..state_office() }) }
}

/// Contents of an outreach letter: told and proved, told only, not told yet.
fn topics() -> Vec<TopicLine> {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    vec![
        TopicLine {
            section: "1.1".into(),
            text: "Ý nghĩa, yêu cầu bảo đảm an ninh mạng, bảo mật thông tin trong cơ quan".into(),
            forms: vec![("Hội nghị".into(), 1), ("Sinh hoạt chi bộ".into(), 14)],
            audiences: list(&["Lãnh đạo, cán bộ chủ chốt", "Đảng viên, công chức, viên chức"]),
            declared: 15,
            verified: 12,
            people: 412,
            evidence: list(&["MC-001", "MC-002"]),
        },
        TopicLine {
            section: "1.2".into(),
            text: "Nhận biết và phòng, chống lừa đảo trên không gian mạng".into(),
            forms: vec![("Truyền thanh, loa".into(), 6)],
            audiences: list(&["Nhân dân", "Người cao tuổi"]),
            declared: 6,
            verified: 0,
            people: 0,
            evidence: list(&["MC-003"]),
        },
        TopicLine {
            section: "1.3".into(), text: "Bảo vệ dữ liệu cá nhân khi làm thủ tục trực tuyến".into(), ..TopicLine::default()
        },
    ]
}
