//! The shipped rule files load, and their own examples come out as they should.

#[test]
fn every_rule_proves_itself() {
    let wrong = scan::rule::prove(&scan::builtin());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_rule_with_an_empty_word_is_refused() {
    let shipped = include_str!("../../../../rules/scan/personal.toml");
    for word in ["", " ", "\u{200B}"] {
        let broken = shipped.replacen("exclude = [", &format!("exclude = [\"{word}\", "), 1);
        let refused = scan::Rules::load(&[("personal.toml", &broken)]).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("personal.toml: rule `vn.cccd`: a word of context or exclude is empty"));
    }
}
