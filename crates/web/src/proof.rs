//! What keeps a flood of made-up messages out of the public forms without looking at who sends them: a small sum that the
//! browser works out, or a short wait, and a limit for all together. No address and no person is counted.
//!
//! Every form carries a signed challenge. It is good for one message: the code by which the message is followed is derived
//! from it, so the same form sent twice opens one case and shows the same code. Where no script runs, the form is taken once
//! it is twenty seconds old, and only a few such in a minute.
//!
//! ```text
//! challenge "1795496400000.9f3c….a07b…"  →  proof "184213": SHA-256("challenge.proof") begins with eighteen zero bits
//! ```

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use app::programme::hex::hex;
use app::programme::moment::Moment;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Zero bits in front: some 260,000 tries, a second on a cheap telephone.
pub(crate) const BITS: u32 = 18;
/// How old a form is at the least that comes without a proof.
pub(crate) const WAIT_S: i64 = 20;
/// A page that was open longer gets a fresh challenge.
const GOOD_FOR_S: i64 = 12 * 3600;
/// Messages in a minute of all visitors together: with a proof, and without.
const OF_A_MINUTE: [usize; 2] = [60, 6];
/// The same in a day.
const OF_A_DAY: [usize; 2] = [2000, 300];
const MINUTE_S: i64 = 60;
const DAY_S: i64 = 24 * 3600;
/// A proof is a number of so many digits at most.
const MOST_DIGITS: usize = 15;

/// The messages that were taken within a day: when, and whether with a proof. Nothing of who sent them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate {
    taken: Arc<Mutex<VecDeque<(i64, bool)>>>,
}

/// Why a form is not taken now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// Its challenge is none of ours, or too old: the form gets a new one.
    Stale,
    /// No proof, and not long enough open.
    TooSoon,
    /// As many as there may be have come.
    TooMany,
}

fn mac(key: &[u8; 32], purpose: &str, text: &str) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.chain_update(purpose.as_bytes()).chain_update(b"\n").chain_update(text.as_bytes())
}

/// A challenge for one form; empty without randomness, and then no form is taken.
pub(crate) fn challenge(key: &[u8; 32], now: Moment) -> String {
    let mut nonce = [0; 16];
    if getrandom::fill(&mut nonce).is_err() {
        return String::new();
    }
    let open = format!("{}.{}", seconds(now), hex(&nonce));
    let signed = hex(&mac(key, "challenge", &open).finalize().into_bytes());
    format!("{open}.{signed}")
}

/// The bytes from which the code of a message follows; nobody can work them out from the challenge.
pub(crate) fn secret(key: &[u8; 32], challenge: &str) -> Vec<u8> {
    mac(key, "code", challenge).finalize().into_bytes().to_vec()
}

fn seconds(at: Moment) -> i64 {
    at.millis() / 1000
}

/// How many seconds ago this server made a challenge; `None`: it is none of ours.
fn age_s(key: &[u8; 32], challenge: &str, now: Moment) -> Option<i64> {
    let (open, signed) = challenge.rsplit_once('.')?;
    let signed: Option<Vec<u8>> =
        signed.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok())).collect();
    mac(key, "challenge", open).verify_slice(&signed?).ok()?;
    let made: i64 = open.split_once('.')?.0.parse().ok()?;
    Some(seconds(now) - made)
}

/// Whether this server made the challenge, and not too long ago.
pub(crate) fn is_ours(key: &[u8; 32], challenge: &str, now: Moment) -> bool {
    age_s(key, challenge, now).is_some_and(|age| (-MINUTE_S..=GOOD_FOR_S).contains(&age))
}

/// Whether a proof solves a challenge.
fn solves(challenge: &str, proof: &str) -> bool {
    let is_number = !proof.is_empty() && proof.len() <= MOST_DIGITS && proof.bytes().all(|b| b.is_ascii_digit());
    let hash = || Sha256::digest(format!("{challenge}.{proof}").as_bytes());
    is_number && u32::from_be_bytes(hash()[..4].try_into().unwrap_or([255; 4])).leading_zeros() >= BITS
}

