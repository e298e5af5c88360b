//! The turn of an SMS at its gateway.

use shared::{
    message::WaitReason,
    pace::{Ask, Attempt, Class, Ended, Limits, Noted, StopReason, Turn},
    sending::Via,
    settings::Settings,
    sms::measure,
    stored::{OutboxItem, SmsItem},
    time::{Span, Timestamp},
};
use worker::Result;

use super::Dispatcher;
use crate::{
    objects::{
        gateway::Client as Gateway,
        subject::{commit::Transaction, store::OutboxEntry},
    },
    platform::clock,
};

/// Where the fallback is stopped too, the sender's own gateway is asked again so much later at the most.
const ASK_FIRST: Span = Span::minutes(30);

/// A turn that was given.
#[derive(Clone, Copy)]
pub(super) struct Given {
    at: Timestamp,
    attempt: Attempt,
    probe: Option<u32>,
}

fn limits(settings: &Settings, sms: &SmsItem) -> Limits {
    match settings.gateway(sms.gateway()) {
        Some(gateway) => gateway.limits(),
        None if sms.gateway().is_simulator() => Limits::SIMULATOR,
        None => Limits::DEFAULT,
    }
}

impl Dispatcher<'_> {
    /// Asks the gateway for a turn; where there is none now, notes when the SMS comes back, or by which other gateway
    /// it leaves.
    pub(super) async fn take_turn(&self, entry: &OutboxEntry, sms: &SmsItem, text: &str) -> Result<Option<Given>> {
        let class = Class::of(&sms.outgoing);
        let parts = u32::try_from(measure(text).segments).unwrap_or(u32::MAX);
        let attempt = Attempt::after(entry.attempts, sms.via);
        let ask = Ask { class, attempt, had: entry.turn, parts };
        let gateway = Gateway::of(self.app.env(), sms.gateway());
        let turn = match gateway.take_turn(ask, limits(self.settings, sms)).await {
            Ok(turn) => turn,
            Err(error) => {
                worker::console_error!("gateway {}: no turn: {error}", sms.gateway());
                if class == Class::Acknowledgement {
                    return Ok(Some(Given { at: clock::now(), attempt, probe: None }));
                }
                // A fault of ours: it waits for a pause that grows, and is parked in the end.
                return Err(error);
            }
        };
        let (why, until) = match turn {
            Turn::Now { at, probe } => return Ok(Some(Given { at, attempt, probe })),
            Turn::Stopped { reason: StopReason::Credentials | StopReason::OutOfCredit, .. }
                if sms.via == Via::First && sms.sender.fallback.is_some() =>
            {
                let fallen = self.with(|it, _| it.leave_by(Via::Fallback, entry, sms, it.now));
                return fallen.map(|_| None);
            }
            // Both are stopped: the sender's own may be back first.
            Turn::Stopped { until, .. } if sms.via == Via::Fallback && entry.attempts == 0 => {
                let until = until.min(clock::now() + ASK_FIRST);
                let back = self.with(|it, _| it.leave_by(Via::First, entry, sms, until));
                return back.map(|_| None);
            }
            Turn::At(until) => (WaitReason::Pace, until),
            Turn::Stopped { until, .. } => (WaitReason::GatewayStopped, until),
            Turn::Paused(until) => (WaitReason::Paused, until),
        };
        self.store.wait_for_turn(entry, why, until, clock::now())?;
        Ok(None)
    }

    /// Tells the gateway's object how an attempt ended, where that says something of the provider.
    pub(super) async fn note_end(&self, sms: &SmsItem, Given { at, attempt, probe }: Given, ended: Ended) {
        if ended == Ended::Well && probe.is_none() {
            return;
        }
        let noted = Noted { at, attempt, probe, ended };
        if let Err(error) = Gateway::of(self.app.env(), sms.gateway()).note_outcome(noted).await {
            worker::console_error!("gateway {}: an end was not noted: {error}", sms.gateway());
        }
    }
}

impl Transaction<'_> {
    /// Lets the sender's one or other gateway try it at `due`, if it still waits.
    pub(super) fn leave_by(&self, via: Via, entry: &OutboxEntry, sms: &SmsItem, due: Timestamp) -> Result<()> {
        if !self.store.waits(&entry.id)? {
            return Ok(());
        }
        let item = OutboxItem::Sms(Box::new(SmsItem { via, ..sms.clone() }));
        self.store.replace(entry, &item)?;
        self.store.wait(entry, due, self.now)
    }
}
