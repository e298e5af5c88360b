//! One person, as the design has it.

use std::collections::BTreeMap;

use tests::{DAY, HOUR};

use super::step::{Kind, Step};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suppression {
    None,
    Until(u64),
    UntilAllowed,
}

#[derive(Clone, Debug)]
pub struct Pending {
    purposes: Vec<&'static str>,
    at: u64,
    by_handset: bool,
    /// SMS that were sent for it; none while it waits for a START.
    pub sent: u8,
    pub word: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Given,
    Stopped(u64),
}

/// One person, as the design has it.
#[derive(Debug)]
pub struct Person {
    pub standings: BTreeMap<&'static str, Standing>,
    sent: BTreeMap<&'static str, Vec<u64>>,
    pub pendings: BTreeMap<&'static str, Pending>,
    ended: Vec<u64>,
    suppression: Suppression,
    allowed_at: Option<u64>,
    confirmations: Vec<u64>,
    helps: Vec<u64>,
    told: Option<u64>,
    helped: Option<u64>,
    started: Option<u64>,
    /// Requests of web pages in a row that were not answered.
    unanswered: u8,
    ever_given: bool,
    /// When "that was the last one" was said, and which consents came after it.
    last_word: Option<u64>,
    acknowledged_at: Option<u64>,
    given_since: Vec<&'static str>,
}

fn purposes(form: &str) -> &'static [&'static str] {
    if form == "shop" { &["booking", "marketing"] } else { &["marketing"] }
}

fn lately(times: &[u64], now: u64) -> usize {
    times.iter().filter(|at| now < **at + DAY).count()
}

impl Person {
    pub fn new() -> Self {
        Self {
            standings: BTreeMap::new(),
            sent: BTreeMap::new(),
            pendings: BTreeMap::new(),
            ended: Vec::new(),
            suppression: Suppression::None,
            allowed_at: None,
            confirmations: Vec::new(),
            helps: Vec::new(),
            told: None,
            helped: None,
            started: None,
            unanswered: 0,
            ever_given: false,
            last_word: None,
            acknowledged_at: None,
            given_since: Vec::new(),
        }
    }

    pub fn given(&self, purpose: &str) -> bool {
        self.standings.get(purpose) == Some(&Standing::Given)
    }

    pub fn silent(&self, now: u64) -> bool {
        match self.suppression {
            Suppression::None => false,
            Suppression::Until(end) => now < end,
            Suppression::UntilAllowed => true,
        }
    }

    /// What time alone changes.
    pub fn pass(&mut self, now: u64) {
        let over: Vec<_> =
            self.pendings.iter().filter(|(_, it)| now >= it.at + 2 * DAY).map(|(form, _)| *form).collect();
        let mut ignored = None;
        for form in over {
            let pending = self.pendings.remove(form).expect("it waits");
            // What was never sent, nobody left unanswered.
            if pending.sent > 0 {
                self.ended.push(now);
                if !pending.by_handset {
                    self.unanswered += 1;
                    ignored = ignored.max(Some(pending.at + 2 * DAY));
                }
            }
        }
        if let Some(at) = ignored {
            self.leave_alone(at);
        }
        self.ended.retain(|at| now < *at + 30 * DAY);
        if self.unanswered < 2 && !self.ever_given && self.pendings.is_empty() && self.ended.is_empty() {
            self.unanswered = 0;
        }
    }

    /// After two requests that nobody answered, and after each further one.
    fn leave_alone(&mut self, from: u64) -> bool {
        let days = match self.unanswered {
            0 | 1 => return false,
            2 => 30,
            _ => 90,
        };
        self.suppress_until(from + days * DAY);
        true
    }

    fn suppress_until(&mut self, end: u64) {
        match self.suppression {
            Suppression::UntilAllowed => {}
            Suppression::Until(other) if other >= end => {}
            _ => self.suppression = Suppression::Until(end),
        }
    }

    /// Requests that the person was asked for.
    pub fn asked(&self) -> impl Iterator<Item = (&'static str, &Pending)> {
        self.pendings.iter().filter(|(_, pending)| pending.sent > 0).map(|(form, pending)| (*form, pending))
    }

    fn end(&mut self, form: &str, now: u64) {
        // Of what nobody was asked nothing is kept.
        if self.pendings.remove(form).is_some_and(|pending| pending.sent > 0) {
            self.ended.push(now);
        }
    }

    fn end_all(&mut self, touching: Option<&str>, now: u64) -> bool {
        let touched = |it: &Pending| touching.is_none_or(|purpose| it.purposes.contains(&purpose));
        let forms: Vec<_> = self.pendings.iter().filter(|(_, it)| touched(it)).map(|(form, _)| *form).collect();
        forms.iter().for_each(|form| self.end(form, now));
        !forms.is_empty()
    }

