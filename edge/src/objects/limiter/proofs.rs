//! The proofs that were used: a row each, written before anybody is answered.

use shared::{
    limits::{Proof, ProofEnd, UsedProof, forgotten_at},
    time::Timestamp,
};
use worker::{Result, SqlStorage};

use crate::platform::{
    sql::{run, value},
    stored,
};

/// What is known of a proof. One whose time is over may still be there.
pub fn find(sql: &SqlStorage, name: &str) -> Result<Option<UsedProof>> {
    let used = value(sql, "SELECT used FROM proofs WHERE name = ?", vec![name.into()])?;
    used.map(|used| stored::read(&used)).transpose()
}

/// Notes for what a proof is used; what it was used for already stays.
pub fn note(sql: &SqlStorage, proof: &Proof, submission: String) -> Result<()> {
    let used = stored::write(&UsedProof { submission, end: None })?;
    let values = vec![proof.name.as_str().into(), used.into(), proof.until.millis().into()];
    run(sql, "INSERT INTO proofs VALUES (?, ?, ?) ON CONFLICT DO NOTHING", values)
}

/// Notes how its submission ended.
pub fn end(sql: &SqlStorage, name: &str, end: ProofEnd) -> Result<()> {
    let Some(used) = find(sql, name)? else {
        return Ok(());
    };
    let used = stored::write(&UsedProof { end: Some(end), ..used })?;
    run(sql, "UPDATE proofs SET used = ? WHERE name = ?", vec![used.into(), name.into()])
}

pub fn forget_what_is_over(sql: &SqlStorage, now: Timestamp) -> Result<()> {
    run(sql, "DELETE FROM proofs WHERE until <= ?", vec![now.millis().into()])
}

/// When the next ones are to be forgotten; never where there are none.
pub fn due(sql: &SqlStorage) -> Result<Option<Timestamp>> {
    let first = value(sql, "SELECT until FROM proofs ORDER BY until LIMIT 1", Vec::new())?;
    Ok(first.and_then(|millis| millis.parse().ok()).map(|millis| forgotten_at(Timestamp::from_millis(millis))))
}
