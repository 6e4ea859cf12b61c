//! Answer sheets marked, photographed and scanned by the tests themselves: how many are read right, and that what is read wrong
//! is never passed off as certain.

mod sheet;

use image::GrayImage;
use programme::quiz::printed::{self, Printed};
use reader::marks::{Doubt, Grey, Plan, Row, Seen, Unread, find, pages};
use sheet::{Dice, Paper, SCAN, View, filled_in, grey};
use std::collections::BTreeSet;

fn plan() -> Plan {
    Plan { corners: printed::CORNERS, corner: printed::CORNER, code: printed::CODE, code_side: printed::CODE_SIDE }
}

const CODE: &str = "LT1/0123456789ABCDEF/2/1007/103";

fn boxes(sheet: &Printed) -> Vec<Vec<(f32, f32)>> {
    sheet.rows.iter().map(|row| row.boxes.clone()).collect()
}

fn rows(picture: &GrayImage, sheet: &Printed) -> Result<Vec<Row>, Unread> {
    let seen = find(&grey(picture), &plan())?;
    assert_eq!(seen.code, CODE);
    seen.rows(&boxes(sheet), printed::BOX)
}

#[derive(Debug, Default)]
struct Tally {
    sheets: usize,
    /// Found, with their code.
    found: usize,
    questions: usize,
    /// As they were meant, without a doubt, or empty and said to be.
    right: usize,
    /// Somebody has to look.
    doubtful: usize,
    /// Read as something else than was meant, and passed off as certain.
    wrong: usize,
}

fn one(seed: u64, tally: &mut Tally) {
    let mut dice = Dice(seed);
    let n = 5 + dice.below(46);
    let answers: Vec<usize> = (0..n).map(|_| [4, 4, 4, 4, 2, 5, 3, 8][dice.below(if n.is_multiple_of(3) { 8 } else { 7 })]).collect();
    let sheet = printed::printed(&answers, false);
    let mut paper = Paper::printed(&sheet, CODE);
    let meant = filled_in(&mut paper, &sheet, &mut dice);
    let view = View::any(&mut dice);
    let picture = paper.seen(&view, &mut dice);
    let picture = if dice.below(2) == 0 { picture } else { through_jpeg(&picture, 45 + u8::try_from(dice.below(45)).unwrap()) };
    tally.sheets += 1;
    tally.questions += n;
    let read = match rows(&picture, &sheet) {
        Ok(read) => read,
        Err(error) => {
            println!("sheet {seed}: {error}: {view:?}");
            return;
        }
    };
    tally.found += 1;
    for (at, (row, meant)) in read.iter().zip(&meant).enumerate() {
        let chosen: BTreeSet<usize> = row.chosen.iter().copied().collect();
        match row.doubt {
            None | Some(Doubt::Several) if &chosen == meant => tally.right += 1,
            Some(Doubt::Empty) if meant.is_empty() => tally.right += 1,
            Some(_) => tally.doubtful += 1,
            None => {
                tally.wrong += 1;
                println!("sheet {seed} question {}: meant {meant:?}, read {row:?}: {view:?}", at + 1);
            }
        }
    }
}

fn through_jpeg(picture: &GrayImage, quality: u8) -> GrayImage {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    image::load_from_memory(&bytes).unwrap().into_luma8()
}

/// `SHEETS=400 cargo test --release -p reader --test it marks -- --nocapture` says the figures of more of them.
#[test]
fn what_is_read_wrong_is_never_passed_off_as_certain() {
    let sheets: u64 = std::env::var("SHEETS").ok().and_then(|n| n.parse().ok()).unwrap_or(16);
    let mut tally = Tally::default();
    let start = std::time::Instant::now();
    (1..=sheets).for_each(|seed| one(seed, &mut tally));
    println!("{tally:?} in {:?}", start.elapsed());
    let percent = |n: usize, of: usize| n as f64 * 100.0 / of as f64;
    assert!(percent(tally.found, tally.sheets) >= 97.0, "{tally:?}");
    assert!(percent(tally.right, tally.questions) >= 93.0, "{tally:?}");
    assert!(tally.wrong * 2_000 <= tally.questions, "{tally:?}");
}

#[test]
fn a_clean_scan_is_read_whole_whichever_way_it_lies() {
    let sheet = printed::printed(&[4; 20], false);
    for turned in [0.0, 90.0, 180.0, 270.0] {
        let mut dice = Dice(7);
        let mut paper = Paper::printed(&sheet, CODE);
        for (at, row) in sheet.rows.iter().enumerate() {
            paper.crossed(row.boxes[at % 4], &mut dice, (0.7, 0.9));
        }
        let picture = paper.seen(&View { degrees: turned + 1.0, ..SCAN }, &mut dice);
        let read = rows(&picture, &sheet).unwrap();
        let chosen: Vec<Vec<usize>> = read.iter().map(|row| row.chosen.clone()).collect();
        assert_eq!(chosen, (0..20).map(|at| vec![at % 4]).collect::<Vec<_>>(), "{turned}");
        assert!(read.iter().all(|row| row.doubt.is_none()), "{turned}: {read:?}");
    }
}

