// Reads what the stream brings and looks at nothing.
import { held, serve } from "./serve.js";

serve(() => async (file) => {
  let bytes = 0;
  const reader = held(file.stream().getReader());
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return { bytes };
    bytes += value.byteLength;
  }
});
