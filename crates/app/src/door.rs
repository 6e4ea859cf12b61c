//! How often somebody may try to sign in, so that guessing is hopeless and nobody can lock anybody else out.
//!
//! Failures are counted per (login, device) where the device was used for this login before; only strangers are counted
//! by their address and, far more generously, by login. So a flood from elsewhere never bars the owner's own computer,
//! and a colleague behind the same router bars only new devices (the scheme of OWASP's "device cookies").
//! In memory: a restart forgets, which helps nobody who has twelve characters to guess.
//!
//! A try counts as failed from the moment it is let pass, and is given back when it was right: a thousand at once are no
//! more than a thousand one after the other.
//!
//! Whole offices sit behind one address, and behind a proxy on the same machine everybody does. So an address with too many
//! failures bars nobody whose own login was not tried there: that one try is looked at all the same, in a [`Lane`] of its own
//! where one password is checked at a time, and a wrong one is answered as if it had not been looked at, so that nobody
//! learns which logins there are. A guesser is left one try for each login and quarter of an hour; whoever floods the lane
//! slows the new devices of one address down for as long as the flood lasts, and nobody else.
//! Logins that nobody has are counted alike but apart, so that inventing them makes no place by forgetting others.
//!
//! ```text
//! five wrong tries from one address on one login     →  wait 15 minutes, there
//! the same login from a device it used before        →  not affected
//! fifty wrong tries from one address on any logins   →  one try for each other login, one at a time
//! ```

use programme::moment::Moment;
use std::collections::{BTreeMap, VecDeque};
use tokio::sync::{Semaphore, SemaphorePermit};

/// What failures are counted under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Bucket {
    Device(String, String),
    Pair(String, String),
    Address(String),
    Login(String),
    /// A login that nobody has: from one address, and from anywhere.
    Invented(String, Option<String>),
    /// Names that one device gave for a meeting.
    Names(String, String),
    /// Sheets that one device handed in for a quiz.
    Sheets(String, String),
    /// Names that came in for a meeting from one network.
    Hall(String, String),
}

/// So many buckets are kept; the ones that were quiet longest go first. As many again for invented logins.
const MOST_BUCKETS: usize = 20_000;
/// Tries that wait in the lane for full addresses: a second or two of work.
const MOST_IN_LANE: usize = 20;

impl Bucket {
    /// Failures allowed within so many minutes.
    fn limit(&self) -> (usize, i64) {
        match self {
            Bucket::Device(..) => (10, 15),
            Bucket::Pair(..) | Bucket::Invented(_, Some(_)) => (5, 15),
            Bucket::Address(..) => (50, 15),
            Bucket::Login(..) | Bucket::Invented(_, None) => (200, 60),
            // A hall that signs on the one machine at its door; full halls behind one router.
            Bucket::Names(..) => (60, 15),
            // One machine on which a class sits one after the other.
            Bucket::Sheets(..) => (10, 15),
            Bucket::Hall(..) => (300, 15),
        }
    }

    /// Whether it is one login's own at one address.
    fn is_pair(&self) -> bool {
        matches!(self, Bucket::Pair(..) | Bucket::Invented(_, Some(_)))
    }
}

/// Who stands before the door: what was typed, from where, on a device that the login used before or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller<'a> {
    pub(crate) login: &'a str,
    /// Whether anybody has this login.
    pub(crate) known: bool,
    pub(crate) address: &'a str,
    pub(crate) device: Option<&'a str>,
}

impl Caller<'_> {
    fn buckets(&self) -> Vec<Bucket> {
        let (login, address) = (self.login.to_owned(), network(self.address));
        let at = Bucket::Address(address.clone());
        match self.device {
            Some(device) => vec![Bucket::Device(login, device.to_owned())],
            None if self.known => vec![Bucket::Pair(login.clone(), address), at, Bucket::Login(login)],
            None => vec![Bucket::Invented(login.clone(), Some(address)), at, Bucket::Invented(login, None)],
        }
    }
}

/// A try that was let pass. It counts as failed until it is given back.
#[derive(Debug)]
#[must_use = "a right try is given back"]
pub(crate) struct Taken {
    buckets: Vec<Bucket>,
    at: Moment,
    /// Minutes that others at this address have to wait: looked at all the same, in the lane.
    pub(crate) full: Option<i64>,
}

/// A try that is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Held {
    /// Minutes to wait.
    pub(crate) minutes: i64,
    /// The first one of its kind in this time, which is worth writing down; a flood is not.
    pub(crate) first: bool,
}

/// Who gives a name for a meeting: nobody has an account, but a browser keeps the mark that it was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Giver<'a> {
    pub(crate) meeting: &'a str,
    pub(crate) address: &'a str,
    pub(crate) device: &'a str,
    /// A sheet of a quiz, and no name.
    pub(crate) sheet: bool,
}

