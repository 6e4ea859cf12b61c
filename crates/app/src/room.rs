//! Room on the disk under the data folder: what is left, and when to say that it runs short.

use crate::App;

/// Less than this, or this part of the disk, is little: an office needs some days to make room.
const LITTLE_BYTES: u64 = 1 << 30;
const LITTLE_PERCENT: u64 = 5;

/// What is left on the disk that holds the office's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub free_bytes: u64,
    pub total_bytes: u64,
}

impl Room {
    /// Whether room runs short: under 1 GB, or under 5 % of the disk, whichever comes first. A disk that is itself smaller
    /// than some gigabytes is judged by its part alone.
    pub fn is_little(self) -> bool {
        let part = self.free_bytes.saturating_mul(100) < self.total_bytes.saturating_mul(LITTLE_PERCENT);
        part || (self.free_bytes < LITTLE_BYTES && self.total_bytes > 4 * LITTLE_BYTES)
    }
}

/// What is left; `None` where the system does not tell. Asks the system each time.
pub fn left(app: &App) -> Option<Room> {
    let data = &app.inner.settings.data;
    let (free_bytes, total_bytes) = (fs4::available_space(data).ok()?, fs4::total_space(data).ok()?);
    Some(Room { free_bytes, total_bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_said_in_time() {
        const GB: u64 = 1 << 30;
        let little = |free_bytes, total_bytes| Room { free_bytes, total_bytes }.is_little();
        assert!(!little(20 * GB, 250 * GB));
        assert!(little(12 * GB, 250 * GB), "under five percent");
        assert!(little(GB / 2, 8 * GB), "under one gigabyte");
        assert!(!little(GB / 2, 2 * GB), "half of a small stick");
        assert!(little(0, 2 * GB) && !little(1, 0));
    }
}
