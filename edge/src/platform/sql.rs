//! SQL in an object.

use worker::{Result, SqlStorage, SqlStorageValue};

use super::{
    meter::{self, Billed},
    stored,
};

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

/// Adds columns that a table of an older build lacks.
pub fn add_columns(sql: &SqlStorage, table: &str, columns: &[(&str, &str)]) -> Result<()> {
    let made = rows(sql, "SELECT sql FROM sqlite_master WHERE name = ?", vec![table.into()])?;
    let made = made.into_iter().flatten().next().unwrap_or_default();
    for (name, definition) in columns {
        if !made.contains(&format!("{name} ")) {
            run(sql, &format!("ALTER TABLE {table} ADD COLUMN {name} {definition}"), Vec::new())?;
        }
    }
    Ok(())
}

/// Looks that the rows of a table that keeps no JSON are of a format that this build knows, at most `newest`.
pub fn known_format(sql: &SqlStorage, table: &'static str, newest: i32) -> Result<()> {
    let found = rows(sql, &format!("SELECT MAX(format) FROM {table}"), Vec::new())?;
    let found = found.into_iter().flatten().next().and_then(|format| format.parse().ok()).unwrap_or(newest);
    if found <= newest { Ok(()) } else { Err(stored::unknown(table, found.unsigned_abs() as usize)) }
}

/// What went wrong, as the platform's error.
pub fn fault(error: impl std::fmt::Display) -> worker::Error {
    worker::Error::RustError(error.to_string())
}
