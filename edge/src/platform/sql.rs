//! SQL in an object.

use worker::{Result, SqlStorage, SqlStorageValue};

use super::meter::{self, Billed};

/// Runs a statement.
pub fn run(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
    rows(sql, statement, values).map(|_| ())
}

/// Runs a statement; text columns of the rows that it gives, where a number comes as text.
pub fn rows(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Vec<String>>> {
    let text = |value| match value {
        SqlStorageValue::String(text) => text,
        SqlStorageValue::Integer(number) => number.to_string(),
        SqlStorageValue::Float(number) => (number as i64).to_string(), // none of ours is broken
        _ => String::new(),
    };
    let cursor = sql.exec(statement, values)?;
    let rows = cursor.raw().map(|row| Ok(row?.into_iter().map(text).collect())).collect();
    meter::count(Billed::RowRead, cursor.rows_read());
    meter::count(Billed::RowWritten, cursor.rows_written());
    rows
}

/// Whether a table was ever made: asking leaves nothing behind.
pub fn has_table(sql: &SqlStorage, name: &str) -> Result<bool> {
    Ok(!rows(sql, "SELECT 1 FROM sqlite_master WHERE name = ?", vec![name.into()])?.is_empty())
}

/// What went wrong, as the platform's error.
pub fn fault(error: impl std::fmt::Display) -> worker::Error {
    worker::Error::RustError(error.to_string())
}
