//! SQL in an object.

use std::cell::OnceCell;

use worker::{Result, SqlStorage, SqlStorageValue, State};

use super::{
    faults::{self, Kind},
    meter::{self, Billed},
    stored,
};

pub fn run(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<()> {
    exec(sql, statement, values).map(|_| ())
}

/// Runs a statement; the rows of `N` columns that it gives, where a number comes as text and NULL as an empty one.
pub fn rows<const N: usize>(
    sql: &SqlStorage,
    statement: &str,
    values: Vec<SqlStorageValue>,
) -> Result<Vec<[String; N]>> {
    let row = |row: Vec<String>| row.try_into().map_err(|_| fault("a row of other columns than were asked for"));
    exec(sql, statement, values)?.into_iter().map(row).collect()
}

/// The first column of the first row.
pub fn value(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<Option<String>> {
    Ok(rows::<1>(sql, statement, values)?.into_iter().flatten().next())
}

fn exec(sql: &SqlStorage, statement: &str, values: Vec<SqlStorageValue>) -> Result<Vec<Vec<String>>> {
    let text = |value| match value {
        SqlStorageValue::String(text) => text,
        SqlStorageValue::Integer(number) => number.to_string(),
        SqlStorageValue::Float(number) => (number as i64).to_string(), // none of ours is broken
        _ => String::new(),
    };
    faults::before(Kind::Sql, statement)?;
    let cursor = sql.exec(statement, values)?;
    let rows = cursor.raw().map(|row| Ok(row?.into_iter().map(text).collect())).collect();
    meter::count(Billed::RowRead, cursor.rows_read());
    meter::count(Billed::RowWritten, cursor.rows_written());
    rows
}

/// Whether a table was ever made: asking leaves nothing behind.
pub fn has_table(sql: &SqlStorage, name: &str) -> Result<bool> {
    Ok(value(sql, "SELECT 1 FROM sqlite_master WHERE name = ?", vec![name.into()])?.is_some())
}

/// The tables of an object.
pub trait Tables: Sized {
    /// Makes them where there are none.
    fn make(sql: SqlStorage) -> Result<Self>;

    /// Opens them, if anything was ever stored here.
    fn find(sql: SqlStorage) -> Result<Option<Self>>;
}

/// The tables of an object, opened once; made only for `making`, so that asking leaves nothing behind.
pub fn tables<'a, T: Tables>(known: &'a OnceCell<T>, state: &State, making: bool) -> Result<Option<&'a T>> {
    if let Some(known) = known.get() {
        return Ok(Some(known));
    }
    Ok(open_tables(state, making)?.map(|found| known.get_or_init(|| found)))
}

/// The same, for who may have to open them again.
pub fn open_tables<T: Tables>(state: &State, making: bool) -> Result<Option<T>> {
    let sql = state.storage().sql();
    if making { T::make(sql).map(Some) } else { T::find(sql) }
}

/// Adds columns that a table of an older build lacks.
pub fn add_columns(sql: &SqlStorage, table: &str, columns: &[(&str, &str)]) -> Result<()> {
    let made = value(sql, "SELECT sql FROM sqlite_master WHERE name = ?", vec![table.into()])?.unwrap_or_default();
    for (name, definition) in columns {
        if !made.contains(&format!("{name} ")) {
            run(sql, &format!("ALTER TABLE {table} ADD COLUMN {name} {definition}"), Vec::new())?;
        }
    }
    Ok(())
}

/// Looks that the rows of a table that keeps no JSON are of a format that this build knows, at most `newest`.
pub fn known_format(sql: &SqlStorage, table: &'static str, newest: i32) -> Result<()> {
    let found = value(sql, &format!("SELECT MAX(format) FROM {table}"), Vec::new())?;
    let found = found.and_then(|format| format.parse().ok()).unwrap_or(newest);
    if found <= newest { Ok(()) } else { Err(stored::unknown(table, found.unsigned_abs() as usize)) }
}

/// What went wrong, as the platform's error.
pub fn fault(error: impl std::fmt::Display) -> worker::Error {
    worker::Error::RustError(error.to_string())
}
