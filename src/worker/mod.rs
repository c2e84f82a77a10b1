//! The page, the parser workers and the engine worker: who asks whom for what.

pub mod client;
pub mod messages;
