//! The letters that come, what is given to the units, and what is summed up: meetings, difficulties, reports.

use crate::{Commune, on_day};
use app::cases::{self, NewCase};
use app::letters::{self, ObligationText, ReadLetter, ReadObligation, Upload};
use app::meetings::{self, Held, NewMeeting};
use app::people;
use app::returns::{self, NewReturn};
use app::tasks::{self, Assign};
use app::views::LetterMeta;
use programme::ids::{LetterId, TaskKey};
use programme::model::{ActivityKind, CaseKind, Direction, Need};
use programme::period::{Period, Recurrence};

const LETTERS: usize = 60;
const OBLIGATIONS: usize = 10;
const TASKS_EACH: usize = 5;
const MEETINGS: usize = 60;
const DIFFICULTIES: usize = 120;

const WORK: [(&str, Need); OBLIGATIONS] = [
    ("Tổ chức hội nghị quán triệt nội dung văn bản đến toàn thể cán bộ, đảng viên", Need::Meeting),
    ("Rà soát tài khoản, mật khẩu và quyền truy cập các hệ thống thông tin dùng chung", Need::Other),
    ("Tập huấn kỹ năng nhận biết lừa đảo qua điện thoại, tin nhắn, đường dẫn lạ", Need::Training),
    ("Thống kê máy tính, thiết bị lưu trữ có soạn thảo tài liệu mật của cơ quan", Need::Other),
    ("Phát thanh cảnh báo lừa đảo trên hệ thống truyền thanh cơ sở mỗi tuần hai buổi", Need::Publication),
    ("Xây dựng phương án sao lưu và khôi phục dữ liệu của đơn vị", Need::Other),
    ("Phân công cán bộ đầu mối về an toàn thông tin, báo danh sách về Văn phòng", Need::Other),
    ("Rà soát việc thu thập, lưu trữ dữ liệu cá nhân của người dân", Need::DataProtection),
    ("Báo cáo kết quả thực hiện về Ban Thường vụ trước ngày 25 hằng tháng", Need::Report),
    ("Biểu dương tập thể, cá nhân có cách làm hay, hiệu quả trong thực hiện", Need::Other),
];

/// Five letters a week from the first week on; every obligation goes to five units.
pub(crate) async fn come(commune: &Commune) -> Vec<TaskKey> {
    let mut given = Vec::new();
    for n in 0..LETTERS {
        on_day(n as i64 * 7 / 5);
        let id = letter(commune, n).await;
        letters::confirm(&commune.app, &commune.clerk, &id).await.unwrap();
        let view = letters::show(&commune.app, &id).await.unwrap().unwrap();
        for (k, obligation) in view.obligations.iter().enumerate() {
            let first = (n * OBLIGATIONS + k) * TASKS_EACH;
            let unit = |i: usize| commune.units[(first + i) % commune.units.len()].0.clone();
            let to = (0..TASKS_EACH).map(unit).collect();
            let due = Some(commune.app.now().plus_days(60 + 7 * (k as u32) + 3 * (n as u32)).day());
            let what = Assign { to, due, ..Assign::of(obligation.id.clone()) };
            given.extend(tasks::assign(&commune.app, &commune.clerk, what).await.unwrap());
        }
    }
    given
}

