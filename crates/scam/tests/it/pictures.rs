//! Codes in pictures as people have them: from a screen, photographed askew, several at once; and files that only want to do
//! harm.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use qrcode::{Color, QrCode};
use scam::picture::{MAX_BYTES, Unread, codes};

const TEXT: &str = "https://vietc0mbank-vn.top/xac-thuc?ma=0123456789";

/// Four modules of white around it, as the standard asks for.
const QUIET: usize = 4;

/// A code with so many points a module.
fn drawn(text: &str, scale: u32) -> GrayImage {
    let code = QrCode::new(text).unwrap();
    let (width, colors) = (code.width(), code.to_colors());
    let side = (width + 2 * QUIET) as u32 * scale;
    GrayImage::from_fn(side, side, |x, y| {
        let at = |point: u32| ((point / scale) as usize).checked_sub(QUIET).filter(|at| *at < width);
        let dark = at(x).zip(at(y)).is_some_and(|(x, y)| colors[y * width + x] == Color::Dark);
        Luma([if dark { 0 } else { 255 }])
    })
}

/// Seen through a camera: for each point of the new picture, where it lies in the old one.
fn seen(old: &GrayImage, width: u32, height: u32, from: impl Fn(f32, f32) -> (f32, f32)) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        let (u, v) = from(x as f32, y as f32);
        let point = |u: f32, v: f32| {
            let inside = u >= 0.0 && v >= 0.0 && u < old.width() as f32 && v < old.height() as f32;
            f32::from(if inside { old.get_pixel(u as u32, v as u32).0[0] } else { 230 })
        };
        let (du, dv) = (u.fract().abs(), v.fract().abs());
        let top = point(u, v) * (1.0 - du) + point(u + 1.0, v) * du;
        let low = point(u, v + 1.0) * (1.0 - du) + point(u + 1.0, v + 1.0) * du;
        Luma([(top * (1.0 - dv) + low * dv) as u8])
    })
}

fn turned(old: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let side = (old.width() as f32 * 1.5) as u32;
    let (mid, half) = (side as f32 / 2.0, old.width() as f32 / 2.0);
    seen(old, side, side, |x, y| {
        let (x, y) = (x - mid, y - mid);
        (x * cos - y * sin + half, x * sin + y * cos + half)
    })
}

/// Light from one side, and the grain of a cheap camera.
fn noisy(picture: &GrayImage) -> GrayImage {
    let mut state = 12_345_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as i32 - 128
    };
    GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let light = 60 + 120 * x as i32 / picture.width() as i32;
        let point = i32::from(picture.get_pixel(x, y).0[0]) * light / 255 + 30 + noise() / 5;
        Luma([point.clamp(0, 255) as u8])
    })
}

