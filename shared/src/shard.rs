//! Which of several objects has a share of the work.

/// So many objects share a form's day, and a webhook's subjects.
pub const SHARDS: u32 = 8;

/// The shard of a name, from 0. What has one name has one shard, in every release: rows lie there.
pub fn of(name: &str) -> u32 {
    name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % SHARDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_shard() {
        assert_eq!(["", "a", "AQEBAQEBAQEB", "shop"].map(of), [0, 1, 7, 6]);
    }
}
