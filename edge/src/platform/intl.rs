//! Times in words, by the runtime's own `Intl`: a time zone database would be half the bundle.

use std::{cell::RefCell, collections::HashMap};

use shared::{
    calendar::{LocalDay, TimeZone},
    lang::Lang,
    quiet::{TimeOfDay, zones},
    time::Timestamp,
};
use worker::js_sys::{Array, Date, Function, Intl, Object, Reflect, global};
use worker::wasm_bindgen::{JsCast as _, JsValue};

/// How exact a time has to be.
#[derive(Clone, Copy)]
pub enum Exact {
    /// `24. November 2026`.
    Day,
    /// `14:05 Uhr (MEZ)`: when something was done just now.
    Clock,
    /// `Dienstag, 24. November, 14:05 Uhr (MEZ)`: until when something can be done, wherever somebody is.
    Minute,
    /// `24. November 2026, 14:05:12`.
    Second,
}

type Formats = RefCell<HashMap<String, Function>>;

thread_local! {
    /// Making one takes as long as a hundred uses of it: a page may show thousands of times.
    static FORMATS: Formats = RefCell::default();
}

/// The runtime's words for a time.
fn words(at: Timestamp, locale: &str, options: &[(&str, &str)]) -> Option<String> {
    let key = options.iter().fold(locale.to_owned(), |key, (name, value)| key + "," + name + "=" + value);
    let format = FORMATS.with_borrow_mut(|formats| {
        let make = || {
            let object = Object::new();
            for (name, value) in options {
                let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
            }
            // Not `Intl::DateTimeFormat::new`, which ends the call where the runtime doesn't know the zone.
            let intl = Reflect::get(&global(), &"Intl".into()).ok()?;
            let class: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
            let made = Reflect::construct(&class, &Array::of2(&locale.into(), &object)).ok()?;
            Some(made.unchecked_into::<Intl::DateTimeFormat>().format())
        };
        if let Some(format) = formats.get(&key) {
            return Some(format.clone());
        }
        make().inspect(|format| drop(formats.insert(key, format.clone())))
    })?;
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    format.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()
}

/// A time in a zone; in UTC where the runtime doesn't know the zone.
pub fn time(at: Timestamp, lang: Lang, zone: &str, exact: Exact) -> String {
    let zone = if is_zone(zone) { zone } else { "UTC" };
    let mut options = vec![("timeZone", zone)];
    if !matches!(exact, Exact::Clock) {
        options.extend([("day", "numeric"), ("month", "long")]);
    }
    options.extend::<&[(&str, &str)]>(match exact {
        Exact::Day => &[("year", "numeric")],
        Exact::Clock => &[("hour", "2-digit"), ("minute", "2-digit")],
        Exact::Minute => &[("weekday", "long"), ("hour", "2-digit"), ("minute", "2-digit")],
        Exact::Second => &[("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")],
    });
    let text = words(at, lang.locale(), &options).unwrap_or_default();
    match exact {
        Exact::Day => text,
        Exact::Clock | Exact::Minute => {
            format!("{} ({})", lang.texts().date_and_time(&text), zone_name(at, lang, zone))
        }
        Exact::Second => lang.texts().date_and_time(&text),
    }
}

/// What people call the time there: `MEZ`, `CEST`, `GMT-5`. It comes behind a date.
fn zone_name(at: Timestamp, lang: Lang, zone: &str) -> String {
    let dated = words(at, lang.locale(), &[("timeZone", zone), ("timeZoneName", "short")]).unwrap_or_default();
    dated.rsplit(", ").next().unwrap_or(zone).to_owned()
}

/// The time of day somewhere, if the runtime knows the zone.
pub fn time_of_day(at: Timestamp, zone: &str) -> Option<TimeOfDay> {
    let options = [("timeZone", zone), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    TimeOfDay::try_from(words(at, "en-GB", &options)?).ok()
}

/// The times of day where whoever has that number may be; those of the shop's zone where the number tells none.
pub fn clocks(at: Timestamp, e164: &str, shop: &str) -> Vec<TimeOfDay> {
    let clocks: Vec<_> = zones(e164).iter().filter_map(|zone| time_of_day(at, zone)).collect();
    if clocks.is_empty() { time_of_day(at, shop).into_iter().collect() } else { clocks }
}

/// Whether the runtime knows a zone, so that times can be told there.
pub fn is_zone(zone: &str) -> bool {
    time_of_day(Timestamp::from_millis(0), zone).is_some()
}

/// The calendar day somewhere; in UTC where the runtime doesn't know the zone.
pub fn day(at: Timestamp, TimeZone(zone): &TimeZone) -> LocalDay {
    let options = [("timeZone", zone.as_str()), ("year", "numeric"), ("month", "2-digit"), ("day", "2-digit")];
    words(at, "en-GB", &options).and_then(|date| LocalDay::parse(&date)).unwrap_or_else(|| LocalDay::utc(at))
}
