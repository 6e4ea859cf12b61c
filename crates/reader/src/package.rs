//! The members of a zip package (docx, odt, xlsx), unpacked one at a time under the limits.
//!
//! Not for walking archives of files: that is the scanner's work.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::Budget;
use crate::{Format, Problem};

pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: Format,
}

impl<'a> Package<'a> {
    pub(crate) fn open(bytes: &'a [u8], format: Format, budget: &Budget) -> Result<Package<'a>, Problem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::Damaged { format, part: "zip".to_owned() })?;
        let (entries, limit) = (archive.len(), budget.limits.entries);
        if entries > limit {
            return Err(Problem::TooManyEntries { entries, limit });
        }
        Ok(Package { archive, format })
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|n| n.ok().map(|n| n.into_owned())).collect()
    }

    /// Refuses a package one of whose members unpacks to too much, for readers that unpack by themselves.
    pub(crate) fn check_sizes(&mut self, limit_bytes: u64, budget: &mut Budget) -> Result<(), Problem> {
        let mut left = limit_bytes;
        for index in 0..self.archive.len() {
            let Ok(member) = self.archive.by_index(index) else { continue };
            let part = member.name().map(|n| n.into_owned()).unwrap_or_default();
            if !part.ends_with(".xml") && !part.ends_with(".rels") {
                continue;
            }
            let allowance = budget.allowance(member.compressed_size()).min(left);
            let mut counted = member.take(allowance + 1);
            let mut buffer = [0; 16 << 10];
            let mut size = 0u64;
            while let Ok(n @ 1..) = counted.read(&mut buffer) {
                budget.tick()?;
                size += n as u64;
            }
            if size > allowance {
                return Err(Problem::TooMuchUnpacked { part, limit_bytes: allowance });
            }
            left -= size;
        }
        Ok(())
    }

    /// The bytes of a member; `Ok(None)` when there is none.
    pub(crate) fn bytes(&mut self, name: &str, budget: &mut Budget) -> Result<Option<Vec<u8>>, Problem> {
        let name = name.trim_start_matches('/');
        let damaged = || Problem::Damaged { format: self.format, part: name.to_owned() };
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let member = match self.archive.by_index(index) {
            Ok(member) => member,
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(Problem::Encrypted { format: self.format });
            }
            Err(_) => return Err(damaged()),
        };
        let allowance = budget.allowance(member.compressed_size());
        let mut bytes = Vec::new();
        // The declared size may lie, so what comes out is counted.
        let outcome = member.take(allowance + 1).read_to_end(&mut bytes);
        budget.spend(bytes.len() as u64);
        if bytes.len() as u64 > allowance {
            return Err(Problem::TooMuchUnpacked { part: name.to_owned(), limit_bytes: allowance });
        }
        outcome.map_err(|_| damaged())?;
        Ok(Some(bytes))
    }

    /// A member as text; XML in UTF-16 is turned into UTF-8, broken bytes into U+FFFD.
    pub(crate) fn text(&mut self, name: &str, budget: &mut Budget) -> Result<Option<String>, Problem> {
        let Some(bytes) = self.bytes(name, budget)? else { return Ok(None) };
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes) {
            return Ok(Some(encoding.decode(&bytes).0.into_owned()));
        }
        Ok(Some(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())))
    }
}
