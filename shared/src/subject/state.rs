use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    change::{Change, Gave},
    command::Origin,
    ending::Ending,
    inbox::{Inbox, InboxChange},
    pending::{Arrival, End, Hold, Pending},
    rules::{SUPPRESSED_FOR, TIME_TO_ANSWER, TYPED_LINKS_IN},
    standing::{Given, Standing},
    suppression::Suppression,
    way::Way,
};
use crate::{
    ids::{FormId, PurposeId},
    settings::{Purpose, same_number},
    time::{Span, Timestamp},
    token::TokenHash,
};

/// All that decides about one person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Each purpose that was ever confirmed.
    pub standings: BTreeMap<PurposeId, Standing>,
    /// Requests that wait.
    pub pendings: BTreeMap<FormId, Pending>,
    /// Requests that ended without a yes, until they are forgotten.
    #[serde(rename = "ended")]
    pub closed: Vec<(TokenHash, Timestamp)>,
    /// Whether requests from web pages get through.
    #[serde(rename = "silence")]
    pub suppression: Suppression,
    /// When confirmation SMS were ordered, in the last 24 hours.
    pub confirmations: Vec<Timestamp>,
    /// When the person was last told that they are signed up.
    pub told_already: Option<Timestamp>,
    /// When fresh links were ordered, in the last 24 hours.
    pub fresh_links: Vec<Timestamp>,
    /// Grows when a confirmation follows the end of a consent by anything but disuse: links of an older generation may
    /// be in other hands by now, and only withdraw.
    pub generation: u32,
    /// Whether the next confirmation begins a generation.
    pub broken: bool,
    /// When the person last allowed requests again.
    #[serde(default)]
    pub allowed_at: Option<Timestamp>,
    /// When a reply that says nothing clear was last answered.
    #[serde(default, rename = "helped")]
    pub not_understood: Option<Timestamp>,
    /// When HELP was answered, in the last 24 hours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub helps: Vec<Timestamp>,
    /// Purposes whose reward was given; nobody gets one twice.
    #[serde(default)]
    pub rewarded: Vec<PurposeId>,
    /// When the last SMS for each purpose left that was ever given: its proof is kept from here (L27).
    #[serde(default)]
    pub last_sms: BTreeMap<PurposeId, Timestamp>,
    /// Requests of web pages in a row that nobody answered.
    #[serde(default)]
    pub unanswered: u8,
    /// When fresh links were ordered since somebody typed the number on a page, in the last 30 days.
    #[serde(default)]
    pub typed_links: Vec<Timestamp>,
    /// When a START was last answered.
    #[serde(default)]
    pub started: Option<Timestamp>,
    /// When the person last got an answer that no request or consent explains.
    #[serde(default)]
    pub answered: Option<Timestamp>,
    /// What the person wrote and a human has not answered yet.
    #[serde(default)]
    pub inbox: Inbox,
    /// When a human last answered such a reply.
    #[serde(default)]
    pub read: Option<Timestamp>,
}