impl Gate {
    /// Takes one message, or says why not now.
    pub(crate) fn take(&self, key: &[u8; 32], challenge: &str, proof: &str, now: Moment) -> Result<(), NotNow> {
        let age = age_s(key, challenge, now).filter(|age| (-MINUTE_S..=GOOD_FOR_S).contains(age)).ok_or(NotNow::Stale)?;
        let proved = solves(challenge, proof);
        if !proved && age < WAIT_S {
            return Err(NotNow::TooSoon);
        }
        let Ok(mut taken) = self.taken.lock() else { return Err(NotNow::TooMany) };
        let now = seconds(now);
        // A clock that was set back must not keep old ones for ever.
        taken.retain(|(at, _)| (0..DAY_S).contains(&(now - at)));
        let within = |span: i64| taken.iter().filter(|(at, p)| *p == proved && now - at < span).count();
        let which = usize::from(!proved);
        if within(MINUTE_S) >= OF_A_MINUTE[which] || within(DAY_S) >= OF_A_DAY[which] {
            return Err(NotNow::TooMany);
        }
        taken.push_back((now, proved));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn at(second: i64) -> Moment {
        let base: Moment = "2026-11-24T05:00:00.000Z".parse().unwrap();
        Moment::from(jiff::Timestamp::from_second(base.timestamp().as_second() + second).unwrap())
    }

    fn solved(challenge: &str) -> String {
        (0..u64::MAX).map(|n| n.to_string()).find(|proof| solves(challenge, proof)).unwrap()
    }

    #[test]
    fn a_form_is_taken_with_its_sum_or_after_a_wait() {
        let gate = Gate::default();
        let made = challenge(&KEY, at(0));
        assert_eq!(gate.take(&KEY, &made, "", at(5)), Err(NotNow::TooSoon));
        assert_eq!(gate.take(&KEY, &made, "1", at(5)), Err(NotNow::TooSoon), "a wrong sum is none");
        assert_eq!(gate.take(&KEY, &made, &solved(&made), at(5)), Ok(()));
        assert_eq!(gate.take(&KEY, &made, "", at(20)), Ok(()));
        assert_eq!(gate.take(&KEY, &made, "", at(12 * 3600 + 1)), Err(NotNow::Stale));
    }

    #[test]
    fn a_challenge_that_is_not_ours_counts_for_nothing() {
        let gate = Gate::default();
        let made = challenge(&KEY, at(0));
        let older = made.replacen("1", "0", 1);
        for other in ["", "a.b.c", &older, &challenge(&[8; 32], at(0))] {
            assert_eq!(gate.take(&KEY, other, "", at(60)), Err(NotNow::Stale), "{other}");
        }
    }

    #[test]
    fn a_flood_is_refused_whoever_sends_it() {
        let gate = Gate::default();
        let made = challenge(&KEY, at(0));
        let taken = |n: i64, second: fn(i64) -> i64| (0..n).filter(|i| gate.take(&KEY, &made, "", at(second(*i))).is_ok()).count();
        assert_eq!(taken(10_000, |_| 30), 6, "in one minute");
        assert_eq!(taken(10_000, |i| 120 + i), 294, "in one day");
        let proof = solved(&made);
        let proved = (0..1_000).filter(|_| gate.take(&KEY, &made, &proof, at(40)).is_ok()).count();
        assert_eq!(proved, 60, "what waits does not keep out what has a proof");
    }

    #[test]
    fn a_code_follows_from_the_challenge_and_the_key() {
        let made = challenge(&KEY, at(0));
        assert_eq!(secret(&KEY, &made), secret(&KEY, &made));
        assert_ne!(secret(&KEY, &made), secret(&[8; 32], &made));
    }
}
