//! Backup, restore and drill of an office with 10,000 files of some kilobytes each: `cargo bench -p app --bench backup`.

#![expect(clippy::unwrap_used, reason = "what fails here is to be seen")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use app::backup::{self, Lock, Passphrase, Unlock, quietly};
use app::office::SetUp;
use app::{App, Settings};
use programme::ids::Ids;
use programme::model::Network;
use std::time::Instant;
use store::content::{NewContent, What, put};

const FILES: u32 = 10_000;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let app = App::open(Settings::new(&data)).await.unwrap();
    let set_up = SetUp {
        template: "commune_party".to_owned(),
        place: "xã Tân Lũy".to_owned(),
        commune: None,
        person: "Trần Thị Mai".to_owned(),
        network: Network::Internet,
        units: None,
        account: None,
    };
    app::office::set_up(&app, set_up).await.unwrap();
    let blobs = store::blob::Blobs::open(&data.join("blobs")).unwrap();
    let db = store::Db::sqlite(&data.join("luytre.db")).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let mut ids = Ids::new(app.now(), [7; 32]);
    let mut n_bytes = 0;
    for n in 0..FILES {
        let bytes = format!("minh chứng {n} ").repeat(200).into_bytes();
        let what = What::File { name: format!("{n}.txt"), digest: blobs.put(&bytes).unwrap(), size_bytes: bytes.len() as u64 };
        put(&mut tx, &NewContent { id: ids.make(), salt: ids.salt(), what }).await.unwrap();
        n_bytes += bytes.len();
    }
    tx.commit().await.unwrap();
    println!("{FILES} files, {:.1} MB", n_bytes as f64 / 1e6);
    let file = folder.path().join("a.luytre");
    let passphrase = "tre già măng mọc";
    let unlock = || Unlock::Passphrase(Passphrase::of(passphrase));
    let started = Instant::now();
    let made = backup::make(&app, &file, Lock::Passphrase(Passphrase::strong(passphrase).unwrap()), quietly()).await.unwrap();
    println!("backup  {:>6.2} s, {:.1} MB", started.elapsed().as_secs_f64(), made.size_bytes as f64 / 1e6);
    let started = Instant::now();
    let new = Settings::new(folder.path().join("new"));
    let back = backup::restore(new, &file, unlock(), None, quietly()).await.unwrap();
    println!("restore {:>6.2} s, whole: {}", started.elapsed().as_secs_f64(), back.verify.whole);
    let started = Instant::now();
    let drilled = backup::drill(&app, &file, unlock(), quietly()).await.unwrap();
    println!("drill   {:>6.2} s, whole: {}", started.elapsed().as_secs_f64(), drilled.restored.verify.whole);
}
