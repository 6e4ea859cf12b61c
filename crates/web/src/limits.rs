//! How much visitors may hold of the server, and for how long: all numbers in one place, so that tests can try small ones.

use std::time::Duration;

/// Limits on what visitors hold. The usual ones are right for an office of some hundred people with slow lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at the same time: below what systems let one program open (1,024), with room for its files.
    pub places: usize,
    /// Of them for visitors from this machine alone, among them whoever asks for `/health`.
    pub kept_places: usize,
    /// Connections of one address; a whole office may stand behind it.
    pub of_one_address: usize,
    /// Of an answer something must be taken within this time.
    pub answer_silence: Duration,
    /// Where all places are taken, a request or answer of which nothing moved for so long makes room.
    pub stalled: Duration,
    /// There a connection that waits for no answer makes room, but not before its visitor had so long to ask: who has just
    /// come would otherwise be put out by the next one.
    pub first_words: Duration,
    /// Answers under way are finished for so long once the program is told to stop.
    pub grace: Duration,
    /// Bytes of all bodies that are being taken in or worked on.
    pub room_bytes: usize,
    /// Of them for one person; more than one upload may have.
    pub room_of_one_bytes: usize,
    /// Bodies of one person that have not come whole.
    pub unfinished_of_one: usize,
    /// How long a body waits for room before it is refused.
    pub room_wait: Duration,
    /// Of a body something must come within this time.
    pub body_silence: Duration,
    /// A body has this time to get under way; from then on it must have come with [`Limits::least_bytes_per_s`] on average.
    pub body_start: Duration,
    /// Bytes in a second.
    pub least_bytes_per_s: u32,
    /// Time for the whole of an upload: 64 MB at a megabit per second and something over.
    pub upload_time: Duration,
    /// Time for the whole of a form without files: a megabyte over a slow line.
    pub form_time: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        let seconds = Duration::from_secs;
        Limits {
            places: 800,
            kept_places: 16,
            of_one_address: 256,
            answer_silence: seconds(30),
            stalled: seconds(5),
            first_words: Duration::from_millis(250),
            grace: seconds(30),
            room_bytes: 128 << 20,
            room_of_one_bytes: 66 << 20,
            unfinished_of_one: 2,
            room_wait: seconds(20),
            body_silence: seconds(30),
            body_start: seconds(30),
            least_bytes_per_s: 1 << 10,
            upload_time: seconds(600),
            form_time: seconds(60),
        }
    }
}
