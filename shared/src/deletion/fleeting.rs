use serde::Deserialize;

use super::{MESSAGE, NETWORK_AND_BROWSER};
use crate::{
    evidence::Erasable,
    time::{Span, Timestamp},
};

/// How long a value is kept that goes before the rest of its request or event. Its commitment stays in the chain, so
/// that it still holds, and says no more than that there was such a value.
fn kept_for(value: &Erasable) -> Option<Span> {
    match value.name.as_str() {
        "network" | "user_agent" => Some(NETWORK_AND_BROWSER),
        "text" => Some(MESSAGE),
        _ => None,
    }
}

/// Takes out what has had its time; of values of which nobody knows when they came in, all that ever goes.
pub fn drop_fleeting(values: &mut Vec<Erasable>, came_in: Option<Timestamp>, now: Timestamp) {
    let stays = |span| came_in.is_some_and(|at| now < at + span);
    values.retain(|value| kept_for(value).is_none_or(stays));
}

/// When the first of these values goes; never, where all stay.
pub fn fleeting_until(values: &[Erasable], came_in: Timestamp) -> Option<Timestamp> {
    values.iter().filter_map(kept_for).map(|span| came_in + span).min()
}

/// When the values of an event came in: with the request that it embeds, else with the event.
pub fn came_in(event: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Moment {
        time: Timestamp,
    }
    #[derive(Deserialize)]
    struct Event {
        time: Timestamp,
        request: Option<Moment>,
    }
    let event: Event = serde_json::from_str(event).ok()?;
    Some(event.request.map_or(event.time, |request| request.time))
}
