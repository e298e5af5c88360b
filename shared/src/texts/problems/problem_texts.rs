/// The sentences of problems that people meet. What only programs meet is in English alone.
#[cfg_attr(test, derive(Debug))]
pub struct ProblemTexts {
    /// Heading of a page that says what went wrong.
    pub title: &'static str,
    /// With the most that is taken, in KiB.
    pub too_large: fn(usize) -> String,
    pub key_reused: &'static str,
    pub outdated: &'static str,
    pub challenge: &'static str,
    pub challenge_used: &'static str,
    pub origin: &'static str,
    pub not_found: &'static str,
    /// What came can't be read, or asks for something that the page can't do.
    pub unreadable: &'static str,
    /// A purpose that a form names more than once.
    pub twice: &'static str,
    pub method_not_allowed: &'static str,
    pub form_closed: &'static str,
    pub unauthorized: &'static str,
    pub not_set_up: &'static str,
    pub no_consent: &'static str,
    pub frequency_exceeded: &'static str,
    pub paused: &'static str,
    pub already_answered: &'static str,
    pub collision: &'static str,
    pub fault: &'static str,
    /// Something that a newer build stored, which was rolled back.
    pub newer_build: &'static str,
    /// The deploy may do nothing: told to people, not what is wrong with it.
    pub stopped: &'static str,
}
