//! An SMS provider on this machine that speaks as Twilio does, and fails as it is told.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha1::Sha1;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{Answer, Jawort, Link, Sms, edge::SENDER, eventually};

pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub const AUTH_TOKEN: &str = "a token of tests";

/// What the provider does with the next SMS.
#[derive(Clone, Debug)]
pub enum Behaviour {
    Take,
    /// Doesn't, with that HTTP status and error code.
    Refuse(u16, u32),
    /// Never answers, and doesn't take it.
    Hang,
    /// Takes it, and never answers.
    TakeAndHang,
    /// Takes it so much later, whoever still waits, and never answers.
    TakeLate(Duration),
    /// Answers what no provider answers.
    Garble,
}

/// An SMS that the provider took.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The provider's id.
    pub sid: String,
    pub from: String,
    pub to: String,
    pub text: String,
    /// Where delivery reports go, our reference within.
    pub callback: String,
    pub at: Instant,
}

impl Taken {
    /// The one link, which stands alone on its line.
    pub fn link(&self) -> Link {
        Sms { from: self.from.clone(), text: self.text.clone() }.link()
    }
}

/// What its list of messages says.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Listing {
    #[default]
    All,
    /// Nothing yet: it lags.
    Nothing,
    /// It can't be read.
    Broken,
}

#[derive(Default)]
struct Inner {
    listing: Listing,
    plan: VecDeque<Behaviour>,
    /// What it does beyond the plan; it takes SMS where nobody says.
    otherwise: Option<Behaviour>,
    calls: usize,
    taken: Vec<Taken>,
    /// What it lists as come in, the newest first.
    inbound: Vec<Value>,
}

type Shared = Arc<Mutex<Inner>>;

/// The provider; it stops when dropped.
pub struct Provider {
    url: String,
    inner: Shared,
    server: JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock(inner: &Shared) -> MutexGuard<'_, Inner> {
    inner.lock().expect("nobody panics with it")
}

