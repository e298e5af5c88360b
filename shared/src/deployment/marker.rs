//! What deploys have noted of themselves, and how it is compared.
//!
//! Each jurisdiction has a key of its own in KV, so that a deploy in a wrong one, at a place where KV has not heard of
//! the right one's marker yet, overwrites nothing: once both show, the older one counts. The registry keeps the marker
//! too. It never lags, and in a wrong jurisdiction it is empty, which is itself a sign.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Configuration, DeployFault, DeployTrouble, Jurisdiction, Origin};
use crate::{
    hex,
    key_ring::{Key, KeyRing},
    time::Timestamp,
};

/// Tells one key from another, and nothing of it: the start of a MAC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    pub fn of(key: &Key) -> Self {
        let mac = key.mac(&[b"fingerprint"]);
        Self(hex::write(mac.first_chunk::<8>().unwrap_or(&[0; 8])))
    }
}

/// What this deploy is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Here {
    pub configuration: Configuration,
    generations: Generations,
}

/// The secrets without which people are not found, or nothing that is stored can be opened.
#[derive(Clone, Copy)]
pub struct Rings<'a> {
    pub index: &'a KeyRing,
    pub seal: &'a KeyRing,
    pub export: &'a KeyRing,
}

/// The generations of these secrets that are in use: what is only known yet names nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generations {
    pub index: BTreeMap<u8, Fingerprint>,
    pub seal: BTreeMap<u8, Fingerprint>,
    pub export: BTreeMap<u8, Fingerprint>,
}

impl Generations {
    fn of(rings: Rings) -> Self {
        let used = |ring: &KeyRing| ring.used().map(|(generation, key)| (generation, Fingerprint::of(key))).collect();
        Self { index: used(rings.index), seal: used(rings.seal), export: used(rings.export) }
    }

    /// Each with the secret's name, and what is lost without a generation of it.
    fn each(&self) -> [(&'static str, &'static str, &BTreeMap<u8, Fingerprint>); 3] {
        [
            ("JAWORT_INDEX_KEYS", "people are stored", &self.index),
            ("JAWORT_SEAL_KEYS", "what is stored of people is sealed", &self.seal),
            ("JAWORT_EXPORT_KEYS", "consents in KV are sealed", &self.export),
        ]
    }

    fn extend(&mut self, new: Self) {
        for (ours, new) in [(&mut self.index, new.index), (&mut self.seal, new.seal), (&mut self.export, new.export)] {
            for (generation, fingerprint) in new {
                ours.entry(generation).or_insert(fingerprint);
            }
        }
    }
}

impl Here {
    pub fn new(configuration: Configuration, rings: Rings) -> Self {
        Self { configuration, generations: Generations::of(rings) }
    }

    /// The part that is noted.
    pub fn noted(&self, now: Timestamp) -> Marker {
        let origin = &self.configuration.origin;
        let origins = (!origin.is_local()).then(|| origin.clone());
        Marker { since: now, origins: origins.into_iter().collect(), generations: self.generations.clone() }
    }
}

/// What all deploys in one jurisdiction have been so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// Since when there is one.
    pub since: Timestamp,
    /// Where they answered: SMS link there.
    pub origins: BTreeSet<Origin>,
    /// The generations of secrets that were ever in use.
    pub generations: Generations,
}

impl Marker {
    /// What was noted, with what this deploy adds to it. Nothing is ever taken out.
    pub fn with(mut self, new: Self) -> Self {
        self.since = self.since.min(new.since);
        self.origins.extend(new.origins);
        self.generations.extend(new.generations);
        self
    }

    /// Why a deploy with these generations must not act: it would not find who is stored under another, or not be able
    /// to read it.
    fn refuses(&self, here: &Generations) -> Option<DeployTrouble> {
        self.generations.each().into_iter().zip(here.each()).find_map(|((secret, what, noted), (.., ours))| {
            noted.iter().find_map(|(generation, fingerprint)| match ours.get(generation) {
                Some(ours) if ours == fingerprint => None,
                Some(_) => Some(DeployFault::ChangedGeneration.because(format!(
                    "Generation {generation} of {secret} is another key than the one under which {what}. Put back the \
                     secret from the recovery sheet; `cargo run -- rotate` adds a key without replacing one."
                ))),
                None => Some(DeployFault::MissingGeneration.because(format!(
                    "Generation {generation} of {secret} is missing, or marked (next), and {what} under it. Put back the \
                     secret from the recovery sheet, with all its generations."
                ))),
            })
        })
    }

