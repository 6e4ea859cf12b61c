//! The shipped rule files load, and their own examples come out as they should.

#[test]
fn every_rule_proves_itself() {
    let wrong = scan::rule::prove(&scan::builtin());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
