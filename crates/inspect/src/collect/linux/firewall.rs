//! The packet filter as it is configured to start: ufw, firewalld, nftables, or saved iptables rules.
//!
//! The rules inside the kernel can only be read with administrator rights over netlink; this collector does not. It therefore
//! says `partial`, and where nothing is configured while the kernel has a filter loaded it leaves `enabled` unknown.
//!
//! ```text
//! ENABLED=yes, DEFAULT_INPUT_POLICY="DROP"   →   tool=ufw enabled=true input_policy=drop
//! ```

use super::super::root::Root;
use super::{known, setting, unit_enabled};
use crate::facts::{Table, Unseen};

const SOURCES: &[&str] = &["/etc/ufw", "/etc/firewalld", "/etc/nftables.conf", "/etc/iptables", "/proc/modules"];

struct Found {
    tool: &'static str,
    input_policy: Option<String>,
}

pub(super) fn firewall(root: &Root) -> Table {
    let loaded = loaded(root);
    let found = ufw(root).or_else(|| firewalld(root)).or_else(|| nftables(root)).or_else(|| iptables(root));
    let row = match found {
        Some(found) => known([
            ("tool", Some(found.tool.into())),
            ("enabled", Some(true.into())),
            ("input_policy", found.input_policy.map(Into::into)),
            ("loaded", loaded.map(Into::into)),
        ]),
        None => known([
            ("tool", Some("".into())),
            // Rules that a program of its own put into the kernel cannot be seen from here.
            ("enabled", (loaded == Some(false)).then_some(false.into())),
            ("input_policy", None),
            ("loaded", loaded.map(Into::into)),
        ]),
    };
    Table::partial(Unseen::ConfigurationOnly, SOURCES, vec![row])
}

fn ufw(root: &Root) -> Option<Found> {
    let enabled = setting(&root.text("/etc/ufw/ufw.conf")?, "ENABLED")?.eq_ignore_ascii_case("yes");
    let policy = root.text("/etc/default/ufw").and_then(|text| setting(&text, "DEFAULT_INPUT_POLICY"));
    enabled.then(|| Found { tool: "ufw", input_policy: policy.map(|policy| policy.to_ascii_lowercase()) })
}

/// Every zone but `trusted` refuses what it does not name (firewalld.zones(5)).
fn firewalld(root: &Root) -> Option<Found> {
    if !unit_enabled(root, "firewalld.service") {
        return None;
    }
    let zone = root.text("/etc/firewalld/firewalld.conf").and_then(|text| setting(&text, "DefaultZone"));
    let policy = if zone.as_deref() == Some("trusted") { "accept" } else { "reject" };
    Some(Found { tool: "firewalld", input_policy: Some(policy.to_owned()) })
}

fn nftables(root: &Root) -> Option<Found> {
    if !unit_enabled(root, "nftables.service") {
        return None;
    }
    let text = root.text("/etc/nftables.conf").or_else(|| root.text("/etc/sysconfig/nftables.conf"));
    Some(Found { tool: "nftables", input_policy: text.map(|text| nft_policy(&text).to_owned()) })
}

fn iptables(root: &Root) -> Option<Found> {
    let saved = [("netfilter-persistent.service", "/etc/iptables/rules.v4"), ("iptables.service", "/etc/sysconfig/iptables")];
    let (_, path) = saved.into_iter().find(|(unit, _)| unit_enabled(root, unit))?;
    let policy = root.text(path).and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix(":INPUT "))?;
        Some(line.split_whitespace().next()?.to_ascii_lowercase())
    });
    Some(Found { tool: "iptables", input_policy: policy })
}

/// The policy of the chain with `hook input`; nft's own default is accept.
fn nft_policy(text: &str) -> &str {
    let clean: Vec<&str> = super::lines(text).collect();
    let Some(at) = clean.iter().position(|line| line.contains("hook input")) else { return "accept" };
    let chain = clean[at..].iter().take_while(|line| !line.starts_with('}'));
    let policy = chain.filter_map(|line| line.split("policy ").nth(1)).next();
    policy.and_then(|rest| rest.split([';', ' ']).next()).unwrap_or("accept")
}

/// Whether the kernel has a packet filter loaded; unknown without its list of modules.
fn loaded(root: &Root) -> Option<bool> {
    let modules = root.text("/proc/modules")?;
    let names = ["nf_tables", "ip_tables", "iptable_filter", "ip6_tables"];
    Some(modules.lines().any(|line| line.split(' ').next().is_some_and(|name| names.contains(&name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_the_input_chain() {
        let rules = "table inet filter {\n chain input {\n  type filter hook input priority 0; policy drop;\n  ct state established accept\n }\n chain output {\n  type filter hook output priority 0; policy accept;\n }\n}\n";
        assert_eq!(nft_policy(rules), "drop");
        assert_eq!(nft_policy("table inet f {\n chain input {\n type filter hook input priority 0;\n }\n}"), "accept");
        assert_eq!(nft_policy(""), "accept");
    }
}
