//! The closed lists of codes: what a unit, a role, a piece of evidence, a mark can be.
//!
//! A code is the same text in events, SQL, URLs and catalogues. Not here: states that follow from marks
//! ([`crate::task`]).

/// A code that is not in its list, with the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a known code: {0:?}")]
pub struct BadCode(pub String);

/// A closed list of codes: the enum, its text form in events, SQL and URLs, and `ALL` in the order of the list.
#[macro_export]
macro_rules! codes { ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* })*) => { $(
    $(#[$doc])*
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
    #[serde(try_from = "String", into = "&'static str")]
    pub enum $name { $($(#[$vdoc])* $variant,)* }
    impl $name {
        pub const ALL: &[$name] = &[$($name::$variant,)*];
        pub fn as_str(self) -> &'static str { match self { $($name::$variant => $code,)* } }
    }
    impl ::std::str::FromStr for $name {
        type Err = $crate::model::BadCode;
        fn from_str(text: &str) -> ::std::result::Result<$name, $crate::model::BadCode> {
            Self::ALL.iter().copied().find(|c| c.as_str() == text).ok_or_else(|| $crate::model::BadCode(text.to_owned()))
        }
    }
    impl ::std::convert::TryFrom<String> for $name {
        type Error = $crate::model::BadCode;
        fn try_from(text: String) -> ::std::result::Result<$name, $crate::model::BadCode> { text.parse() }
    }
    impl ::std::convert::From<$name> for &'static str { fn from(code: $name) -> &'static str { code.as_str() } }
    impl ::std::fmt::Display for $name {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.as_str()) }
    }
)* } }