impl State {
    /// Applies a change that was decided at `now`.
    pub fn apply(&mut self, change: &Change, now: Timestamp) {
        match change {
            Change::Requested(form, pending) => {
                if pending.hold != Hold::Held {
                    self.count_confirmation(now);
                }
                self.pendings.insert(form.clone(), pending.clone());
            }
            Change::Repeated(link) => {
                self.count_confirmation(now);
                for pending in self.pendings.values_mut().filter(|pending| pending.link == *link) {
                    pending.repeated_at = Some(now);
                    pending.ordered = pending.ordered.saturating_add(1);
                    pending.arrival = Arrival::Possible;
                }
            }
            Change::NeverArrived(link) => {
                for pending in self.pendings.values_mut().filter(|pending| pending.link == *link) {
                    pending.arrival = Arrival::Never;
                }
            }
            Change::Closed(link, end) => {
                let ignored = self.leaves_unanswered(link, *end, now);
                self.unanswered = self.unanswered.saturating_add(u8::from(ignored));
                self.pendings.retain(|_, pending| pending.link != *link);
                if *end != End::Confirmed {
                    self.closed.push((link.clone(), now));
                }
            }
            Change::Forgotten(link) => self.closed.retain(|(closed, _)| closed != link),
            Change::Gave(gave) => self.give(gave, now),
            Change::Took { purpose, ending } => {
                self.broken |= ending.breaks_links();
                self.standings.insert(purpose.clone(), ending.standing(now));
            }
            Change::Expunged(purpose) => {
                self.standings.remove(purpose);
                self.last_sms.remove(purpose);
                self.rewarded.retain(|rewarded| rewarded != purpose);
            }
            Change::Emptied => *self = self.hash_alone(now),
            Change::Suppressed(suppression) => {
                self.suppression = *suppression;
                if *suppression == Suppression::None {
                    self.allowed_at = Some(now);
                    self.unanswered = 0;
                }
            }
            Change::Rewarded(purpose) => self.rewarded.push(purpose.clone()),
            Change::Used(purpose, _) => {
                if let Some(given) = self.given_mut(purpose) {
                    given.last_used = now;
                }
                self.last_sms.insert(purpose.clone(), now);
            }
            Change::LeftLate(purpose) => {
                self.last_sms.insert(purpose.clone(), now);
            }
            Change::Reached(purpose) => {
                if let Some(given) = self.given_mut(purpose) {
                    given.misses = 0;
                }
            }
            Change::Missed(purpose) => {
                if let Some(given) = self.given_mut(purpose) {
                    given.misses = given.misses.saturating_add(1);
                }
            }
            Change::ToldAlready => self.told_already = Some(now),
            Change::NotUnderstood => self.not_understood = Some(now),
            Change::Help => {
                self.helps.retain(|at| *at > now - Span::days(1));
                self.helps.push(now);
            }
            Change::Started => self.started = Some(now),
            Change::FreshLink(origin) => {
                self.fresh_links.retain(|at| *at > now - Span::days(1));
                self.fresh_links.push(now);
                if *origin == Origin::WebPage {
                    self.typed_links.retain(|at| *at > now - TYPED_LINKS_IN);
                    self.typed_links.push(now);
                }
            }
            Change::Held(link) => self.hold(link, Hold::Held),
            Change::Released(link) => {
                self.hold(link, Hold::Released);
                self.count_confirmation(now);
                // Whoever is asked only now has the whole time to answer.
                for pending in self.pendings.values_mut().filter(|pending| pending.link == *link) {
                    pending.requested_at = now;
                    pending.ordered = pending.ordered.saturating_add(1);
                    pending.arrival = Arrival::Possible;
                }
            }
            Change::KeyDestroyed | Change::NumberGivenUp => self.broken = true,
            Change::Acknowledge(_) | Change::AcknowledgeWayOut(_) => {
                self.answered = Some(now);
                let ended = self.standings.iter().filter(|(_, standing)| standing.ended() == Some(now));
                for (purpose, _) in ended {
                    self.last_sms.entry(purpose.clone()).and_modify(|at| *at = now);
                }
            }
            Change::Inbox(change) => {
                self.inbox.apply(change);
                if matches!(change, InboxChange::Answered(_)) {
                    self.read = Some(now);
                }
            }
            // An order counts against what was promised; its time is no part of the state, which must not grow.
            Change::Ordered(_) => {}
            // Their standings say so already.
            Change::LockedAway(_) | Change::Agreed(_) => {}
        }
    }

    fn count_confirmation(&mut self, now: Timestamp) {
        self.confirmations.retain(|at| *at > now - Span::days(1));
        self.confirmations.push(now);
    }

    /// Whether a request that ends so leaves unanswered what web pages asked.
    pub(super) fn leaves_unanswered(&self, link: &TokenHash, end: End, now: Timestamp) -> bool {
        let ignored = |pending: &Pending| match end {
            End::Expired => pending.is_unanswered(),
            End::Superseded => pending.is_unanswered() && now >= pending.asked_at() + TIME_TO_ANSWER,
            End::Confirmed | End::Declined | End::Stopped => false,
        };
        self.pendings.values().any(|pending| pending.link == *link && ignored(pending))
    }

