//! Fictional implementing letters: a Party committee, a People's Committee and a Front committee of one commune.

use jiff::civil::date;
use publish::{
    Due, ImplementingLetter, IssueDate, ObligationText, Office, Recipient, Recurrence, Signature, System, UnitObligations, UpperLetter,
    Urgency,
};

pub(crate) fn copy(name: &str, purpose: &str) -> Recipient {
    Recipient { name: name.into(), purpose: (!purpose.is_empty()).then(|| purpose.into()) }
}

fn task(text: &str) -> ObligationText {
    ObligationText { text: text.into(), ..ObligationText::default() }
}

fn unit(name: &str, tasks: Vec<ObligationText>) -> UnitObligations {
    UnitObligations { unit: name.into(), tasks }
}

pub(crate) fn party_office() -> Office {
    Office {
        system: System::Party,
        superior: "Đảng bộ tỉnh Sông Hồng".into(),
        issuer: "Đảng ủy xã Tân Lũy".into(),
        speaker: "Ban Thường vụ Đảng ủy xã".into(),
        place: "Tân Lũy".into(),
        symbol: "CV/ĐU".into(),
        recipients: vec![
            copy("Như trên", ""),
            copy("Ban Thường vụ Tỉnh ủy", "để b/c"),
            copy("Các đồng chí Ủy viên Ban Chấp hành Đảng bộ xã", "để chỉ đạo"),
            copy("Trung tâm Dịch vụ sự nghiệp công xã", "để tuyên truyền"),
        ],
        archive: "Văn phòng Đảng ủy".into(),
        signature: Signature {
            authority: vec!["T/M Ban Thường vụ".into()],
            position: "Phó Bí thư Thường trực".into(),
            name: "Nguyễn Thị Lụa".into(),
        },
    }
}

pub(crate) fn directive() -> UpperLetter {
    UpperLetter {
        kind: "Chỉ thị".into(),
        code: "05-CT/TU".into(),
        date: Some(date(2026, 9, 15)),
        issuer: "Ban Thường vụ Tỉnh ủy Sông Hồng".into(),
        subject: Some("về tăng cường bảo đảm an toàn thông tin trong các cơ quan của hệ thống chính trị".into()),
        attached: true,
    }
}

pub(crate) fn plan() -> UpperLetter {
    UpperLetter {
        kind: "Kế hoạch".into(),
        code: "118/KH-UBND".into(),
        date: Some(date(2026, 10, 2)),
        issuer: "Ủy ban nhân dân tỉnh Sông Hồng".into(),
        subject: Some("bảo vệ hệ thống thông tin của cơ quan nhà nước cấp xã".into()),
        attached: true,
    }
}

pub(crate) fn party() -> ImplementingLetter {
    let office_tasks = vec![
        ObligationText {
            text: "rà soát, lập danh mục toàn bộ máy tính, tài khoản và phần mềm đang dùng trong các cơ quan Đảng của xã".into(),
            due: Due::Date(date(2026, 11, 30)),
            ..ObligationText::default()
        },
        ObligationText {
            text: "kiểm tra việc soạn thảo, lưu giữ tài liệu mật; bảo đảm không có tài liệu mật trên máy tính nối mạng Internet".into(),
            recurs: Some(Recurrence::Monthly),
            ..ObligationText::default()
        },
        task("đầu mối tiếp nhận phản ánh về lừa đảo qua mạng của cán bộ, đảng viên và Nhân dân"),
    ];
    let board_tasks = vec![
        task("tham mưu Ban Thường vụ Đảng ủy đưa nội dung Chỉ thị vào chương trình sinh hoạt chi bộ và hoạt động của đội ngũ báo cáo viên"),
        ObligationText {
            text: "tổng hợp kết quả thực hiện của các chi bộ".into(),
            recurs: Some(Recurrence::Quarterly),
            reports_to: Some("Ban Thường vụ Đảng ủy".into()),
            ..ObligationText::default()
        },
    ];
    ImplementingLetter {
        office: party_office(),
        number: None,
        date: IssueDate { day: None, month: Some(10), year: 2026 },
        urgency: None,
        subject: None,
        to: vec![
            "Các cơ quan tham mưu, giúp việc Đảng ủy xã".into(),
            "Đảng ủy Ủy ban nhân dân xã".into(),
            "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội xã".into(),
            "Các đảng bộ, chi bộ trực thuộc".into(),
        ],
        upper: vec![directive()],
        common: vec![
            task(
                "Tổ chức quán triệt, phổ biến đầy đủ nội dung Chỉ thị đến từng cán bộ, đảng viên; người đứng đầu chịu trách nhiệm trực tiếp về an toàn thông tin của cơ quan, đơn vị mình.",
            ),
            task(
                "Phổ biến các quy định về bảo vệ bí mật nhà nước và bảo vệ dữ liệu cá nhân; hướng dẫn cán bộ đặt mật khẩu mạnh, bật xác thực hai lớp, nhận biết thư và cuộc gọi giả mạo.",
            ),
        ],
        units: vec![
            unit("Ban Xây dựng Đảng", board_tasks),
            unit("Văn phòng Đảng ủy", office_tasks),
            unit(
                "Đảng ủy Ủy ban nhân dân xã",
                vec![ObligationText {
                    text: "chỉ đạo hoàn thành hồ sơ đề xuất cấp độ của mạng nội bộ và trang thông tin điện tử của xã".into(),
                    due: Due::Month { year: 2026, month: 12 },
                    ..ObligationText::default()
                }],
            ),
            unit(
                "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội xã",
                vec![task(
                    "vận động đoàn viên, hội viên và Nhân dân nâng cao cảnh giác với lừa đảo trên không gian mạng; kịp thời chuyển phản ánh, kiến nghị đến cơ quan có thẩm quyền",
                )],
            ),
            unit(
                "Các đảng bộ, chi bộ trực thuộc",
                vec![task("đưa nội dung Chỉ thị vào kỳ sinh hoạt gần nhất; mỗi chi bộ cử một đảng viên làm đầu mối")],
            ),
        ],
        difficulties_to: Some("Ban Thường vụ Đảng ủy (qua Ban Xây dựng Đảng)".into()),
        with_table: true,
    }
}