codes! {
    /// What a unit is. Addressees such as "the cells directly below" select units by kind.
    UnitKind {
        Nation = "nation",
        Province = "province",
        Commune = "commune",
        /// Cấp ủy.
        PartyCommittee = "party_committee",
        /// Văn phòng cấp ủy.
        PartyOffice = "party_office",
        /// Ban tham mưu của cấp ủy.
        PartyBoard = "party_board",
        /// Ủy ban kiểm tra.
        PartyInspection = "party_inspection",
        /// Đảng bộ.
        PartyOrganisation = "party_organisation",
        /// Chi bộ.
        PartyCell = "party_cell",
        PeoplesCouncil = "peoples_council",
        PeoplesCommittee = "peoples_committee",
        /// Phòng, ban chuyên môn.
        Division = "division",
        /// Đơn vị sự nghiệp.
        ServiceUnit = "service_unit",
        Front = "front",
        MassOrganisation = "mass_organisation",
        Police = "police",
        Military = "military",
        School = "school",
        /// Thôn, tổ dân phố.
        Hamlet = "hamlet",
        Other = "other",
    }
    /// What a person may do in a unit.
    Role {
        Clerk = "clerk",
        Head = "head",
        /// The person in charge of information technology.
        Officer = "officer",
        /// Judges work that others did (Decree 331/2026 art. 31.2.c: not the operator).
        Assessor = "assessor",
        Learner = "learner",
        /// Báo cáo viên, tuyên truyền viên: speaks for the office. The roster, and no right to anything.
        Speaker = "speaker",
        Admin = "admin",
    }
    Direction { In = "in", Out = "out", Draft = "draft", }
    /// State-secret marks, as on the stamp.
    Secrecy { Mat = "mat", ToiMat = "toi_mat", TuyetMat = "tuyet_mat", }
    Urgency { Khan = "khan", ThuongKhan = "thuong_khan", HoaToc = "hoa_toc", }
    /// How a machine or an office is connected.
    Network { Internet = "internet", Internal = "internal", Isolated = "isolated", }
    /// How an obligation came to be.
    Method { Read = "read", Hand = "hand", Derived = "derived", }
    /// What kind of proof an obligation asks for; the table is [`crate::sufficiency`].
    Need {
        Meeting = "meeting",
        Training = "training",
        Inspection = "inspection",
        DataProtection = "data_protection",
        Publication = "publication",
        LetterIssued = "letter_issued",
        Report = "report",
        Other = "other",
        /// Can only ever be declared, in free text: watching or fighting opinions. Outside the verified rate.
        DeclaredOnly = "declared_only",
    }
    /// What a piece of evidence is.
    EvidenceKind {
        File = "file",
        /// A run of `inspect`.
        Inspection = "inspection",
        /// A run of `scan`.
        Scan = "scan",
        /// A person's word, in writing.
        Attestation = "attestation",
        /// The recorded result of an [activity](crate::model::Activity).
        Activity = "activity",
        /// An outgoing letter of this ledger.
        Letter = "letter",
        /// A sealed return of this ledger.
        Return = "return",
        /// An entry of the unit's work programme (chương trình công tác): what is planned, on paper.
        WorkProgramme = "work_programme",
    }
    AssetKind {
        InformationSystem = "information_system",
        Host = "host",
        Site = "site",
        MailDomain = "mail_domain",
        Database = "database",
        AccountList = "account_list",
        DataSet = "data_set",
        Backup = "backup",
        Supplier = "supplier",
    }
    /// The outcome of one check on one asset, in the order of `inspect`: the worse, the later; roll-ups show the last.
    Verdict {
        NotApplicable = "not_applicable",
        Pass = "pass",
        Warn = "warn",
        NotTested = "not_tested",
        Error = "error",
        Fail = "fail",
    }
    CaseKind {
        Incident = "incident",
        Breach = "breach",
        Risk = "risk",
        Difficulty = "difficulty",
        Feedback = "feedback",
        ScamReport = "scam_report",
        /// Giám sát, phản biện: a recommendation of the Front or a mass organisation.
        Supervision = "supervision",
        /// A paper that claims to come from the office and does not.
        ForgedNotice = "forged_notice",
        /// Somebody asks to look again at what was listed as a scam.
        Appeal = "appeal",
        /// Điển hình, cách làm hay: nominated by a unit, accepted by the level above.
        GoodExample = "good_example",
        /// Cảnh báo: what the office itself warns everybody of. Nobody asked, so it counts as no report.
        Warning = "warning",
    }
    /// Whether the words of a good example name a person, and how far that person agreed.
    Naming {
        /// About the unit; nobody is named.
        Unit = "unit",
        /// A person agreed to be named inside the office.
        Agreed = "agreed",
        /// A person agreed to be named to everybody.
        AgreedPublic = "agreed_public",
    }
    /// The service that feedback concerns; never what stance somebody takes.
    Service {
        /// Bộ phận một cửa.
        OneStop = "one_stop",
        Land = "land",
        CivilStatus = "civil_status",
        SocialPolicy = "social_policy",
        DigitalServices = "digital_services",
        Security = "security",
        Other = "other",
    }
    /// How the Front and the mass organisations supervise (Law 75/2015/QH13, chapters V and VI).
    SupervisionForm {
        /// Giám sát.
        Visit = "visit",
        /// Phản biện.
        DraftOpinion = "draft_opinion",
    }
    ActivityKind {
        Conference = "conference",
        CellMeeting = "cell_meeting",
        Training = "training",
        /// Tọa đàm, nói chuyện chuyên đề.
        Talk = "talk",
        /// In a newspaper, on radio or television that others run.
        Article = "article",
        /// On the office's own page of a social network.
        SocialPost = "social_post",
        /// On the office's portal.
        PortalPage = "portal_page",
        /// Leaflets, banners, brochures.
        Publication = "publication",
        /// Over the commune's loudspeakers or radio.
        Broadcast = "broadcast",
        /// Hội diễn, sân khấu hóa, hội thi.
        Performance = "performance",
        /// Tuyên truyền lưu động.
        MobileOutreach = "mobile_outreach",
        SystemReview = "system_review",
        /// As earlier programs recorded good examples, by the unit's own word; today they are cases
        /// ([`CaseKind::GoodExample`]), and this is only read.
        GoodExample = "good_example",
        /// An exercise of reporting suspicious mail: [`crate::drill`].
        Drill = "drill",
        /// A quiz of some units: [`crate::quiz`].
        Quiz = "quiz",
        /// The community digital team goes from house to house: [`crate::digital`].
        HomeVisit = "home_visit",
        /// Điểm hỗ trợ xã hội số.
        HelpPoint = "help_point",
        /// Lớp Bình dân học vụ số.
        DigitalClass = "digital_class",
    }
    /// The seven groups of the digital-skill frame (Decree 224/2026 art. 77), in its order.
    SkillGroup {
        General = "general",
        Devices = "devices",
        Data = "data",
        Communication = "communication",
        Content = "content",
        Safety = "safety",
        ProblemSolving = "problem_solving",
    }
    /// Whom outreach reaches.
    Audience {
        /// Heads and key officials.
        Officials = "officials",
        /// Party members, civil servants.
        Members = "members",
        /// Members of the Front's organisations, the Youth Union, the Women's Union.
        Associations = "associations",
        Pupils = "pupils",
        Citizens = "citizens",
        Elderly = "elderly",
    }
    /// What can be said of a thing after it came to be. Which marks fit which thing: [`crate::event`].
    MarkKind {
        Acknowledged = "acknowledged",
        Progressed = "progressed",
        Declared = "declared",
        Returned = "returned",
        Accepted = "accepted",
        Withdrawn = "withdrawn",
        /// More time was asked for; `other` is the day.
        ExtensionAsked = "extension_asked",
        /// More time was given; `other` is the day.
        ExtensionGranted = "extension_granted",
        ExtensionRefused = "extension_refused",
        Held = "held",
        Resumed = "resumed",
        Confirmed = "confirmed",
        /// The head wrote on the letter who sees to it; `other` is read by [`crate::direction`].
        Directed = "directed",
        Dropped = "dropped",
        Succeeded = "succeeded",
        Closed = "closed",
        Routed = "routed",
        /// The same as another case; `other` is that one.
        Joined = "joined",
        Answered = "answered",
        /// Handed over to the authority in charge; the note is its name, `other` the day and the receipt ([`Referral`]).
        ///
        /// [`Referral`]: crate::decide::Referral
        Referred = "referred",
        /// Everybody may read what the note says; without a note nobody any more.
        Published = "published",
        /// A number, link or account of a scam report was judged: the note; `other` is `confirmed` or `refused`.
        Judged = "judged",
        /// Somebody was there; the note is the name.
        Attended = "attended",
        /// A name was taken off the list again; `other` is the id of its content.
        Struck = "struck",
        Approved = "approved",
        /// Staff were told of a drill; `other` is read by [`crate::drill::told`].
        Announced = "announced",
        Started = "started",
        Stopped = "stopped",
        Sealed = "sealed",
        /// Questions were taken into the bank: the note; the latest holds.
        Kept = "kept",
        /// Somebody was certified to have passed: the note; `other` is the id of the certificate.
        Certified = "certified",
        /// A certificate no longer holds; `other` is its id.
        Revoked = "revoked",
        Erased = "erased",
    }
    /// The kinds of thing that marks and links speak of.
    SubjectKind {
        Unit = "unit",
        Grant = "grant",
        Letter = "letter",
        Obligation = "obligation",
        Task = "task",
        Evidence = "evidence",
        Asset = "asset",
        Exception = "exception",
        Case = "case",
        Activity = "activity",
        Return = "return",
        /// A question of the office's own bank, or some that came together.
        Question = "question",
        Content = "content",
        Office = "office",
    }
}
