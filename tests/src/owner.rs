//! What an owner asks and orders.

use reqwest::Method;
use serde::Serialize;
use serde_json::{Value, json};
use shared::{evidence, key_ring::KeyRing};

use crate::{Answer, Jawort, eventually};

impl Jawort {
    pub fn owner_token(&self) -> &str {
        self.secrets.owner_token()
    }

    pub async fn owner(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.request(method, path).bearer_auth(self.secrets.owner_token());
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::of(request).await
    }

    /// A POST of the owner's under an idempotency key.
    pub async fn owner_with_key(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.post(path).bearer_auth(self.secrets.owner_token()).header("idempotency-key", key);
        Answer::of(request.json(body)).await
    }

    pub fn settings(&self) -> Value {
        demo::publish::settings(&self.places()).expect("settings")
    }

    /// The demo's draft of a form, without hours of rest: tests run at night, too.
    pub fn draft(&self, form: &str) -> Value {
        let mut draft = demo::publish::form(form, &self.places()).expect("a draft");
        draft["quiet_hours"] = json!({ "from": "00:00", "until": "00:00" });
        draft
    }

    /// Publishes the demo's settings and forms.
    pub async fn publish(&self) {
        self.put_settings(|_| {}).await;
    }

    /// Publishes the demo's forms, with the settings that are in force.
    pub async fn publish_forms(&self) {
        for form in ["newsletter", "shop"] {
            self.put_form(form, |_| {}).await;
        }
    }

    /// Puts the demo's settings with a change; forms stay as they were published.
    pub async fn try_settings(&self, change: impl FnOnce(&mut Value)) -> Answer {
        let mut settings = self.settings();
        change(&mut settings);
        self.owner(Method::PUT, "/v1/settings", Some(settings)).await
    }

    /// Puts the demo's settings with a change, and all forms anew: they hold the sender as it was when they were
    /// published.
    pub async fn put_settings(&self, change: impl FnOnce(&mut Value)) {
        self.try_settings(change).await.expect(200);
        self.publish_forms().await;
    }

    /// Declares a purpose like the first one, with another frequency.
    pub async fn declare(&self, purpose: &str, frequency: Value) {
        self.put_settings(|settings| {
            let mut new = settings["purposes"][0].clone();
            new["id"] = purpose.into();
            new["frequency"] = frequency;
            settings["purposes"].as_array_mut().expect("purposes").push(new);
        })
        .await;
    }

    /// Publishes a form of the demo's with a change.
    pub async fn try_form(&self, form: &str, change: impl FnOnce(&mut Value)) -> Answer {
        let mut draft = self.draft(form);
        change(&mut draft);
        self.owner(Method::PUT, &format!("/v1/forms/{form}"), Some(draft)).await
    }

    /// The same, where nothing may be wrong with it.
    pub async fn put_form(&self, form: &str, change: impl FnOnce(&mut Value)) {
        self.try_form(form, change).await.expect(200);
    }

    /// Asks, as the owner, whether an SMS may be sent.
    pub async fn check(&self, number: &str, purpose: &str) -> Value {
        let asked = json!({ "number": number, "purpose": purpose });
        self.owner(Method::POST, "/v1/check", Some(asked)).await.expect(200).json()
    }

    /// Why none may be sent; `allowed` where one may.
    pub async fn standing(&self, number: &str, purpose: &str) -> String {
        let check = self.check(number, purpose).await;
        match check["allowed"].as_bool() {
            Some(true) => "allowed".to_owned(),
            _ => check["reason"].as_str().expect("a reason").to_owned(),
        }
    }

    /// Sends a text, as the owner.
    pub async fn message(&self, number: &str, purpose: &str, text: &str) -> Answer {
        let message = json!({ "number": number, "purpose": purpose, "text": text });
        self.owner(Method::POST, "/v1/messages", Some(message)).await
    }

