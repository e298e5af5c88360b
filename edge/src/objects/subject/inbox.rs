//! What waits of a person for a human, and the human's answer (L34). What it does, `shared::subject` decides.

use shared::{
    evidence::{Erasable, ReceivedSms, SaidScope},
    inbox::{Answering, EntryId, HumanAnswer, ReplyId},
    lang::Lang,
    settings,
    stored::KeptReply,
    subject::{Change, Command, InboxChange, OpenReply, Refusal},
    webhook::Payload,
    wire::{InboxAnswered, InboxEntry},
};
use worker::Result;

use super::{acted::Acted, commit::Transaction, protocol::AnswerReply, record::Loaded, view::WaitingReply};
use crate::platform::secrets::random;

impl Transaction<'_> {
    /// Keeps the words of what waits for a human now, and tells the owner that it does.
    pub(super) fn keep_for_human(
        &self,
        loaded: &Loaded,
        changes: &[Change],
        words: &str,
        sms: &ReceivedSms,
        lang: Lang,
    ) -> Result<()> {
        for change in changes {
            if let Change::Inbox(InboxChange::Came(open)) = change {
                let lang = loaded.record.contact.as_ref().map_or(lang, |contact| contact.lang);
                self.store.keep_reply(loaded, open.id, &KeptReply::new(words, sms.clone(), lang))?;
                self.tell_owner(loaded, &Payload::of_reply(open))?;
            }
        }
        Ok(())
    }

    /// Carries out what becomes of a reply that waited.
    pub(super) fn inbox(&self, change: &InboxChange) -> Result<()> {
        match change {
            InboxChange::Came(_) => Ok(()),
            InboxChange::TextGone(id) => self.store.forget_reply(*id),
            InboxChange::Lifted(_) => self.store.ask_again(self.now),
            InboxChange::Left(id) | InboxChange::Answered(id) => {
                self.store.forget_reply(*id)?;
                self.store.ask_again(self.now)
            }
        }
    }

    /// Those of these replies that wait still.
    pub fn read_replies(&self, loaded: &Loaded, ids: &[ReplyId]) -> Result<Vec<InboxEntry>> {
        let open = ids.iter().filter_map(|id| loaded.record.state.inbox.find(*id));
        let entry = |open: &OpenReply| {
            let kept = self.store.kept_reply(loaded, open.id)?;
            let (text, to, lang) = match kept {
                Some(KeptReply { text, sms, lang }) => (Some(text), Some(sms.to), Some(lang)),
                None => (None, None, None),
            };
            Ok(InboxEntry {
                id: EntryId::Reply(open.id),
                subject: Some(loaded.record.id),
                gateway: None,
                received_at: open.received_at,
                text,
                guess: open.guess,
                paused: open.waits.pauses(),
                to,
                lang,
            })
        };
        open.map(entry).collect()
    }

    /// What waits for a human of whoever has the number since the latest consent.
    pub fn waiting_replies(&self, loaded: &Loaded) -> Result<Vec<WaitingReply>> {
        let state = &loaded.record.state;
        let since = self.store.confirmed_at()?;
        let open = state.inbox.iter().filter(|open| since.is_none_or(|at| open.received_at >= at));
        let reply = |open: &OpenReply| {
            let text = self.store.kept_reply(loaded, open.id)?.map(|kept| kept.text);
            Ok(WaitingReply { received_at: open.received_at, text })
        };
        open.map(reply).collect()
    }

    /// Does what a human has decided, once.
    pub fn answer_reply(&self, loaded: &mut Loaded, answer: AnswerReply) -> Result<Answering<InboxAnswered>> {
        let AnswerReply { id, act, purpose, purposes, actor } = answer;
        if let Some(before) = self.store.human_answer(id)? {
            let same = before.is(act, purpose.as_ref());
            return if same { self.answered(loaded, id, before).map(Answering::Done) } else { Ok(Answering::Another) };
        }
        let (sms, values) = match self.store.kept_reply(loaded, id)? {
            Some(KeptReply { text, sms, .. }) => (Some(sms), vec![Erasable::new("reply", text, random())]),
            None => (None, Vec::new()),
        };
        let scope = SaidScope::of_inbox(act, purpose.as_ref());
        let acted = Acted { scope, sms, values, actor: Some(actor.clone()), ..Acted::default() };
        let advertising = settings::advertising(&purposes);
        let command = Command::AnswerInbox { id, act, purpose: purpose.clone(), advertising };
        match self.end_with(loaded, command, acted, &purposes)? {
            None => {}
            Some(Refusal::NoConsent) => return Ok(Answering::NoPurpose),
            Some(_) => return Ok(Answering::NoEntry),
        }
        let answer = HumanAnswer { act, purpose, actor, at: self.now };
        self.store.put_human_answer(id, &answer)?;
        self.answered(loaded, id, answer).map(Answering::Done)
    }

    fn answered(&self, loaded: &Loaded, id: ReplyId, answer: HumanAnswer) -> Result<InboxAnswered> {
        let states = self.referenced_lines(loaded)?;
        let paused = loaded.record.state.inbox.pauses();
        Ok(InboxAnswered::new(EntryId::Reply(id), Some(loaded.record.id), answer, states, paused))
    }
}