impl Giver<'_> {
    fn buckets(&self) -> [Bucket; 2] {
        let meeting = self.meeting.to_owned();
        let device = if self.sheet { Bucket::Sheets } else { Bucket::Names };
        [device(meeting.clone(), self.device.to_owned()), Bucket::Hall(meeting, network(self.address))]
    }
}

/// Failures not yet forgotten.
#[derive(Debug, Default)]
pub(crate) struct Door {
    known: Counts,
    invented: Counts,
}

impl Door {
    /// Lets one more try pass and counts it as failed, or tells how long to wait.
    pub(crate) fn take(&mut self, caller: Caller<'_>, now: Moment) -> Result<Taken, Held> {
        let mut buckets = caller.buckets();
        let full = self.full_of_others(&buckets, now);
        if full.is_some() {
            // It is full already: what is let pass all the same makes nobody wait longer.
            buckets.retain(|bucket| !matches!(bucket, Bucket::Address(_)));
        }
        self.take_all(buckets, now).map(|taken| Taken { full, ..taken })
    }

    /// As [`Door::take`] for secrets that stand for themselves, without a login: only the address counts.
    pub(crate) fn take_at(&mut self, address: &str, now: Moment) -> Result<Taken, Held> {
        self.take_all(vec![Bucket::Address(network(address))], now)
    }

    /// Lets one more name pass and counts it, or tells the minutes to wait. Tries count, whatever becomes of them: nobody
    /// finds out by trying who is on the list.
    pub(crate) fn take_name(&mut self, giver: Giver<'_>, now: Moment) -> Option<i64> {
        self.take_all(giver.buckets().to_vec(), now).err().map(|held| held.minutes)
    }

    /// A try that was right, or that nobody could look at, was none.
    pub(crate) fn give_back(&mut self, taken: Taken) {
        for bucket in taken.buckets {
            self.counts(&bucket).give_back(&bucket, taken.at);
        }
    }

    /// Whether this is the first time in a while that a wrong try at a full address is answered.
    pub(crate) fn tell_full(&mut self, address: &str, now: Moment) -> bool {
        self.known.tell(&Bucket::Address(network(address)), now)
    }

    /// Whoever came in has shown to be no guesser; what strangers did to the login is still counted against strangers.
    pub(crate) fn passed(&mut self, caller: Caller<'_>) {
        for bucket in caller.buckets().iter().filter(|b| b.is_pair() || matches!(b, Bucket::Device(..))) {
            self.counts(bucket).0.remove(bucket);
        }
    }

    fn counts(&mut self, bucket: &Bucket) -> &mut Counts {
        if matches!(bucket, Bucket::Invented(..)) { &mut self.invented } else { &mut self.known }
    }

    /// Minutes for which the address is full because of tries at other logins than this one.
    fn full_of_others(&mut self, buckets: &[Bucket], now: Moment) -> Option<i64> {
        let address = buckets.iter().find(|bucket| matches!(bucket, Bucket::Address(_)))?;
        let minutes = self.known.wait_for(address, now)?;
        let own = buckets.iter().find(|bucket| bucket.is_pair())?;
        (self.counts(own).failures(own, now) == 0).then_some(minutes)
    }

    fn take_all(&mut self, buckets: Vec<Bucket>, now: Moment) -> Result<Taken, Held> {
        let longest = buckets.iter().filter_map(|b| Some((self.counts(b).wait_for(b, now)?, b))).max_by_key(|(minutes, _)| *minutes);
        if let Some((minutes, bucket)) = longest {
            return Err(Held { minutes, first: self.counts(bucket).tell(bucket, now) });
        }
        for bucket in &buckets {
            self.counts(bucket).count(bucket, now);
        }
        Ok(Taken { buckets, at: now, full: None })
    }
}

/// Buckets of one kind, with what fell into them.
#[derive(Debug, Default)]
struct Counts(BTreeMap<Bucket, Failures>);

#[derive(Debug, Default)]
struct Failures {
    at: VecDeque<Moment>,
    /// When it was last told that somebody waits because of them.
    told: Option<Moment>,
}

impl Counts {
    /// Failures that still count.
    fn failures(&mut self, bucket: &Bucket, now: Moment) -> usize {
        let (_, minutes) = bucket.limit();
        let Some(failures) = self.0.get_mut(bucket) else { return 0 };
        failures.at.retain(|at| counts(*at, minutes, now));
        failures.at.len()
    }

    /// Minutes to wait before another try; `None`: now.
    fn wait_for(&mut self, bucket: &Bucket, now: Moment) -> Option<i64> {
        let (most, minutes) = bucket.limit();
        let failures = self.failures(bucket, now);
        let free = self.0.get(bucket)?.at.front()?.plus_minutes(minutes);
        let left_ms = free.millis() - now.millis();
        (failures >= most).then_some(left_ms.div_euclid(60_000) + 1)
    }

