//! The head's direction on a letter, who helps, and in whose name somebody entered it.

use crate::office::{office, refusal};
use app::letters::{self, NewDirection};
use app::tasks::{self, TaskFilter};
use app::views::UnitName;
use jiff::ToSpan as _;
use programme::decide::Refusal;
use programme::model::*;

#[tokio::test]
async fn what_the_letter_leaves_open_the_head_directs() {
    let o = office(Network::Internet).await;
    let letter = o
        .letter(&[
            ("Ủy ban nhân dân tỉnh", "rà soát máy tính", &[Need::Other]),
            ("Chi bộ thôn 2", "họp chi bộ", &[Need::Meeting]),
            ("*", "báo cáo kết quả", &[Need::Report]),
        ])
        .await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let (lead, helper) = (o.unit("Văn phòng Đảng ủy").await, o.unit("Chi bộ thôn 1").await);
    let due = o.app.now().day().checked_add(9.days()).unwrap();
    let view = async || letters::show(&o.app, &letter).await.unwrap().unwrap();
    assert_eq!(view().await.obligations[0].suggested, []);
    assert_eq!(view().await.obligations[2].suggested.len(), 16, "every recipient, as long as the head said nothing");
    let new = |lead: &programme::ids::UnitId, due| NewDirection {
        letter: letter.clone(),
        lead: lead.clone(),
        cooperating: vec![helper.clone()],
        due,
        note: Some("Giao Văn phòng chủ trì".to_owned()),
    };
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Head]).await;
    assert_eq!(refusal(letters::direct(&o.app, &cell, new(&lead, None)).await), Refusal::RoleMissing { role: Role::Clerk });
    letters::direct(&o.app, &o.clerk, new(&helper, None)).await.unwrap();
    letters::direct(&o.app, &o.clerk, new(&lead, Some(due))).await.unwrap();

    let shown = view().await;
    let given = shown.direction_given.unwrap();
    assert_eq!(
        (given.lead.name.as_str(), given.due, given.note.as_deref()),
        ("Văn phòng Đảng ủy", Some(due), Some("Giao Văn phòng chủ trì"))
    );
    assert_eq!((given.by_name.as_deref(), given.entered_by), (Some("Trần Thị Mai"), None), "the first person is the head too");
    let open = &shown.obligations[0];
    assert_eq!((&open.suggested[..], open.suggested_due), (&[lead.clone()][..], Some(due)));
    assert_eq!(shown.obligations[1].suggested.len(), 1, "what the letter says itself stands");

    assert_eq!(shown.obligations[2].suggested, std::slice::from_ref(&lead));

    tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap();
    let of = async |unit| tasks::list(&o.app, TaskFilter { unit: Some(unit), ..Default::default() }).await.unwrap();
    let mut led = of(lead.clone()).await;
    assert_eq!(led.len(), 2);
    let task = led.remove(0);
    assert_eq!((task.due, &task.cooperating[..]), (Some(due), &[UnitName { id: helper.clone(), name: "Chi bộ thôn 1".to_owned() }][..]));
    assert_eq!(of(o.unit("Chi bộ thôn 2").await).await[0].due, None, "the direction's day is not put on what the letter says itself");
    let helping = tasks::list(&o.app, TaskFilter { cooperating: Some(helper), ..Default::default() }).await.unwrap();
    assert_eq!(helping.iter().filter(|t| t.key == task.key).count(), 1);
    assert_eq!(refusal(tasks::acknowledge(&o.app, &cell, &task.key).await), Refusal::NotYours, "who helps sees it, the lead does it");
    assert!(app::verify::run(&o.app).await.unwrap().whole);
}

#[tokio::test]
async fn what_somebody_enters_for_another_says_so() {
    let o = office(Network::Internet).await;
    let letter = o.letter(&[("Chi bộ thôn 1", "họp chi bộ", &[Need::Meeting])]).await;
    letters::confirm(&o.app, &o.clerk, &letter).await.unwrap();
    let key = tasks::assign_all(&o.app, &o.clerk, &letter).await.unwrap().remove(0);
    let clerk = o.person("Vũ Thị Lan", "Đảng ủy xã Tân Lũy", &[Role::Clerk]).await;
    let cell = o.person("Lê Văn An", "Chi bộ thôn 1", &[Role::Officer]).await;
    tasks::acknowledge(&o.app, &clerk, &key).await.unwrap();
    tasks::progress(&o.app, &cell, &key, "đã họp").await.unwrap();
    let upload = app::evidence::EvidenceUpload {
        name: "bien-ban.txt".to_owned(),
        bytes: b"bien ban".to_vec(),
        observed_on: None,
        expires: None,
        note: None,
    };
    app::evidence::attach_file(&o.app, &clerk, &key, upload).await.unwrap();
    let view = tasks::show(&o.app, &key).await.unwrap().unwrap();
    let said: Vec<(&str, Option<&str>)> = view.history.iter().map(|h| (h.kind.as_str(), h.on_behalf_of.as_deref())).collect();
    let cell = Some("Chi bộ thôn 1");
    assert_eq!(
        said,
        [("task_assigned/1", None), ("task_acknowledged/1", cell), ("task_progressed/1", None), ("evidence_attached/1", cell)]
    );
    assert_eq!(view.evidence[0].on_behalf_of.as_deref(), cell);

    let lead = o.unit("Văn phòng Đảng ủy").await;
    let new = NewDirection { letter: letter.clone(), lead, cooperating: Vec::new(), due: None, note: None };
    letters::direct(&o.app, &clerk, new).await.unwrap();
    let view = letters::show(&o.app, &letter).await.unwrap().unwrap();
    let given = view.direction_given.unwrap();
    assert_eq!((given.by_name.as_deref(), given.entered_by.as_deref()), (Some("Trần Thị Mai"), Some("Vũ Thị Lan")));
    let last = view.history.last().unwrap();
    assert_eq!((last.kind.as_str(), last.on_behalf_of.as_deref()), ("letter_directed/1", Some("Trần Thị Mai")));
    assert_eq!(app::lang::on_behalf(app::lang::Lang::Vi, "Trần Thị Mai"), "nhập thay cho Trần Thị Mai");
}
