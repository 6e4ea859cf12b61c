//! The fictional papers of the example, carried inside the program, and the words that its people write.

use serde::Deserialize;
use std::sync::LazyLock;

/// A file of the example.
pub(super) struct Paper {
    /// Name, with folders where it lies in some.
    pub(super) name: &'static str,
    pub(super) bytes: &'static [u8],
}

macro_rules! paper {
    ($folder:literal, $name:literal) => {
        Paper { name: $name, bytes: include_bytes!(concat!("../../../../samples/", $folder, "/", $name)) }
    };
}

/// What comes in from above: a directive, the plan that goes with it, an outreach letter.
pub(super) static LETTERS: &[Paper] = &[
    paper!("letters", "chi-thi-15-ct-tu.docx"),
    paper!("letters", "ke-hoach-118-kh-ubnd.docx"),
    paper!("letters", "cong-van-86-cv-btgdvtu.txt"),
];

/// The shared folder that is looked through.
pub(super) static OFFICE: &[Paper] = &[
    paper!("office", "mot-cua/danh-sach-nhan-qua-tet.csv"),
    paper!("office", "mot-cua/don-hang-vat-tu.csv"),
    paper!("office", "van-phong/bien-ban-hoi-nghi-quan-triet.txt"),
    paper!("office", "van-phong/du-thao-phuong-an.txt"),
    paper!("office", "van-phong/lich-cong-tac-tuan-47.txt"),
    paper!("office", "y-te/thong-bao-tiem-chung.txt"),
];

/// Minutes of a meeting, as evidence.
pub(super) static MINUTES: Paper = Paper {
    name: "bien-ban-hoi-nghi-quan-triet.txt",
    bytes: include_bytes!("../../../../samples/office/van-phong/bien-ban-hoi-nghi-quan-triet.txt"),
};

/// Names and sentences of the example.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Papers {
    pub(super) place: String,
    pub(super) superior: String,
    pub(super) clerk: String,
    pub(super) assessor: String,
    pub(super) signer: String,
    pub(super) position: String,
    pub(super) report_to: Vec<String>,
    pub(super) machine: String,
    pub(super) shared_folder: String,
    pub(super) meeting: String,
    pub(super) told: String,
    pub(super) inspected: String,
    pub(super) difficulty: String,
    pub(super) answer: String,
    pub(super) front: String,
    pub(super) question: String,
    pub(super) question_open: String,
    pub(super) question_answer: String,
    pub(super) visit: String,
    pub(super) recommendation: String,
    pub(super) scam: String,
    pub(super) scam_number: String,
    pub(super) contact_police: String,
    pub(super) contact_number: String,
    pub(super) contact_address: String,
    pub(super) contact_hours: String,
    pub(super) warning_title: String,
    pub(super) warning_how: String,
    pub(super) warning_do: String,
    pub(super) forged: String,
    pub(super) forged_true: String,
    /// Where the community digital team meets people.
    pub(super) hall: String,
    pub(super) example_title: String,
    pub(super) example_how: String,
    pub(super) example_result: String,
    pub(super) example_figure: String,
    pub(super) nominated_title: String,
    pub(super) nominated_how: String,
    pub(super) nominated_result: String,
    pub(super) implementing_name: String,
    pub(super) report_name: String,
    pub(super) direction: Vec<Direction>,
}

/// The head's direction: what is addressed to the office goes to this unit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Direction {
    /// Words of the addressee.
    pub(super) to: String,
    /// Name of the unit.
    pub(super) unit: String,
}

pub(super) fn papers() -> &'static Papers {
    static PAPERS: LazyLock<Papers> =
        LazyLock::new(|| toml::from_str(include_str!("../../data/demo.toml")).expect("the demo's own test reads this table"));
    &PAPERS
}
