//! Not read yet: says so.

use crate::Problem;
use crate::limits::Budget;
use crate::writer::Writer;

pub(crate) fn read(_bytes: &[u8], _budget: &mut Budget, _writer: &mut Writer, problems: &mut Vec<Problem>) {
    problems.push(Problem::Unsupported { kind: Some("xlsx") });
}
