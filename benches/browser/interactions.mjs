// How long the page takes from a choice to the frame that shows its answer, with many counts loaded.
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import { openBrowser } from "./chromium.mjs";

const columns = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins";
const days = 100;

/// An Activity CSV in which no two rows have the same key, written once; its path.
export async function cellsCsv(folder, cells) {
  const path = join(folder, `cells-${cells}.csv`);
  if (await stat(path).catch(() => null)) return path;
  const file = createWriteStream(path);
  file.write(`${columns}\n`);
  const versions = ["TLS 1.2", "TLS 1.3", "TLS 1.0", "TLS 1.2", "No TLS"];
  for (let row = 0; row < cells; row++) {
    const user = Math.floor(row / days);
    const day = new Date(Date.UTC(2026, 7, 10 + (row % days))).toISOString().slice(0, 10);
    const domain = `contoso${user % 40}.com`;
    const line = `${day},user${user}@${domain},user${user}@${domain},${domain},${versions[user % 5]},LOGIN,10.0.${(user >> 8) % 256}.${user % 256},device${user},EX01,${1 + (row % 7)},1,1,0\n`;
    if (!file.write(line)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
  return path;
}

/// In the page: does something and waits for the frame after the one in which the answer stands. Milliseconds.
const timed = async (page, change, answered) =>
  page.evaluate(
    async (change, answered) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const answer = new Function(`return (${answered})()`);
      const before = answer();
      const start = performance.now();
      new Function(change)();
      for (;;) {
        await frame();
        const now = answer();
        if (now !== null && now !== before) break;
        if (performance.now() - start > 60_000) throw new Error(`no answer to ${change}`);
      }
      // What was put on the page in a frame is painted before the next one.
      await frame();
      return performance.now() - start;
    },
    change,
    String(answered),
  );

const figures = () => document.querySelector(".chart")?.getAttribute("aria-label") ?? null;
const range = () => document.querySelector(".range-text")?.innerText ?? null;
const rows = () =>
  document.querySelector("[role=grid][aria-busy=false] .data:not(.pending)")
    ? [...document.querySelectorAll("[role=grid] .data")].map((row) => row.innerText).join("|")
    : null;
const choose = (index, value) =>
  `const s = document.querySelectorAll(".pivot-bar select")[${index}]; s.value = ${JSON.stringify(value)}; s.dispatchEvent(new Event("change", { bubbles: true }))`;
const report = "#v=1&page=report&range=all";

/// A filter that was not asked for before.
const filtered = (n) => `location.hash = "${report}&f=tls.below.TLS%201.2&f=messages.min.${300 + n}"`;

/// Each with what it does, back and forth, and what shows that it is answered.
const interactions = [
  { name: "date range", at: report, changes: [`location.hash = "${report.replace("all", "30d")}"`, `location.hash = "${report}"`], answered: range },
  { name: "custom filter", at: report, changes: [filtered, `location.hash = "${report}"`], answered: figures },
  { name: "sender domain", at: report, changes: [choose(0, "3"), choose(0, "all")], answered: figures },
  { name: "pivot", at: report, changes: [choose(1, "tls"), choose(1, "volume")], answered: figures },
  {
    name: "sort",
    at: `${report}&view=table`,
    changes: Array(2).fill(`document.querySelectorAll("[role=grid] [role=columnheader] button")[0].click()`),
    answered: rows,
  },
];

/// The median of each interaction in milliseconds, and the longest task of the main thread while loading and after.
export async function interact({ origin }, path, times) {
  const open = await openBrowser();
  const { page } = open;
  try {
    // What is done and waited for here is evaluated in the page, which its policy forbids.
    await page.setBypassCSP(true);
    await page.goto(`${origin}/app/`);
    await page.waitForFunction(() => performance.getEntriesByName("boot", "measure").length, { timeout: 60_000 });
    const start = await page.evaluate(() => performance.now());
    await (await page.waitForSelector("input[type=file]")).uploadFile(path);
    await page.waitForFunction(() => performance.getEntriesByName("ingest", "measure").length, { timeout: 600_000, polling: 100 });
    const loaded = await page.evaluate(() => performance.now());
    const measured = [];
    for (const { name, at, changes, answered } of interactions) {
      await page.evaluate((hash) => void (location.hash = hash), at);
      await page.waitForFunction((answered) => new Function(`return (${answered})()`)() !== null, { timeout: 60_000 }, String(answered));
      // Once to have everything made that is made once.
      const run = (change, n) => timed(page, typeof change === "function" ? change(n) : change, answered);
      for (const change of changes) await run(change, 0);
      const list = [];
      for (let n = 1; n <= times; n++) for (const change of changes) list.push(await run(change, n));
      measured.push({ name, list });
    }
    const tasks = await page.evaluate(() => longTasks);
    const longest = (from, to) => Math.max(0, ...tasks.filter(([at]) => at >= from && at < to).map(([, ms]) => ms));
    return { measured, loading: longest(start, loaded), after: longest(loaded, Infinity) };
  } finally {
    await open.close();
  }
}
