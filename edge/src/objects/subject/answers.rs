//! What is answered to an SMS of the person's, or to a tap.

use shared::{
    ids::PurposeId,
    links::LinkKind,
    reply::Stop,
    settings::{Purpose, Sender},
    stored::Contact,
    subject::{Outgoing, Pending, Standing},
    texts::{HelpFacts, HelpLink, Stopped, Waiting},
    token::link_in,
    way_out,
};
use worker::Result;

use super::{commit::Transaction, record::Loaded};

/// What an SMS of the person's is answered with.
#[derive(Clone, Copy)]
pub struct Replying<'a> {
    /// The sender that they have just written to, …
    pub sender: &'a Sender,
    /// … what it serves, …
    pub served: &'a [Purpose],
    /// … and all that is declared.
    pub purposes: &'a [Purpose],
}

impl Transaction<'_> {
    fn answers_from<'s>(&'s self, contact: &'s Contact) -> &'s Sender {
        self.reply.map_or(&contact.sender, |reply| reply.sender)
    }

    /// Orders an SMS with a fresh link, which a page promised; where an SMS asked for it, with what HELP is answered.
    pub fn post_fresh_link(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let url = self.new_link(loaded, "/m/", LinkKind::Fresh { asked_at: self.now })?;
        let text = match self.reply {
            Some(reply) => self.help_sms(loaded, reply.purposes, HelpLink::Fresh(&url))?,
            None => contact.lang.texts().fresh_link_sms(contact.controller.sms_name(), &url),
        };
        let outgoing = Outgoing::FreshLink { asked_at: self.now };
        self.post_sms(loaded, self.answers_from(contact), outgoing, &text).map(|_| ())
    }

    /// Orders the answer to HELP, with a link that lasts (L8).
    pub fn post_help(&self, loaded: &Loaded) -> Result<()> {
        let sender = self.answers_from(loaded.contact()?);
        let state = &loaded.record.state;
        let mut waiting = state.waiting_at(&sender.from, self.now);
        let question = match (waiting.next(), waiting.next()) {
            (Some(only), None) if state.in_force(self.now).is_empty() => self.link_of(loaded, only)?,
            _ => None,
        };
        let purposes = self.reply.map(|reply| reply.purposes).unwrap_or_default();
        let text = match question {
            Some(link) => self.help_sms(loaded, purposes, HelpLink::Question(&link)),
            None if state.has_history() => {
                let link = self.new_link(loaded, "/c/", LinkKind::WayOut)?;
                self.help_sms(loaded, purposes, HelpLink::Theirs(&link))
            }
            None => self.help_sms(loaded, purposes, HelpLink::WayOut(&self.way_out(loaded)?)),
        }?;
        self.post_sms(loaded, sender, Outgoing::Help, &text).map(|_| ())
    }

    /// Who writes, what this person has of the `declared` purposes, how to leave, and whom to ask.
    fn help_sms(&self, loaded: &Loaded, declared: &[Purpose], link: HelpLink) -> Result<String> {
        let Contact { controller, lang, .. } = loaded.contact()?;
        let in_force = loaded.record.state.in_force(self.now);
        let has = declared.iter().filter(|purpose| in_force.contains(&purpose.id));
        Ok(lang.texts().help_sms(&HelpFacts {
            company: controller.sms_name(),
            purposes: has.map(|purpose| (purpose.label.or_german(*lang), purpose.frequency)).collect(),
            link,
            name: Some(controller.name.as_str()).filter(|name| *name != controller.sms_name()),
            contact: controller.phone.as_deref().unwrap_or(&controller.email),
        }))
    }

    /// Where the person ends things for free, for ever.
    fn way_out(&self, loaded: &Loaded) -> Result<String> {
        let links_to = &loaded.contact()?.links_to;
        match way_out::link(links_to, loaded.record.id, &self.secrets.index) {
            Some(link) => Ok(link),
            None => self.new_link(loaded, "/c/", LinkKind::WayOut),
        }
    }

    /// The link in the SMS of a request that waits, where that has one which confirms.
    fn link_of(&self, loaded: &Loaded, pending: &Pending) -> Result<Option<String>> {
        let held = self.store.sms(&pending.link)?.and_then(|sms| sms.held);
        let text = held.map(|held| loaded.open("sms", &held)).transpose()?;
        Ok(text.as_deref().and_then(link_in).map(str::to_owned))
    }

    /// Orders the short answer to a reply that says nothing clear; where the SMS that asks may be meant, with its link.
    pub fn post_not_understood(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let sender = self.answers_from(contact);
        let waiting: Vec<_> = loaded.record.state.waiting_at(&sender.from, self.now).collect();
        let labels: Vec<_> = waiting
            .iter()
            .map(|pending| {
                pending.purposes.iter().map(|purpose| purpose.label.or_german(contact.lang)).collect::<Vec<_>>()
            })
            .map(|labels| labels.join(", "))
            .collect();
        let several: Vec<_> =
            waiting.iter().zip(&labels).map(|(pending, label)| (pending.reply_code, label.as_str())).collect();
        let link = match waiting.as_slice() {
            [only] => self.link_of(loaded, only)?,
            _ => None,
        };
        let waits = match several.as_slice() {
            [] => Waiting::Nothing,
            [_] => Waiting::One { link: link.as_deref() },
            several => Waiting::Several(several),
        };
        let text = contact.lang.texts().unclear_sms(contact.controller.sms_name(), waits);
        self.post_sms(loaded, sender, Outgoing::ShortAnswer { asked_at: self.now }, &text).map(|_| ())
    }

    /// Orders the answer to a START for which nothing waits.
    pub fn post_started(&self, loaded: &Loaded) -> Result<()> {
        let contact = loaded.contact()?;
        let text = contact.lang.texts().started_sms(contact.controller.sms_name());
        let outgoing = Outgoing::ShortAnswer { asked_at: self.now };
        self.post_sms(loaded, self.answers_from(contact), outgoing, &text).map(|_| ())
    }

    /// Orders the acknowledgement of a yes by reply.
    pub fn acknowledge_yes(&self, loaded: &Loaded, agreed: &[Purpose]) -> Result<()> {
        let contact = loaded.contact()?;
        let topics: Vec<_> =
            agreed.iter().map(|purpose| (purpose.label.or_german(contact.lang), purpose.frequency)).collect();
        let link = self.way_out(loaded)?;
        let text = contact.lang.texts().agreed_sms(contact.controller.sms_name(), &topics, &link);
        let purposes = agreed.iter().map(|purpose| purpose.id.clone()).collect();
        self.post_sms(loaded, self.answers_from(contact), Outgoing::Agreed { purposes }, &text).map(|_| ())
    }

    /// Orders the one acknowledgement of a STOP, of a word to the business, or of what a code has ended; the last has the
    /// link that leads `back`. It names what the person `had`, and not what they never asked for.
    pub fn acknowledge(&self, loaded: &Loaded, stop: &Stop, had: &[PurposeId], back: Option<&str>) -> Result<()> {
        let contact = loaded.contact()?;
        let (sender, served) = self.reply.map_or((&contact.sender, &[][..]), |reply| (reply.sender, reply.served));
        // What comes from another sender goes on: then it would be wrong to say that everything has ended.
        let more = loaded.record.state.standings.values().any(|it| matches!(it, Standing::Given(_)));
        let named = |purpose: &&Purpose| match stop {
            Stop::Purposes(ids) => ids.contains(&purpose.id),
            Stop::Everything | Stop::Advertising => had.contains(&purpose.id),
        };
        let labels: Vec<_> = served.iter().filter(named).map(|purpose| purpose.label.or_german(contact.lang)).collect();
        let stopped = match stop {
            Stop::Everything if !more || labels.is_empty() => Stopped::Everything(&labels),
            Stop::Advertising => Stopped::Advertising,
            Stop::Everything | Stop::Purposes(_) => Stopped::Purposes(&labels),
        };
        let texts = contact.lang.texts();
        let text = texts.stopped_sms(contact.controller.sms_name(), stopped);
        let text = back.map(|link| texts.way_back(link)).into_iter().fold(text, |text, back| text + " " + &back);
        self.post_sms(loaded, sender, Outgoing::Acknowledgement, &text).map(|_| ())
    }
}
