//! The variables of this deploy.

use std::{cell::RefCell, rc::Rc};

use shared::deployment::{Build, Configuration, DeployTrouble};
use worker::Env;

const BUILD: Build = if cfg!(feature = "simulator") { Build::Local } else { Build::Deploy };

type Read = Result<Rc<Configuration>, Vec<DeployTrouble>>;

thread_local! {
    static CONFIGURATION: RefCell<Option<Read>> = const { RefCell::new(None) };
}

/// Reads them, once an isolate: the platform starts new ones when they change.
pub fn of(env: &Env) -> Read {
    if let Some(known) = CONFIGURATION.with_borrow(Clone::clone) {
        return known;
    }
    let variable = |name: &str| env.var(name).ok().map(|text| text.to_string());
    let read = Configuration::read(variable, BUILD).map(Rc::new);
    CONFIGURATION.set(Some(read.clone()));
    read
}
