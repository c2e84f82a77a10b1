//! One SMTP session: its lines in order, and what they come to.
//!
//! A session is a pure function of the *set* of its lines. They are put in order by sequence number and time, equal ones
//! collapse, and then one walk from first to last decides who signed in, over which TLS, and which messages were
//! accepted. So it does not matter how the lines were spread over files, ranges and workers.

mod event;
mod outcome;
mod waiting;
mod walk;

pub use event::{Event, Fragment, Kind, has_one_order, in_order};
pub use outcome::{Fact, FrontEnd, HubSegment, Message, Resolved, What, facts_of_sign_in};
pub use walk::{Room, resolve, resolve_in};