    /// What the owner should know of a deploy that may act.
    fn warnings(&self, here: &Configuration) -> Vec<DeployTrouble> {
        let named = |origin: &&Origin| **origin == here.origin || here.former_origins.contains(origin);
        let forgotten = self.origins.iter().filter(|origin| !named(origin));
        let warning = |origin: &Origin| {
            DeployFault::FormerOrigin.because(format!(
                "SMS that were sent link to {origin}, and now the edge calls itself {}. Let the old host go on leading to \
                 the edge, for ever, and say so: write it into JAWORT_FORMER_ORIGINS.",
                here.origin
            ))
        };
        forgotten.map(warning).collect()
    }
}

/// A marker that KV has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub jurisdiction: Jurisdiction,
    /// Nothing where a newer build wrote it, which was rolled back: that there is one says enough.
    pub marker: Option<Marker>,
}

/// What is known by KV alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on with what was; nothing is new.
    GoesOn(Vec<DeployTrouble>),
    /// The registry has to be asked, and told.
    AskRegistry,
    Refused(DeployTrouble),
}

/// What decides whether a registry without a marker is at its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// Whether KV holds published settings; nothing where it could not be asked.
    pub published_in_kv: Option<bool>,
    /// Whether the registry has any.
    pub published_here: bool,
}

impl Here {
    pub fn judge(&self, found: &[Found]) -> Verdict {
        let ours = self.configuration.jurisdiction;
        let (own, others): (Vec<_>, Vec<_>) = found.iter().partition(|found| found.jurisdiction == ours);
        let own = own.first();
        let since = |found: &Found| found.marker.as_ref().map(|marker| marker.since);
        // Of two, the older one is where people are.
        let older =
            others.iter().find(|other| own.is_none_or(|own| since(other) < since(own) && since(other).is_some()));
        if let Some(other) = older {
            return Verdict::Refused(self.elsewhere(other.jurisdiction));
        }
        let Some(own) = own else {
            return Verdict::AskRegistry;
        };
        let Some(marker) = &own.marker else {
            return Verdict::GoesOn(Vec::new());
        };
        match marker.refuses(&self.generations) {
            Some(trouble) => Verdict::Refused(trouble),
            None if marker.clone().with(self.noted(marker.since)) == *marker => {
                Verdict::GoesOn(marker.warnings(&self.configuration))
            }
            None => Verdict::AskRegistry,
        }
    }

    fn elsewhere(&self, other: Jurisdiction) -> DeployTrouble {
        let ours = self.configuration.jurisdiction;
        DeployFault::AnotherJurisdiction.because(format!(
            "This deploy says JAWORT_JURISDICTION = \"{ours}\", and everybody is stored in \"{other}\", where it was first \
             deployed: here nobody ever said STOP. Write \"{other}\" and deploy again. To begin anew without what is \
             stored, give this deploy two new KV namespaces."
        ))
    }

    /// What the registry keeps from now on, whose marker so far is `before`.
    ///
    /// # Errors
    /// Why nothing is noted, and this deploy must not act.
    pub fn join(&self, before: Option<Marker>, world: World, now: Timestamp) -> Result<Marker, DeployTrouble> {
        let Some(before) = before else {
            return match world {
                // Stored before there were markers.
                World { published_here: true, .. } | World { published_in_kv: Some(false), .. } => Ok(self.noted(now)),
                World { published_in_kv: Some(true), .. } => Err(self.empty_world()),
                World { published_in_kv: None, .. } => Err(unsure()),
            };
        };
        match before.refuses(&self.generations) {
            Some(trouble) => Err(trouble),
            None => Ok(before.with(self.noted(now))),
        }
    }

    /// What the owner should know, by the registry's marker.
    pub fn warnings(&self, marker: &Marker) -> Vec<DeployTrouble> {
        marker.warnings(&self.configuration)
    }

    fn empty_world(&self) -> DeployTrouble {
        DeployFault::EmptyWorld.because(format!(
            "KV has published settings, and in JAWORT_JURISDICTION = \"{}\" nothing is stored: everybody is in another \
             one. Write the one of the first deploy, and deploy again. Or the KV namespaces are those of another deploy.",
            self.configuration.jurisdiction
        ))
    }
}

/// The trouble of whoever could ask nobody.
pub fn unsure() -> DeployTrouble {
    DeployFault::Unsure.because(
        "Neither KV nor the registry can say whether this deploy goes on with what is stored. It is asked again within \
         seconds.",
    )
}
