//! Reading files in pieces.

use super::error_text;
use super::served::Served;
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use std::cell::Cell;
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FilePropertyBag, MessagePort, ReadableStreamByobReader};

/// A file is read in pieces of at most this many bytes; they come far smaller.
pub const PIECE_BYTES: u32 = 2 * 1024 * 1024;

/// Some bytes of a file, as far as it has them.
///
/// # Errors
/// If the file cannot be read: the browser's own words.
pub async fn read(file: &Blob, range: Range<u64>) -> Result<Vec<u8>, String> {
    let part = part(file, range)?;
    let buffer = JsFuture::from(part.array_buffer()).await.map_err(|error| error_text(&error))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A part of a file, to be read like a file.
///
/// # Errors
/// If the browser does not give it: its own words.
pub fn part(file: &Blob, range: Range<u64>) -> Result<Blob, String> {
    file.slice_with_f64_and_f64(range.start as f64, range.end as f64).map_err(|error| error_text(&error))
}

/// Size of a file, in bytes.
pub fn size(file: &Blob) -> u64 {
    // A whole number below 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = file.size() as u64;
    size
}

/// When a file was last changed (Unix milliseconds, UTC).
pub fn modified_ms(file: &File) -> i64 {
    // A whole number below 2^53.
    #[allow(clippy::cast_possible_truncation)]
    let modified_ms = file.last_modified() as i64;
    modified_ms
}

/// A file made of bytes.
///
/// # Errors
/// If the browser cannot make one: its own words.
pub fn make(name: &str, bytes: &[u8]) -> Result<File, String> {
    let options = FilePropertyBag::new();
    options.set_type("text/plain");
    File::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), name, &options)
        .map_err(|error| error_text(&error))
}

/// A blob that is written piece by piece. The browser keeps the pieces, so the program's memory does not grow.
#[derive(Default)]
pub struct BlobWriter {
    pieces: Array,
}

impl BlobWriter {
    /// Adds a piece.
    pub fn push(&mut self, piece: &[u8]) {
        let bytes = Uint8Array::from(piece);
        // A blob of its own moves the piece out of the worker's memory at once.
        match Blob::new_with_u8_array_sequence(&Array::of1(&bytes)) {
            Ok(blob) => self.pieces.push(&blob),
            Err(_) => self.pieces.push(&bytes),
        };
    }

    /// The blob.
    ///
    /// # Errors
    /// If the browser cannot make one: its own words.
    pub fn finish(self, mime_type: &str) -> Result<Blob, String> {
        let options = BlobPropertyBag::new();
        options.set_type(mime_type);
        Blob::new_with_blob_sequence_and_options(&self.pieces, &options).map_err(|error| error_text(&error))
    }
}

/// The buffers a worker reads into, used for one file after the other.
#[derive(Default)]
pub struct Buffers {
    /// What the browser fills. Taken while it does so.
    browser: Option<ArrayBuffer>,
    /// The program's copy.
    program: Vec<u8>,
}

thread_local! {
    /// Whether the browser's files turned out to have byte streams.
    static HAS_BYTE_STREAMS: Cell<bool> = const { Cell::new(false) };
}

/// Reads a file from some byte to its end, piece by piece.
pub struct PieceReader {
    source: Source,
}

/// The ways to read.
enum Source {
    /// A byte stream that fills our own buffer: fastest, and takes the least memory. To be held here while it is waited
    /// for: Chromium collects a reader that nothing else refers to, and then no more bytes ever come.
    Filling(ReadableStreamByobReader),
    /// Through the page.
    Served(Served),
}

impl PieceReader {
    /// Starts to read a file, or what the page [serves](super::served::serve) of one, behind `from` bytes. The browser fetches
    /// the first ones at once, before they are asked for.
    ///
    /// # Errors
    /// If the browser's files have no byte streams: its own words. Then the page is to serve it.
    pub fn open(file: &JsValue, from: u64) -> Result<Self, String> {
        let source = match (file.dyn_ref::<Blob>(), file.dyn_ref::<MessagePort>()) {
            (Some(file), _) => Source::filling(file, from as f64).map_err(|error| error_text(&error))?,
            (_, Some(port)) => Source::Served(Served::open(port.clone(), from as f64)),
            _ => return Err("no file came with the request".to_owned()),
        };
        Ok(Self { source })
    }

    /// The next piece; an empty one at the end of the file.
    ///
    /// # Errors
    /// If the file cannot be read, for one because it was changed or removed: the browser's own words.
    pub async fn next<'a>(&mut self, buffers: &'a mut Buffers) -> Result<&'a [u8], String> {
        self.source.fill(buffers).await.map_err(|error| error_text(&error))?;
        Ok(&buffers.program)
    }

    /// Stops reading before the end.
    pub async fn cancel(self) {
        if let Source::Filling(reader) = self.source {
            // Nothing is wanted of the stream any more, not even its error.
            let _ = JsFuture::from(reader.cancel()).await;
        }
    }
}

impl Source {
    fn filling(file: &Blob, from: f64) -> Result<Self, JsValue> {
        // Told by a file of nothing: a stream that turns out to be of the wrong kind goes on reading the file for nobody.
        if !HAS_BYTE_STREAMS.get() {
            ReadableStreamByobReader::new(&Blob::new()?.stream())?;
            HAS_BYTE_STREAMS.set(true);
        }
        let rest = file.slice_with_f64_and_f64(from, file.size())?;
        ReadableStreamByobReader::new(&rest.stream()).map(Self::Filling)
    }

    /// Replaces the program's copy by the next piece, or by nothing at the end.
    async fn fill(&mut self, buffers: &mut Buffers) -> Result<(), JsValue> {
        let Buffers { browser, program } = buffers;
        match self {
            Self::Filling(reader) => {
                // As much as has arrived, 64 KiB as a rule, and no more: while that is parsed the browser reads on. To
                // gather 2 MiB first took a fifth longer (393 against 463 MB/s with two workers, 302 against 359 with
                // one; medians of three, in turn).
                let buffer = browser.take().unwrap_or_else(|| ArrayBuffer::new(PIECE_BYTES));
                let read =
                    JsFuture::from(reader.read_with_array_buffer_view(&Uint8Array::new(&buffer))).await?;
                // The buffer moved into the browser with the call, and comes back under another name. At the end of
                // the file there is nothing in it, and after a cancelled read there is none.
                let Ok(view) = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>() else {
                    program.clear();
                    return Ok(());
                };
                program.resize(view.length() as usize, 0);
                view.copy_to(program);
                *browser = Some(view.buffer()).filter(|buffer| buffer.byte_length() == PIECE_BYTES);
            }
            Self::Served(served) => served.fill(program).await?,
        }
        Ok(())
    }
}
