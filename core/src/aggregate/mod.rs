//! Events and rows to counts: sessions, the cube, what has an identity, and all of it packed.

pub mod cap;
pub mod cube;
mod digest;
pub mod facts;
pub mod intern;
mod memo;
pub mod pack;
pub mod read;
pub mod session;
pub mod sessions;
pub mod tally;

pub use cap::{Level, Limits, OTHER};
pub use cube::{Cube, Key, Row};
pub use intern::{Interner, Sym};
