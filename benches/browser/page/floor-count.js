// Reads into one buffer, hands every piece to WebAssembly, and counts line ends and commas there (../count.rs).
import { held, serve } from "./serve.js";

serve(async () => {
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/count.wasm"));
  const { memory, room, count } = instance.exports;
  const size = 4 << 20;
  const at = room(size);
  const inside = new Uint8Array(memory.buffer, at, size);
  return async (file) => {
    const reader = held(file.stream().getReader({ mode: "byob" }));
    let buffer = new ArrayBuffer(size);
    let bytes = 0;
    let delimiters = 0;
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done) return { bytes, delimiters };
      inside.set(value);
      delimiters += count(value.byteLength);
      bytes += value.byteLength;
      buffer = value.buffer;
    }
  };
});
