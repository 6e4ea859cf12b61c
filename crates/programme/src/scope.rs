//! Whose figures are counted, and of which days.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::ids::UnitId;
use crate::moment::Moment;

/// Whose figures, of which days.
#[derive(Debug, Clone)]
pub struct Scope {
    pub units: BTreeSet<UnitId>,
    pub from: Date,
    pub to: Date,
}

impl Scope {
    /// True for a unit and a day of the scope.
    pub fn holds(&self, unit: &UnitId, day: Date) -> bool {
        self.units.contains(unit) && self.from <= day && day <= self.to
    }

    /// The end of its last day.
    pub(crate) fn end(&self) -> Moment {
        Moment::end_of(self.to)
    }
}
