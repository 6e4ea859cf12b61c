//! How often somebody may try to sign in, so that guessing is hopeless and nobody can lock anybody else out.
//!
//! Failures are counted per (login, device) where the device was used for this login before; only strangers are counted
//! by their address and, far more generously, by login. So a flood from elsewhere never bars the owner's own computer,
//! and a colleague behind the same router bars only new devices (the scheme of OWASP's "device cookies").
//! In memory: a restart forgets, which helps nobody who has twelve characters to guess.
//!
//! ```text
//! five wrong tries from one address on one login  →  wait 15 minutes, there
//! the same login from a device it used before     →  not affected
//! ```

use programme::moment::Moment;
use std::collections::{BTreeMap, VecDeque};

/// What failures are counted under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Bucket {
    Device(String, String),
    Pair(String, String),
    Address(String),
    Login(String),
    /// Names that one device gave for a meeting.
    Names(String, String),
    /// Names that came in for a meeting from one network.
    Hall(String, String),
}

/// So many buckets are kept; the ones that were quiet longest go first.
const MOST_BUCKETS: usize = 20_000;

impl Bucket {
    /// Failures allowed within so many minutes.
    fn limit(&self) -> (usize, i64) {
        match self {
            Bucket::Device(..) => (10, 15),
            Bucket::Pair(..) => (5, 15),
            Bucket::Address(..) => (50, 15),
            Bucket::Login(..) => (200, 60),
            // A family and its neighbours on one telephone; a full hall behind one router.
            Bucket::Names(..) => (10, 15),
            Bucket::Hall(..) => (300, 15),
        }
    }
}

/// Who stands before the door: what was typed, from where, on a device that the login used before or not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller<'a> {
    pub(crate) login: &'a str,
    pub(crate) address: &'a str,
    pub(crate) device: Option<&'a str>,
}

impl Caller<'_> {
    fn buckets(&self) -> Vec<Bucket> {
        let (login, address) = (self.login.to_owned(), network(self.address));
        match self.device {
            Some(device) => vec![Bucket::Device(login, device.to_owned())],
            None => vec![Bucket::Pair(login.clone(), address.clone()), Bucket::Address(address), Bucket::Login(login)],
        }
    }
}

/// Who gives a name for a meeting: nobody has an account, but a browser keeps the mark that it was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Giver<'a> {
    pub(crate) meeting: &'a str,
    pub(crate) address: &'a str,
    pub(crate) device: &'a str,
}

impl Giver<'_> {
    fn buckets(&self) -> [Bucket; 2] {
        let meeting = self.meeting.to_owned();
        [Bucket::Names(meeting.clone(), self.device.to_owned()), Bucket::Hall(meeting, network(self.address))]
    }
}

/// Failures not yet forgotten.
#[derive(Debug, Default)]
pub(crate) struct Door {
    failures: BTreeMap<Bucket, VecDeque<Moment>>,
}

impl Door {
    /// Minutes to wait before another try is looked at; `None`: now.
    pub(crate) fn wait(&mut self, caller: Caller<'_>, now: Moment) -> Option<i64> {
        self.longest(&caller.buckets(), now)
    }

    /// Lets one more name pass and counts it, or tells the minutes to wait. Tries count, whatever becomes of them: nobody
    /// finds out by trying who is on the list.
    pub(crate) fn take_name(&mut self, giver: Giver<'_>, now: Moment) -> Option<i64> {
        let wait = self.longest(&giver.buckets(), now);
        if wait.is_none() {
            self.count(giver.buckets(), now);
        }
        wait
    }

    fn longest(&mut self, buckets: &[Bucket], now: Moment) -> Option<i64> {
        buckets.iter().filter_map(|bucket| self.wait_for(bucket, now)).max()
    }

    fn wait_for(&mut self, bucket: &Bucket, now: Moment) -> Option<i64> {
        let (most, minutes) = bucket.limit();
        let failures = self.failures.get_mut(bucket)?;
        // A failure that lies ahead was counted before the clock was set back: nobody waits for hours because of that. A minute
        // is no setting back: requests beside one another do not come here in the order of their times.
        failures.retain(|at| now < at.plus_minutes(minutes) && *at <= now.plus_minutes(1));
        let free = failures.front()?.plus_minutes(minutes);
        let left_ms = free.millis() - now.millis();
        (failures.len() >= most).then_some(left_ms.div_euclid(60_000) + 1)
    }

    pub(crate) fn failed(&mut self, caller: Caller<'_>, now: Moment) {
        self.count(caller.buckets(), now);
    }

