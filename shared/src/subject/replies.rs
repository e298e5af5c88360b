//! What an SMS from the person does.

use super::{
    change::Change,
    command::{Answer, At, Origin},
    effects::{allowed, confirmed, fresh_link, suppressed, wrong_number},
    ending::Ending,
    inbox, leaving,
    pending::{End, Pending},
    rules::{HELPS_A_DAY, HELPS_A_DAY_UNASKED, SUPPRESSED_FOR},
    standing::Standing,
    state::State,
    suppression::Suppression,
    way::Way,
};
use crate::{
    ids::PurposeId,
    reply::{About, Reply, Stop},
    settings::{Purpose, same_number},
    time::{Span, Timestamp},
    token::TokenHash,
};

pub(super) fn decide(state: &State, answer: Answer, now: Timestamp) -> Vec<Change> {
    let anywhere = answer.at == At::Elsewhere && !state.knows(&answer.to);
    // At a number that nobody knows any more, all counts that ends something, and nothing else does.
    let said_at = answer.said_at.unwrap_or(Timestamp::from_millis(i64::MAX));
    // What speaks of rights is a wish, wherever it is said.
    let to_read = answer.to_read.filter(|it| !anywhere || it.of.speaks_of == About::Rights);
    let read = to_read.map(|it| inbox::came(state, it, said_at, now)).unwrap_or_default();
    if anywhere && !answer.reply.only_ends() && !matches!(answer.reply, Reply::Help | Reply::Info) {
        return read;
    }
    let heard = Heard { anywhere, said_at, now };
    let Answer { to, reply, starts, served, advertising, unsent, .. } = answer;
    let done = match reply {
        Reply::Yes { code } if starts => yes_and_start(state, yes(state, &to, code, &unsent, heard), heard),
        Reply::Yes { code } => yes(state, &to, code, &unsent, heard),
        Reply::No { code } => no(state, &to, code, heard),
        Reply::Stop(scope) => stop(state, &to, scope, &served, heard),
        // What is stored stays until a human, or the person on their page, deletes it (L25).
        Reply::Erase => stop(state, &to, Stop::Everything, &served, heard),
        Reply::Object => objected(state, &advertising, heard),
        Reply::WrongNumber => without_younger(state, wrong_number(state, Way::Reply), heard.said_at),
        Reply::Help => help(state, now),
        Reply::Info => info(state, now),
        // What is stored they see at once; where it is from, and more, a human tells them.
        Reply::Access if wants_silence(state, now) => Vec::new(),
        Reply::Access => info(state, now),
        // A keyword of a form is a request; one that no form owns is no word of ours.
        Reply::Unclear(_) | Reply::Keyword(_) => unclear(state, now),
        Reply::Ignore => Vec::new(),
        Reply::Start => start(state, heard),
    };
    done.into_iter().chain(read).collect()
}

/// What web pages asked in vain within the last 48 hours is asked now; else the START itself is answered, once a day.
fn start(state: &State, heard: Heard) -> Vec<Change> {
    if state.ended_since(heard.said_at) {
        return Vec::new();
    }
    let mut changes = without_younger(state, allowed(state, heard.said_at, heard.now), heard.said_at);
    let asks = changes.iter().any(|change| matches!(change, Change::Released(_)));
    let lately = state.started.is_some_and(|at| heard.now < at + Span::days(1));
    changes.extend((!asks && !lately).then_some(Change::Started));
    changes
}

/// A yes by which the provider lets SMS through again, too. Where it confirms nothing, it is a START like any other, and
/// needs no explanation; what it confirms needs no SMS any more.
fn yes_and_start(state: &State, yes: Vec<Change>, heard: Heard) -> Vec<Change> {
    let confirmed: Vec<_> = yes.into_iter().filter(|change| *change != Change::NotUnderstood).collect();
    let closed =
        |link: &TokenHash| confirmed.iter().any(|it| matches!(it, Change::Closed(closed, _) if closed == link));
    let mut started = start(state, heard);
    started.retain(|change| match change {
        Change::Released(link) => !closed(link),
        Change::Started => confirmed.is_empty(),
        _ => true,
    });
    confirmed.into_iter().chain(started).collect()
}

