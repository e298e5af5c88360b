//! What the owner says of a deploy, in its configuration file.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{DeployFault, DeployTrouble};
use crate::address::{Reach, callable};

/// How strict a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Build {
    /// For a machine of one's own: any origin, and no jurisdiction means none.
    Local,
    Deploy,
}

/// Where the platform keeps the objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Jurisdiction {
    Eu,
    FedRamp,
    /// Wherever the platform likes: said outright, since silence may be an accident.
    None,
}

impl Jurisdiction {
    pub const ALL: [Self; 3] = [Self::Eu, Self::FedRamp, Self::None];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Eu => "eu",
            Self::FedRamp => "fedramp",
            Self::None => "none",
        }
    }

    /// The jurisdiction as the platform is told it; nothing for none.
    pub const fn on_the_platform(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            other => Some(other.name()),
        }
    }

    fn read(text: &str, build: Build) -> Result<Self, String> {
        const SAY: &str = "Write `JAWORT_JURISDICTION = \"eu\"` under [vars] to keep all data in the EU, \"fedramp\", or \
                           \"none\" for wherever the platform likes. It is fixed at the first deploy";
        match Self::ALL.into_iter().find(|it| it.name() == text) {
            Some(known) => Ok(known),
            None if text.is_empty() && build == Build::Local => Ok(Self::None),
            None if text.is_empty() => Err(format!("JAWORT_JURISDICTION is missing. {SAY}.")),
            None if is_placeholder(text) => Err(format!("JAWORT_JURISDICTION still holds its placeholder. {SAY}.")),
            None => Err(format!("There is no JAWORT_JURISDICTION `{text}`. {SAY}.")),
        }
    }
}

impl fmt::Display for Jurisdiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where the edge answers, such as `https://ja.example.de`: scheme and host, in small letters, without a slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origin(String);

impl Origin {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn read(name: &str, text: &str, build: Build) -> Result<Self, String> {
        let say =
            format!("Write `{name} = \"https://ja.example.de\"` under [vars], with the host that leads to the edge");
        if text.is_empty() {
            return Err(format!("{name} is missing. {say}: the links in SMS begin with it."));
        }
        if is_placeholder(text) {
            return Err(format!("{name} still holds its placeholder. {say}."));
        }
        let origin = text.strip_suffix('/').unwrap_or(text).to_ascii_lowercase();
        let (scheme, host) = origin.split_once("://").unwrap_or_default();
        if host.is_empty() || host.contains(['/', '?', '#']) {
            return Err(format!("{name} is `{text}`, and must be https:// and a host without a path. {say}."));
        }
        let checked = match build {
            Build::Local if scheme == "http" => Ok(()),
            Build::Local | Build::Deploy => callable(&origin, Reach::Internet),
        };
        checked.map_err(|why| format!("{name} is `{text}`. {why}"))?;
        Ok(Self(origin))
    }

    /// Whether it leads to this machine alone: no SMS that reached anybody links there.
    pub fn is_local(&self) -> bool {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        ["127.0.0.1", "localhost", "[::1]"].contains(&host)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As `edge/deploy.example.toml` has them.
pub fn is_placeholder(text: &str) -> bool {
    text.contains('<')
}

/// The variables of a deploy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    pub origin: Origin,
    pub jurisdiction: Jurisdiction,
    /// Where the edge answered before, and still has to: SMS link there.
    pub former_origins: Vec<Origin>,
}

impl Configuration {
    pub const ORIGIN: &'static str = "JAWORT_ORIGIN";
    pub const JURISDICTION: &'static str = "JAWORT_JURISDICTION";
    /// By commas.
    pub const FORMER_ORIGINS: &'static str = "JAWORT_FORMER_ORIGINS";

    /// Reads the variables by their names.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read(variable: impl Fn(&str) -> Option<String>, build: Build) -> Result<Self, Vec<DeployTrouble>> {
        let text = |name| variable(name).unwrap_or_default().trim().to_owned();
        let origin = Origin::read(Self::ORIGIN, &text(Self::ORIGIN), build);
        let jurisdiction = Jurisdiction::read(&text(Self::JURISDICTION), build);
        let former = text(Self::FORMER_ORIGINS);
        let former = former.split(',').map(str::trim).filter(|text| !text.is_empty());
        let former: Result<Vec<_>, _> = former.map(|text| Origin::read(Self::FORMER_ORIGINS, text, build)).collect();
        match (origin, jurisdiction, former) {
            (Ok(origin), Ok(jurisdiction), Ok(former_origins)) => Ok(Self { origin, jurisdiction, former_origins }),
            (origin, jurisdiction, former) => Err([
                origin.err().map(|why| DeployFault::Origin.because(why)),
                jurisdiction.err().map(|why| DeployFault::Jurisdiction.because(why)),
                former.err().map(|why| DeployFault::FormerOrigins.because(why)),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }
}
