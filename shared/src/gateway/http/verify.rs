use std::borrow::Cow;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use leon::Template;
use serde::{Deserialize, Serialize};

use super::super::{BadInbound, InboundCall, Secrets, signature};

/// How a webhook proves that it is the provider's. There is no way to go without: whoever could post a "STOP" could
/// post a "yes".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Verify {
    /// An HMAC in a header.
    Hmac {
        /// The name of the secret that is its key.
        secret: String,
        /// The header that it stands in.
        header: String,
        /// Its hash.
        algorithm: Algorithm,
        /// How it is written.
        encoding: SignatureEncoding,
        /// What stands before it, such as `sha256=`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        prefix: String,
        /// What is signed: a template of `{body}`, `{url}`, `{timestamp}`.
        #[serde(default = "body")]
        over: String,
        /// The header with the time, Unix seconds or milliseconds: older than five minutes is refused.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        timestamp_header: Option<String>,
    },
    /// A header that equals a secret.
    Header {
        /// The header.
        header: String,
        /// The secret's name.
        secret: String,
    },
    /// Basic authentication.
    Basic {
        /// The user.
        user: String,
        /// The name of the secret that is the password.
        secret: String,
    },
    /// A parameter of the address that equals a secret.
    Query {
        /// The parameter.
        parameter: String,
        /// The secret's name.
        secret: String,
    },
}

fn body() -> String {
    "{body}".to_owned()
}

/// The hash of an HMAC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How a signature is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignatureEncoding {
    /// Hexadecimal.
    Hex,
    /// Base64 with padding.
    Base64,
}

impl Verify {
    /// The name of its secret.
    pub(super) fn secret(&self) -> &str {
        match self {
            Self::Hmac { secret, .. }
            | Self::Header { secret, .. }
            | Self::Basic { secret, .. }
            | Self::Query { secret, .. } => secret,
        }
    }

    pub(super) fn check(&self, call: &InboundCall, secrets: &dyn Secrets) -> Result<(), BadInbound> {
        let secret = secrets.get(self.secret());
        let header = |name: &String| call.header(&name.to_ascii_lowercase());
        match self {
            Self::Hmac { header: name, algorithm, encoding, prefix, over, timestamp_header, .. } => {
                let given = header(name);
                let given = given.strip_prefix(prefix.as_str()).ok_or(BadInbound::Unsigned)?;
                let signature = match encoding {
                    SignatureEncoding::Hex => signature::from_hex(given)?,
                    SignatureEncoding::Base64 => signature::from_base64(given)?,
                };
                let time = timestamp_header.as_ref().map(header);
                let signed = signed(over, call, time.as_deref())?;
                let check = match algorithm {
                    Algorithm::Sha1 => signature::check::<sha1::Sha1>,
                    Algorithm::Sha256 => signature::check::<sha2::Sha256>,
                    Algorithm::Sha512 => signature::check::<sha2::Sha512>,
                };
                check(&secret, &[&signed], &signature)?;
                match time {
                    Some(time) => call.fresh(seconds(&time)?),
                    None => Ok(()),
                }
            }
            Self::Header { header: name, .. } => signature::same(&secret, &header(name)),
            Self::Basic { user, .. } if secret.is_empty() || user.is_empty() => Err(BadInbound::Unsigned),
            Self::Basic { user, .. } => {
                let expected = format!("Basic {}", STANDARD.encode(format!("{user}:{secret}")));
                signature::same(&expected, &call.header("authorization"))
            }
            Self::Query { parameter, .. } => signature::same(&secret, &call.query(parameter).unwrap_or_default()),
        }
    }
}

/// What is signed. A body that is no UTF-8 is taken as it is where it is all that is signed.
fn signed<'a>(over: &str, call: &InboundCall<'a>, time: Option<&str>) -> Result<Cow<'a, [u8]>, BadInbound> {
    if over == "{body}" {
        return Ok(Cow::Borrowed(call.body));
    }
    let body = std::str::from_utf8(call.body).map_err(|_| BadInbound::Unsigned)?;
    let values = [("body", body), ("url", call.url), ("timestamp", time.unwrap_or_default())];
    let template = Template::parse(over).map_err(|_| BadInbound::Unsigned)?;
    template.render(&values).map(|text| Cow::Owned(text.into_bytes())).map_err(|_| BadInbound::Unsigned)
}

/// Milliseconds have been more than this since 1973, seconds will be in the year 5138.
fn seconds(time: &str) -> Result<i64, BadInbound> {
    let time: i64 = time.parse().map_err(|_| BadInbound::Malformed)?;
    Ok(if time > 100_000_000_000 { time / 1000 } else { time })
}