pub(crate) fn state_office() -> Office {
    Office {
        system: System::State,
        superior: "Ủy ban nhân dân tỉnh Sông Hồng".into(),
        issuer: "Ủy ban nhân dân xã Tân Lũy".into(),
        speaker: "Ủy ban nhân dân xã".into(),
        place: "Tân Lũy".into(),
        symbol: "UBND-VHXH".into(),
        recipients: vec![
            copy("Như trên", ""),
            copy("Sở Khoa học và Công nghệ tỉnh", "để b/c"),
            copy("Thường trực Đảng ủy, Thường trực HĐND xã", "để b/c"),
            copy("Chủ tịch, các Phó Chủ tịch UBND xã", ""),
        ],
        archive: "VT, VHXH".into(),
        signature: Signature {
            authority: vec!["TM. Ủy ban nhân dân".into(), "KT. Chủ tịch".into()],
            position: "Phó Chủ tịch".into(),
            name: "Trần Văn Khoai".into(),
        },
    }
}

pub(crate) fn state() -> ImplementingLetter {
    ImplementingLetter {
        office: state_office(),
        number: Some("214".into()),
        date: date(2026, 10, 9).into(),
        urgency: Some(Urgency::Khan),
        subject: Some("V/v triển khai Kế hoạch số 118/KH-UBND của Ủy ban nhân dân tỉnh".into()),
        to: vec![
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã".into(),
            "Phòng Văn hóa - Xã hội; Phòng Kinh tế".into(),
            "Công an xã".into(),
            "Trung tâm Phục vụ hành chính công xã".into(),
            "Các trường học, trạm y tế trên địa bàn xã".into(),
        ],
        upper: vec![plan()],
        common: Vec::new(),
        units: vec![
            unit(
                "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã",
                vec![
                    ObligationText {
                        text: "thống kê máy tính, thiết bị mạng, tài khoản; gửi danh mục trước ngày 25/10/2026".into(),
                        due: Due::Date(date(2026, 10, 25)),
                        ..ObligationText::default()
                    },
                    ObligationText {
                        text: "bảo đảm mọi máy tính được cập nhật bản vá và có phần mềm diệt vi-rút".into(),
                        recurs: Some(Recurrence::Regular),
                        ..ObligationText::default()
                    },
                ],
            ),
            unit(
                "Phòng Văn hóa - Xã hội",
                vec![ObligationText {
                    text: "chủ trì tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức toàn xã".into(),
                    due: Due::Date(date(2026, 11, 20)),
                    reports_to: Some("Chủ tịch Ủy ban nhân dân xã".into()),
                    ..ObligationText::default()
                }],
            ),
            unit(
                "Công an xã",
                vec![task("thông báo kịp thời các thủ đoạn lừa đảo mới trên hệ thống truyền thanh; hướng dẫn người dân trình báo")],
            ),
        ],
        difficulties_to: Some("Ủy ban nhân dân xã (qua Phòng Văn hóa - Xã hội)".into()),
        with_table: false,
    }
}

pub(crate) fn front() -> ImplementingLetter {
    ImplementingLetter {
        office: Office {
            system: System::Front,
            superior: "Ủy ban Mặt trận Tổ quốc Việt Nam xã Tân Lũy".into(),
            issuer: "Ban Thường trực".into(),
            speaker: "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã".into(),
            place: "Tân Lũy".into(),
            symbol: "MTTQ-BTT".into(),
            recipients: vec![copy("Như trên", ""), copy("Thường trực Đảng ủy", "để b/c")],
            archive: "VT".into(),
            signature: Signature {
                authority: vec!["TM. Ban Thường trực".into()], position: "Chủ tịch".into(), name: "Lê Thị Sen".into()
            },
        },
        number: Some("7".into()),
        date: date(2026, 10, 12).into(),
        to: vec!["Các tổ chức chính trị - xã hội xã".into()],
        upper: vec![UpperLetter { attached: false, ..directive() }],
        units: vec![unit("Ban công tác Mặt trận các thôn", vec![task("phổ biến tờ rơi phòng, chống lừa đảo đến từng hộ")])],
        ..ImplementingLetter::default()
    }
}
