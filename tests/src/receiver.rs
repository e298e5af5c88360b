use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::eventually;

#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a body of JSON")
    }
}

/// What an owner's program answers.
#[derive(Clone, Debug)]
pub enum Reply {
    Status(u16),
    Redirect(String),
    /// Nothing, ever.
    Hang,
}

type Replies = Box<dyn Fn(&Received) -> Reply + Send>;

struct Inner {
    key: Webhook,
    received: Mutex<Vec<Received>>,
    replies: Mutex<Replies>,
}

/// An owner's program that webhooks are told to, on this machine; it stops when dropped. It answers 401 to whatever is
/// not signed with its key.
pub struct Receiver {
    inner: Arc<Inner>,
    url: String,
    server: JoinHandle<()>,
}

impl Receiver {
    /// The secret that its webhooks are signed with.
    pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// What an edge needs to tell it things as the webhook `shop`.
    pub const VAR: (&str, &str) = ("JAWORT_WEBHOOK_SHOP_SECRET", Self::SECRET);

    /// Starts one that answers 204.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start() -> Self {
        let inner = Arc::new(Inner {
            key: Webhook::new(Self::SECRET).expect("a key"),
            received: Mutex::default(),
            replies: Mutex::new(Box::new(|_| Reply::Status(204))),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
        let app = Router::new().fallback(answer).with_state(inner.clone());
        let server = tokio::spawn(async move {
            // It ends only by being aborted.
            axum::serve(listener, app).await.ok();
        });
        Self { inner, url, server }
    }

    /// The webhook as the settings declare it.
    pub fn webhook(&self) -> Value {
        json!({ "id": "shop", "url": self.url })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// Says what it answers from now on.
    pub fn replies(&self, replies: impl Fn(&Received) -> Reply + Send + 'static) {
        *self.inner.replies.lock().expect("nobody panicked") = Box::new(replies);
    }

    /// All that it got so far, signed by whom it knows.
    pub fn received(&self) -> Vec<Received> {
        self.inner.received.lock().expect("nobody panicked").clone()
    }

    /// What it got so far that names something, such as a subject.
    pub fn received_of(&self, part: &str) -> Vec<Received> {
        let all = self.inner.received.lock().expect("nobody panicked");
        all.iter().filter(|received| received.body.contains(part)).cloned().collect()
    }

    /// The ids of all that it got so far.
    pub fn ids(&self) -> Vec<String> {
        self.received().iter().map(|received| received.id().to_owned()).collect()
    }

    /// Waits until it has got so many.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        eventually("the webhook", || async {
            let received = self.received();
            (received.len() >= count).then_some(received)
        })
        .await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    let received = Received { headers, body: String::from_utf8_lossy(&body).into_owned() };
    // Not by `verify`, which knows only this machine's time, and tests turn the edge's.
    let time = received.header("webhook-timestamp").parse().unwrap_or_default();
    let signature = inner.key.sign(received.id(), time, &body).expect("a signature");
    if received.header("webhook-signature") != signature {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let reply = (inner.replies.lock().expect("nobody panicked"))(&received);
    inner.received.lock().expect("nobody panicked").push(received);
    match reply {
        Reply::Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Reply::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Reply::Hang => std::future::pending().await,
    }
}
