use super::{standing::Standing, way::Way};
use crate::time::Timestamp;

/// How a consent ends. What is kept of it, proven, shown, refused and told follows from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The person took it back (GDPR 7(3)).
    Withdrawn(Way),
    /// The person objected (GDPR 21).
    Objected(Way),
    /// Whoever has the handset says that it is not the person's who consented.
    WrongNumber(Way),
    /// The handset can't be reached for good.
    Suspended,
    /// Unused for too long (L10).
    Lapsed,
    /// Erased (GDPR 17).
    Erased(Way),
}

impl Ending {
    /// By which way somebody ended it; time and networks have none.
    pub const fn way(self) -> Option<Way> {
        match self {
            Self::Withdrawn(way) | Self::Objected(way) | Self::WrongNumber(way) | Self::Erased(way) => Some(way),
            Self::Suspended | Self::Lapsed => None,
        }
    }

    /// Its stable name: a webhook's `reason`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Withdrawn(_) => "withdrawn",
            Self::Objected(_) => "objected",
            Self::WrongNumber(_) => "wrong_number",
            Self::Suspended => "suspended",
            Self::Lapsed => "lapsed",
            Self::Erased(_) => "erased",
        }
    }

    /// How the purpose stands from then on.
    pub(super) const fn standing(self, at: Timestamp) -> Standing {
        match self {
            Self::Withdrawn(way) | Self::WrongNumber(way) => Standing::Withdrawn { at, way },
            Self::Objected(_) => Standing::Objected { at },
            Self::Suspended => Standing::Suspended { at },
            Self::Lapsed => Standing::Lapsed { at },
            Self::Erased(_) => Standing::Erased { at },
        }
    }

    /// Whether the number may be another person's by the time of the next consent, so that links of before only
    /// withdraw.
    pub(super) const fn breaks_links(self) -> bool {
        match self {
            Self::Lapsed => false,
            Self::Withdrawn(_) | Self::Objected(_) | Self::WrongNumber(_) | Self::Suspended | Self::Erased(_) => true,
        }
    }
}