    fn count(&mut self, bucket: &Bucket, now: Moment) {
        self.0.entry(bucket.clone()).or_default().at.push_back(now);
        if self.0.len() > MOST_BUCKETS {
            let quiet = self.0.iter().min_by_key(|(_, f)| f.at.back().copied()).map(|(bucket, _)| bucket.clone());
            quiet.and_then(|bucket| self.0.remove(&bucket));
        }
    }

    fn give_back(&mut self, bucket: &Bucket, at: Moment) {
        let Some(failures) = self.0.get_mut(bucket) else { return };
        if let Some(taken) = failures.at.iter().position(|known| *known == at) {
            failures.at.remove(taken);
        }
    }

    /// True once in the time for which a bucket counts.
    fn tell(&mut self, bucket: &Bucket, now: Moment) -> bool {
        let (_, minutes) = bucket.limit();
        let Some(failures) = self.0.get_mut(bucket) else { return true };
        let first = failures.told.is_none_or(|told| !counts(told, minutes, now));
        if first {
            failures.told = Some(now);
        }
        first
    }
}

/// Whether a failure of that moment still counts. One that lies ahead was counted before the clock was set back: nobody waits
/// for hours because of that. A minute is no setting back: requests beside one another do not come here in the order of their
/// times.
fn counts(at: Moment, minutes: i64, now: Moment) -> bool {
    now < at.plus_minutes(minutes) && at <= now.plus_minutes(1)
}

/// Where passwords typed at a full address are looked at: one at a time, and only so many wait.
#[derive(Debug)]
pub(crate) struct Lane {
    queue: Semaphore,
    alone: Semaphore,
}

impl Default for Lane {
    fn default() -> Lane {
        Lane { queue: Semaphore::new(MOST_IN_LANE), alone: Semaphore::new(1) }
    }
}

impl Lane {
    /// One's turn, as long as it is held; `None` when too many wait already.
    pub(crate) async fn turn(&self) -> Option<[SemaphorePermit<'_>; 2]> {
        let queued = self.queue.try_acquire().ok()?;
        Some([self.alone.acquire().await.ok()?, queued])
    }
}

