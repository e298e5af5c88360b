use serde::{Deserialize, Serialize};

/// The way by which a person or the owner acted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A tap on the page of an SMS's link.
    #[default]
    Link,
    /// A tap on the page of the code that an advertising SMS carries.
    WayOut,
    /// A tap on the page of a fresh link.
    FreshLink,
    /// A reply by SMS.
    Reply,
    /// The owner, for the person.
    Owner,
    /// A STOP that only the provider saw: it refuses SMS to this handset.
    Provider,
}
