// Everything that reads a corpus: the app, the floors below which nothing can be, and the peers.
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openBrowser, watchMemory, watchTab } from "./chromium.mjs";
import { totalsOfActivityCsv } from "./truth.mjs";

const timeout = 1_200_000;

/// `run(corpus, site)` gives `{ ms, bytes?, added, longest, result }`: duration, what it says it has read, memory added,
/// longest task of the main thread; `result` is missing for a floor.
export const readers = [
  { id: "app", name: "**this app**", run: app },
  { id: "floor-byob", name: "read and discard, BYOB 4 MiB", floor: true, run: peer },
  { id: "floor-stream", name: "read and discard, `stream()`", floor: true, run: peer },
  { id: "floor-count", name: "read BYOB 4 MiB, count delimiters with SIMD", floor: true, run: peer },
  { id: "handjs", name: "hand-written JS in a worker", run: peer },
  { id: "udsv", name: "uDSV in a worker", run: peer },
  { id: "papaparse", name: "PapaParse in a worker", run: peer },
  { id: "duckdb", name: "DuckDB-WASM, SQL over the file handle", run: peer },
  { id: "duckdb-native", name: "native DuckDB, 2 threads (not a browser)", native: true, run: nativeDuckdb },
];

/// The longest task of the page's main thread since a moment; 0 if none was over 50 ms.
const longestTask = (page, since) =>
  page.evaluate((start) => Math.max(0, ...longTasks.filter(([at]) => at >= start).map(([, ms]) => ms)), since);

async function inBrowser(work) {
  const open = await openBrowser();
  try {
    return await work(open);
  } catch (error) {
    throw new Error([error.message, ...open.problems].join("\n"), { cause: error });
  } finally {
    await open.close();
  }
}

function app({ path }, { origin }) {
  return inBrowser(async (open) => {
    const { browser, page, folder } = open;
    await page.goto(`${origin}/app/`);
    await page.waitForFunction(() => performance.getEntriesByName("boot", "measure").length, { timeout });
    const input = await page.waitForSelector("input[type=file]");
    await sleep(500);
    const memory = await watchTab(open);
    const start = await page.evaluate(() => performance.now());
    await input.uploadFile(path);
    // Contract 2.
    const measured = await page.waitForFunction(
      () => {
        const [measure] = performance.getEntriesByName("ingest", "measure");
        return measure && { ms: measure.duration, bytes: measure.detail.bytes };
      },
      { timeout, polling: 100 },
    );
    const { ms, bytes } = await measured.jsonValue();
    const added = memory.stop();
    const longest = await longestTask(page, start);

    const downloads = join(folder, "downloads");
    const session = await browser.target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
    await page.evaluate(() => void (location.hash = "#v=1&page=report&range=all"));
    await page.locator('::-p-aria([name="Request report"][role="button"])').click();
    await page.locator('::-p-aria([name="Download"][role="button"])').click();
    const result = await totalsOfActivityCsv(await downloaded(downloads));
    return { ms, bytes, added, longest, result };
  });
}

/// The path of the one file that is being downloaded into a folder, once it is there.
async function downloaded(folder) {
  for (const deadline = Date.now() + timeout; Date.now() < deadline; await sleep(100)) {
    const names = await readdir(folder).catch(() => []);
    const [name] = names.filter((each) => each.endsWith(".csv"));
    if (name) return join(folder, name);
  }
  throw new Error("the app wrote no report");
}

function peer({ path, kind }, { origin }, { id, floor }) {
  return inBrowser(async (open) => {
    const { page } = open;
    await page.goto(`${origin}/page/peer.html?reader=${id}&kind=${kind}`);
    await page.waitForFunction(() => globalThis.ready || globalThis.outcome, { timeout });
    const input = await page.waitForSelector("input[type=file]");
    await sleep(500);
    const memory = await watchTab(open);
    const start = await page.evaluate(() => performance.now());
    await input.uploadFile(path);
    const finished = await page.waitForFunction(() => globalThis.outcome, { timeout, polling: 100 });
    const { ms, result, error } = await finished.jsonValue();
    const added = memory.stop();
    if (error) throw new Error(error);
    const longest = await longestTask(page, start);
    return floor ? { ms, bytes: result.bytes, added, longest } : { ms, added, longest, result };
  });
}

async function nativeDuckdb({ path, kind }) {
  const child = fork(new URL("duckdb-native.mjs", import.meta.url), [kind, path]);
  const message = async () => {
    const [answer] = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (typeof answer === "number" || answer === null) throw new Error(`native DuckDB ended with ${answer}`);
    return answer;
  };
  try {
    await message();
    const memory = watchMemory([child.pid]);
    child.send("go");
    const { ms, result } = await message();
    return { ms, added: memory.stop(), longest: 0, result };
  } finally {
    child.kill();
  }
}