impl State {
    /// What a reply means to somebody of whom this is known: a no to nothing that was asked may be a wish to leave, which a
    /// human reads (L34).
    pub fn in_context(&self, reply: Reply, now: Timestamp) -> Reply {
        match reply {
            Reply::No { .. } if self.asked().next().is_none() && !self.in_force(now).is_empty() => {
                Reply::Unclear(About::Other)
            }
            reply => reply,
        }
    }
}

/// How a reply was heard.
#[derive(Clone, Copy)]
struct Heard {
    /// It came in at a number that neither the settings nor the person know.
    anywhere: bool,
    /// What is younger stays.
    said_at: Timestamp,
    now: Timestamp,
}

impl Heard {
    /// Requests that it may be about.
    fn waiting<'a>(self, state: &'a State, to: &'a str) -> Vec<&'a Pending> {
        let here = move |pending: &&Pending| {
            let here = self.anywhere || same_number(&pending.from, to);
            here && pending.ordered > 0 && pending.requested_at <= self.said_at
        };
        state.pendings.values().filter(here).filter(|pending| self.now < pending.expires_at()).collect()
    }
}

/// Leaves out what the person has wanted since it was said.
fn without_younger(state: &State, changes: Vec<Change>, said_at: Timestamp) -> Vec<Change> {
    let younger = |change: &Change| match change {
        Change::Took { purpose, .. } => state.standings.get(purpose).is_some_and(|it| it.since() > said_at),
        Change::Closed(link, _) | Change::Released(link) => {
            state.pendings.values().any(|pending| pending.link == *link && pending.requested_at > said_at)
        }
        Change::Suppressed(_) | Change::NumberGivenUp => state.may_have_wanted_since(said_at),
        _ => false,
    };
    changes.into_iter().filter(|change| !younger(change)).collect()
}

/// A bare yes counts where exactly one request waits, since else nobody knows which SMS it answers (L5); one with a code
/// where that waits. The way that the SMS named doesn't matter.
fn yes(state: &State, to: &str, code: Option<u8>, unsent: &[TokenHash], heard: Heard) -> Vec<Change> {
    let asked = |pending: &&Pending| pending.can_be_answered() && !unsent.contains(&pending.link);
    let waiting: Vec<_> = heard.waiting(state, to).into_iter().filter(asked).collect();
    let meant = match (code, waiting.as_slice()) {
        (None, [only]) => Some(*only),
        (Some(code), _) => waiting.iter().copied().find(|pending| pending.reply_code == code),
        _ => None,
    };
    match meant {
        Some(pending) => {
            let confirmed = confirmed(state, pending, heard.said_at).into_iter();
            confirmed.chain([Change::Agreed(pending.purposes.clone())]).collect()
        }
        // A second yes to the same SMS.
        None if waiting.is_empty() && state.standings.values().any(|it| matches!(it, Standing::Given(_))) => Vec::new(),
        _ => unclear(state, heard.now),
    }
}

/// A no ends what it names, else all that waits there: it can't be too much.
fn no(state: &State, to: &str, code: Option<u8>, heard: Heard) -> Vec<Change> {
    let waiting = heard.waiting(state, to);
    let named = waiting.iter().any(|pending| code == Some(pending.reply_code));
    let meant = waiting.into_iter().filter(|pending| !named || code == Some(pending.reply_code));
    let mut changes: Vec<_> = meant.map(|pending| Change::Closed(pending.link.clone(), End::Declined)).collect();
    if !changes.is_empty() {
        changes.push(Change::Suppressed(Suppression::UntilAllowed));
    }
    without_younger(state, changes, heard.said_at)
}

