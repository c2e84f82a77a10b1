//! Units of files, and the workspace that merges all files.

pub mod answers;
mod join;
mod merge;
pub mod source;
pub mod totals;
pub mod unit;
pub mod workspace;

pub use answers::{Caveat, Evidence};
pub use merge::Refusals;
pub use smtp_auth_report_core::aggregate::*;
pub use source::{SourceId, SourceOutcome, SourceSummary};
pub use totals::Totals;
pub use unit::{Seam, Unit, UnitReader, UnitResult, mappable, plan, plan_entry, plan_with, refuse};
pub use workspace::{Merged, Workspace};
