//! The secrets of an edge: made once, kept in a file that git ignores, printed for a drawer that outlives the machine.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write as _},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::{Context, Result, anyhow};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::key_ring::NEXT;

/// What a key ring is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyUse {
    /// Turns a phone number into the name of its record
    Index,
    /// Seals records at rest
    Seal,
    /// Seals the rows that exports read
    Export,
    /// Signs the evidence
    Sign,
}

impl KeyUse {
    /// The name of the edge's secret that holds the ring.
    pub fn variable(self) -> &'static str {
        match self {
            Self::Index => "JAWORT_INDEX_KEYS",
            Self::Seal => "JAWORT_SEAL_KEYS",
            Self::Export => "JAWORT_EXPORT_KEYS",
            Self::Sign => "JAWORT_SIGN_KEYS",
        }
    }

    fn loss(self) -> &'static str {
        match self {
            Self::Index => "Without it no number is found again: who said yes or STOP is unknown.",
            Self::Seal => "Without it the stored numbers and consents can't be read by anybody.",
            Self::Export => "Without it the exports of running consents can't be read.",
            Self::Sign => "Without it no new evidence can be signed under the published key.",
        }
    }
}

/// Generations of a key, `1:<base64 of 32 bytes>`, by commas; the last one is in use, unless it is a `2(next):…`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct KeyRing(String);

impl KeyRing {
    fn new() -> Result<Self> {
        Ok(Self(format!("1:{}", BASE64_STANDARD.encode(random()?))))
    }

    /// The index ring first gets to know a generation, and uses it the next time this is called.
    fn rotate(&mut self, key_use: KeyUse) -> Result<Rotated> {
        let last = self.0.rsplit(',').next().and_then(|it| it.split_once(':')).map(|(generation, _)| generation);
        let written = "a key ring must read 1:<base64>,2:<base64> and so on";
        let last = last.context(written)?;
        if let Some(generation) = last.strip_suffix(NEXT) {
            let generation = generation.parse().context(written)?;
            self.0 = self.0.replacen(NEXT, "", 1);
            return Ok(Rotated::InUse(generation));
        }
        let generation = last.parse::<u32>().ok().and_then(|it| it.checked_add(1)).context(written)?;
        let next = if key_use == KeyUse::Index { NEXT } else { "" };
        write!(self.0, ",{generation}{next}:{}", BASE64_STANDARD.encode(random()?))?;
        Ok(if key_use == KeyUse::Index { Rotated::Known(generation) } else { Rotated::InUse(generation) })
    }
}

/// What a rotation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotated {
    /// The ring knows this generation, and does not use it yet.
    Known(u32),
    InUse(u32),
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Secrets {
    owner_token: String,
    keys: BTreeMap<KeyUse, KeyRing>,
}

