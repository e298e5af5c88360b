//! What an owner prints and posts.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Jawort, SENDER};

/// What a scanner reads in a picture.
fn scan(png: &[u8]) -> String {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let side = info.width as usize;
    let light = |x: usize, y: usize| pixels[y * info.line_size + x / 8] & (0x80 >> (x % 8)) != 0;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| u8::from(light(x, y)) * 255);
    image.detect_grids()[0].decode().unwrap().1
}

/// Looks that both codes of a link are pictures, and the PNG leads where the link does.
fn check(link: &Value) -> String {
    let url = link["url"].as_str().unwrap().to_owned();
    let png = link["qr_png"].as_str().unwrap().strip_prefix("data:image/png;base64,").unwrap();
    assert_eq!(scan(&BASE64_STANDARD.decode(png).unwrap()), url);
    let svg = link["qr_svg"].as_str().unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("<title>") && svg.ends_with("</svg>"), "{svg}");
    url
}

#[tokio::test]
async fn a_form_without_keywords_is_reached_by_its_hosted_page() {
    let jawort = Jawort::start().await;
    let path = "/v1/forms/newsletter/invite?campaign=Plakat%20%26%20Post";
    let invite = jawort.owner(Method::GET, path, None).await.expect(200).json();
    assert_eq!(invite["keywords"], json!([]));
    let url = check(&invite["hosted"]);
    assert_eq!(url, format!("{}/f/newsletter?utm_campaign=Plakat%20%26%20Post", jawort.url()));
    let page = Answer::of(jawort.http_get(&url)).await.page(200);
    assert!(page.contains("Plakat &amp; Post"), "the campaign comes back with the consent: {page}");
}

#[tokio::test]
async fn a_keyword_comes_with_an_sms_link_and_the_hosted_one() {
    let jawort = Jawort::start().await;
    let keywords = json!([{ "word": "RABATT" }, { "word": "DEAL", "lang": "en" }]);
    jawort.put_form("newsletter", |draft| draft["keywords"] = keywords).await;
    let invite = jawort.owner(Method::GET, "/v1/forms/newsletter/invite", None).await.expect(200).json();
    assert_eq!(invite["version"], 2);
    let keywords = invite["keywords"].as_array().unwrap();
    for (keyword, (word, lang)) in keywords.iter().zip([("RABATT", "de"), ("DEAL", "en")]) {
        assert_eq!((&keyword["word"], &keyword["lang"]), (&json!(word), &json!(lang)));
        assert_eq!(keyword["number"], SENDER);
        assert_eq!(check(&keyword["sms"]), format!("sms:{SENDER}?&body={word}"));
        assert_eq!(check(&keyword["hosted"]), format!("{}/f/newsletter", jawort.url()));
    }
    assert_eq!(keywords.len(), 2);
}

#[tokio::test]
async fn everybody_gets_the_code_of_a_hosted_page() {
    let jawort = Jawort::start().await;
    let png = Answer::of(jawort.get("/f/newsletter/qr.png?campaign=theke")).await.expect(200);
    assert_eq!(png.header("content-type"), "image/png");
    assert_eq!(scan(&png.bytes), format!("{}/f/newsletter?utm_campaign=theke", jawort.url()));
    let svg = Answer::of(jawort.get("/f/newsletter/qr.svg")).await.expect(200);
    assert_eq!(svg.header("content-type"), "image/svg+xml");
    assert!(svg.text().contains(&format!("<title>{}/f/newsletter</title>", jawort.url())), "{}", svg.text());
    Answer::of(jawort.get("/f/nothing/qr.svg")).await.problem(404, "not-found");
    let long = format!("/f/newsletter/qr.svg?campaign={}", "x".repeat(101));
    Answer::of(jawort.get(&long)).await.problem(422, "fields");
}

#[tokio::test]
async fn a_campaign_comes_into_the_code_under_whichever_name() {
    let jawort = Jawort::start().await;
    for (query, link) in [
        ("utm_campaign=poster", "?utm_campaign=poster"),
        ("campaign=poster", "?utm_campaign=poster"),
        (
            "utm_source=bus&utm_medium=print&utm_campaign=a%20b&reference=K-1",
            "?utm_campaign=a%20b&utm_source=bus&utm_medium=print&reference=K-1",
        ),
    ] {
        let png = Answer::of(jawort.get(&format!("/f/newsletter/qr.png?{query}"))).await.expect(200);
        assert_eq!(scan(&png.bytes), format!("{}/f/newsletter{link}", jawort.url()));
    }
    for (query, field) in [
        ("campagne=poster", "campagne"),
        ("campaign=a&campaign=b", "campaign"),
        ("campaign=a&utm_campaign=b", "utm_campaign"),
        ("utm_source=%FF", "utm_source"),
        (&format!("utm_source={}", "x".repeat(101)), "utm_source"),
    ] {
        for picture in ["qr.svg", "qr.png"] {
            let problem =
                Answer::of(jawort.get(&format!("/f/newsletter/{picture}?{query}"))).await.problem(422, "fields");
            assert_eq!(problem["errors"][0]["field"], field, "{query}");
        }
        let path = format!("/v1/forms/newsletter/invite?{query}");
        jawort.owner(Method::GET, &path, None).await.problem(422, "fields");
    }
    // The page behind it opens with whatever an advertiser adds.
    let page = Answer::of(jawort.get("/f/newsletter?fbclid=1&utm_campaign=a&utm_campaign=b&utm_id=%FF&lang=de")).await;
    assert!(page.page(200).contains("value=\"a\""), "the first counts");
}

#[tokio::test]
async fn only_the_owner_gets_the_whole_invitation() {
    let jawort = Jawort::start().await;
    Answer::of(jawort.get("/v1/forms/newsletter/invite")).await.problem(401, "unauthorized");
    jawort.owner(Method::GET, "/v1/forms/nothing/invite", None).await.problem(404, "not-found");
}
