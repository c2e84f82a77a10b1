//! Events to counts: what a worker makes of its part of a file, sessions, the cube, and the workspace that merges all
//! files.

pub mod answers;
pub mod cap;
pub mod cube;
pub mod facts;
pub mod intern;
mod join;
mod memo;
mod merge;
pub mod pack;
mod read;
pub mod session;
pub mod sessions;
pub mod source;
mod tally;
pub mod totals;
pub mod unit;
pub mod workspace;

pub use answers::{Caveat, Evidence};
pub use cap::{Level, Limits, OTHER};
pub use cube::{Cube, Key, Row};
pub use intern::{Interner, Sym};
pub use merge::Refusals;
pub use source::{SourceId, SourceOutcome, SourceSummary};
pub use totals::Totals;
pub use unit::{Seam, Unit, UnitReader, UnitResult, mappable, plan, plan_entry, plan_with, refuse};
pub use workspace::{Merged, Workspace};