    fn confirm(&mut self, form: &str) {
        let pending = self.pendings.remove(form).expect("it waits");
        for purpose in pending.purposes {
            if !self.given(purpose) {
                self.sent.remove(purpose);
            }
            self.standings.insert(purpose, Standing::Given);
            self.given_since.push(purpose);
        }
        self.unanswered = 0;
        self.ever_given = true;
    }

    fn ask(&mut self, form: &'static str, by_handset: bool, now: u64) -> Vec<Kind> {
        let any_given = purposes(form).iter().any(|purpose| self.given(purpose));
        let lifted = |at: &u64| self.allowed_at.is_some_and(|allowed| allowed >= *at);
        let stopped = |purpose: &&str| matches!(self.standings.get(*purpose), Some(Standing::Stopped(at)) if now < at + 30 * DAY && !lifted(at));
        let open: Vec<_> = purposes(form).iter().copied().filter(|it| !self.given(it)).collect();
        let wanted: Vec<_> = open.iter().copied().filter(|it| by_handset || !stopped(it)).collect();
        if !by_handset && (self.silent(now) || (wanted.is_empty() && !open.is_empty())) {
            self.turn_down(form, open, now);
            return vec![];
        }
        if wanted.is_empty() {
            self.allow_if(by_handset, now);
            if any_given && self.told.is_none_or(|at| now >= at + 30 * DAY) {
                self.told = Some(now);
                return vec![Kind::Already];
            }
            return vec![];
        }
        let before = self.pendings.get(form).filter(|pending| pending.sent > 0).cloned();
        let again = before.as_ref().is_some_and(|pending| now < pending.at + 60);
        if again || lately(&self.confirmations, now) >= 3 {
            return vec![];
        }
        if let Some(same) = before.as_ref().filter(|it| it.purposes == wanted && it.by_handset == by_handset) {
            self.allow_if(by_handset, now);
            if same.sent >= 3 {
                return vec![];
            }
            let pending = Pending { at: now, sent: same.sent + 1, ..same.clone() };
            self.pendings.insert(form, pending);
            self.confirmations.push(now);
            return vec![Kind::Confirmation];
        }
        self.allow_if(by_handset, now);
        if before.is_some_and(|it| !it.by_handset && now >= it.at + HOUR) {
            self.unanswered += 1;
            if !by_handset && self.leave_alone(now) {
                self.end(form, now);
                self.turn_down(form, wanted, now);
                return vec![];
            }
        }
        self.end(form, now);
        self.confirmations.push(now);
        self.pendings.insert(form, Pending { purposes: wanted, at: now, by_handset, sent: 1, word: None });
        vec![Kind::Confirmation]
    }

    /// What web pages ask in vain waits for a START.
    fn turn_down(&mut self, form: &'static str, open: Vec<&'static str>, now: u64) {
        let waits = self.pendings.get(form).is_some_and(|pending| pending.sent > 0);
        let stored = self.ever_given || !self.pendings.is_empty() || !self.ended.is_empty();
        if !open.is_empty() && !waits && stored {
            self.pendings.insert(form, Pending { purposes: open, at: now, by_handset: false, sent: 0, word: None });
        }
    }

    fn allow_if(&mut self, by_handset: bool, now: u64) {
        if by_handset && self.suppression != Suppression::None {
            self.allow(now);
        }
    }

    fn allow(&mut self, now: u64) {
        self.suppression = Suppression::None;
        self.allowed_at = Some(now);
        self.unanswered = 0;
        self.last_word = None;
    }

    fn acknowledged(&mut self, now: u64) -> Vec<Kind> {
        self.last_word = Some(now);
        self.acknowledged_at = Some(now);
        self.given_since.clear();
        vec![Kind::Acknowledgement]
    }

    /// Whether nothing unclear is answered any more.
    fn has_had_the_last_word(&self, now: u64) -> bool {
        let again = self.given_since.iter().any(|purpose| self.given(purpose));
        self.last_word.is_some_and(|at| now < at + 30 * DAY) && !again
    }

    fn unclear(&mut self, now: u64) -> Vec<Kind> {
        if self.silent(now) || self.has_had_the_last_word(now) || self.helped.is_some_and(|at| now < at + DAY) {
            return vec![];
        }
        self.helped = Some(now);
        vec![Kind::ShortAnswer]
    }

