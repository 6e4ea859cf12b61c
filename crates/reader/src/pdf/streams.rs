//! Unpacking of PDF streams under the limits.
//!
//! Not for pictures, whose size is told beforehand (see [`super::pictures`]), and not for the streams that the library
//! unpacks itself (see [`super::objects`]).

use hayro_syntax::object::Stream;

use super::filters::{self, TooMuch};
use crate::Problem;
use crate::limits::Budget;

/// The unpacked bytes of a stream that is no picture; empty where it is broken.
pub(super) fn unpacked(stream: &Stream<'_>, budget: &mut Budget) -> Result<Vec<u8>, Problem> {
    let Some(steps) = filters::steps(stream) else { return Ok(vec![]) };
    let raw = stream.raw_data();
    let allowance = budget.allowance(raw.len() as u64);
    if steps.is_empty() {
        if raw.len() as u64 > allowance {
            return Err(too_much(allowance));
        }
        budget.spend(raw.len() as u64);
        return Ok(raw.into_owned());
    }
    let mut data = raw;
    for step in &steps {
        budget.check_time()?;
        // Every stage is paid for, or a chain of them would do its work for nothing.
        let allowance = allowance.min(budget.allowance(u64::MAX));
        data = filters::undo(&data, step, allowance).map_err(|TooMuch| too_much(allowance))?.into();
        budget.spend(data.len() as u64);
    }
    Ok(data.into_owned())
}

fn too_much(limit_bytes: u64) -> Problem {
    Problem::TooMuchUnpacked { part: "stream".to_owned(), limit_bytes }
}