impl Secrets {
    /// Makes new secrets.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn generate() -> Result<Self> {
        let mut keys = BTreeMap::new();
        for key_use in KeyUse::value_variants() {
            keys.insert(*key_use, KeyRing::new()?);
        }
        Ok(Self { owner_token: BASE64_URL_SAFE_NO_PAD.encode(random()?), keys })
    }

    /// Reads the secrets in `file`, or makes them where there is none.
    ///
    /// # Errors
    /// When the file can't be read or written. A broken file is never replaced: all that was sealed would be lost.
    pub fn load_or_generate(file: &Path) -> Result<Self> {
        let text = match fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let secrets = Self::generate()?;
                secrets.save(file)?;
                return Ok(secrets);
            }
            text => text.with_context(|| format!("{} can't be read", file.display()))?,
        };
        let secrets: Self = serde_json::from_str(&text).map_err(|error| {
            anyhow!(
                "{} holds no secrets ({error}). Restore it from the recovery sheet; or remove it and run with --fresh, \
                 which also empties what the old secrets sealed",
                file.display()
            )
        })?;
        for key_use in KeyUse::value_variants() {
            secrets.keys.get(key_use).with_context(|| format!("{} lacks the {key_use:?} keys", file.display()))?;
        }
        Ok(secrets)
    }

    /// Writes the secrets so that only their owner reads them, and whole or not at all.
    ///
    /// # Errors
    /// When the file can't be written.
    pub fn save(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let new = file.with_extension("new");
        fs::remove_file(&new).ok();
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        out.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        out.sync_all()?;
        fs::rename(new, file).with_context(|| format!("{} can't be written", file.display()))
    }

    /// Adds a generation to a key ring. Older ones stay, for what they sealed or signed. One of the index ring is only
    /// known at first, so that no isolate uses it before all know it; the second call takes it into use.
    ///
    /// # Errors
    /// When the ring can't be read or the system has no randomness.
    pub fn rotate(&mut self, key_use: KeyUse) -> Result<Rotated> {
        self.keys.get_mut(&key_use).context("there is no such key ring")?.rotate(key_use)
    }

    /// The token for `Authorization: Bearer`.
    pub fn owner_token(&self) -> &str {
        &self.owner_token
    }

    /// The secrets by the names under which the edge expects them.
    pub fn vars(&self) -> BTreeMap<String, String> {
        let keys = self.keys.iter().map(|(key_use, ring)| (key_use.variable().to_owned(), ring.0.clone()));
        keys.chain([("JAWORT_OWNER_TOKEN".to_owned(), self.owner_token.clone())]).collect()
    }

    /// The secrets as a sheet of plain text to print and lock away.
    pub fn recovery_sheet(&self) -> String {
        let mut sheet = String::from(
            "JAWORT RECOVERY SHEET\n\n\
             Print this and lock it away. Who holds it can read every stored number and act as the owner.\n\
             Without it, a lost machine or account takes all evidence with it.\n\n\
             To restore on a machine: write the values into .jawort/secrets.json, in the form that a first\n\
             `cargo run` makes. To restore a deployed edge: in edge/, for each NAME below, run\n\
             `npx wrangler secret put NAME` and enter the value. Keep each value whole and in this order:\n\
             older generations still open what they sealed.\n\
             The check is the start of the value's SHA-256, to find typing errors.\n",
        );
        let token =
            ("JAWORT_OWNER_TOKEN", "The owner's token: may do everything. If lost, set a new one.", &self.owner_token);
        let keys = self.keys.iter().map(|(key_use, ring)| (key_use.variable(), key_use.loss(), &ring.0));
        for (name, purpose, value) in [token].into_iter().chain(keys) {
            let check: String = Sha256::digest(value).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
            sheet.push_str(&format!("\n{name}\n  {purpose}\n  check {check}\n"));
            for part in value.split(',') {
                sheet.push_str(&format!("  {part}\n"));
            }
        }
        sheet.push_str("\nA ring with several generations is one value: join its lines by commas, without spaces.\n");
        sheet
    }
}

fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system has no randomness: {error}"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_survive_the_file_and_nobody_else_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("jawort-secrets-{}", std::process::id()));
        let file = folder.join("secrets.json");
        let made = Secrets::load_or_generate(&file).unwrap();
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        let read = Secrets::load_or_generate(&file).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(made.vars(), read.vars());
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn rotating_appends_and_leaves_older_generations_alone() {
        let mut secrets = Secrets::generate().unwrap();
        let before = secrets.vars();
        assert_eq!(secrets.rotate(KeyUse::Seal).unwrap(), Rotated::InUse(2));
        let after = secrets.vars();
        let (old, new) = (&before["JAWORT_SEAL_KEYS"], &after["JAWORT_SEAL_KEYS"]);
        assert!(new.starts_with(&format!("{old},2:")));
        assert_eq!(before["JAWORT_SIGN_KEYS"], after["JAWORT_SIGN_KEYS"]);
    }

    #[test]
    fn an_index_key_is_known_before_it_is_used() {
        let mut secrets = Secrets::generate().unwrap();
        let ring = |secrets: &Secrets| secrets.vars()["JAWORT_INDEX_KEYS"].clone();
        let before = ring(&secrets);
        assert_eq!(secrets.rotate(KeyUse::Index).unwrap(), Rotated::Known(2));
        let known = ring(&secrets);
        assert!(known.starts_with(&format!("{before},2(next):")), "{known}");
        assert_eq!(secrets.rotate(KeyUse::Index).unwrap(), Rotated::InUse(2));
        assert_eq!(ring(&secrets), known.replace("(next)", ""));
        assert_eq!(secrets.rotate(KeyUse::Index).unwrap(), Rotated::Known(3));
    }

    #[test]
    fn broken_secrets_are_an_error_and_stay() {
        let file = std::env::temp_dir().join(format!("jawort-broken-{}.json", std::process::id()));
        fs::write(&file, "{}").unwrap();
        let error = Secrets::load_or_generate(&file).err().unwrap().to_string();
        let left = fs::read_to_string(&file).unwrap();
        fs::remove_file(&file).unwrap();
        assert!(error.contains("recovery sheet"), "{error}");
        assert_eq!(left, "{}");
    }

    #[test]
    fn the_recovery_sheet_holds_every_secret() {
        let mut secrets = Secrets::generate().unwrap();
        secrets.rotate(KeyUse::Index).unwrap();
        let sheet = secrets.recovery_sheet();
        for (name, value) in secrets.vars() {
            assert!(sheet.contains(&name));
            assert!(value.split(',').all(|part| sheet.contains(part)), "{name}");
        }
    }
}
