//! Whatever is wrong with what a browser brings: people get a page in their language, and nothing is done.

use reqwest::{Method, RequestBuilder};
use tests::{Answer, Hosted, Jawort, hidden, number, typed};

const FORM: &str = "application/x-www-form-urlencoded";

/// The answer is a page with a heading, in English for who asks for that, or leads to one of ours.
async fn is_a_page(what: &str, call: RequestBuilder) -> u16 {
    let answer = Answer::of(call.header("accept-language", "en")).await;
    let status = answer.status;
    assert!((200..500).contains(&status), "{what}: {status}");
    if status == 308 {
        let there = answer.header("location");
        assert!(there.starts_with("/f/") || there.starts_with("/m") || there.starts_with("/c/"), "{what}: {there}");
        return status;
    }
    let page = answer.page(status);
    // A page that shows something of a person or a form speaks as that does.
    let lang = if matches!(status, 200 | 422) { "<html lang=\"" } else { "<html lang=\"en\"" };
    assert!(page.contains("<h1") && page.contains(lang), "{what}: {page}");
    assert!(!page.contains("can't be read:") && !page.contains("duplicate field"), "{what}: for programs: {page}");
    status
}

/// The pages: that of a form, of a link, of a fresh link, and the one that sends it.
async fn pages(jawort: &Jawort) -> Vec<String> {
    let link = jawort.consent("newsletter", &number(1)).await;
    jawort.type_on_number_page(&number(1)).await;
    let fresh = jawort.sms(&number(1), 2).await.link();
    vec!["/f/newsletter".into(), "/m".into(), format!("/c/{}", link.token()), format!("/m/{}", fresh.token())]
}

#[tokio::test]
async fn every_address_of_a_page_answers_with_one() {
    let jawort = Jawort::start().await;
    let mut paths = pages(&jawort).await;
    for page in paths.clone() {
        paths.extend([format!("{page}/"), format!("{page}//"), format!("{page}/x/y")]);
        paths.extend(["?lang=de&lang=en", "?a=%FF", "?%", "?&&=", "?format=json5&format=html", "?lang=xx"].map(
            |query| {
                // A copy as JSON is what `format=json` asks for, and no mistake.
                format!("{page}{query}")
            },
        ));
    }
    paths.extend(
        ["/f", "/f/", "/c", "/c/", "/m/", "/m/x/y", "/c/x", "/m/x", "/f/%FF", "/c/%FF", "/m/%00", "/f/x/y/z"]
            .map(str::to_owned),
    );
    for path in &paths {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            is_a_page(&format!("{method} {path}"), jawort.request(method.clone(), path)).await;
        }
    }
    for path in ["/nowhere", "/m.", "/M", "/newsletter", "/f%2Fnewsletter"] {
        is_a_page(path, jawort.get(path).header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")).await;
    }
    assert_eq!(is_a_page("a slash", jawort.get("/f/newsletter/?utm_campaign=post")).await, 308);
    let there = Answer::of(jawort.get("/f/newsletter/?utm_campaign=post")).await.header("location");
    assert_eq!(there, "/f/newsletter?utm_campaign=post");
    assert_eq!(is_a_page("twice", jawort.get("/f/newsletter?lang=en&lang=de")).await, 200);
    let not = Answer::of(jawort.request(Method::PUT, "/f/newsletter")).await;
    assert_eq!((not.status, not.header("allow")), (405, "GET,HEAD,POST".to_owned()));
}

#[tokio::test]
async fn every_body_of_a_page_answers_with_one_and_nothing_is_done() {
    let jawort = Jawort::start().await;
    let pages = pages(&jawort).await;
    let (standing, sms) = (jawort.standing(&number(1), "marketing").await, jawort.inbox(&number(1)).await.len());
    let typed = typed(&number(2));
    let stamp = hidden(&Answer::of(jawort.get("/m")).await.text(), "stamp").unwrap();
    let filled = Hosted::fill(&jawort, "newsletter", &number(2)).await;
    let whole = |twice: &str| {
        let mut fields = filled.fields.clone();
        let value = fields.iter().find(|(name, _)| name == twice).map(|(_, value)| value.clone()).unwrap_or_default();
        fields.push((twice.to_owned(), value));
        let call = jawort.post("/f/newsletter").form(&fields).build().unwrap();
        call.body().and_then(|body| body.as_bytes()).unwrap().to_vec()
    };
    let mut bodies: Vec<(&str, Vec<u8>)> = vec![
        ("application/json", b"{}".to_vec()),
        ("text/plain", b"number=1".to_vec()),
        ("multipart/form-data; boundary=x", b"--x--".to_vec()),
        ("", b"number=1".to_vec()),
        (FORM, b"number=%FF%FE".to_vec()),
        (FORM, vec![0xff, 0xfe, b'=', 0x80]),
        (FORM, b"version=one&version=two".to_vec()),
        (FORM, b"action=explode".to_vec()),
        (FORM, b"action=withdraw&action=erase&understood=yes".to_vec()),
        (FORM, b"action=withdraw&purpose=%20%20".to_vec()),
        (FORM, [b"number=".as_slice(), &vec![b'1'; 20_000]].concat()),
        (FORM, format!("number={typed}&number={typed}&stamp={stamp}").into_bytes()),
        (FORM, format!("stamp={stamp}&stamp={stamp}&number={typed}").into_bytes()),
    ];
    for twice in ["number", "version", "disclosure", "lang", "stamp", "campaign", "reference", "boxes", "website"] {
        bodies.push((FORM, whole(twice)));
    }
    for page in &pages {
        for (kind, body) in &bodies {
            let mut call = jawort.post(page).header("origin", jawort.url()).body(body.clone());
            if !kind.is_empty() {
                call = call.header("content-type", *kind);
            }
            is_a_page(&format!("{page} {kind} {}", String::from_utf8_lossy(body)), call).await;
        }
    }
    jawort.knows_nothing_of(&number(2)).await;
    assert_eq!(jawort.standing(&number(1), "marketing").await, standing);
    jawort.no_more_than(&number(1), sms).await;
}