    fn give(&mut self, gave: &Gave, now: Timestamp) {
        let Gave { purpose, lang, terms, .. } = gave;
        if std::mem::take(&mut self.broken) {
            self.generation += 1;
        }
        self.unanswered = 0;
        let given = Given {
            since: now,
            last_used: now,
            frequency: purpose.frequency,
            lapses_after: purpose.lapses_after,
            lang: *lang,
            terms: terms.clone(),
            misses: 0,
        };
        self.standings.insert(purpose.id.clone(), Standing::Given(given));
        self.last_sms.insert(purpose.id.clone(), now);
    }

    fn given_mut(&mut self, purpose: &PurposeId) -> Option<&mut Given> {
        match self.standings.get_mut(purpose) {
            Some(Standing::Given(given)) => Some(given),
            _ => None,
        }
    }

    fn hold(&mut self, link: &TokenHash, hold: Hold) {
        for pending in self.pendings.values_mut().filter(|pending| pending.link == *link) {
            pending.hold = hold;
        }
    }

    /// The consent in force for a purpose.
    pub fn given(&self, purpose: &PurposeId, now: Timestamp) -> Option<&Given> {
        match self.standings.get(purpose) {
            Some(Standing::Given(given)) if now < given.lapses_at() => Some(given),
            _ => None,
        }
    }

    /// Whether a purpose waits until a human has answered what the person wrote (L34): one that advertises.
    pub fn is_paused(&self, given: &Given) -> bool {
        given.terms.advertises && self.inbox.pauses()
    }

    /// Requests that the person was asked for, and not only strangers in vain.
    pub fn asked(&self) -> impl Iterator<Item = (&FormId, &Pending)> {
        self.pendings.iter().filter(|(_, pending)| pending.ordered > 0)
    }

    /// The request that a link confirms, while it can.
    pub fn pending(&self, link: &TokenHash, now: Timestamp) -> Option<(&FormId, &Pending)> {
        self.pendings.iter().find(|(_, pending)| pending.link == *link && now < pending.expires_at())
    }

    /// Whether a purpose was ended, by whatever way, so lately that no web page may ask for it again.
    pub(super) fn stopped_lately(&self, purpose: &PurposeId, now: Timestamp) -> bool {
        match self.standings.get(purpose) {
            Some(Standing::Withdrawn { at, .. } | Standing::Objected { at } | Standing::Erased { at }) => {
                now < *at + SUPPRESSED_FOR && self.allowed_at.is_none_or(|allowed| allowed < *at)
            }
            _ => false,
        }
    }

    /// The same, where the person said so by SMS, and was answered.
    pub(super) fn stopped_by_reply(&self, purpose: &PurposeId, now: Timestamp) -> bool {
        let by_reply = matches!(self.standings.get(purpose), Some(Standing::Withdrawn { way: Way::Reply, .. }));
        by_reply && self.stopped_lately(purpose, now)
    }

    /// Whether the person was ever asked for a purpose, as far as that is still kept.
    pub(crate) fn was_asked(&self, purpose: &PurposeId) -> bool {
        let asked = |pending: &Pending| pending.purposes.iter().any(|asked| asked.id == *purpose);
        self.standings.contains_key(purpose) || self.asked().any(|(_, pending)| asked(pending))
    }

    /// The purposes that SMS may be sent for.
    pub fn in_force(&self, now: Timestamp) -> Vec<PurposeId> {
        self.standings.keys().filter(|purpose| self.given(purpose, now).is_some()).cloned().collect()
    }

    /// The purposes that mean something to the person: which they once agreed to, or objected to by themselves. A bare
    /// STOP also ends what they never had.
    pub fn familiar(&self) -> Vec<PurposeId> {
        let meant = |(purpose, standing): &(&PurposeId, &Standing)| {
            self.last_sms.contains_key(*purpose) || !matches!(standing, Standing::Withdrawn { .. })
        };
        self.standings.iter().filter(meant).map(|(purpose, _)| purpose.clone()).collect()
    }

