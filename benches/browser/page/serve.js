// What every reader in a worker does: says that it is ready, reads the file it is given, answers.

/// `prepare(kind)` gives `(file) => result`, before anything is timed.
export function serve(prepare) {
  let read;
  onmessage = async ({ data }) => {
    try {
      if (data.kind) {
        read = await prepare(data.kind);
        postMessage({});
      } else {
        postMessage(await read(data.file));
      }
    } catch (error) {
      postMessage({ error: String(error?.stack ?? error) });
    }
  };
}

/// The same reader, kept alive. Chromium (156) takes a byte stream's reader that nobody else holds for garbage, even while
/// it is being waited for, and the wait never ends: of 4 GB files all readings stopped after some 35,000 pieces.
export function held(reader) {
  globalThis.heldReader = reader;
  return reader;
}

/// Reads a file through one buffer that travels to the browser and back. `onPiece(bytes, length)` gets the buffer and
/// how much of it is filled; it returns how many bytes at the end it wants to see again. The last byte of the buffer
/// stays free.
export async function readInto(file, bytes, onPiece) {
  const reader = held(file.stream().getReader({ mode: "byob" }));
  let buffer = new ArrayBuffer(bytes);
  let filled = 0;
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer, filled, bytes - 1 - filled));
    buffer = value.buffer;
    filled += value.byteLength;
    // Pieces come 64 KiB at a time; work is done on many of them at once.
    if (!done && filled < bytes / 2) continue;
    const all = new Uint8Array(buffer);
    const keep = onPiece(all, filled, done);
    if (done) return;
    all.copyWithin(0, filled - keep, filled);
    filled = keep;
    if (filled > bytes / 2) throw new Error("a record longer than the buffer");
  }
}