    /// What an SMS may leave for, after that step.
    pub fn step(&mut self, step: &Step, linked: Option<&'static str>, now: u64) -> Vec<Kind> {
        match step {
            Step::Request(form) => return self.ask(form, false, now),
            Step::Keyword => return self.ask("newsletter", true, now),
            Step::Yes => return self.yes(now),
            Step::Stop => return self.stop_all(now),
            Step::StopAdvertising => {
                let ended = self.end_all(Some("marketing"), now);
                return if self.stop("marketing", now) || ended { self.acknowledged(now) } else { vec![] };
            }
            Step::Start => return self.start(now),
            Step::Unclear => return self.unclear(now),
            Step::Help => return self.help(now),
            Step::Send(purpose) => return self.send(purpose, now),
            // No story says a word that it was not told.
            Step::YesWithWord => {
                if let Some((form, _)) = self.worded() {
                    self.confirm(form);
                    return vec![Kind::Agreed];
                }
            }
            Step::No => {
                let asked: Vec<_> = self.asked().map(|(form, _)| form).collect();
                asked.iter().for_each(|form| self.end(form, now));
                if !asked.is_empty() {
                    self.suppression = Suppression::UntilAllowed;
                } else if self.standings.values().any(|it| *it == Standing::Given) {
                    // What they mean is a human's to read.
                    return self.unclear(now);
                }
            }
            Step::WrongNumber => {
                self.end_all(None, now);
                self.stop_given(now);
                self.suppression = Suppression::UntilAllowed;
            }
            Step::TapYes => linked.into_iter().for_each(|form| self.confirm(form)),
            Step::TapOut => {
                let ended = self.end_all(None, now);
                if self.stop_given(now) || ended {
                    self.suppress_until(now + 30 * DAY);
                }
            }
            Step::Repeat => {}
        }
        vec![]
    }

    fn yes(&mut self, now: u64) -> Vec<Kind> {
        let waiting: Vec<_> = self.asked().map(|(form, _)| form).collect();
        match waiting.as_slice() {
            [form] => {
                self.confirm(form);
                vec![Kind::Agreed]
            }
            [] if self.standings.values().any(|it| *it == Standing::Given) => vec![],
            _ => self.unclear(now),
        }
    }

    fn stop_all(&mut self, now: u64) -> Vec<Kind> {
        // What ends nothing is acknowledged once a day.
        let lately = self.acknowledged_at.is_some_and(|at| now < at + DAY);
        let mut news = self.end_all(None, now) || (!self.silent(now) && !lately);
        for purpose in ["booking", "marketing"] {
            news |= self.stop(purpose, now);
        }
        self.suppress_until(now + 30 * DAY);
        if news { self.acknowledged(now) } else { vec![] }
    }

    fn start(&mut self, now: u64) -> Vec<Kind> {
        self.allow(now);
        let mut released = vec![];
        let left = 3_usize.saturating_sub(lately(&self.confirmations, now));
        for pending in self.pendings.values_mut().filter(|pending| pending.sent == 0).take(left) {
            (pending.sent, pending.at) = (1, now);
            released.push(Kind::Confirmation);
        }
        self.confirmations.extend(released.iter().map(|_| now));
        if released.is_empty() && self.started.is_none_or(|at| now >= at + DAY) {
            self.started = Some(now);
            released.push(Kind::ShortAnswer);
        }
        released
    }

    fn help(&mut self, now: u64) -> Vec<Kind> {
        let concerned = self.asked().next().is_some() || self.standings.values().any(|it| *it == Standing::Given);
        if lately(&self.helps, now) >= if concerned { 10 } else { 3 } {
            return vec![];
        }
        self.helps.push(now);
        vec![Kind::Help]
    }

    fn send(&mut self, purpose: &'static str, now: u64) -> Vec<Kind> {
        let (most, span) = if purpose == "booking" { (3, DAY) } else { (4, 31 * DAY) };
        let sent = self.sent.entry(purpose).or_default();
        sent.retain(|at| now < *at + span);
        if self.standings.get(purpose) != Some(&Standing::Given) || sent.len() >= most {
            return vec![];
        }
        sent.push(now);
        vec![Kind::Message]
    }

    /// Ends what is in force; whether anything was.
    fn stop_given(&mut self, now: u64) -> bool {
        let mut any = false;
        for standing in self.standings.values_mut().filter(|it| **it == Standing::Given) {
            *standing = Standing::Stopped(now);
            any = true;
        }
        any
    }

    fn stop(&mut self, purpose: &'static str, now: u64) -> bool {
        let ends = matches!(self.standings.get(purpose), None | Some(Standing::Given));
        if ends {
            self.standings.insert(purpose, Standing::Stopped(now));
        }
        ends
    }

    /// A request whose SMS told a word of its own.
    pub fn worded(&self) -> Option<(&'static str, String)> {
        self.asked().find_map(|(form, pending)| Some((form, pending.word.clone()?)))
    }
}
