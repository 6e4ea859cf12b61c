//! Every letter in every charset.

use super::*;

#[test]
fn runs_of_one_font_are_read_together() {
    let vni = font("VNI-Times");
    let mut runs = Runs::default();
    runs.push("Số 05: ", None);
    runs.push("Vie", vni);
    runs.push("ät Nam", vni);
    runs.push(" và ", None);
    runs.push("céng hoµ", font(".VnTimeH"));
    assert_eq!(runs.finish(), "Số 05: Việt Nam và CỘNG HOÀ");
}
