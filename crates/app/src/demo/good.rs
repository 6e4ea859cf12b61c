//! Two good examples of the example: one accepted and shared, one that waits.

use super::papers::papers;
use super::{Cast, of_need};
use crate::examples::{self, Doer, ExampleWords};
use crate::tasks::{self, TaskFilter};
use crate::{App, Result, cases, office};
use programme::model::*;

pub(super) async fn shine(app: &App, cast: &Cast) -> Result<()> {
    let (papers, open) = (papers(), tasks::list(app, TaskFilter::default()).await?);
    let words = ExampleWords {
        title: papers.example_title.clone(),
        how: papers.example_how.clone(),
        result: papers.example_result.clone(),
        figure: Some(papers.example_figure.clone()),
        letter: None,
        topic: Some("passwords"),
        naming: Naming::Unit,
    };
    if let Some(row) = of_need(app, &open, Need::Meeting, &[UnitKind::PartyCell]).await?.first() {
        let id = examples::nominate(app, &cast.clerk, Doer::Task(row.key.clone()), &words).await?;
        if let Some(read) = cases::show(app, &id).await?.and_then(|view| view.example).map(|example| example.words) {
            examples::accept(app, &cast.assessor, &id, &read, None).await?;
        }
    }
    let waits = ExampleWords {
        title: papers.nominated_title.clone(),
        how: papers.nominated_how.clone(),
        result: papers.nominated_result.clone(),
        figure: None,
        topic: None,
        ..words
    };
    if let Some(unit) = office::units(app).await?.into_iter().find(|u| u.kind == UnitKind::MassOrganisation) {
        examples::nominate(app, &cast.clerk, Doer::Unit(unit.id), &waits).await?;
    }
    Ok(())
}