fn file(picture: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(picture.clone()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    file(picture, ImageFormat::Png)
}

fn read(picture: &GrayImage) -> Vec<String> {
    codes(&png(picture)).unwrap_or_default()
}

#[test]
fn a_code_is_read_from_png_and_jpeg_small_and_large() {
    for scale in [2, 4, 12, 40] {
        let picture = drawn(TEXT, scale);
        assert_eq!(read(&picture), [TEXT], "{scale} points a module");
        assert_eq!(codes(&file(&picture, ImageFormat::Jpeg)).unwrap(), [TEXT], "{scale} points a module, JPEG");
    }
}

#[test]
fn a_code_is_read_turned() {
    let picture = drawn(TEXT, 8);
    for degrees in [7.0, 30.0, 45.0, 90.0, 133.0, 180.0, 271.0] {
        assert_eq!(read(&turned(&picture, degrees)), [TEXT], "{degrees}°");
    }
}

#[test]
fn a_code_is_read_as_a_telephone_sees_it() {
    let picture = drawn(TEXT, 10);
    let (width, height) = (1_200, 900);
    // Held askew: the far edge is shorter by a quarter.
    let askew = seen(&picture, width, height, |x, y| {
        let depth = 1.0 - 0.25 * (1.0 - y / height as f32);
        let side = picture.width() as f32;
        ((x - 600.0) / depth * side / 700.0 + side / 2.0, (y - 100.0) / depth * side / 700.0)
    });
    assert_eq!(read(&askew), [TEXT], "perspective");
    assert_eq!(codes(&file(&noisy(&askew), ImageFormat::Jpeg)).unwrap(), [TEXT], "perspective, light from one side, grain, JPEG");
}

#[test]
fn a_small_code_in_a_large_photograph_is_found() {
    let code = drawn(TEXT, 5);
    let mut photograph = GrayImage::from_pixel(4_000, 3_000, Luma([180]));
    image::imageops::overlay(&mut photograph, &code, 3_000, 2_100);
    assert_eq!(codes(&file(&photograph, ImageFormat::Jpeg)).unwrap(), [TEXT]);
}

#[test]
fn every_code_of_a_picture_is_read_once() {
    let mut wall = GrayImage::from_pixel(1_100, 900, Luma([255]));
    for (at, text) in ["mot", "hai", "ba", "hai"].iter().enumerate() {
        image::imageops::overlay(&mut wall, &drawn(text, 6), 60 + 500 * (at as i64 % 2), 60 + 400 * (at as i64 / 2));
    }
    let mut found = read(&wall);
    found.sort();
    assert_eq!(found, ["ba", "hai", "mot"]);
}

#[test]
fn black_on_nothing_is_black_on_white() {
    let code = drawn(TEXT, 6);
    let clear = image::GrayAlphaImage::from_fn(code.width(), code.height(), |x, y| {
        let dark = code.get_pixel(x, y).0[0] == 0;
        image::LumaA([0, if dark { 255 } else { 0 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageLumaA8(clear).write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(codes(&bytes.into_inner()).unwrap(), [TEXT]);
}

#[test]
fn a_picture_without_a_code_is_no_error_of_the_picture() {
    let plain = GrayImage::from_fn(300, 200, |x, y| Luma([(x * y % 251) as u8]));
    assert_eq!(codes(&png(&plain)), Err(Unread::NoCode));
    assert_eq!(codes(&png(&GrayImage::from_pixel(1, 1, Luma([0])))), Err(Unread::NoCode));
}

/// The head of a PNG that promises so many points, with a check that fits.
fn promising(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&GrayImage::from_pixel(1, 1, Luma([0])));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let check = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xEDB8_8320 })
    });
    bytes[29..33].copy_from_slice(&(!check).to_be_bytes());
    bytes
}

#[test]
fn a_small_file_that_unfolds_to_gigabytes_is_refused_before_it_does() {
    for (width, height) in [(50_000, 50_000), (20_000, 1), (11_999, 11_999), (u32::MAX, u32::MAX)] {
        let refused = codes(&promising(width, height)).unwrap_err();
        assert!(matches!(refused, Unread::TooManyPixels | Unread::Broken), "{width} × {height}: {refused:?}");
    }
    // Truly so large, and truly small: 64 million white points in some hundred kilobytes.
    let bomb = png(&GrayImage::from_pixel(8_000, 8_000, Luma([255])));
    assert!(bomb.len() < 400_000, "{} bytes", bomb.len());
    assert_eq!(codes(&bomb), Err(Unread::TooManyPixels));
    assert_eq!(codes(&vec![0x89; MAX_BYTES + 1]), Err(Unread::TooLarge));
}

#[test]
fn a_wall_of_corners_keeps_nobody_busy() {
    for (module, width) in [(1, 1_200), (2, 2_400), (3, 1_200), (5, 2_400)] {
        // Squares of seven modules with rings, a module apart, and nothing else.
        let wall = GrayImage::from_fn(width, width, |x, y| {
            let at = |point: u32| (point / module) % 8;
            let ring = |a: u32, b: u32| a.abs_diff(3).max(b.abs_diff(3));
            let (a, b) = (at(x), at(y));
            Luma([if a == 7 || b == 7 || ring(a, b) == 2 { 255 } else { 0 }])
        });
        let began = std::time::Instant::now();
        assert_eq!(codes(&png(&wall)), Err(Unread::NoCode), "{module}");
        // Each held against every other one it would be many minutes.
        assert!(began.elapsed().as_secs() < 20, "{module}: {:?}", began.elapsed());
    }
}

#[test]
fn broken_files_and_other_files_are_refused() {
    for other in [&b""[..], b"GIF89a\x01\0\x01\0", b"<svg/>", b"%PDF-1.7", b"\0\0\0\0", b"\x89PNG\r\n\x1a\n"] {
        assert!(matches!(codes(other), Err(Unread::NoPicture | Unread::Broken)), "{other:?}");
    }
    for whole in [png(&drawn(TEXT, 4)), file(&drawn(TEXT, 4), ImageFormat::Jpeg)] {
        for end in (0..whole.len()).step_by(97) {
            // What is left of a JPEG may still show its code; nothing else may come of it.
            assert!(codes(&whole[..end]).map_or(true, |codes| codes == [TEXT]), "cut at {end}");
        }
        for at in (0..whole.len()).step_by(61) {
            let mut other = whole.clone();
            other[at] ^= 0xFF;
            let _any = codes(&other);
        }
    }
}
