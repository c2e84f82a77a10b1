//! Stub: the UI comes with its own branch.

/// Mounts the app.
pub fn mount() {}
