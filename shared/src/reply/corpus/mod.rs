//! Replies with what they mean, and how many of them are read so. The tests hold the figures; `cargo run -p shared
//! --example replies` prints them.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use super::{Reply, Stop, Topic, Vocabulary, read};

/// The replies, a line each.
pub const FILES: [(&str, &str); 8] = [
    ("replies", include_str!("replies.jsonl")),
    ("held_out", include_str!("held_out.jsonl")),
    ("held_out_2", include_str!("held_out_2.jsonl")),
    ("held_out_3", include_str!("held_out_3.jsonl")),
    ("held_out_4", include_str!("held_out_4.jsonl")),
    ("held_out_5", include_str!("held_out_5.jsonl")),
    ("held_out_6", include_str!("held_out_6.jsonl")),
    ("held_out_7", include_str!("held_out_7.jsonl")),
];

/// A reply to a shop called Blattwerk, which advertises plants and reminds of appointments; its keyword is FARN.
#[derive(Deserialize)]
pub struct Sample {
    pub id: String,
    pub lang: String,
    pub text: String,
    /// What it means, …
    want: String,
    /// … what else does, …
    also_ok: Vec<String>,
    /// … and what would be a fault.
    never: Vec<String>,
}

/// How a reply was read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Right,
    Miss,
    Fault,
}

pub fn samples(file: &str) -> Vec<Sample> {
    file.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

impl Sample {
    /// What it is read as, in the words of the file.
    pub fn said(&self) -> &'static str {
        let (marketing, booking) = ("marketing".parse().unwrap(), "booking".parse().unwrap());
        let topic = |id, advertises, names: &[&'static str]| Topic { id, advertises, names: names.to_vec() };
        let vocabulary = Vocabulary {
            topics: vec![
                topic(&marketing, true, &["Angebote zu Pflanzen", "offers on plants"]),
                topic(&booking, false, &["Terminerinnerungen", "appointment reminders"]),
            ],
            keywords: vec!["FARN"],
        };
        match read(&self.text, &vocabulary) {
            Reply::Yes { .. } => "yes",
            Reply::No { .. } => "no",
            Reply::Stop(Stop::Everything) => "stop_all",
            Reply::Stop(Stop::Purposes(ids)) if ids.contains(&booking) => "stop_all",
            Reply::Stop(Stop::Advertising | Stop::Purposes(_)) => "stop_ads",
            Reply::Object => "object",
            Reply::Erase => "erase",
            Reply::Access => "access",
            Reply::Start => "start",
            Reply::Help | Reply::Info => "help",
            Reply::WrongNumber => "wrong_number",
            Reply::Keyword(_) => "keyword",
            Reply::Ignore => "ignore",
            Reply::Unclear(_) => "unclear",
        }
    }

    pub fn verdict(&self, said: &str) -> Verdict {
        if self.want == said || self.also_ok.iter().any(|it| it == said) {
            Verdict::Right
        } else if self.never.iter().any(|it| it == said) {
            Verdict::Fault
        } else {
            Verdict::Miss
        }
    }
}

/// How a file's replies are read.
#[derive(Default)]
pub struct Score {
    pub all: usize,
    pub right: usize,
    pub faults: Vec<String>,
    pub misses: Vec<String>,
    /// How many of a meaning are read as another.
    confusion: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// Right and all, by language.
    languages: BTreeMap<String, (usize, usize)>,
}

impl Score {
    pub fn of(file: &str) -> Self {
        let mut score = Self::default();
        for sample in samples(file) {
            let said = sample.said();
            let verdict = sample.verdict(said);
            let line = format!("{} {} wants {}, reads {said}: {:?}", sample.id, sample.lang, sample.want, sample.text);
            match verdict {
                Verdict::Right => score.right += 1,
                Verdict::Miss => score.misses.push(line),
                Verdict::Fault => score.faults.push(line),
            }
            score.all += 1;
            *score.confusion.entry(sample.want).or_default().entry(said).or_default() += 1;
            let (right, all) = score.languages.entry(sample.lang).or_default();
            *right += usize::from(verdict == Verdict::Right);
            *all += 1;
        }
        score
    }

    /// In tenths of a percent.
    pub fn permille(&self) -> usize {
        self.right * 1000 / self.all.max(1)
    }

    /// The table of confusion, by meaning and by language.
    pub fn table(&self) -> String {
        let mut said: Vec<&str> = self.confusion.values().flat_map(BTreeMap::keys).copied().collect();
        said.sort_unstable();
        said.dedup();
        let mut out = format!("{:13}", "wants \\ reads");
        for said in &said {
            let _ = write!(out, "{said:>13}");
        }
        for (want, row) in &self.confusion {
            let _ = write!(out, "\n{want:13}");
            for said in &said {
                let count = row.get(said).map_or("·".to_owned(), ToString::to_string);
                let _ = write!(out, "{count:>13}");
            }
        }
        let _ = writeln!(out);
        for (lang, (right, all)) in &self.languages {
            let _ = write!(out, "{lang} {right}/{all}  ");
        }
        let _ = writeln!(
            out,
            "\n{} of {} right ({}.{} %), {} faults",
            self.right,
            self.all,
            self.permille() / 10,
            self.permille() % 10,
            self.faults.len()
        );
        out
    }
}
