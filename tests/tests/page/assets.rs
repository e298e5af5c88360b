//! The files that a page loads.

use std::io::Read;

use tests::{Answer, Jawort};

/// Addresses of further files that a script names.
fn named(script: &str) -> Vec<String> {
    let mut found: Vec<_> = script
        .split(['"', '\'', '`', ' ', '(', ')'])
        .filter(|word| word.starts_with("/assets/"))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

async fn load(jawort: &Jawort, path: &str, encodings: &str) -> Answer {
    Answer::of(jawort.get(path).header("accept-encoding", encodings)).await.expect(200)
}

fn unpack(answer: &Answer) -> Vec<u8> {
    let packed = &*answer.bytes;
    let mut reader: Box<dyn Read> = match &*answer.header("content-encoding") {
        "br" => Box::new(brotli::Decompressor::new(packed, 4096)),
        "gzip" => Box::new(flate2::read::GzDecoder::new(packed)),
        "" => Box::new(packed),
        other => panic!("{other}"),
    };
    let mut plain = Vec::new();
    reader.read_to_end(&mut plain).unwrap();
    plain
}

#[tokio::test]
async fn every_file_comes_compressed_kept_for_ever_and_readable_by_any_page() {
    let jawort = Jawort::start().await;
    let loader = load(&jawort, "/embed.js", "br").await;
    assert!(loader.header("cache-control").contains("max-age=300"), "its address is the same in every release");
    let mut paths = named(&String::from_utf8(unpack(&loader)).unwrap());
    for kind in [".js", ".wasm", ".css"] {
        assert!(paths.iter().any(|path| path.ends_with(kind)), "{kind}: {paths:?}");
    }
    let hosted = Answer::of(jawort.get("/f/newsletter")).await.text();
    paths.extend(named(&hosted));
    for path in &paths {
        assert_eq!(load(&jawort, path, "br").await.header("cache-control"), "public, max-age=31536000, immutable");
    }
    paths.push("/embed.js".to_owned());
    for path in &paths {
        let answers = [
            load(&jawort, path, "br, gzip, zstd").await,
            load(&jawort, path, "gzip;q=1.0").await,
            load(&jawort, path, "identity").await,
        ];
        assert_eq!(answers[0].header("content-encoding"), "br", "{path}");
        assert_eq!(answers[1].header("content-encoding"), "gzip", "{path}");
        assert_eq!(unpack(&answers[0]), unpack(&answers[1]), "{path}");
        assert_eq!(unpack(&answers[0]), unpack(&answers[2]), "{path}");
        for answer in &answers {
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin", "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert!(answer.header("vary").contains("Accept-Encoding"), "{path}");
        }
        let again = jawort.get(path).header("if-none-match", answers[0].header("etag"));
        let again = Answer::of(again).await.expect(304);
        assert_eq!(again.bytes.len(), 0, "{path}");
    }
    Answer::of(jawort.get("/assets/widget.0000000000000000.js")).await.expect(404);
}
