//! What host pages and browsers can rely on: the files, the HTML, and the whole way in a real browser.

mod accessibility;
mod after_sending;
mod assets;
mod errors;
mod form_html;
mod host_page;
mod journey;
mod keyboard;
mod languages;
mod origins;
mod outdated_text;
mod policies;
mod references;
mod shop;
mod simulated_phone;
mod without_script;