/// An IPv6 subscriber has a whole /64 to try from; IPv4 addresses stand for themselves.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(std::net::IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => {
            v6.segments()[..4].iter().map(|s| format!("{s:x}")).collect::<Vec<_>>().join(":")
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Moment {
        "2026-11-26T01:00:00.000Z".parse::<Moment>().unwrap().plus_minutes(minute)
    }

    fn stranger<'a>(login: &'a str, address: &'a str) -> Caller<'a> {
        Caller { login, known: true, address, device: None }
    }

    impl Door {
        fn fails(&mut self, caller: Caller<'_>, now: Moment) {
            let _counted = self.take(caller, now).unwrap();
        }

        /// What a try would be told, without trying.
        fn wait(&mut self, caller: Caller<'_>, now: Moment) -> Option<i64> {
            self.take(caller, now).map(|taken| self.give_back(taken)).err().map(|held| held.minutes)
        }
    }

    #[test]
    fn a_guesser_waits_and_the_owner_does_not() {
        let mut door = Door::default();
        for _ in 0..5 {
            door.fails(stranger("hanh", "10.0.0.9"), at(0));
        }
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(0)), Some(16));
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(14)), Some(2));
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(15)), None, "forgotten in time");
        assert_eq!(door.wait(stranger("hanh", "10.0.0.5"), at(0)), None, "another computer");
        assert_eq!(door.wait(stranger("lan", "10.0.0.9"), at(0)), None, "another person behind the same address");
        let own = Caller { device: Some("d1"), ..stranger("hanh", "10.0.0.9") };
        assert_eq!(door.wait(own, at(0)), None, "the device that she always uses");
    }

    #[test]
    fn tries_at_the_same_time_count_before_they_are_looked_at() {
        let mut door = Door::default();
        let mut taken: Vec<Taken> = (0..5).map(|_| door.take(stranger("hanh", "10.0.0.9"), at(0)).unwrap()).collect();
        assert!(door.take(stranger("hanh", "10.0.0.9"), at(0)).is_err(), "five are on their way");
        door.give_back(taken.pop().unwrap());
        let sixth = door.take(stranger("hanh", "10.0.0.9"), at(0)).expect("one of them was right");
        assert!(door.take(stranger("hanh", "10.0.0.9"), at(0)).is_err());
        door.passed(stranger("hanh", "10.0.0.9"));
        door.give_back(sixth);
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(0)), None);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out_for_hours() {
        let mut door = Door::default();
        for _ in 0..5 {
            door.fails(stranger("hanh", "10.0.0.9"), at(180));
        }
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(180)), Some(16));
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(0)), None);
    }

    #[test]
    fn a_flood_of_addresses_bars_strangers_only() {
        let mut door = Door::default();
        let addresses: Vec<String> = (0..200).map(|n| format!("10.1.0.{n}")).collect();
        for address in &addresses {
            door.fails(stranger("hanh", address), at(0));
        }
        assert_eq!(door.wait(stranger("hanh", "10.9.9.9"), at(1)), Some(60));
        let own = Caller { device: Some("d1"), ..stranger("hanh", "10.9.9.9") };
        assert_eq!(door.wait(own, at(1)), None);
        assert_eq!(door.wait(stranger("lan", "10.9.9.9"), at(1)), None);
    }

    #[test]
    fn a_full_address_leaves_each_login_one_try_and_nobody_learns_which_there_are() {
        let mut door = Door::default();
        for n in 0..50 {
            door.fails(Caller { known: false, ..stranger(&format!("x{n}"), "127.0.0.1") }, at(0));
        }
        for known in [true, false] {
            let caller = |login| Caller { known, ..stranger(login, "127.0.0.1") };
            let taken = door.take(caller("lan"), at(1)).expect("nobody tried this login here");
            assert_eq!(taken.full, Some(15));
            assert_eq!(door.wait(caller("lan"), at(1)), Some(15), "known: {known}");
            door.give_back(taken);
            assert_eq!(door.wait(caller("lan"), at(1)), None, "that one was right");
            door.fails(caller("lan"), at(1));
            assert_eq!(door.wait(caller("lan"), at(14)), Some(2));
        }
        assert!(door.take_at("127.0.0.1", at(1)).is_err());
        assert_eq!(door.take(stranger("lan", "127.0.0.1"), at(16)).unwrap().full, None);
    }

    #[test]
    fn a_wait_is_told_once_in_its_time() {
        let mut door = Door::default();
        for _ in 0..5 {
            door.fails(stranger("hanh", "10.0.0.9"), at(0));
        }
        let mut first = |minute| door.take(stranger("hanh", "10.0.0.9"), at(minute)).map(|_| ()).unwrap_err().first;
        assert_eq!([first(1), first(1), first(14)], [true, false, false]);
        for _ in 0..5 {
            door.fails(stranger("hanh", "10.0.0.9"), at(15));
        }
        let mut first = |minute| door.take(stranger("hanh", "10.0.0.9"), at(minute)).map(|_| ()).unwrap_err().first;
        assert_eq!([first(16), first(17)], [true, false]);
    }

    #[test]
    fn a_flood_of_names_fills_neither_the_hall_nor_the_memory() {
        let mut door = Door::default();
        let flood: Vec<String> = (0..239).map(|n| format!("x{n}")).collect();
        let giver = |device| Giver { meeting: "m", address: "10.0.0.9", device, sheet: false };
        for _ in 0..60 {
            assert_eq!(door.take_name(giver("d1"), at(0)), None);
        }
        assert_eq!(door.take_name(giver("d1"), at(1)), Some(15));
        assert_eq!(door.take_name(giver("d2"), at(1)), None, "a neighbour behind the same router");
        for device in &flood {
            assert_eq!(door.take_name(giver(device), at(1)), None);
        }
        assert!(door.take_name(giver("d3"), at(1)).is_some(), "whoever throws the mark away each time");
        assert_eq!(door.take_name(Giver { address: "10.0.0.8", ..giver("d3") }, at(1)), None);
    }

    #[test]
    fn a_flood_of_logins_fills_no_memory_and_makes_nobody_forgotten() {
        let mut door = Door::default();
        for _ in 0..5 {
            door.fails(stranger("hanh", "10.0.0.9"), at(0));
        }
        // Each opens two buckets of its own: for the pair, and for the login.
        for n in 0..MOST_BUCKETS / 2 + 20 {
            door.fails(Caller { known: false, ..stranger(&format!("l{n}"), "10.0.0.7") }, at(2));
        }
        assert!(door.invented.0.len() <= MOST_BUCKETS, "{} buckets", door.invented.0.len());
        assert!(door.wait(stranger("hanh", "10.0.0.9"), at(2)).is_some());
    }

    #[test]
    fn a_whole_ipv6_network_is_one_caller() {
        let mut door = Door::default();
        for n in 0..5 {
            door.fails(stranger("hanh", &format!("2001:db8:1:2::{n}")), at(0));
        }
        assert!(door.wait(stranger("hanh", "2001:db8:1:2:ffff::1"), at(0)).is_some());
        assert!(door.wait(stranger("hanh", "2001:db8:1:3::1"), at(0)).is_none());
        door.passed(stranger("hanh", "2001:db8:1:2::9"));
        assert!(door.wait(stranger("hanh", "2001:db8:1:2::1"), at(0)).is_none(), "one who came in");
    }
}
