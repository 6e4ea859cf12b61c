//! How fast one address may ask what costs the server something, beside the room that bodies take.
//!
//! Everybody may ask whether something is a scam; somebody who asks hundreds of times a minute is a program. An address has a
//! store of steps that fills again with time: a question takes one, a picture twenty. This machine speaks for many (a server
//! in front of this one comes from here), so it is not counted.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::lines::owner;

/// Steps of an address that has not asked for a while.
const FULL: f64 = 200.0;
/// Steps that come back in a second.
const PER_S: f64 = 2.0;
/// Of one question.
pub(crate) const QUESTION: f64 = 1.0;
/// Of one picture: decoding takes a core for a good part of a second.
pub(crate) const PICTURE: f64 = 20.0;
/// Addresses that are known at a time; those whose store is full again are forgotten first.
const MOST: usize = 10_000;

/// The stores of all addresses.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace(Arc<Mutex<BTreeMap<IpAddr, (f64, Instant)>>>);

impl Pace {
    /// Takes steps from an address.
    ///
    /// # Errors
    /// The seconds after which there are enough.
    pub(crate) fn take(&self, address: &str, steps: f64, now: Instant) -> Result<(), u64> {
        let Some(address) = address.parse::<IpAddr>().ok().map(owner).filter(|address| !address.is_loopback()) else { return Ok(()) };
        let mut stores = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let filled = |(left, then): (f64, Instant)| (left + now.saturating_duration_since(then).as_secs_f64() * PER_S).min(FULL);
        if stores.len() >= MOST && !stores.contains_key(&address) {
            stores.retain(|_, store| filled(*store) < FULL);
            if stores.len() >= MOST {
                // All of them ask at once: nobody is let through by being forgotten.
                return Err(1);
            }
        }
        let left = stores.get(&address).copied().map_or(FULL, filled);
        if left < steps {
            return Err(((steps - left) / PER_S).ceil() as u64);
        }
        stores.insert(address, (left - steps, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn whoever_asks_too_often_waits_and_nobody_else_does() {
        let (pace, now) = (Pace::default(), Instant::now());
        let mut taken = 0;
        while pace.take("203.0.113.7", PICTURE, now).is_ok() {
            taken += 1;
        }
        assert_eq!(taken, 10);
        assert_eq!(pace.take("203.0.113.7", PICTURE, now), Err(10));
        assert_eq!(pace.take("203.0.113.8", PICTURE, now), Ok(()));
        assert_eq!(pace.take("203.0.113.7", PICTURE, now + Duration::from_secs(10)), Ok(()));
    }

    #[test]
    fn a_network_of_one_owner_is_one_address_and_this_machine_is_none() {
        let (pace, now) = (Pace::default(), Instant::now());
        for n in 0..200 {
            assert_eq!(pace.take(&format!("2001:db8::{n:x}"), QUESTION, now), Ok(()));
            assert_eq!(pace.take("127.0.0.1", PICTURE, now), Ok(()));
            assert_eq!(pace.take("", PICTURE, now), Ok(()));
        }
        assert!(pace.take("2001:db8::ffff", QUESTION, now).is_err());
    }

    #[test]
    fn however_many_addresses_ask_the_memory_has_an_end() {
        let (pace, now) = (Pace::default(), Instant::now());
        let refused = (0..u32::try_from(MOST).unwrap() + 50)
            .filter(|n| pace.take(&format!("10.{}.{}.{}", n >> 16, n >> 8 & 255, n & 255), QUESTION, now).is_err());
        assert_eq!(refused.count(), 50);
        assert_eq!(pace.take("192.0.2.1", QUESTION, now + Duration::from_secs(1)), Ok(()));
    }
}
