//! Where people reach the office and who is near it: what is posted, for who keeps the office's settings.

use app::contacts::{self, Contact, Desk, Line};
use app::programme::model::Role;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};

use crate::dates;
use crate::error::{FieldError, PageError};
use crate::form::Form;
use crate::pages::obligation::{WrongField, wrong_fields};
use crate::pages::{Page, done, sent_back};
use crate::site::Site;
use crate::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "contacts.html")]
pub(crate) struct ContactsPage {
    frame: Frame,
    errors: Vec<WrongField>,
    desks: Vec<DeskFields>,
    checked: String,
    posted: bool,
}

struct DeskFields {
    name: String,
    fields: Vec<Field>,
}

struct Field {
    id: &'static str,
    label: String,
    hint: String,
    value: String,
}

/// The fields of each desk, in the order of its lines.
const FIELDS: [(Desk, [&str; 4]); 3] = [
    (Desk::Office, ["office-name", "office-number", "office-address", "office-hours"]),
    (Desk::Police, ["police-name", "police-number", "police-address", "police-hours"]),
    (Desk::OneStop, ["one-stop-name", "one-stop-number", "one-stop-address", "one-stop-hours"]),
];

fn field(desk: Desk, line: Line) -> &'static str {
    let fields = FIELDS.iter().find(|(of, _)| *of == desk).map_or(&FIELDS[0].1, |(_, fields)| fields);
    fields[line as usize]
}

fn page(frame: Frame, wrong: &[FieldError], desks: &[Contact], checked: String, posted: bool) -> Page<ContactsPage> {
    let value = |desk: Desk, line: Line| desks.iter().find(|known| known.desk == desk).and_then(|known| known.line(line));
    let of = |desk: Desk, line: Line| Field {
        id: field(desk, line),
        label: frame.code("contact-line", line.as_str()).into_owned(),
        hint: frame.code("contact-hint", line.as_str()).into_owned(),
        value: value(desk, line).unwrap_or_default().to_owned(),
    };
    let fields = |desk: &Desk| DeskFields {
        name: frame.code("contact-desk", desk.as_str()).into_owned(),
        fields: Line::ALL.iter().map(|line| of(*desk, *line)).collect(),
    };
    let desks = Desk::ALL.iter().map(fields).collect();
    Page(ContactsPage { errors: wrong_fields(&frame, wrong), desks, checked, posted, frame })
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Result<Page<ContactsPage>, PageError> {
    visit.needs(&[Role::Admin])?;
    let posted = contacts::show(&site.app).await?;
    let today = dates::written(site.app.now().day());
    let desks = posted.as_ref().map(|posted| posted.desks.clone()).unwrap_or_default();
    // Who saves looked today.
    Ok(page(visit.frame("/manage"), &[], &desks, today, posted.is_some()))
}

pub(crate) async fn post(State(site): State<Site>, visit: Visit, form: Form) -> Result<Response, PageError> {
    visit.needs(&[Role::Admin])?;
    let mut desks = Vec::new();
    for (desk, fields) in FIELDS {
        let mut said = Contact::new(desk);
        Line::ALL.iter().zip(fields).for_each(|(line, field)| said.say(*line, form.one(field)));
        desks.push(said);
    }
    let today = site.app.now().day();
    let checked = dates::deed(form.one("checked"), today);
    let checked = checked.and_then(|day| if day <= today { Ok(day) } else { Err("day-ahead") });
    let mut wrong: Vec<FieldError> =
        contacts::wrong(&desks).into_iter().map(|(desk, line, why)| FieldError { field: field(desk, line), code: why.code() }).collect();
    wrong.extend(checked.as_ref().err().map(|code| FieldError { field: "checked", code }));
    match checked {
        Ok(checked) if wrong.is_empty() => {
            contacts::post(&site.app, &visit.by, &desks, checked).await?;
            Ok(done("/contacts", "contacts").into_response())
        }
        _ => Ok(sent_back(page(visit.frame("/manage"), &wrong, &desks, form.one("checked").to_owned(), false)).into_response()),
    }
}