    /// Whether a change would alter nothing.
    pub(super) fn stands_so(&self, change: &Change, now: Timestamp) -> bool {
        match change {
            // Whoever has stopped a purpose lately lets it be asked for again.
            Change::Suppressed(Suppression::None) => {
                let stopped = self.standings.keys().any(|purpose| self.stopped_lately(purpose, now));
                self.suppression == Suppression::None && !stopped && self.unanswered == 0
            }
            Change::Suppressed(suppression) => self.suppression == *suppression,
            Change::Took { purpose, ending: Ending::Objected(_) } => {
                matches!(self.standings.get(purpose), Some(Standing::Objected { .. }))
            }
            Change::NumberGivenUp => self.broken,
            _ => false,
        }
    }

    /// Whether requests from web pages don't get through, be it for one purpose only.
    pub fn keeps_web_pages_away(&self, now: Timestamp) -> bool {
        self.suppression.holds(now) || self.standings.keys().any(|purpose| self.stopped_lately(purpose, now))
    }

    /// Requests that the handset can answer at that sender.
    pub fn waiting_at<'a>(&'a self, from: &'a str, now: Timestamp) -> impl Iterator<Item = &'a Pending> {
        let asked = self.pendings.values().filter(|pending| pending.can_be_answered());
        asked.filter(move |pending| same_number(&pending.from, from) && now < pending.expires_at())
    }

    /// Whether the person was ever asked, or agreed to anything, from that number, as far as that is kept.
    pub fn knows(&self, from: &str) -> bool {
        let asked = self.asked().any(|(_, pending)| same_number(&pending.from, from));
        asked || self.standings.values().any(|standing| standing.is_from(from))
    }

    /// What a number serves for this person: `served` by the settings, and what they agreed to, or are asked for, from
    /// there, as `declared` or as they were asked.
    pub fn served_at(&self, from: &str, served: &[PurposeId], declared: &[Purpose]) -> Vec<Purpose> {
        let given = self.standings.iter().filter(|(_, standing)| standing.is_from(from)).map(|(id, _)| id);
        let known: Vec<_> = served.iter().chain(given).collect();
        let asked = self.asked().map(|(_, pending)| pending).filter(|pending| same_number(&pending.from, from));
        let mut all: Vec<_> = declared.iter().filter(|purpose| known.contains(&&purpose.id)).cloned().collect();
        for purpose in asked.flat_map(|pending| &pending.purposes) {
            if all.iter().all(|known| known.id != purpose.id) {
                all.push(purpose.clone());
            }
        }
        all
    }

    /// Whether the person has ended or refused anything since.
    pub(super) fn ended_since(&self, at: Timestamp) -> bool {
        let ended = self.standings.values().filter_map(Standing::ended);
        let closed = self.closed.iter().map(|(_, closed)| *closed);
        ended.chain(closed).chain(self.answered).any(|ended| ended > at)
    }

    /// Whether the person has asked for SMS since, agreed to any, or allowed requests.
    pub(super) fn may_have_wanted_since(&self, at: Timestamp) -> bool {
        let given = self.standings.values().filter(|standing| matches!(standing, Standing::Given(_)));
        let asked = self.asked().map(|(_, pending)| pending.requested_at);
        given.map(Standing::since).chain(asked).chain(self.allowed_at).any(|wanted| wanted > at)
    }

    /// Whether the person has surely wanted SMS since: by a yes, or by allowing requests. Who asks may be a stranger.
    pub(super) fn surely_wanted_since(&self, at: Timestamp) -> bool {
        self.standings.values().any(|standing| standing.is_given_since(at)) || self.allowed_at.is_some_and(|it| it > at)
    }

    /// Whether anything is known of this person that a fresh link could show.
    pub fn has_history(&self) -> bool {
        !self.standings.values().all(Standing::is_erased) || self.asked().next().is_some() || !self.closed.is_empty()
    }
}
