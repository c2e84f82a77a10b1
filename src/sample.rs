//! Sample data: a log as an Exchange server would write it, made by code.
