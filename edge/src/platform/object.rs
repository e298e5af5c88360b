//! Questions to Durable Objects.

use serde::{Serialize, de::DeserializeOwned};
use shared::backoff;
use worker::{
    Delay, Env, Headers, Method, Request, RequestInit, Response, Result, js_sys, wasm_bindgen::JsCast as _,
    wasm_bindgen::JsValue,
};

use super::{
    clock, configuration,
    faults::{self, Kind},
    meter::{self, Billed},
    secrets::random,
};

/// What an object is told or asked: a type of its own that names its reply, so that client and object can't disagree.
pub trait Question: Into<Self::Call> {
    type Reply: Serialize + DeserializeOwned;
    /// All that this object is told or asked.
    type Call: Serialize;
}

/// Declares the protocol of an object: commands change something, queries don't.
macro_rules! protocol {
    (
        commands { $( $(#[$cdoc:meta])* $command:ident { $( $(#[$cfdoc:meta])* $cfield:ident : $ctype:ty ),* $(,)? } -> $creply:ty; )* }
        queries { $( $(#[$qdoc:meta])* $query:ident { $( $(#[$qfdoc:meta])* $qfield:ident : $qtype:ty ),* $(,)? } -> $qreply:ty; )* }
    ) => {
        $( $(#[$cdoc])* #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $command { $( $(#[$cfdoc])* pub $cfield: $ctype ),* } )*
        $( $(#[$qdoc])* #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $query { $( $(#[$qfdoc])* pub $qfield: $qtype ),* } )*

        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum Command { $( $command($command) ),* }

        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum Query { $( $query($query) ),* }

        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum Call { Command(Command), Query(Query) }

        $( impl From<$command> for Call {
            fn from(command: $command) -> Self { Self::Command(Command::$command(command)) }
        }
        impl $crate::platform::object::Question for $command { type Reply = $creply; type Call = Call; } )*
        $( impl From<$query> for Call {
            fn from(query: $query) -> Self { Self::Query(Query::$query(query)) }
        }
        impl $crate::platform::object::Question for $query { type Reply = $qreply; type Call = Call; } )*
    };
}
pub(crate) use protocol;

#[derive(Clone, Copy)]
pub struct Address<'a> {
    pub env: &'a Env,
    /// The binding of its class, as in `wrangler.toml`.
    pub binding: &'a str,
    pub name: &'a str,
}

impl Address<'_> {
    pub async fn ask<Q: Question>(self, question: Q) -> Result<Q::Reply> {
        self.post::<Q::Call, Q::Reply>(&question.into()).await
    }

    /// Posts whatever both sides agree on. Where the platform says that it may be tried again, such as after a deploy
    /// has ended the object, it is: every question does the same once when it is asked twice, or has an id by which the
    /// second is known. What counts (limits, a gateway's turns) may count one too many.
    pub async fn post<M: Serialize, R: DeserializeOwned>(self, message: &M) -> Result<R> {
        let message = serde_json::to_string(message)?;
        let mut failures = 0;
        loop {
            match self.try_post(&message).await {
                Err(error) if failures + 1 < backoff::QUESTIONS && may_be_asked_again(&error) => {
                    failures += 1;
                    let [jitter] = random();
                    let pause = backoff::question(failures, jitter);
                    Delay::from(clock::until(clock::now() + pause)).await;
                }
                answer => return Ok(serde_json::from_str(&answer?)?),
            }
        }
    }

    /// By a stub of its own: one that has failed goes on failing.
    async fn try_post(self, message: &str) -> Result<String> {
        meter::count(Billed::ObjectRequest, 1);
        let stub = namespace(self.env, self.binding)?.id_from_name(self.name)?.get_stub()?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(Headers::new()).with_body(Some(JsValue::from_str(message)));
        let request = Request::new_with_init("https://object/", &init)?;
        let answer = async {
            let mut response = stub.fetch_with_request(request).await?;
            let text = response.text().await?;
            if response.status_code() == 200 { Ok(text) } else { Err(worker::Error::RustError(text)) }
        };
        faults::around(Kind::Question, self.binding, answer).await
    }
}

/// Whether the platform says so of what it threw. An object that has too much to do is not asked more.
fn may_be_asked_again(error: &worker::Error) -> bool {
    let thrown = error.to_js_value();
    let is = |name: &str| js_sys::Reflect::get(&thrown, &name.into()).is_ok_and(|value| value.as_bool() == Some(true));
    thrown.is_object() && is("retryable") && !is("overloaded")
}

/// Objects stay in the EU where the deploy says so; a local runtime can't. Nobody is asked without a valid word on it.
fn namespace(env: &Env, binding: &str) -> Result<worker::ObjectNamespace> {
    let configuration = configuration::of(env).map_err(|_| "a deploy without a jurisdiction")?;
    let namespace = env.durable_object(binding)?;
    match configuration.jurisdiction.on_the_platform() {
        Some(jurisdiction) => within(&namespace, jurisdiction),
        None => Ok(namespace),
    }
}

/// `namespace.jurisdiction(name)`, which the `worker` crate doesn't know yet.
fn within(namespace: &worker::ObjectNamespace, jurisdiction: &str) -> Result<worker::ObjectNamespace> {
    use worker::EnvBinding as _;
    let raw: &JsValue = namespace.as_ref();
    let method = js_sys::Reflect::get(raw, &"jurisdiction".into())?.dyn_into::<js_sys::Function>()?;
    worker::ObjectNamespace::get(method.call1(raw, &jurisdiction.into())?)
}

pub async fn read<C: DeserializeOwned>(request: &mut Request) -> Result<C> {
    Ok(serde_json::from_str(&request.text().await?)?)
}

/// The reply to a question, as it goes over the wire.
pub fn reply<Q: Question>(reply: Q::Reply) -> Result<String> {
    Ok(serde_json::to_string(&reply)?)
}

/// Hands a reply over. An error becomes a fault of ours at the caller's; it names no number.
pub fn respond(reply: Result<String>) -> Result<Response> {
    match reply {
        Ok(json) => Response::ok(json),
        Err(error) => Response::error(error.to_string(), 500),
    }
}
