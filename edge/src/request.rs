//! Reads requests: bodies within their limits, and where they come from.

use std::convert::Infallible;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use shared::{
    actor::Actor,
    lang::Lang,
    malformed::{self, Malformed},
    poster::{Poster, poster},
    query,
};
use subtle::ConstantTimeEq as _;

use crate::{platform::context::App, problem::Problem};

/// The most that a body may hold.
const MOST: usize = 16 * 1024;
/// The most that a list of the owner's may hold.
const MOST_OF_A_LIST: usize = 256 * 1024;

/// The most that a provider's webhook may hold.
pub const MOST_OF_AN_INBOUND_CALL: usize = 64 * 1024;

pub struct Json<T>(pub T);

/// A JSON body of the owner's that may be longer: [`Owner`] stands before it.
pub struct List<T>(pub T);

/// A JSON body, or none at all.
pub struct MaybeJson<T>(pub Option<T>);

/// An HTML form's body.
pub struct Form<T>(pub T);

/// The parameters of a call: those that `T` has and no others, each at most once.
pub struct Query<T>(pub T);

/// What is known of the parameters of a page's address; all else is left out.
pub struct PageQuery<T>(pub T);

/// A part of the path. One that is no text leads nowhere.
pub struct Path<T>(pub T);

/// The owner, by their token: the environment, and who calls.
pub struct Owner(pub App, pub Actor);

/// Who calls, as far as the platform and the browser say.
pub struct Caller {
    /// The network: IPv4 /24 or IPv6 /48. Limits count by it; no whole address is kept (L4).
    pub network: String,
    /// At most 300 characters.
    pub user_agent: String,
    /// The page's origin, if it isn't the edge's own.
    pub origin: Option<String>,
    /// Whose page posts.
    pub poster: Poster,
    /// `Accept-Language`, as it came.
    languages: String,
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn body(request: Request, wanted: &'static str, most: usize) -> Result<Vec<u8>, Problem> {
    let media_type = text(request.headers(), header::CONTENT_TYPE).unwrap_or_default();
    let media_type = media_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case(wanted) {
        return Err(Problem::MediaType(wanted));
    }
    whole(request, most).await
}

/// A whole body of at most so many bytes.
pub async fn whole(request: Request, most: usize) -> Result<Vec<u8>, Problem> {
    let length = text(request.headers(), header::CONTENT_LENGTH).and_then(|text| text.parse::<usize>().ok());
    if length.is_some_and(|length| length > most) {
        return Err(Problem::TooLarge(most));
    }
    let bytes = axum::body::to_bytes(request.into_body(), most).await.map_err(|_| Problem::TooLarge(most))?;
    Ok(bytes.into())
}

async fn json<T: DeserializeOwned>(request: Request, most: usize) -> Result<T, Problem> {
    let bytes = body(request, "application/json", most).await?;
    malformed::read(&bytes).map_err(|why| match why {
        Malformed::Body(why) => Problem::malformed(why),
        Malformed::Field(error) => Problem::Malformed { why: error.detail.clone(), errors: vec![error] },
    })
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        json(request, MOST).await.map(Self)
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for List<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        json(request, MOST_OF_A_LIST).await.map(Self)
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for MaybeJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if request.headers().contains_key(header::CONTENT_TYPE) {
            return json(request, MOST).await.map(|json| Self(Some(json)));
        }
        let bytes = whole(request, MOST).await?;
        if bytes.is_empty() { Ok(Self(None)) } else { Err(Problem::MediaType("application/json")) }
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequest<S> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = body(request, "application/x-www-form-urlencoded", MOST).await?;
        let text = std::str::from_utf8(&bytes).map_err(Problem::malformed)?;
        serde_html_form::from_str(text).map(Self).map_err(Problem::malformed)
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        query::strict(query).map(Self).map_err(|error| Problem::Fields(vec![error]))
    }
}

impl<T: DeserializeOwned + Default, S: Sync> FromRequestParts<S> for PageQuery<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(query::lenient(parts.uri.query().unwrap_or_default())))
    }
}

impl<T: DeserializeOwned + Send, S: Sync + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|_| Problem::NotFound)
    }
}

impl<S: Sync> FromRequestParts<S> for App {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().cloned().ok_or(Problem::Fault)
    }
}

impl<S: Sync> FromRequestParts<S> for Owner {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let app = App::from_request_parts(parts, state).await?;
        let token = text(&parts.headers, header::AUTHORIZATION)
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
            .map(|(_, token)| token.trim())
            .unwrap_or_default();
        // Hashes have one length, so that the comparison takes the same time for every wrong token.
        let same = Sha256::digest(token).ct_eq(&Sha256::digest(&app.secrets().owner_token));
        if bool::from(same) && !token.is_empty() { Ok(Self(app, Actor::owner())) } else { Err(Problem::Unauthorized) }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let own = parts.extensions.get::<App>().map(App::origin).unwrap_or_default();
        let owned = |name| text(headers, name).map(str::to_owned);
        Ok(Self {
            network: network(text(headers, "cf-connecting-ip").unwrap_or_default()),
            user_agent: owned("user-agent").unwrap_or_default().chars().take(300).collect(),
            origin: owned("origin").filter(|origin| origin != own),
            poster: poster(text(headers, "origin"), text(headers, "sec-fetch-site"), own),
            languages: owned("accept-language").unwrap_or_default(),
        })
    }
}

impl Caller {
    /// The asked language if a page has it, else the browser's.
    pub fn lang(&self, asked: Option<&str>, offered: &[Lang]) -> Option<Lang> {
        asked.and_then(Lang::from_tag).or_else(|| Lang::negotiate(&self.languages, offered))
    }
}

/// The part of an address that one subscriber or site has.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(std::net::IpAddr::V4(v4)) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Ok(std::net::IpAddr::V6(v6)) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        Err(_) => "unknown".to_owned(),
    }
}
