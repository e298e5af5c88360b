//! A provider's webhook, read by the descriptions that its gateway has or once had: a provider goes on calling an
//! address long after the settings have changed.

use axum::{
    extract::Request,
    http::{HeaderMap, Uri},
};
use shared::{
    gateway::{BadInbound, Gateway, InboundCall},
    ids::GatewayId,
    inbound::Described,
    settings::Settings,
};

use super::former;
use crate::{
    gateway::{Secrets, missing_secrets},
    platform::context::App,
    problem::Problem,
    request,
};

/// A webhook as it came.
pub struct Webhook {
    path: String,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

/// What a webhook brings, and by which description it was read.
pub struct Read<T> {
    pub gateway: Gateway,
    /// None where it is the provider's, and can't be read.
    pub found: Option<Vec<T>>,
    pub described: Described,
}

/// What came of it so far.
#[derive(Default)]
struct Tried {
    /// It is the provider's, and brings nothing of the kind that is asked for.
    empty: Option<Gateway>,
    unreadable: Option<Gateway>,
    stale: bool,
    /// Secrets that some description would need.
    missing: Vec<String>,
    /// Whether there is any description.
    known: bool,
}

impl Webhook {
    pub async fn of(uri: &Uri, request: Request) -> Result<Self, Problem> {
        let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let headers = request.headers().clone();
        let body = request::whole(request, request::MOST_OF_AN_INBOUND_CALL).await?.to_vec();
        Ok(Self { path, headers, body })
    }

    /// Reads it by what the gateway is; where that doesn't understand it, by what it was.
    ///
    /// # Errors
    /// There never was such a gateway, or nothing says that the webhook is its provider's.
    pub async fn read<T>(
        &self,
        app: &App,
        settings: &Settings,
        id: &GatewayId,
        read: impl Fn(&Gateway, &InboundCall, &Secrets) -> Result<Vec<T>, BadInbound>,
    ) -> Result<Read<T>, Problem> {
        let mut tried = Tried::default();
        if let Some(gateway) = settings.gateway(id) {
            let found = self.try_by(app, gateway, &read, &mut tried);
            // What is proven and brings nothing brings nothing: no description of before says otherwise.
            if found.is_some() || tried.empty.is_some() {
                let found = Some(found.unwrap_or_default());
                return Ok(Read { gateway: gateway.clone(), found, described: Described::Now });
            }
        }
        let mut former = match former::former(app.env()).await {
            // What is in force says enough to go on.
            Err(problem) if tried.known => {
                worker::console_error!("former gateways are not known: {}", problem.into_error());
                None
            }
            former => Some(former?),
        };
        while let Some(known) = former.take() {
            for gateway in known.gateways_of(id) {
                if let Some(found) = self.try_by(app, gateway, &read, &mut tried) {
                    let gateway = gateway.clone();
                    return Ok(Read { gateway, found: Some(found), described: Described::Before });
                }
            }
            if !tried.is_proven() {
                former = former::newest(app.env()).await.ok().flatten();
            }
        }
        tried.ends(id)
    }

    /// Some SMS or reports, if that description finds any.
    fn try_by<T>(
        &self,
        app: &App,
        gateway: &Gateway,
        read: impl Fn(&Gateway, &InboundCall, &Secrets) -> Result<Vec<T>, BadInbound>,
        tried: &mut Tried,
    ) -> Option<Vec<T>> {
        tried.known = true;
        let secrets = Secrets::of(app.env(), gateway.id());
        let header = |name: &str| self.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        // Some sign the address: after a move a provider may still have the old one, and a STOP must come in.
        for origin in app.origins() {
            let url = format!("{origin}{}", self.path);
            let call = InboundCall { url: &url, header: &header, body: &self.body, now: app.now() };
            match read(gateway, &call, &secrets) {
                Ok(found) if found.is_empty() => drop(tried.empty.get_or_insert_with(|| gateway.clone())),
                Ok(found) => return Some(found),
                Err(BadInbound::Malformed) => drop(tried.unreadable.get_or_insert_with(|| gateway.clone())),
                Err(BadInbound::Stale) => tried.stale = true,
                Err(BadInbound::Unsigned) => continue,
            }
            return None;
        }
        // Without its secret everybody could sign.
        let missing = missing_secrets(app.env(), gateway);
        tried.missing.extend(missing.into_iter().filter(|name| !tried.missing.contains(name)).collect::<Vec<_>>());
        None
    }
}

impl Tried {
    /// Whether it is the provider's.
    const fn is_proven(&self) -> bool {
        self.empty.is_some() || self.unreadable.is_some() || self.stale
    }

    fn ends<T>(self, id: &GatewayId) -> Result<Read<T>, Problem> {
        if let Some(gateway) = self.empty {
            return Ok(Read { gateway, found: Some(Vec::new()), described: Described::Before });
        }
        if let Some(gateway) = self.unreadable {
            return Ok(Read { gateway, found: None, described: Described::Before });
        }
        if self.stale {
            return Err(Problem::Inbound(BadInbound::Stale));
        }
        if !self.known {
            return Err(Problem::NotFound);
        }
        if self.missing.is_empty() {
            return Err(Problem::Inbound(BadInbound::Unsigned));
        }
        worker::console_error!("gateway {id}: a webhook can't be proven, {} missing", self.missing.join(", "));
        Err(Problem::MissingSecrets(self.missing))
    }
}
