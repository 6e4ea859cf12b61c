//! A lower letter held against the upper letter that it implements: what it carries on, what it leaves out.
//!
//! Words are compared, not meanings: a clause is carried on when enough of its content words come back in one clause
//! of the lower letter. Not a judgement of quality; a person looks at every line.

use crate::Reading;
use crate::grammar::GRAMMAR;
use crate::lex::{Lexed, Shape};
use crate::model::Task;
use std::collections::{BTreeMap, HashMap};

/// A clause is carried on from this similarity on (0 to 1).
const CARRIED: f64 = 0.34;
/// With the same evidence less will do.
const CARRIED_SAME_KIND: f64 = 0.27;

/// What became of the upper letter's obligations.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The lower letter cites the upper one by its code.
    pub cites: bool,
    /// One entry for each obligation of the upper letter, in its order.
    pub obligations: Vec<Carried>,
    /// Places in the lower letter's tasks that answer to nothing above.
    pub new: Vec<usize>,
}

/// One upper obligation with the lower ones that carry it on.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// Place in the upper letter's tasks.
    pub upper: usize,
    /// Places in the lower letter's tasks with their similarity (0 to 1), the most similar first; empty: left out.
    pub by: Vec<(usize, f64)>,
}

/// Compares two letters.
pub fn compare(upper: &Reading, lower: &Reading) -> Comparison {
    let own = upper.letter.code.as_deref().map(str::to_lowercase);
    let cites = own.is_some_and(|own| lower.letter.references.iter().any(|reference| reference.code.to_lowercase() == own));
    let above: Vec<Bag> = upper.tasks.iter().map(Bag::of).collect();
    let below: Vec<Bag> = lower.tasks.iter().map(Bag::of).collect();
    let weights = Weights::of(above.iter().chain(&below));
    let mut used = vec![false; below.len()];
    let obligations = above
        .iter()
        .enumerate()
        .map(|(place, bag)| {
            let mut by: Vec<(usize, f64)> = below.iter().enumerate().map(|(nth, other)| (nth, weights.similarity(bag, other))).collect();
            by.retain(|&(nth, similarity)| {
                let same = upper.tasks[place].evidence == lower.tasks[nth].evidence;
                similarity >= if same { CARRIED_SAME_KIND } else { CARRIED }
            });
            by.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
            for (nth, _) in &by {
                used[*nth] = true;
            }
            Carried { upper: place, by }
        })
        .collect();
    let new = used.iter().enumerate().filter(|(_, used)| !**used).map(|(nth, _)| nth).collect();
    Comparison { cites, obligations, new }
}

/// The content words of a clause and the pairs of neighbours among them.
struct Bag {
    words: HashMap<String, f64>,
}

impl Bag {
    fn of(task: &Task) -> Bag {
        let lexed = Lexed::new(&task.text, &GRAMMAR.vocabulary);
        let mut words: HashMap<String, f64> = HashMap::new();
        let mut last: Option<String> = None;
        for (place, token) in lexed.tokens.iter().enumerate() {
            let content = token.shape != Shape::Sign && GRAMMAR.stop.whole(&lexed, &(place..place + 1)).is_none();
            if !content {
                last = None;
                continue;
            }
            let word = text::fold::fold(lexed.word(place));
            // Two syllables together are a word (`an ninh`); alone they say little.
            if let Some(last) = last.replace(word.clone()) {
                *words.entry(format!("{last} {word}")).or_default() += 2.0;
            }
            *words.entry(word).or_default() += 1.0;
        }
        Bag { words }
    }
}

/// Words that stand in many clauses say less.
struct Weights {
    rarity: HashMap<String, f64>,
}