/// A STOP ends what the number serves, from every standing, and the requests for it; a bare one every request (L8). At a
/// number that nobody knows any more it ends whatever it can be about.
fn stop(state: &State, to: &str, scope: Stop, served: &[Purpose], heard: Heard) -> Vec<Change> {
    let now = heard.now;
    let named: Vec<_> = served
        .iter()
        .filter(|purpose| match &scope {
            Stop::Everything => true,
            Stop::Advertising => purpose.advertises(),
            Stop::Purposes(ids) => ids.contains(&purpose.id),
        })
        .map(|purpose| &purpose.id)
        .collect();
    let covers = |id: &PurposeId| {
        let by_consent = match (state.standings.get(id), &scope) {
            (Some(standing), Stop::Everything) => heard.anywhere || standing.is_from(to),
            (Some(standing @ Standing::Given(given)), Stop::Advertising) => {
                given.terms.advertises && (heard.anywhere || standing.is_from(to))
            }
            (Some(standing), Stop::Advertising) => heard.anywhere && standing.can_end(),
            (Some(_), Stop::Purposes(ids)) => heard.anywhere && ids.contains(id),
            (None, _) => false,
        };
        by_consent || named.contains(&id)
    };
    let advertising = |purpose: &Purpose| heard.anywhere && scope == Stop::Advertising && purpose.advertises();
    let all = scope == Stop::Everything;
    let requests = state
        .pendings
        .values()
        .filter(|pending| all || pending.purposes.iter().any(|purpose| covers(&purpose.id) || advertising(purpose)))
        .map(|pending| Change::Closed(pending.link.clone(), End::Stopped));
    let standing = state.standings.iter().filter(|(id, standing)| standing.can_end() && covers(id)).map(|(id, _)| id);
    let never = named.iter().copied().filter(|id| !state.standings.contains_key(id));
    let withdrawn =
        standing.chain(never).map(|id| Change::Took { purpose: id.clone(), ending: Ending::Withdrawn(Way::Reply) });
    let mut changes = without_younger(state, requests.chain(withdrawn).collect(), heard.said_at);
    // One acknowledgement: a second STOP that ends nothing more gets none; nor does one a day after a START, or two
    // machines that call STOP and START would be answered without end.
    let silences = all && !state.suppression.holds(now) && !state.may_have_wanted_since(heard.said_at);
    let lately = state.answered.is_some_and(|at| now < at + Span::days(1));
    let news = !changes.is_empty() || (silences && !lately);
    if all && !state.may_have_wanted_since(heard.said_at) {
        changes.extend(suppressed(state, Suppression::Until(now + SUPPRESSED_FOR)));
    }
    changes.extend(news.then_some(Change::Acknowledge(scope)));
    changes
}

/// "Ich widerspreche" ends all advertising, given or not, whatever number it comes from, and nothing else (L26): what is
/// declared as such, and what was promised to the person or asked for as such.
fn objected(state: &State, advertising: &[PurposeId], heard: Heard) -> Vec<Change> {
    let ended = leaving::objections(state, advertising, Way::Reply).collect();
    let mut changes = without_younger(state, ended, heard.said_at);
    let news = !changes.is_empty();
    if !state.may_have_wanted_since(heard.said_at) {
        changes.push(Change::Suppressed(Suppression::UntilAllowed));
    }
    changes.extend(news.then_some(Change::Acknowledge(Stop::Advertising)));
    changes
}

/// Who writes, what they have, and how to leave (L8): told to whoever asks, also after a STOP, and to whom nobody knows.
/// Senders can be forged: whoever has nothing and was asked nothing is told less often.
fn help(state: &State, now: Timestamp) -> Vec<Change> {
    let today = state.helps.iter().filter(|at| **at > now - Span::days(1)).count();
    let most = if state.in_force(now).is_empty() && state.asked().next().is_none() {
        HELPS_A_DAY_UNASKED
    } else {
        HELPS_A_DAY
    };
    if today < most { vec![Change::Help] } else { Vec::new() }
}

/// The same with a fresh link, for whom something is stored and as long as there are any for today.
fn info(state: &State, now: Timestamp) -> Vec<Change> {
    let fresh = if state.has_history() { fresh_link(state, Origin::Handset, now) } else { Vec::new() };
    if fresh.is_empty() { help(state, now) } else { fresh }
}

/// One short answer a day, and none to who wants none.
fn unclear(state: &State, now: Timestamp) -> Vec<Change> {
    let lately = state.not_understood.is_some_and(|at| now < at + Span::days(1));
    if lately || wants_silence(state, now) { Vec::new() } else { vec![Change::NotUnderstood] }
}

/// Whether the person is to be left alone: who was told "this is the last one" is, before a START or another yes.
fn wants_silence(state: &State, now: Timestamp) -> bool {
    let given = |since| state.standings.values().any(|it| matches!(it, Standing::Given(given) if given.since > since));
    let stopped = state.standings.iter().filter(|(purpose, _)| state.stopped_by_reply(purpose, now));
    let answered = state.answered.filter(|at| now < *at + SUPPRESSED_FOR && state.allowed_at.is_none_or(|it| it < *at));
    let ended = stopped.map(|(_, standing)| standing.since()).chain(answered).any(|at| !given(at));
    ended || state.suppression.holds(now)
}