async fn send(State(inner): State<Shared>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let field = move |name: &str| fields.iter().find(|(key, _)| key == name).map(|it| it.1.clone()).unwrap_or_default();
    let behaviour = {
        let mut inner = lock(&inner);
        inner.calls += 1;
        inner.plan.pop_front().or(inner.otherwise.clone()).unwrap_or(Behaviour::Take)
    };
    let take = move || {
        let mut inner = lock(&inner);
        let sid = format!("SM{:032x}", inner.taken.len() + 1);
        inner.taken.push(Taken {
            sid: sid.clone(),
            from: field("From"),
            to: field("To"),
            text: field("Body"),
            callback: field("StatusCallback"),
            at: Instant::now(),
        });
        (StatusCode::CREATED, Json(json!({ "sid": sid, "status": "queued" }))).into_response()
    };
    match behaviour {
        Behaviour::Take => take(),
        Behaviour::Refuse(status, code) => {
            let status = StatusCode::from_u16(status).expect("a status");
            (status, Json(json!({ "code": code, "message": "no", "status": status.as_u16() }))).into_response()
        }
        Behaviour::Hang => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::NO_CONTENT.into_response()
        }
        Behaviour::TakeAndHang => {
            let answer = take();
            tokio::time::sleep(Duration::from_secs(60)).await;
            answer
        }
        Behaviour::TakeLate(after) => {
            tokio::spawn(async move {
                tokio::time::sleep(after).await;
                take()
            });
            std::future::pending().await
        }
        Behaviour::Garble => (StatusCode::OK, "<html>").into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Wanted {
    #[serde(rename = "To")]
    to: String,
    #[serde(rename = "PageSize", default)]
    size: usize,
    #[serde(rename = "Page", default)]
    page: usize,
}

async fn list(State(inner): State<Shared>, Query(wanted): Query<Wanted>) -> Response {
    match lock(&inner).listing {
        Listing::All => {}
        Listing::Nothing => return Json(json!({ "messages": [] })).into_response(),
        Listing::Broken => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
    // A test's edge may be far ahead of this machine's time.
    let created = "Tue, 31 Dec 2999 12:00:00 +0000";
    let sent: Vec<_> = lock(&inner)
        .taken
        .iter()
        .filter(|sms| sms.to == wanted.to)
        .map(|sms| {
            json!({
                "sid": sms.sid, "to": sms.to, "body": sms.text, "direction": "outbound-api", "date_created": created,
            })
        })
        .collect();
    let came_in: Vec<_> = lock(&inner).inbound.iter().filter(|sms| sms["to"] == wanted.to).cloned().collect();
    let all = [sent, came_in].concat();
    let messages: Vec<_> = all.iter().skip(wanted.page * wanted.size).take(wanted.size).collect();
    let next = (all.len() > (wanted.page + 1) * wanted.size).then(|| {
        let to = wanted.to.replace('+', "%2B");
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
        format!("{path}?To={to}&PageSize={}&Page={}&PageToken=PA1", wanted.size, wanted.page + 1)
    });
    Json(json!({ "messages": messages, "next_page_uri": next })).into_response()
}

impl Provider {
    /// What an edge needs to use it as the gateway `twilio`.
    pub const VAR: (&str, &str) = ("JAWORT_TWILIO_AUTH_TOKEN", AUTH_TOKEN);

    pub async fn start() -> Self {
        let inner = Shared::default();
        let path = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages.json");
        let app = Router::new().route(&path, post(send).get(list)).with_state(inner.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async { axum::serve(listener, app).await.expect("a server") });
        Self { url, inner, server }
    }

    /// The gateway as the settings declare it.
    pub fn gateway(&self, id: &str) -> Value {
        json!({ "kind": "twilio", "id": id, "processor": "Twilio", "account_sid": ACCOUNT, "base_url": self.url })
    }

    /// An edge whose sender uses this provider.
    pub async fn edge(&self) -> Jawort {
        let jawort = Jawort::start_with(&[Self::VAR]).await;
        jawort.put_settings(|settings| self.serve(settings)).await;
        jawort
    }

    /// Lets the demo's sender use this provider.
    pub fn serve(&self, settings: &mut Value) {
        settings["gateways"] = json!([self.gateway("twilio")]);
        settings["senders"][0]["gateway"] = json!("twilio");
        let processors = settings["processors"].as_array_mut().expect("processors");
        processors.push(json!({
            "name": "Twilio", "role": "SMS", "agreement_date": "2026-01-15", "agreement_version": "1",
        }));
    }

    /// What to do with every SMS from now on that is not planned for.
    pub fn does(&self, behaviour: Behaviour) {
        lock(&self.inner).otherwise = Some(behaviour);
    }

    /// What to do with the next SMS, one after the other; after that all are taken.
    pub fn plan(&self, plan: impl IntoIterator<Item = Behaviour>) {
        lock(&self.inner).plan = plan.into_iter().collect();
    }

    /// Lets its list of messages lag, or not.
    pub fn lists(&self, all: bool) {
        lock(&self.inner).listing = if all { Listing::All } else { Listing::Nothing };
    }

    /// Lets its list of messages be out of order.
    pub fn breaks_list(&self) {
        lock(&self.inner).listing = Listing::Broken;
    }

    /// Lets its list show an SMS that came in at the demo's sender so many seconds from now, as its clock goes.
    pub fn lists_inbound(&self, sid: &str, from: &str, text: &str, ahead: i64) {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs();
        let at = chrono::DateTime::from_timestamp(i64::try_from(since_1970).expect("a time") + ahead, 0);
        let sms = json!({
            "sid": sid, "from": from, "to": SENDER, "body": text, "direction": "inbound", "status": "received",
            "date_sent": at.expect("a time").to_rfc2822(),
        });
        lock(&self.inner).inbound.insert(0, sms);
    }

    /// How often it was asked to send.
    pub fn calls(&self) -> usize {
        lock(&self.inner).calls
    }

    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.inner).taken.clone()
    }

    /// What it took for one number, the oldest first.
    pub fn taken_for(&self, number: &str) -> Vec<Taken> {
        lock(&self.inner).taken.iter().filter(|sms| sms.to == number).cloned().collect()
    }

    /// Waits for the `count`th SMS, which must be the last one.
    pub async fn sms(&self, count: usize) -> Taken {
        eventually("the SMS", || async {
            let taken = self.taken();
            assert!(taken.len() <= count, "too many: {taken:?}");
            taken.get(count - 1).cloned()
        })
        .await
    }

    /// Goes all the way with an edge that sends by this provider: asks for the newsletter and says yes.
    pub async fn consent(&self, jawort: &Jawort, number: &str) -> Link {
        let before = self.taken().len();
        jawort.ask("newsletter", number).await;
        let link = self.sms(before + 1).await.link();
        jawort.tap(&link, &[("action", "confirm")]).await.page(200);
        link
    }

    /// Waits until it was asked so often.
    pub async fn asked(&self, calls: usize) {
        eventually("the call", || async { (self.calls() >= calls).then_some(()) }).await;
    }

    /// Waits so long that an SMS would have come, and looks that there are no more than `count`.
    pub async fn no_more_than(&self, count: usize) {
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(self.taken().len(), count, "{:?}", self.taken());
    }
}

/// Twilio's signature of a webhook (twilio.com/docs/usage/security), by this test's own hand.
pub fn signature(token: &str, url: &str, fields: &[(&str, &str)]) -> String {
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("any length");
    mac.update(url.as_bytes());
    for (name, value) in fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

impl Jawort {
    /// Posts a webhook of the provider's, signed.
    pub async fn post_signed(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let signed = signature(AUTH_TOKEN, &format!("{}{path}", self.url()), fields);
        Answer::of(self.post(path).header("x-twilio-signature", signed).form(fields)).await
    }

    /// The provider brings an SMS from a handset.
    pub async fn bring(&self, id: &str, number: &str, text: &str) -> Answer {
        let fields = [("MessageSid", id), ("From", number), ("To", SENDER), ("Body", text)];
        self.post_signed("/gateway/twilio/inbound", &fields).await
    }

    /// The provider reports what became of an SMS.
    pub async fn report(&self, sms: &Taken, state: &str, code: Option<&str>) -> Answer {
        let path = sms.callback.strip_prefix(self.url()).expect("an address of the edge's");
        let mut fields = vec![("MessageSid", sms.sid.as_str()), ("MessageStatus", state)];
        fields.extend(code.map(|code| ("ErrorCode", code)));
        self.post_signed(path, &fields).await
    }
}
