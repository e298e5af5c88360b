use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use shared::hex;

use crate::{Answer, Jawort, Link, typed};

/// A number in a number's spelling: what solves a challenge.
fn solve(challenge: &Value) -> u64 {
    let salt = challenge["salt"].as_str().expect("a salt");
    let wanted = challenge["challenge"].as_str().expect("a challenge");
    let most = challenge["maxnumber"].as_u64().expect("a greatest number");
    let salted = Sha256::new_with_prefix(salt);
    (0..=most)
        .find(|number| {
            let hash = salted.clone().chain_update(number.to_string()).finalize();
            hex::write(&hash) == wanted
        })
        .expect("a solution")
}

impl Jawort {
    /// A solved challenge for a form, as a page of the shop gets one, or as whoever calls without an origin.
    pub async fn challenge(&self, form: &str, origin: Option<&str>) -> String {
        let mut ask = self.get("/v1/challenge").query(&[("form", form)]);
        if let Some(origin) = origin {
            ask = ask.header("origin", origin);
        }
        let mut challenge = Answer::of(ask).await.expect(200).json();
        challenge["number"] = json!(solve(&challenge));
        BASE64_STANDARD.encode(challenge.to_string())
    }

    /// A submission as the widget sends it on the shop's page, complete, with every box ticked.
    pub async fn submission(&self, form: &str, number: &str) -> Value {
        let view = Answer::of(self.get(&format!("/v1/forms/{form}?lang=de"))).await.expect(200).json();
        let purposes: Vec<_> =
            view["purposes"].as_array().expect("purposes").iter().map(|it| it["id"].clone()).collect();
        json!({
            "form": form,
            "version": view["version"],
            "disclosure": view["disclosure"],
            "lang": "de",
            "number": typed(number),
            "purposes": purposes,
            "age_confirmed": true,
            "boxes": "unticked",
            "challenge": self.challenge(form, Some(&self.shop_origin())).await,
            "source": { "page": format!("{}/?utm_campaign=spring&secret=1", self.shop_origin()) },
        })
    }

    /// Sends a submission from the shop's page.
    pub async fn submit(&self, body: &Value) -> Answer {
        Answer::of(self.post("/v1/consents").header("origin", self.shop_origin()).json(body)).await
    }

    /// Asks for SMS with a form; the answer must be the usual one, whatever comes of it.
    pub async fn ask(&self, form: &str, number: &str) {
        let body = self.submission(form, number).await;
        self.submit(&body).await.expect(202);
    }

    /// Asks for SMS, and waits for the link in the `count`th SMS.
    pub async fn ask_and_get(&self, form: &str, number: &str, count: usize) -> Link {
        self.ask(form, number).await;
        self.sms(number, count).await.link()
    }

    /// Goes all the way: asks and says yes. Gives the link.
    pub async fn consent(&self, form: &str, number: &str) -> Link {
        let before = self.inbox(number).await.len();
        let link = self.ask_and_get(form, number, before + 1).await;
        let page = self.tap(&link, &[("action", "confirm")]).await.page(200);
        assert!(page.contains("Danke, Sie sind angemeldet"), "{page}");
        link
    }

    pub async fn open(&self, link: &Link) -> Answer {
        Answer::of(self.http.get(&link.0)).await
    }

    /// Types a number on the page that sends a fresh link; gives what the page says after it.
    pub async fn type_on_number_page(&self, number: &str) -> String {
        let page = Answer::of(self.get("/m")).await.page(200);
        let stamp = hidden(&page, "stamp").expect("a stamp");
        self.turn(4).await;
        let fields = [("number", typed(number)), ("stamp", stamp), ("website", String::new())];
        Answer::of(self.post("/m").form(&fields)).await.page(200)
    }

    /// A tap on a button of a link's page, with what the page has in hidden fields beside it.
    pub async fn tap(&self, link: &Link, fields: &[(&str, &str)]) -> Answer {
        let page = self.open(link).await.text();
        let shown = hidden(&page, "shown");
        let mut fields = fields.to_vec();
        if let Some(shown) = &shown {
            fields.push(("shown", shown));
        }
        Answer::of(self.http.post(&link.0).form(&fields)).await
    }
}

/// The value of a hidden field in a page of ours.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start)?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// A form that is filled in on the hosted page without JavaScript.
pub struct Hosted {
    pub form: String,
    /// The fields that the browser would post; tests change what they test.
    pub fields: Vec<(String, String)>,
}

impl Hosted {
    /// Opens the hosted page and fills it in, with every box ticked. The clock is turned as far as a person needs.
    pub async fn fill(jawort: &Jawort, form: &str, number: &str) -> Self {
        Self::fill_from(jawort, form, "", number).await
    }

    /// The same by a link that says more.
    pub async fn fill_from(jawort: &Jawort, form: &str, query: &str, number: &str) -> Self {
        let page = Answer::of(jawort.get(&format!("/f/{form}?lang=de&{query}"))).await.page(200);
        let kept = ["version", "disclosure", "lang", "boxes", "stamp", "campaign", "reference"];
        let mut fields: Vec<_> = kept
            .iter()
            .map(|name| ((*name).to_owned(), hidden(&page, name).unwrap_or_else(|| panic!("no {name}: {page}"))))
            .collect();
        fields.push(("number".to_owned(), typed(number)));
        fields.push(("website".to_owned(), String::new()));
        for purpose in ["booking", "marketing"] {
            if page.contains(&format!("value=\"{purpose}\"")) {
                fields.push(("purpose".to_owned(), purpose.to_owned()));
            }
        }
        if page.contains("name=\"age_confirmed\"") {
            fields.push(("age_confirmed".to_owned(), "yes".to_owned()));
        }
        jawort.turn(4).await;
        Self { form: form.to_owned(), fields }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(field, _)| field == name).expect("such a field");
        field.1 = value.to_owned();
        self
    }

    /// A field left out, as a browser does with a box that is not ticked.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }

    /// Posts it, as a browser does from the hosted page.
    pub async fn post(&self, jawort: &Jawort) -> Answer {
        self.post_from(jawort, &[("origin", jawort.url()), ("sec-fetch-site", "same-origin")]).await
    }

    pub async fn post_from(&self, jawort: &Jawort, headers: &[(&str, &str)]) -> Answer {
        let mut post = jawort.post(&format!("/f/{}", self.form)).form(&self.fields);
        for (name, value) in headers {
            post = post.header(*name, *value);
        }
        Answer::of(post).await
    }
}
