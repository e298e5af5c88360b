//! Bytes as a few lines and a rest.

/// The first line, without its end, and what follows it.
pub fn line(data: &[u8]) -> (String, &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (line, rest) = data.split_at(end);
    (text(line), rest.get(1..).unwrap_or_default())
}

/// Bytes as text, whatever they are.
pub fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}
