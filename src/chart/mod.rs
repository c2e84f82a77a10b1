//! Report to chart options.
