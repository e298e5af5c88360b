//! What an owner can rely on: SMS leave only with consent and as often as was promised, settings that would mislead are
//! refused, and a restart, a new key or a later build loses nothing.

mod batches;
mod gate;
mod invitations;
mod kept_states;
mod limits;
mod messages;
mod publishing;
mod reward_codes;
mod simulator;
mod storage;
mod subjects;