impl Weights {
    fn of<'b>(bags: impl Iterator<Item = &'b Bag>) -> Weights {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        let mut total: f64 = 1.0;
        for bag in bags {
            total += 1.0;
            for word in sorted(bag) {
                *counts.entry(word.clone()).or_default() += 1.0;
            }
        }
        Weights { rarity: counts.into_iter().map(|(word, count)| (word, 0.3 + (total / count).ln())).collect() }
    }

    /// Share of the weight that both have, of the lighter one: a lower letter may say more, or only a part.
    fn similarity(&self, one: &Bag, other: &Bag) -> f64 {
        let weight = |bag: &Bag| sorted(bag).map(|word| bag.words[word] * self.weight(word)).sum::<f64>();
        let common: f64 =
            sorted(one).filter_map(|word| other.words.get(word).map(|count| count.min(one.words[word]) * self.weight(word))).sum();
        let (lighter, heavier) = {
            let (a, b) = (weight(one), weight(other));
            (a.min(b), a.max(b))
        };
        if lighter <= 0.0 {
            return 0.0;
        }
        // Mostly how much of the smaller comes back, a little how much the sizes agree.
        (0.7 * common / lighter + 0.3 * common / heavier).min(1.0)
    }

    fn weight(&self, word: &str) -> f64 {
        self.rarity.get(word).copied().unwrap_or(1.0)
    }
}

/// The words in a fixed order, so that sums never differ in their last digit.
fn sorted(bag: &Bag) -> impl Iterator<Item = &String> {
    let mut words: Vec<&String> = bag.words.keys().collect();
    words.sort_unstable();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use expect_test::expect;
    use text::Doc;

    #[test]
    fn what_is_carried_on_and_what_is_left_out() {
        let upper = read(&Doc::from_lines(
            "TỈNH ỦY SÔNG HỒNG\nSố 15-CT/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nSông Hồng, ngày 05 tháng 01 năm 2026\nCHỈ THỊ\nvề an toàn hệ thống thông tin\n\
             -----\nBan Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện các nhiệm vụ sau:\n\
             1. Rà soát, kiểm tra toàn bộ hệ thống thông tin, máy tính thuộc phạm vi quản lý.\n\
             2. Tổ chức tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức.\n\
             3. Thực hiện sao lưu dữ liệu hằng tuần.",
        ));
        let lower = read(&Doc::from_lines(
            "ĐẢNG ỦY XÃ TÂN LŨY\nSố 9-CV/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nTân Lũy, ngày 05 tháng 02 năm 2026\nKính gửi: Các chi bộ.\n\
             Thực hiện Chỉ thị số 15-CT/TU, Đảng ủy xã yêu cầu thực hiện các nội dung sau:\n\
             1. Đảng ủy UBND xã: Chỉ đạo rà soát hệ thống thông tin, máy tính của các phòng; tập huấn kỹ năng an toàn thông tin cho công chức.\n\
             2. Công an xã: Tuần tra ban đêm tại các thôn.",
        ));
        let comparison = compare(&upper, &lower);
        let mut out = vec![format!("cites: {}", comparison.cites)];
        for carried in &comparison.obligations {
            let by: Vec<&str> = carried.by.iter().map(|(place, _)| lower.tasks[*place].text.as_str()).collect();
            out.push(format!("{} => {}", upper.tasks[carried.upper].text, by.join(" | ")));
        }
        out.extend(comparison.new.iter().map(|place| format!("new: {}", lower.tasks[*place].text)));
        expect![[r#"
            cites: true
            Rà soát, kiểm tra toàn bộ hệ thống thông tin, máy tính thuộc phạm vi quản lý => Chỉ đạo rà soát hệ thống thông tin, máy tính của các phòng
            Tổ chức tập huấn kỹ năng an toàn thông tin cho cán bộ, công chức => tập huấn kỹ năng an toàn thông tin cho công chức
            Thực hiện sao lưu dữ liệu hằng tuần => 
            new: Tuần tra ban đêm tại các thôn"#]].assert_eq(&out.join("\n"));
    }

    #[test]
    fn a_letter_carries_on_all_of_itself() {
        let text = "ĐẢNG ỦY XÃ TÂN LŨY\nSố 9-CV/ĐU\nKính gửi: Các chi bộ.\n1. Chi bộ 1: Họp dân; quét dọn đường làng.\n2. Chi bộ 2: Tổng hợp kết quả.";
        let reading = read(&Doc::from_lines(text));
        let comparison = compare(&reading, &reading);
        assert!(comparison.obligations.iter().all(|carried| carried.by.first().is_some_and(|(place, _)| *place == carried.upper)));
        assert!(comparison.new.is_empty());
    }
}
