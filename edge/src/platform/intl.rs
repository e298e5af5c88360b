//! Times in words, by the runtime's own `Intl`: a time zone database would be half the bundle.

use shared::{lang::Lang, quiet::TimeOfDay, time::Timestamp};
use worker::js_sys::{Array, Date, Intl, Object, Reflect};
use worker::wasm_bindgen::JsValue;

/// How exact a time has to be.
#[derive(Clone, Copy)]
pub enum Exact {
    /// `24. November 2026`.
    Day,
    /// `Dienstag, 24. November, 14:05`.
    Minute,
    /// `24. November 2026, 14:05:12`.
    Second,
}

pub fn time(at: Timestamp, lang: Lang, zone: &str, exact: Exact) -> String {
    let mut options = vec![("timeZone", zone), ("day", "numeric"), ("month", "long")];
    options.extend::<&[(&str, &str)]>(match exact {
        Exact::Day => &[("year", "numeric")],
        Exact::Minute => &[("weekday", "long"), ("hour", "2-digit"), ("minute", "2-digit")],
        Exact::Second => &[("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit")],
    });
    let object = Object::new();
    for (name, value) in options {
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    let format = Intl::DateTimeFormat::new(&Array::of1(&lang.locale().into()), &object).format();
    let text = format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default();
    match exact {
        Exact::Day => text,
        Exact::Minute | Exact::Second => lang.texts().date_and_time(&text),
    }
}

/// The time of day somewhere, if the runtime knows the zone.
pub fn time_of_day(at: Timestamp, zone: &str) -> Option<TimeOfDay> {
    let object = Object::new();
    for (name, value) in [("timeZone", zone), ("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")] {
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    let format = Intl::DateTimeFormat::new(&Array::of1(&"en-GB".into()), &object).format();
    TimeOfDay::try_from(format.call1(&JsValue::UNDEFINED, &date).ok()?.as_string()?).ok()
}
