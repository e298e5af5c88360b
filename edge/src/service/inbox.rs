//! The owner's inbox over all people and gateways (L34): each keeps its own, and here they are one list.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::{try_join, try_join_all};
use shared::{
    actor::Actor,
    ids::GatewayId,
    inbox::{Answering, EntryId, InboxAct, InboxKey, ReplyId},
    key_ring::SubjectId,
    wire::{InboxAnswer, InboxAnswered, InboxEntry, InboxList},
};

use super::{former, lookup};
use crate::{
    objects::{directory::Client as Directory, gateway::Client as Gateway, subject::AnswerReply},
    platform::context::App,
    problem::Problem,
};

/// Some of what waits, the oldest first, after that place.
pub async fn list(app: &App, after: Option<InboxKey>) -> Result<InboxList, Problem> {
    let (replies, unread) = try_join(replies(app, after.clone()), unread(app, after)).await?;
    let open = replies.open.saturating_add(unread.open);
    let all: BTreeMap<InboxKey, Found> = replies.found.into_iter().chain(unread.found).collect();
    let most = usize::try_from(InboxList::MOST).unwrap_or(usize::MAX);
    let page: Vec<_> = all.into_iter().take(most).collect();
    let cursor = page.last().filter(|_| page.len() == most).map(|(key, _)| key.clone());
    let ids = page.iter().filter_map(|(_, found)| match found {
        Found::Reply(id) => Some(*id),
        Found::Unread(_) => None,
    });
    let mut read = read(app, ids).await?;
    let entries = page.into_iter().filter_map(|(_, found)| match found {
        // Answered meanwhile, or gone.
        Found::Reply(id) => read.remove(&id),
        Found::Unread(entry) => Some(*entry),
    });
    Ok(InboxList { entries: entries.collect(), open, cursor })
}

enum Found {
    Reply(ReplyId),
    Unread(Box<InboxEntry>),
}

/// What somebody has of the list.
struct Part {
    found: Vec<(InboxKey, Found)>,
    /// How many they have in all.
    open: u32,
}

async fn replies(app: &App, after: Option<InboxKey>) -> Result<Part, Problem> {
    let page = Directory::of(app.env()).inbox(after, InboxList::MOST).await?;
    let found = page.keys.into_iter().filter_map(|key| match key.entry() {
        Ok(EntryId::Reply(id)) => Some((key, Found::Reply(id))),
        _ => None,
    });
    Ok(Part { found: found.collect(), open: page.open })
}

/// The gateways that may keep something: those of before still get calls.
async fn gateways(app: &App) -> Result<BTreeSet<GatewayId>, Problem> {
    let settings = lookup::settings(app.env()).await?;
    let former = former::former(app.env()).await?;
    let now = settings.iter().flat_map(|settings| &settings.gateways);
    Ok(now.chain(&former.gateways).map(|gateway| gateway.id().clone()).collect())
}

async fn unread(app: &App, after: Option<InboxKey>) -> Result<Part, Problem> {
    let gateways = gateways(app).await?;
    let asked = gateways.iter().map(|id| Gateway::of(app.env(), id).unread(after.clone(), InboxList::MOST));
    let mut all = Part { found: Vec::new(), open: 0 };
    for page in try_join_all(asked).await? {
        all.open = all.open.saturating_add(page.open);
        all.found.extend(page.entries.into_iter().map(|(key, entry)| (key, Found::Unread(Box::new(entry)))));
    }
    Ok(all)
}

/// The words of replies, from each person's own object.
async fn read(app: &App, ids: impl Iterator<Item = ReplyId>) -> Result<BTreeMap<ReplyId, InboxEntry>, Problem> {
    let mut by_person = BTreeMap::<SubjectId, Vec<ReplyId>>::new();
    for id in ids {
        by_person.entry(id.subject()).or_default().push(id);
    }
    let asked = by_person.into_iter().map(|(subject, ids)| async move {
        match app.subject(subject).await?.read_replies(ids).await {
            // One person's row holds up nobody else's wish; `GET /healthz` names it.
            Err(Problem::NewerBuild | Problem::Unreadable) => Ok(Vec::new()),
            read => read,
        }
    });
    let entries = try_join_all(asked).await?.into_iter().flatten();
    let reply = |entry: InboxEntry| match entry.id {
        EntryId::Reply(id) => Some((id, entry)),
        EntryId::Unread(..) => None,
    };
    Ok(entries.filter_map(reply).collect())
}

/// Does what a human has decided about an entry.
pub async fn answer(
    app: &App,
    entry: EntryId,
    InboxAnswer { act, purpose }: InboxAnswer,
    actor: Actor,
) -> Result<InboxAnswered, Problem> {
    if purpose.is_some() && act != InboxAct::Withdraw {
        return Err(Problem::field("purpose", "only_with_withdraw", "Only `withdraw` is about one purpose."));
    }
    let answering = match entry {
        EntryId::Reply(id) => {
            let purposes = app.settings().await?.purposes.clone();
            app.subject(id.subject()).await?.answer_reply(AnswerReply { id, act, purpose, purposes, actor }).await?
        }
        EntryId::Unread(gateway, number) => {
            if act != InboxAct::Nothing {
                let detail = "Nobody knows whose it is: `nothing` puts it away. Act for the person by their number.";
                return Err(Problem::field("act", "only_nothing", detail));
            }
            if !gateways(app).await?.contains(&gateway) {
                return Err(Problem::NotFound);
            }
            Gateway::of(app.env(), &gateway).put_away(number, actor).await?
        }
    };
    match answering {
        Answering::Done(answered) => Ok(answered),
        Answering::Another => Err(Problem::AlreadyAnswered),
        Answering::NoEntry => Err(Problem::NotFound),
        Answering::NoPurpose => {
            Err(Problem::field("purpose", "unknown_purpose", "The person never agreed to that purpose."))
        }
    }
}
