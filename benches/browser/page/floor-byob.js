// Reads into one buffer of 4 MiB and looks at nothing.
import { held, serve } from "./serve.js";

serve(() => async (file) => {
  const reader = held(file.stream().getReader({ mode: "byob" }));
  let buffer = new ArrayBuffer(4 << 20);
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read(new Uint8Array(buffer));
    if (done) return { bytes };
    bytes += value.byteLength;
    buffer = value.buffer;
  }
});
