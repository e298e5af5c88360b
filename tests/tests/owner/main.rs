//! What an owner can rely on: SMS leave only with consent and as often as was promised, settings that would mislead are
//! refused, and a restart, a new key or a later build loses nothing.

mod access;
mod acts;
mod batches;
mod deletion;
mod deploys;
mod directory;
mod dry_runs;
mod duties;
mod forms;
mod gate;
mod handed_in;
mod health;
mod inbox;
mod invitations;
mod kept_states;
mod key_rotation;
mod kv_lag;
mod limits;
mod mended;
mod messages;
mod outbox;
mod previews;
mod proofs;
mod publishing;
mod quiet_hours;
mod references;
mod registry;
mod restarts;
mod reward_codes;
mod simulator;
mod stored_formats;
mod subjects;
mod updates;
