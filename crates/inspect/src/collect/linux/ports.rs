//! Listening ports from `/proc/net`, with the program that holds them where the rights allow to see it.
//!
//! ```text
//! 0100007F:1538 … 0A   →   address=127.0.0.1 port=5432 protocol=6 scope=loopback process=postgres
//! ```

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::super::root::Root;
use super::known;
use crate::facts::{Cell, Row, Status, Table, Unseen};

/// (file, IP protocol number, state that means "listening" or "bound").
const SOURCES: &[(&str, i64, &str)] =
    &[("/proc/net/tcp", 6, "0A"), ("/proc/net/tcp6", 6, "0A"), ("/proc/net/udp", 17, "07"), ("/proc/net/udp6", 17, "07")];

struct Socket {
    address: IpAddr,
    port: u16,
    protocol: i64,
    inode: String,
}

pub(super) fn listening_ports(root: &Root) -> Table {
    let mut sockets = Vec::new();
    let mut sources = Vec::new();
    for (path, protocol, state) in SOURCES {
        if let Ok(text) = root.read(path) {
            sources.push(*path);
            sockets.extend(text.lines().skip(1).filter_map(|line| socket(line, *protocol, state)));
        }
    }
    if sources.is_empty() {
        return Table::unseen(Status::Unsupported, Unseen::NotRunning, &["/proc/net"]);
    }
    let holders = holders(root);
    let all_held = sockets.iter().all(|socket| holders.contains_key(&socket.inode));
    let mut rows: Vec<Row> = sockets.iter().map(|socket| socket_row(socket, holders.get(&socket.inode))).collect();
    rows.sort_by_key(|row| format!("{row:?}"));
    if all_held { Table::seen(&sources, rows) } else { Table::partial(Unseen::ProcessHidden, &sources, rows) }
}

/// proc(5), /proc/net/tcp: `sl local_address rem_address st … inode`.
fn socket(line: &str, protocol: i64, listening: &str) -> Option<Socket> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    if *fields.get(3)? != listening {
        return None;
    }
    let (address, port) = fields.get(1)?.split_once(':')?;
    Some(Socket {
        address: parse_address(address)?,
        port: u16::from_str_radix(port, 16).ok()?,
        protocol,
        inode: (*fields.get(9)?).to_owned(),
    })
}

/// The kernel prints addresses as 32-bit words in the machine's byte order.
fn parse_address(hex: &str) -> Option<IpAddr> {
    let mut bytes = Vec::with_capacity(16);
    for at in (0..hex.len()).step_by(8) {
        let word = u32::from_str_radix(hex.get(at..at + 8)?, 16).ok()?;
        bytes.extend(word.to_ne_bytes());
    }
    match bytes.len() {
        4 => Some(Ipv4Addr::from(<[u8; 4]>::try_from(bytes).ok()?).into()),
        16 => Some(Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?).into()),
        _ => None,
    }
}

/// From where the address can be reached.
fn scope(address: IpAddr) -> &'static str {
    match address {
        IpAddr::V6(v6) if v6.to_ipv4_mapped().is_some() => v6.to_ipv4_mapped().map_or("public", |v4| scope(v4.into())),
        _ if address.is_loopback() => "loopback",
        _ if address.is_unspecified() => "any",
        IpAddr::V4(v4) if v4.is_link_local() => "link",
        IpAddr::V4(v4) if v4.is_private() => "private",
        IpAddr::V6(v6) if v6.is_unicast_link_local() => "link",
        IpAddr::V6(v6) if v6.is_unique_local() => "private",
        _ => "public",
    }
}

fn socket_row(socket: &Socket, holder: Option<&(i64, String)>) -> Row {
    known([
        ("port", Some(i64::from(socket.port).into())),
        ("protocol", Some(socket.protocol.into())),
        ("family", Some(Cell::Int(if socket.address.is_ipv4() { 2 } else { 10 }))),
        ("address", Some(socket.address.to_string().into())),
        ("scope", Some(scope(socket.address).into())),
        ("pid", holder.map(|(pid, _)| (*pid).into())),
        ("process", holder.map(|(_, name)| name.clone().into())),
    ])
}

/// Socket inode → (pid, program name), for the processes whose open files may be seen.
fn holders(root: &Root) -> BTreeMap<String, (i64, String)> {
    let mut holders = BTreeMap::new();
    for pid in root.list("/proc") {
        let Ok(number) = pid.parse::<i64>() else { continue };
        let dir = format!("/proc/{pid}/fd");
        let fds = root.list(&dir);
        let links = fds.iter().filter_map(|fd| root.link(&format!("{dir}/{fd}")).ok());
        let inodes: Vec<String> = links.filter_map(|link| Some(link.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())).collect();
        if inodes.is_empty() {
            continue;
        }
        let name = root.text(&format!("/proc/{pid}/comm")).unwrap_or_default().trim().to_owned();
        holders.extend(inodes.into_iter().map(|inode| (inode, (number, name.clone()))));
    }
    holders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_words_in_machine_order() {
        let word = |address: [u8; 4]| format!("{:08X}", u32::from_ne_bytes(address));
        assert_eq!(parse_address(&word([127, 0, 0, 1])), Some(Ipv4Addr::LOCALHOST.into()));
        let six = [word([0; 4]), word([0; 4]), word([0; 4]), word([0, 0, 0, 1])].concat();
        assert_eq!(parse_address(&six), Some(Ipv6Addr::LOCALHOST.into()));
        assert_eq!(parse_address("0100"), None);
    }

    #[test]
    fn scopes_of_addresses() {
        let of = |text: &str| scope(text.parse().unwrap());
        assert_eq!(of("127.0.0.53"), "loopback");
        assert_eq!(of("0.0.0.0"), "any");
        assert_eq!(of("::"), "any");
        assert_eq!(of("10.1.2.3"), "private");
        assert_eq!(of("::ffff:192.168.1.5"), "private");
        assert_eq!(of("fe80::1"), "link");
        assert_eq!(of("203.0.113.7"), "public");
    }
}
