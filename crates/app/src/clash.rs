//! Two people with the same form before them: whoever saves second is told, and nothing is put back unseen.

use crate::Result;
use programme::decide::Refusal;
use programme::model::{Activity, Digest};

/// Stands for what is kept of an activity as somebody reads it. The tasks that it serves come and go by themselves.
pub(crate) fn mark(activity: &Activity) -> String {
    let bare = Activity { tasks: Vec::new(), ..activity.clone() };
    Digest::of(format!("{bare:?}").as_bytes()).to_string().chars().take(16).collect()
}

/// Refuses a change by somebody who read something else; `None`: whoever changes it read nothing.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`].
pub(crate) fn refuse(activity: &Activity, read: Option<&str>) -> Result<()> {
    match read.is_none_or(|read| read == mark(activity)) {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile.into()),
    }
}
