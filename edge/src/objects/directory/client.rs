use futures_util::future::try_join_all;
use shared::{
    inbox::InboxKey,
    key_ring::SubjectId,
    shard::{self, DIRECTORY_SHARDS},
    time::Timestamp,
};
use worker::{Env, Result};

use super::protocol::{Forget, InboxPage, Page, Put, ReadInbox, ReadPage, Row};
use crate::platform::object::{Address, Question};

/// All shares of the directory.
#[derive(Clone, Copy)]
pub struct Client<'a>(&'a Env);

impl<'a> Client<'a> {
    pub fn of(env: &'a Env) -> Self {
        Self(env)
    }

    async fn ask<Q: Question>(self, shard: u32, question: Q) -> Result<Q::Reply> {
        Address { env: self.0, binding: "DIRECTORY", name: &shard.to_string() }.ask(question).await
    }

    pub async fn put(self, row: Row) -> Result<()> {
        self.ask(shard::of_directory(row.subject), Put { row: Box::new(row) }).await
    }

    /// Deletes the row of who is stored no longer, as they were listed then.
    pub async fn forget(self, subject: SubjectId, listed: Timestamp) -> Result<()> {
        self.ask(shard::of_directory(subject), Forget { subject, listed }).await
    }

    /// The replies that wait for a human, the oldest first after that place, at most `most`.
    pub async fn inbox(self, after: Option<InboxKey>, most: u32) -> Result<InboxPage> {
        let shards = (0..DIRECTORY_SHARDS).map(|shard| self.ask(shard, ReadInbox { after: after.clone(), most }));
        let mut all = InboxPage::default();
        for InboxPage { keys, open } in try_join_all(shards).await? {
            all.keys.extend(keys);
            all.open = all.open.saturating_add(open);
        }
        all.keys.sort();
        all.keys.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(all)
    }

    /// The people after that one, a share after the other, at most `most`; and after whom to go on, if anybody may
    /// follow. Who comes or changes meanwhile is in it or not, and nobody twice.
    pub async fn page(self, after: Option<SubjectId>, most: u32) -> Result<(Vec<Row>, Option<SubjectId>)> {
        let first = after.map_or(0, shard::of_directory);
        let (mut found, mut after) = (Vec::new(), after);
        for shard in first..DIRECTORY_SHARDS {
            let left = most.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
            let Page { rows, last } = self.ask(shard, ReadPage { after: after.take(), most: left }).await?;
            found.extend(rows);
            if last.is_some() {
                return Ok((found, last));
            }
        }
        Ok((found, None))
    }
}