    /// As [`Door::wait`] for secrets that stand for themselves, without a login: only the address counts.
    pub(crate) fn wait_at(&mut self, address: &str, now: Moment) -> Option<i64> {
        self.wait_for(&Bucket::Address(network(address)), now)
    }

    pub(crate) fn failed_at(&mut self, address: &str, now: Moment) {
        self.count([Bucket::Address(network(address))], now);
    }

    fn count(&mut self, buckets: impl IntoIterator<Item = Bucket>, now: Moment) {
        for bucket in buckets {
            self.failures.entry(bucket).or_default().push_back(now);
        }
        // One failure can open several buckets.
        while self.failures.len() > MOST_BUCKETS {
            let quiet = self.failures.iter().min_by_key(|(_, at)| at.back().copied()).map(|(bucket, _)| bucket.clone());
            if quiet.and_then(|bucket| self.failures.remove(&bucket)).is_none() {
                break;
            }
        }
    }

    /// Whoever came in has shown to be no guesser; what strangers did to the login is still counted against strangers.
    pub(crate) fn passed(&mut self, caller: Caller<'_>) {
        for bucket in caller.buckets().iter().filter(|b| matches!(b, Bucket::Device(..) | Bucket::Pair(..))) {
            self.failures.remove(bucket);
        }
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
        Caller { login, address, device: None }
    }

    #[test]
    fn a_guesser_waits_and_the_owner_does_not() {
        let mut door = Door::default();
        for _ in 0..5 {
            assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(0)), None);
            door.failed(stranger("hanh", "10.0.0.9"), at(0));
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
    fn a_clock_that_is_set_back_keeps_nobody_out_for_hours() {
        let mut door = Door::default();
        for _ in 0..5 {
            door.failed(stranger("hanh", "10.0.0.9"), at(180));
        }
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(180)), Some(16));
        assert_eq!(door.wait(stranger("hanh", "10.0.0.9"), at(0)), None);
    }

    #[test]
    fn a_flood_of_addresses_bars_strangers_only() {
        let mut door = Door::default();
        let addresses: Vec<String> = (0..200).map(|n| format!("10.1.0.{n}")).collect();
        for address in &addresses {
            door.failed(stranger("hanh", address), at(0));
        }
        assert_eq!(door.wait(stranger("hanh", "10.9.9.9"), at(1)), Some(60));
        let own = Caller { device: Some("d1"), ..stranger("hanh", "10.9.9.9") };
        assert_eq!(door.wait(own, at(1)), None);
        assert_eq!(door.wait(stranger("lan", "10.9.9.9"), at(1)), None);
    }

    #[test]
    fn a_flood_of_names_fills_neither_the_hall_nor_the_memory() {
        let mut door = Door::default();
        let flood: Vec<String> = (0..289).map(|n| format!("x{n}")).collect();
        let giver = |device| Giver { meeting: "m", address: "10.0.0.9", device };
        for _ in 0..10 {
            assert_eq!(door.take_name(giver("d1"), at(0)), None);
        }
        assert_eq!(door.take_name(giver("d1"), at(1)), Some(15));
        assert_eq!(door.take_name(giver("d2"), at(1)), None, "a neighbour behind the same router");
        for device in &flood {
            assert_eq!(door.take_name(giver(device), at(1)), None);
        }
        assert!(door.take_name(giver("d3"), at(1)).is_some(), "whoever throws the mark away each time");
        assert_eq!(door.take_name(Giver { address: "10.0.0.8", ..giver("d3") }, at(1)), None);
        // Each opens two buckets of its own: for the pair, and for the login.
        for n in 0..MOST_BUCKETS / 2 + 20 {
            door.failed(stranger(&format!("l{n}"), "10.0.0.7"), at(2));
        }
        assert!(door.failures.len() <= MOST_BUCKETS, "{} buckets", door.failures.len());
    }

    #[test]
    fn a_whole_ipv6_network_is_one_caller() {
        let mut door = Door::default();
        for n in 0..5 {
            door.failed(stranger("hanh", &format!("2001:db8:1:2::{n}")), at(0));
        }
        assert!(door.wait(stranger("hanh", "2001:db8:1:2:ffff::1"), at(0)).is_some());
        assert!(door.wait(stranger("hanh", "2001:db8:1:3::1"), at(0)).is_none());
        door.passed(stranger("hanh", "2001:db8:1:2::9"));
        assert!(door.wait(stranger("hanh", "2001:db8:1:2::1"), at(0)).is_none(), "one who came in");
    }
}
