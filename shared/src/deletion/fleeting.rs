use serde::Deserialize;

use super::NETWORK_AND_BROWSER;
use crate::{evidence::Erasable, time::Timestamp};

/// The values that go before the rest of a request or an event. Their commitments stay in the chain, so that it still
/// holds, and says no more than that there was such a value.
const FLEETING: [&str; 2] = ["network", "user_agent"];

fn is_fleeting(value: &Erasable) -> bool {
    FLEETING.contains(&value.name.as_str())
}

/// Takes network and browser out; says whether there were any.
pub fn drop_fleeting(values: &mut Vec<Erasable>) -> bool {
    let before = values.len();
    values.retain(|value| !is_fleeting(value));
    values.len() < before
}

/// When network and browser among these values go; never, where there are none.
pub fn fleeting_until(values: &[Erasable], came_in: Timestamp) -> Option<Timestamp> {
    values.iter().any(is_fleeting).then(|| came_in + NETWORK_AND_BROWSER)
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
