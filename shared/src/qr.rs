//! A link as a QR code (ISO/IEC 18004), to print and to post.

use std::fmt::Write as _;

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around a code, without which scanners miss it (ISO/IEC 18004, 6.3.8).
const QUIET: i32 = 4;
/// Pixels of a module in a PNG.
const SCALE: usize = 8;
/// The most bytes that a stored block of a deflate stream holds (RFC 1951, 3.2.4).
const BLOCK: usize = 0xffff;

/// A text that no QR code holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the link is too long for a QR code")]
pub struct TooLong;

/// A QR code of error correction M: a seventh of it may be dirty or torn.
pub struct Qr(QrCode);

impl Qr {
    /// The code of a link.
    ///
    /// # Errors
    /// The link is longer than 2,331 bytes.
    pub fn of(link: &str) -> Result<Self, TooLong> {
        QrCode::encode_text(link, QrCodeEcc::Medium).map(Self).map_err(|_| TooLong)
    }

    /// Modules of a side, the quiet zone included.
    fn side(&self) -> i32 {
        self.0.size() + 2 * QUIET
    }

    /// Whether a module is dark; the quiet zone is light.
    fn dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x - QUIET, y - QUIET)
    }

    /// As SVG, sharp at every size. `title` says where it leads, for those who can't scan it.
    pub fn svg(&self, title: &str) -> String {
        let side = self.side();
        let mut path = String::new();
        for y in 0..side {
            let mut x = 0;
            while x < side {
                let run = (x..side).take_while(|x| self.dark(*x, y)).count() as i32;
                if run > 0 {
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z"); // a String takes everything
                }
                x += run.max(1);
            }
        }
        let title = escaped(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{width}\" height=\"{width}\" \
             role=\"img\" shape-rendering=\"crispEdges\"><title>{title}</title>\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>",
            width = side * SCALE as i32,
        )
    }

    /// As a PNG of one bit a pixel. It is stored uncompressed, some 20 KB: a compressor would add 10 KB to the edge.
    pub fn png(&self) -> Vec<u8> {
        let side = self.side() as usize * SCALE;
        let mut pixels = Vec::with_capacity(side * (side / 8 + 2));
        for y in 0..self.side() {
            // Eight pixels of a module are one byte; a row begins with its filter: none.
            let row = (0..self.side()).map(|x| if self.dark(x, y) { 0 } else { 0xff });
            let row: Vec<u8> = std::iter::once(0).chain(row).collect();
            for _ in 0..SCALE {
                pixels.extend_from_slice(&row);
            }
        }
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut header = [(side as u32).to_be_bytes(), (side as u32).to_be_bytes()].concat();
        header.extend([1, 0, 0, 0, 0]); // a bit a pixel, grey; deflate, filters by row, not interlaced
        chunk(&mut png, b"IHDR", &header);
        chunk(&mut png, b"IDAT", &stored(&pixels));
        chunk(&mut png, b"IEND", &[]);
        png
    }
}

/// A chunk of a PNG (PNG 5.3).
fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    let crc = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);
    let mut digest = crc.digest();
    digest.update(kind);
    digest.update(data);
    png.extend((data.len() as u32).to_be_bytes());
    png.extend(kind);
    png.extend(data);
    png.extend(digest.finalize().to_be_bytes());
}

/// A zlib stream (RFC 1950) of stored blocks.
fn stored(data: &[u8]) -> Vec<u8> {
    let mut zlib = vec![0x78, 0x01];
    let mut blocks = data.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        zlib.push(blocks.peek().is_none().into());
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    zlib.extend(adler2::adler32_slice(data).to_be_bytes());
    zlib
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a scanner reads in an image of one brightness a pixel.
    fn read(side: usize, dark: impl Fn(usize, usize) -> bool) -> String {
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| if dark(x, y) { 0 } else { 255 });
        let [grid] = image.detect_grids().try_into().ok().expect("one code");
        grid.decode().unwrap().1
    }

    fn read_png(png: &[u8]) -> String {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
        reader.finish().unwrap();
        let side = info.width as usize;
        read(side, |x, y| pixels[y * info.line_size + x / 8] & (0x80 >> (x % 8)) == 0)
    }

    /// Draws the runs of the path, at four pixels a module.
    fn read_svg(svg: &str) -> String {
        let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let mut dark = vec![false; side * side];
        let path = svg.split("<path d=\"").nth(1).unwrap().split('"').next().unwrap();
        for run in path.split('M').skip(1) {
            let (start, run) = run.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let [x, y, run] = [x, y, run.split('v').next().unwrap()].map(|text| text.parse::<usize>().unwrap());
            dark[y * side + x..y * side + x + run].fill(true);
        }
        read(side * 4, |x, y| dark[y / 4 * side + x / 4])
    }

    #[test]
    fn a_scanner_reads_the_link_in_both_forms() {
        for link in [
            "https://ja.example.de/f/newsletter?utm_campaign=plakat-berlin",
            "sms:+4915228817386?&body=RABATT",
            &format!("https://ja.example.de/f/newsletter?utm_campaign={}", "x".repeat(500)),
        ] {
            let code = Qr::of(link).unwrap();
            assert_eq!(read_png(&code.png()), link);
            assert_eq!(read_svg(&code.svg("x")), link);
        }
    }

    #[test]
    fn a_scanner_still_reads_it_where_a_corner_is_torn_off() {
        let link = "https://ja.example.de/f/newsletter?utm_campaign=plakat-berlin";
        let code = Qr::of(link).unwrap();
        let side = code.side();
        // The corner without a finder pattern.
        let torn = |x: i32, y: i32| x > side - 13 && y > side - 13 && x + y > 2 * side - 20;
        let read = read(side as usize * 4, |x, y| {
            let (x, y) = (x as i32 / 4, y as i32 / 4);
            code.dark(x, y) && !torn(x, y)
        });
        assert_eq!(read, link);
    }

    #[test]
    fn four_light_modules_surround_it() {
        let code = Qr::of("https://ja.example.de/f/newsletter").unwrap();
        let side = code.side();
        for n in 0..side {
            for edge in [0, 1, 2, 3, side - 4, side - 3, side - 2, side - 1] {
                assert!(!code.dark(n, edge) && !code.dark(edge, n));
            }
        }
        assert!(code.dark(4, 4), "the finder pattern begins behind it");
    }

    #[test]
    fn a_title_cannot_break_out_of_the_svg() {
        let svg = Qr::of("x").unwrap().svg("Rabatt & <script>");
        assert!(svg.contains("<title>Rabatt &amp; &lt;script&gt;</title>"), "{svg}");
        assert!(svg.contains("role=\"img\"") && svg.contains("shape-rendering=\"crispEdges\""), "{svg}");
    }

    #[test]
    fn a_link_that_no_code_holds_is_refused() {
        assert!(Qr::of(&"ä".repeat(1200)).is_err());
    }

    proptest! {
        #[test]
        fn whatever_a_keyword_says_is_read_again(text in "[ -~]{1,60}") {
            prop_assert_eq!(read_png(&Qr::of(&text).unwrap().png()), text);
        }
    }
}
