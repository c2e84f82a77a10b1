//! How much may come out of how little: a few kilobytes can be made to unpack to gigabytes.

use crate::ingest::FileProblem;

/// What is unpacked may be so many times the size of what is packed. Logs come to 10 or 30 times, the most uniform ones to
/// 100; what was made to fill a memory comes to 1000.
pub const MAX_RATIO: u64 = 250;
/// So many bytes may come out of a file at any ratio: that much is read in a moment.
pub const RATIO_FREE_BYTES: u64 = 64 << 20;
/// More than this may come out of no file.
pub const MAX_UNPACKED_BYTES: u64 = 64 << 30;
/// So many files may lie in an archive. A month of hourly logs is 720 a folder and server.
pub const MAX_ENTRIES: u64 = 20_000;

/// What a packed file is allowed.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// See [`MAX_RATIO`].
    pub ratio: u64,
    /// See [`RATIO_FREE_BYTES`].
    pub free: u64,
    /// See [`MAX_UNPACKED_BYTES`].
    pub most: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { ratio: MAX_RATIO, free: RATIO_FREE_BYTES, most: MAX_UNPACKED_BYTES }
    }
}

/// What may have been unpacked of a file so far.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    bounds: Bounds,
    /// Bytes read of the file itself, however many times it is packed.
    packed: u64,
}

impl Allowance {
    /// After so many bytes of the file.
    pub const fn new(bounds: Bounds, packed: u64) -> Self {
        Self { bounds, packed }
    }

    /// Whether so many bytes may have come out.
    ///
    /// # Errors
    /// Which limit they are beyond.
    pub fn check(self, unpacked: u64) -> Result<(), FileProblem> {
        let Bounds { ratio, free, most } = self.bounds;
        if unpacked > most {
            Err(FileProblem::UnpacksTooBig)
        } else if unpacked > free && unpacked / ratio > self.packed {
            Err(FileProblem::UnpacksTooFar)
        } else {
            Ok(())
        }
    }
}
