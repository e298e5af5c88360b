//! Which of several objects has a share of the work.

use crate::key_ring::SubjectId;

/// So many objects share a form's day, and a webhook's subjects.
pub const SHARDS: u32 = 8;

/// So many objects share the directory. Fixed for ever: with another number nobody would find their row.
pub const DIRECTORY_SHARDS: u32 = 16;

/// The shard of a name, from 0. What has one name has one shard, in every release: rows lie there.
pub fn of(name: &str) -> u32 {
    sum(name) % SHARDS
}

/// The share of the directory that lists a person, from 0.
pub fn of_directory(subject: SubjectId) -> u32 {
    sum(&subject.to_string()) % DIRECTORY_SHARDS
}

fn sum(name: &str) -> u32 {
    name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_shard() {
        assert_eq!(["", "a", "AQEBAQEBAQEB", "shop"].map(of), [0, 1, 7, 6]);
    }

    #[test]
    fn a_person_stays_in_their_share_of_the_directory() {
        let shares = ["AQEBAQEBAQEB", "AQAAAAAAAAAA", "Af__________", "AgoLDA0ODxAR"];
        let shares = shares.map(|id| of_directory(SubjectId::try_from(id.to_owned()).unwrap()));
        assert_eq!(shares, [7, 0, 5, 4]);
    }

    #[test]
    fn people_are_spread_evenly() {
        let mut counts = [0; DIRECTORY_SHARDS as usize];
        for n in 0..16_000_u32 {
            let hash = sum(&n.to_string()).wrapping_mul(0x9E37_79B1).to_be_bytes();
            let [a, b, c, d] = hash;
            counts[of_directory(SubjectId([1, a, b, c, d, b, a, d, c])) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (800..1200).contains(count)), "{counts:?}");
    }
}