#[test]
fn what_somebody_has_to_look_at() {
    let sheet = printed::printed(&[4; 5], false);
    let mut dice = Dice(3);
    let mut paper = Paper::printed(&sheet, CODE);
    let at = |row: usize, letter: usize| sheet.rows[row].boxes[letter];
    paper.filled(at(0, 1), &mut dice);
    paper.crossed(at(1, 0), &mut dice, (0.15, 0.15));
    paper.filled(at(2, 2), &mut dice);
    paper.crossed(at(2, 3), &mut dice, (0.8, 0.9));
    // A strip of paper lies over the last row.
    paper.covered((at(4, 0).0 - 8.0, at(4, 0).1 - 4.0), (at(4, 3).0 + 5.0, at(4, 0).1 + 4.0));
    let picture = paper.seen(&SCAN, &mut dice);
    let read = rows(&picture, &sheet).unwrap();
    let told: Vec<_> = read.iter().map(|row| (row.chosen.clone(), row.doubt)).collect();
    assert_eq!(told[0], (vec![1], None));
    assert_eq!(told[1].1, Some(Doubt::Faint));
    assert_eq!(told[2], (vec![2, 3], Some(Doubt::Several)));
    assert_eq!(told[3], (vec![], Some(Doubt::Empty)));
    assert_eq!(told[4].1, Some(Doubt::Unclear));
    let seen: Seen = find(&grey(&picture), &plan()).unwrap();
    let row = &sheet.rows[0];
    let cutting = seen.cutting((row.label.0 - 6.0, row.label.1 - 4.0), (row.boxes[3].0 + 5.0, row.label.1 + 4.0));
    assert!(cutting.starts_with('M') && cutting.len() < 8_000, "{} bytes", cutting.len());
}

#[test]
fn what_is_no_whole_sheet_is_said_to_be_none() {
    let sheet = printed::printed(&[4; 20], false);
    let mut dice = Dice(5);
    let paper = Paper::printed(&sheet, CODE);
    let picture = paper.seen(&SCAN, &mut dice);
    let (w, h) = picture.dimensions();
    let said = |picture: &GrayImage| rows(picture, &sheet).unwrap_err();
    assert_eq!(said(&image::imageops::crop_imm(&picture, 0, 0, w, h * 9 / 10).to_image()), Unread::NoSheet, "two corners are left");
    let mut folded = picture.clone();
    for (x, y, pixel) in folded.enumerate_pixels_mut() {
        if x > w - w / 8 && y > h - h / 8 {
            pixel.0 = [230];
        }
    }
    assert_eq!(said(&folded), Unread::CutOff);
    let mut smeared = picture.clone();
    for (x, y, pixel) in smeared.enumerate_pixels_mut() {
        if x > w * 7 / 10 && y < h / 6 && x < w * 17 / 20 && y > h / 12 {
            pixel.0 = [40];
        }
    }
    assert_eq!(said(&smeared), Unread::NoCode);
    assert_eq!(said(&image::imageops::resize(&picture, w / 3, h / 3, image::imageops::FilterType::Triangle)), Unread::TooSmall);
    assert_eq!(said(&GrayImage::from_pixel(800, 1_100, image::Luma([255]))), Unread::NoSheet);
    let noise = GrayImage::from_fn(1_600, 2_000, |_, _| image::Luma([(dice_byte(&mut dice.0))]));
    assert_eq!(said(&noise), Unread::NoSheet);
}

fn dice_byte(seed: &mut u64) -> u8 {
    let mut dice = Dice(*seed);
    let byte = dice.next() as u8;
    *seed = dice.0;
    byte
}

#[test]
fn files_are_what_their_first_bytes_say_and_no_bomb_is_opened() {
    assert_eq!(pages(b"", 9).err(), Some(Unread::NoPicture));
    assert_eq!(pages(b"MZ and so on", 9).err(), Some(Unread::NoPicture));
    assert_eq!(pages(b"II*\0 a TIFF", 9).err(), Some(Unread::NoPicture));
    assert_eq!(pages(b"%PDF-1.7 nothing else", 9).err(), Some(Unread::Broken));
    let mut png = Vec::new();
    let white = GrayImage::from_pixel(300, 200, image::Luma([255]));
    white.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    let page = pages(&png, 9).unwrap().next().unwrap();
    assert_eq!(page.grey.map(|grey: Grey| (grey.width(), grey.height())), Ok((300, 200)));
    let mut cut = png.clone();
    cut.truncate(60);
    assert_eq!(pages(&cut, 9).unwrap().next().unwrap().grey.err(), Some(Unread::Broken));
    // The head says 20,000 × 20,000, and its checksum holds.
    let mut bomb = png.clone();
    bomb[16..20].copy_from_slice(&20_000u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&20_000u32.to_be_bytes());
    let sum = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(pages(&bomb, 9).unwrap().next().unwrap().grey.err(), Some(Unread::TooManyPixels));
}

fn crc32(bytes: &[u8]) -> u32 {
    let step =
        |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 });
    !bytes.iter().fold(u32::MAX, step)
}
