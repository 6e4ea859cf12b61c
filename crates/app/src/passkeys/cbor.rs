//! As much of CBOR (RFC 8949) as devices write about a passkey: whole numbers, bytes, text, lists, maps, true, false, null; all
//! of them with their length in front. Whatever else there is makes the whole unreadable.
//!
//! ```text
//! read(&[0xa1, 0x01, 0x02, 0xff])  →  (Map([(Int(1), Int(2))]), what is left: [0xff])
//! ```

/// One value; bytes and text are those of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// True, false or null: nothing that is needed here.
    Other,
}

/// Lists and maps inside of each other: devices write four at most (CTAP 2.1, section 8).
const DEEPEST: u8 = 8;

/// The first value of the input, and what follows it.
pub(super) fn read(input: &[u8]) -> Option<(Value<'_>, &[u8])> {
    read_at(input, 0)
}

fn read_at(input: &[u8], depth: u8) -> Option<(Value<'_>, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (&first, rest) = input.split_first()?;
    let (kind, small) = (first >> 5, first & 0x1f);
    if kind == 7 {
        return matches!(small, 20..=22).then_some((Value::Other, rest));
    }
    let (n, rest) = number(small, rest)?;
    match kind {
        0 => Some((Value::Int(i64::try_from(n).ok()?), rest)),
        1 => Some((Value::Int(-1 - i64::try_from(n).ok()?), rest)),
        2 | 3 => {
            let (bytes, rest) = rest.split_at_checked(usize::try_from(n).ok()?)?;
            let value = if kind == 2 { Value::Bytes(bytes) } else { Value::Text(std::str::from_utf8(bytes).ok()?) };
            Some((value, rest))
        }
        4 => {
            let (mut items, mut rest) = (Vec::new(), rest);
            // The number is only a claim: nothing is set aside for it, and every item takes a byte at least.
            for _ in 0..n {
                let (item, after) = read_at(rest, depth + 1)?;
                items.push(item);
                rest = after;
            }
            Some((Value::List(items), rest))
        }
        5 => {
            let (mut pairs, mut rest) = (Vec::<(Value<'_>, Value<'_>)>::new(), rest);
            for _ in 0..n {
                let (key, after) = read_at(rest, depth + 1)?;
                let (value, after) = read_at(after, depth + 1)?;
                if pairs.iter().any(|(known, _)| *known == key) {
                    return None;
                }
                pairs.push((key, value));
                rest = after;
            }
            Some((Value::Map(pairs), rest))
        }
        _ => None,
    }
}

fn number(small: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let length = match small {
        0..=23 => return Some((u64::from(small), rest)),
        24..=27 => 1 << (small - 24),
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(length)?;
    Some((bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte)), rest))
}

impl<'a> Value<'a> {
    /// What a map holds under a number.
    pub(super) fn at(&self, number: i64) -> Option<&Value<'a>> {
        self.get(&Value::Int(number))
    }

    /// What a map holds under a word.
    pub(super) fn named(&self, word: &'a str) -> Option<&Value<'a>> {
        self.get(&Value::Text(word))
    }

    fn get(&self, key: &Value<'a>) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn bytes(&self) -> Option<&'a [u8]> {
        if let Value::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(super) fn int(&self) -> Option<i64> {
        if let Value::Int(n) = self { Some(*n) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_devices_write_them() {
        // From appendix A of RFC 8949.
        assert_eq!(read(&[0x18, 0x64]), Some((Value::Int(100), &[][..])));
        assert_eq!(read(&[0x39, 0x03, 0xe7]), Some((Value::Int(-1000), &[][..])));
        assert_eq!(read(&[0x44, 1, 2, 3, 4, 9]), Some((Value::Bytes(&[1, 2, 3, 4]), &[9][..])));
        assert_eq!(read(&[0x61, 0xc3]), None, "half a letter");
        assert_eq!(read(&[0x63, 0xe6, 0xb0, 0xb4]), Some((Value::Text("水"), &[][..])));
        let (map, rest) = read(&[0xa2, 0x61, 0x61, 0x01, 0x61, 0x62, 0x82, 0x02, 0xf5]).unwrap();
        assert_eq!((map.named("a").and_then(Value::int), rest.len()), (Some(1), 0));
        assert_eq!(map.named("b"), Some(&Value::List(vec![Value::Int(2), Value::Other])));
    }

    #[test]
    fn what_is_cut_endless_huge_or_said_twice_is_unreadable() {
        let deep = [&[0x81; 20][..], &[0]].concat();
        for bytes in [
            &[][..],
            &[0x18],
            &[0x44, 1, 2],
            &[0x5f, 0x41, 1, 0xff],
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0xa2, 0x01, 0x01, 0x01, 0x02],
            &[0xc0, 0x60],
            &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
            &deep,
        ] {
            assert_eq!(read(bytes), None, "{bytes:02x?}");
        }
    }
}
