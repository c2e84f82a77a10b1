//! Events to counts: interned strings, the cube, sessions, and the workspace that merges the files.

pub mod cube;
pub mod intern;
pub mod source;
pub mod workspace;

pub use cube::{Cube, Key, Row};
pub use intern::{Interner, Sym};
pub use source::{SourceId, SourceSummary};
pub use workspace::{Merged, Workspace};
