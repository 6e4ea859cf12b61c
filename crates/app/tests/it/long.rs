//! Texts that go on and on are read in time that grows with their length, not with its square.

use std::time::Instant;

/// Each the beginning of something that a rule looks for the end of.
const BEGINNINGS: &[&str] = &[
    "Kính gửi: ",
    "các sở: A, B và C; ",
    "đề nghị các xã; ",
    "Giao Sở Nội vụ: (1) ",
    "Giám đốc: Sở Y tế, ",
    "nếu có khó khăn, đề nghị ",
    "số 1/QĐ-UBND ",
    "- Như trên; ",
    "KẾ HOẠCH\n(Ban hành kèm theo\n",
    "TT\n1\n",
    "(",
];

#[test]
fn nothing_is_looked_for_again_and_again() {
    for beginning in BEGINNINGS {
        let text: String = beginning.chars().cycle().take(120_000).collect();
        let started = Instant::now();
        app::offline::read(text.as_bytes(), "a.txt");
        // A square would take minutes here; the bound leaves room for a slow machine.
        assert!(started.elapsed().as_secs() < 15, "{beginning:?}: {:?}", started.elapsed());
    }
}