    /// Sends a text that must be taken, and gives its id.
    pub async fn order(&self, number: &str, purpose: &str, text: &str) -> String {
        let accepted = self.message(number, purpose, text).await.expect(202).json();
        accepted["id"].as_str().expect("an id").to_owned()
    }

    pub async fn life(&self, id: &str) -> Value {
        self.owner(Method::GET, &format!("/v1/messages/{id}"), None).await.expect(200).json()
    }

    /// Waits until a message has come so far.
    pub async fn reaches(&self, id: &str, state: &str) -> Value {
        eventually(state, || async {
            let life = self.life(id).await;
            (life["state"] == state).then_some(life)
        })
        .await
    }

    /// Turns the clock, and wakes the number's object as a platform's alarm would.
    pub async fn later(&self, number: &str, seconds: u64) {
        self.turn(seconds).await;
        self.check(number, "marketing").await;
    }

    /// Everything about a number, as the owner sees it.
    pub async fn overview(&self, number: &str) -> Value {
        let asked = json!({ "number": number });
        let subject = self.owner(Method::POST, "/v1/subjects", Some(asked)).await.expect(200).json();
        let subject = subject["subject"].as_str().expect("a subject").to_owned();
        self.owner(Method::GET, &format!("/v1/subjects/{subject}"), None).await.expect(200).json()
    }

    /// Waits until the SMS of the one request that waits has left: nobody answers it before.
    pub async fn waits_for_a_yes(&self, number: &str) {
        eventually("the request's SMS", || async {
            let overview = self.overview(number).await;
            ["sent", "delivered"].iter().any(|state| overview["pending"][0]["sms"] == *state).then_some(())
        })
        .await;
    }

    /// Looks that the edge knows nothing of a number and has sent it nothing.
    pub async fn knows_nothing_of(&self, number: &str) {
        let overview = self.overview(number).await;
        assert_eq!(overview["pending"], json!([]), "{overview}");
        assert_eq!(overview["states"], json!([]), "{overview}");
        assert_eq!(self.inbox(number).await, []);
    }

    /// The keys that open copies of consents.
    ///
    /// # Panics
    /// When they can't be read.
    pub fn export_keys(&self) -> KeyRing {
        KeyRing::parse(&self.secrets.vars()["JAWORT_EXPORT_KEYS"]).expect("keys")
    }

    /// The chain of a number's purpose, checked with the public keys alone.
    ///
    /// # Panics
    /// When it doesn't hold.
    pub async fn chain(&self, number: &str, purpose: &str) -> Vec<evidence::SignedEvent> {
        serde_json::from_value(self.chain_of_any_build(number, purpose).await.into()).expect("events of today's kinds")
    }

    /// The same, with what earlier builds wrote in it.
    ///
    /// # Panics
    /// When it doesn't hold.
    pub async fn chain_of_any_build(&self, number: &str, purpose: &str) -> Vec<Value> {
        let events: Vec<Value> = serde_json::from_value(self.overview(number).await["events"].take()).expect("events");
        let chain: Vec<_> = events.into_iter().filter(|event| event["purpose"] == purpose).collect();
        evidence::verify(&chain, &self.public_keys()).expect("the chain holds");
        chain
    }

    /// # Panics
    /// When they can't be read.
    pub fn public_keys(&self) -> evidence::PublicKeys {
        evidence::PublicKeys::of(&KeyRing::parse(&self.secrets.vars()["JAWORT_SIGN_KEYS"]).expect("keys"))
    }

    /// Fills the pool of a purpose's rewards; gives what the answer says of the pool.
    pub async fn add_codes(&self, purpose: &str, codes: &[impl Serialize]) -> Value {
        let codes = json!({ "codes": codes });
        self.owner(Method::POST, &format!("/v1/rewards/{purpose}"), Some(codes)).await.expect(200).json()
    }

    /// How the webhook named `shop` fares. Asking also wakes up whoever slept while the clock was turned.
    pub async fn webhook_health(&self) -> Value {
        self.owner(Method::GET, "/v1/webhooks/shop", None).await.expect(200).json()
    }
}
