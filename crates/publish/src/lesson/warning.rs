//! What an office reads out of a warning of its own: the words over a loudspeaker, and the paper that they stand on.
//!
//! ```text
//! Warning { office: "Đảng ủy xã Tân Lũy", title: "Giả công an đòi cài VNeID", … }.spoken()
//!   → ["Thưa bà con, Đảng ủy xã Tân Lũy xin cảnh báo.", "Giả công an đòi cài VNeID.", …]
//! ```

use jiff::civil::Date;

use super::{day, part, sentences, time_line, words};
use crate::letter::{Block, Heading, OfficialLetter, Text};
use crate::words::fill;

/// A warning that stands on the office's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning<'a> {
    pub office: &'a str,
    pub title: &'a str,
    /// How the scam goes.
    pub how: &'a str,
    /// What to do, one thing a line.
    pub dos: &'a str,
    pub published: Date,
}

impl Warning<'_> {
    /// What to do, thing by thing; signs of a list that were typed before them are left out.
    pub fn things(&self) -> Vec<&str> {
        let sign = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '+' | '*' | '•');
        self.dos.lines().map(|line| line.trim_start_matches(sign).trim_end()).filter(|line| !line.is_empty()).collect()
    }

    /// Sentence by sentence what is read out, before what is said twice.
    fn first(&self) -> Vec<String> {
        let words = &words().warning;
        let mut spoken = vec![fill(&words.open, &[("office", self.office)]), ended(self.title)];
        let lines = self.how.lines().map(str::trim).filter(|line| !line.is_empty());
        spoken.extend(lines.flat_map(|line| sentences(line).into_iter().map(ended).collect::<Vec<_>>()));
        spoken.push(words.then.clone());
        spoken
    }

    fn twice(&self) -> Vec<String> {
        self.things().into_iter().map(ended).collect()
    }

    /// Sentence by sentence what is read out.
    pub fn spoken(&self) -> Vec<String> {
        self.first().into_iter().chain(self.twice()).collect()
    }

    /// The line that says how long that takes.
    pub fn time_line(&self) -> String {
        time_line(&self.spoken().join("\n"))
    }
}

/// A line that is read out ends like a sentence.
fn ended(line: &str) -> String {
    if line.ends_with(['.', '!', '?', '…', ':', '”']) { line.to_owned() } else { format!("{}.", line.trim_end_matches([',', ';'])) }
}

/// `paper` (head and foot of the office) as the script of a broadcast, one sentence a paragraph.
pub fn warning_script(paper: OfficialLetter, warning: &Warning<'_>) -> OfficialLetter {
    let (script, own) = (&words().script, &words().warning);
    let mut body = vec![part(1, &script.text)];
    body.extend(warning.first().into_iter().map(|sentence| Block::Paragraph(Text::from(sentence))));
    body.push(part(2, &script.again));
    body.extend(warning.twice().iter().map(|line| Block::Item(Text::default().bold(line))));
    body.push(part(3, &script.unread));
    body.push(Block::Item(Text::from(fill(&own.published, &[("date", &day(warning.published))]))));
    body.push(Block::Item(Text::from(script.review.as_str())));
    OfficialLetter {
        symbol: format!("{}{}", script.symbol, paper.symbol),
        heading: Heading::Titled { kind: script.kind.clone(), subject: warning.title.to_owned() },
        opening: vec![Text::default().italic(&warning.time_line())],
        body,
        ..paper
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WARNING: Warning<'_> = Warning {
        office: "Đảng ủy xã Tân Lũy",
        title: "Giả công an xã đòi cài ứng dụng",
        how: "Kẻ gian gọi điện, xưng là công an. Chúng gửi đường dẫn\n\nvà giục cài ngay!",
        dos: "- Không cài ứng dụng từ đường dẫn lạ;\n\n• Gọi Công an xã để hỏi lại",
        published: date(2026, 11, 28),
    };

    #[test]
    fn a_warning_is_read_sentence_by_sentence() {
        assert_eq!(WARNING.things(), ["Không cài ứng dụng từ đường dẫn lạ;", "Gọi Công an xã để hỏi lại"]);
        let wanted = [
            "Thưa bà con, Đảng ủy xã Tân Lũy xin cảnh báo.",
            "Giả công an xã đòi cài ứng dụng.",
            "Kẻ gian gọi điện, xưng là công an.",
            "Chúng gửi đường dẫn.",
            "và giục cài ngay!",
            "Bà con làm như sau.",
            "Không cài ứng dụng từ đường dẫn lạ.",
            "Gọi Công an xã để hỏi lại.",
        ];
        assert_eq!(WARNING.spoken(), wanted);
        assert!(WARNING.time_line().starts_with("Thời lượng đọc: khoảng 17 giây (55 tiếng"), "{}", WARNING.time_line());
    }

    #[test]
    fn its_script_is_a_paper_of_the_office() {
        let paper = warning_script(OfficialLetter { symbol: "-ĐU".to_owned(), ..OfficialLetter::default() }, &WARNING);
        assert_eq!(paper.symbol, "PT-ĐU");
        let text = format!("{:?}", paper.body);
        let (first, twice) = (text.find("xin cảnh báo").unwrap(), text.find("Gọi Công an xã để hỏi lại.").unwrap());
        assert!(first < twice && twice < text.find("Đăng ngày 28/11/2026").unwrap(), "{text}");
        assert!(crate::docx(&paper, jiff::Timestamp::UNIX_EPOCH).unwrap().starts_with(b"PK"));
    }
}