async fn letter(commune: &Commune, n: usize) -> LetterId {
    let day = commune.app.now().day();
    let mut text = format!("TỈNH ỦY SÔNG HỒNG\nBAN THƯỜNG VỤ\nSố {}-CV/TU\nSông Hồng, ngày {}\n\n", n + 1, day.strftime("%d/%m/%Y"));
    let mut obligations = Vec::new();
    for (k, (words, need)) in WORK.into_iter().enumerate() {
        let quote = format!("{words} (lần thứ {} trong năm).", n + 1);
        let section = format!("{}.{}", k / 4 + 1, k % 4 + 1);
        text.push_str(&format!("{section}. "));
        let start = text.len();
        text.push_str(&quote);
        obligations.push(ReadObligation {
            span: start..text.len(),
            words: ObligationText {
                section: Some(section),
                text: words.to_owned(),
                quote,
                to: vec!["Các chi bộ".to_owned()],
                reports_to: None,
            },
            recurs: (k == 8).then_some(Recurrence::Quarterly),
            needs: vec![need],
            confidence: 90,
            ..ReadObligation::default()
        });
        let why =
            "Cấp ủy, người đứng đầu chịu trách nhiệm trực tiếp về kết quả; việc làm phải có minh chứng kèm theo, không báo cáo hình thức. ";
        text.push_str(&format!(" {}\n\n", why.repeat(3)));
    }
    let read = ReadLetter {
        code: Some(format!("{}-CV/TU", n + 1)),
        letter_type: Some("CV".to_owned()),
        date: Some(day),
        meta: LetterMeta {
            system: "party".to_owned(),
            issuer: Some("Tỉnh ủy Sông Hồng".to_owned()),
            subject: Some(format!("Về bảo đảm an toàn thông tin, đợt {}", n + 1)),
            to: vec!["Các chi bộ".to_owned()],
            date: Some(day.to_string()),
            ..LetterMeta::default()
        },
        obligations,
        text: text.clone(),
        ..ReadLetter::default()
    };
    let upload = Upload { name: format!("cong-van-{}.txt", n + 1), bytes: text.into_bytes() };
    letters::receive_read(&commune.app, &commune.clerk, upload, Direction::In, read).await.unwrap()
}

/// Meetings held with their lists, difficulties answered, a sealed report for each quarter.
pub(crate) async fn sum_up(commune: &Commune) {
    on_day(358);
    let (app, clerk) = (&commune.app, &commune.clerk);
    let letters = letters::list(app, letters::LetterFilter::default()).await.unwrap();
    for n in 0..MEETINGS {
        let new = NewMeeting {
            kind: ActivityKind::Conference,
            unit: clerk.unit.clone(),
            on: app.now().day(),
            title: format!("Hội nghị quán triệt, đợt {}", n + 1),
            place: Some("Hội trường xã".to_owned()),
            agenda: vec!["Quán triệt văn bản".to_owned(), "Thảo luận".to_owned()],
            letter: Some(letters[n % letters.len()].id.clone()),
            tasks: Vec::new(),
        };
        let id = meetings::plan(app, clerk, new).await.unwrap();
        let names: Vec<String> = (0..20).map(|i| format!("Phạm Thị {}", i + n)).collect();
        meetings::enter_names(app, clerk, &id, &names).await.unwrap();
        if n % 3 > 0 {
            meetings::hold(app, clerk, &id, Held::default()).await.unwrap();
        }
    }
    for n in 0..DIFFICULTIES {
        let (unit, person) = &commune.units[n % commune.units.len()];
        let by = people::actor(app, person).await.unwrap().unwrap();
        let text = format!("Đơn vị chưa có máy tính riêng để soạn tài liệu, lần {}", n + 1);
        let new = NewCase { kind: CaseKind::Difficulty, unit: unit.clone(), task: None, text, via: None, to: None };
        let id = cases::raise(app, &by, new).await.unwrap();
        if n % 6 > 0 {
            cases::answer(app, clerk, &id, "Văn phòng bố trí máy dùng chung tại tầng hai.").await.unwrap();
        }
    }
    on_day(360);
    for quarter in 1..=4 {
        let new = NewReturn { template: "quarterly".to_owned(), unit: None, period: Period::Quarter(2026, quarter), letter: None };
        let id = returns::draft(app, clerk, new).await.unwrap();
        let shown = returns::show(app, &id, 0).await.unwrap().unwrap().digest;
        if quarter < 4 {
            returns::approve(app, clerk, &id, &shown).await.unwrap();
            returns::seal(app, clerk, &id).await.unwrap();
        }
    }
}
