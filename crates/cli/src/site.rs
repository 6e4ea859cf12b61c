//! `luytre site build`: the office's public pages as a folder of files, for a stick or any web server.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use app::App;
use app::lang::{Lang, t_with};
use app::programme::model::CaseKind;
use app::{contacts, examples, packs, voices};
use web::Contents;

use crate::args::SiteBuildArgs;
use crate::failure::Failure;
use crate::serve::existing;
use crate::terminal::FINE;
use crate::visible::visible;

/// By this file a folder is known as one that this command made.
const MARK: &str = "feed.atom";
/// Where the parts of the office's pack lie.
const PACKS: &str = "scam/packs";
/// Where it lies whole.
const WHOLE: &str = "scam/packs/pack";

/// The office's pack, whole and in parts, and the fingerprint of the key that signed it.
struct Packed {
    files: Vec<web::Made>,
    fingerprint: String,
}

pub(crate) async fn build(args: &SiteBuildArgs, lang: Lang, out: &mut dyn Write) -> Result<u8> {
    let settings = existing(&args.store)?;
    is_free(&args.out)?;
    let app = App::open_read_only(settings).await?;
    let office = app::office::show(&app).await?.map(|office| office.unit.name).unwrap_or_default();
    let today = app.now().day();
    let packed = packed(&app, args.address.as_deref()).await?;
    let answers = voices::published(&app, CaseKind::Feedback).await?;
    let warnings = voices::published(&app, CaseKind::Warning).await?;
    let clarifications = voices::published(&app, CaseKind::ForgedNotice).await?;
    let examples = examples::public(&app).await?;
    let listed = voices::listed(&app).await?;
    let contacts = contacts::show(&app).await?;
    app.close().await;
    let contents = Contents {
        office: &office,
        address: args.address.as_deref(),
        answers: &answers,
        warnings: &warnings,
        clarifications: &clarifications,
        examples: &examples,
        listed: &listed,
        contacts: contacts.as_ref(),
        pack: packed.as_ref().map(|packed| (WHOLE, packed.fingerprint.as_str())),
    };
    let mut files = web::folder(&contents, lang, today)?;
    files.extend(packed.into_iter().flat_map(|packed| packed.files));
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |source| Failure::File { path, source }
    };
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    take_away_old(&args.out, &wanted);
    for file in &files {
        let path = args.out.join(&file.name);
        let folder = path.parent().unwrap_or(&args.out);
        fs::create_dir_all(folder).map_err(failed(folder))?;
        fs::write(&path, &file.bytes).map_err(failed(&path))?;
    }
    let first = args.out.join("index.html").display().to_string();
    writeln!(out, "{}", t_with(lang, "cli-site-made", &[("n", files.len().into()), ("path", visible(&first).into())]))?;
    Ok(FINE)
}

/// The office's list of verified numbers and links as a signed pack, whole and in parts: whoever looks something up asks any
/// web server for one part, and says sixteen bits. A copy of the record without the key has no list to give out.
async fn packed(app: &App, address: Option<&str>) -> Result<Option<Packed>> {
    let whole = match packs::own(app, address).await {
        Err(app::Error::WrongKey { .. } | app::Error::NotSetUp) => return Ok(None),
        whole => whole?,
    };
    let fingerprint = packs::fingerprint(&packs::look(whole.clone())?.key);
    let part = |(name, bytes): (String, Vec<u8>)| web::Made { name: format!("{PACKS}/{name}"), bytes };
    let mut files: Vec<web::Made> = packs::parts(whole.clone())?.into_iter().map(part).collect();
    files.push(web::Made { name: WHOLE.to_owned(), bytes: whole });
    Ok(Some(Packed { files, fingerprint }))
}

/// A folder that is not there, is empty, or was made by this command.
fn is_free(folder: &Path) -> Result<(), Failure> {
    let path = || folder.display().to_string();
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            let free = entries.next().is_none() || folder.join(MARK).is_file() && folder.join("index.html").is_file();
            if free { Ok(()) } else { Err(Failure::SiteNotEmpty { path: path() }) }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(Failure::File { path: path(), source }),
    }
}

/// Pages of an earlier site that are no longer given out, such as a lesson that expired. Nothing else is touched.
fn take_away_old(out: &Path, wanted: &BTreeSet<&str>) {
    for entry in fs::read_dir(out).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = ["lesson-", "warning-"].iter().any(|start| name.starts_with(start)) && name.ends_with(".html");
        if is_ours && !wanted.contains(name.as_str()) {
            // One that stays is only old; the next run tries again.
            fs::remove_file(entry.path()).ok();
        }
    }
    // A bucket of a number that was taken out must not go on saying that it is listed.
    for part in ["index", "bucket"] {
        let folder = format!("{PACKS}/{part}");
        for entry in fs::read_dir(out.join(&folder)).into_iter().flatten().flatten() {
            let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if name.ends_with(".txt") && !wanted.contains(name.as_str()) {
                fs::remove_file(entry.path()).ok();
            }
        }
    }
}
