// Runs one reader on the file that is picked: /page/peer.html?reader=handjs&kind=receive. Sets `ready` when a file may
// be picked, then `outcome`: `{ ms, result }` or `{ error }`. Time runs from the pick to the result in the page.
const { reader, kind } = Object.fromEntries(new URLSearchParams(location.search));

/// A reader in a worker of its own: `(file) => result`.
async function inWorker() {
  const worker = new Worker(`/page/${reader}.js`, { type: "module" });
  const answer = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
    });
  const ready = answer();
  worker.postMessage({ kind });
  await ready;
  return (file) => {
    const done = answer();
    worker.postMessage({ file });
    return done;
  };
}

async function pick(read) {
  const input = document.querySelector("input");
  input.onchange = async () => {
    const start = performance.now();
    try {
      const result = await read(input.files[0]);
      globalThis.outcome = { ms: performance.now() - start, result };
    } catch (error) {
      globalThis.outcome = { error: String(error?.stack ?? error) };
    }
  };
  globalThis.ready = true;
}

// DuckDB brings a worker of its own.
const open = reader === "duckdb" ? async () => (await import("./duckdb.js")).open(kind) : inWorker;
open().then(pick, (error) => (globalThis.outcome = { error: String(error?.stack ?? error) }));
