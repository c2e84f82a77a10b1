// A fresh Chromium for every run, the site it opens, and the memory its tabs take.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/// Serves the app under /app/, an empty page under /empty/, the readers and their packages.
export async function serve({ app, countWasm }) {
  const empty = "<!doctype html><meta charset=utf-8><title>Empty</title><p>Nothing.";
  const answer = async (path) => {
    if (path === "/app/") return [".html", await readFile(app)];
    if (path === "/empty/") return [".html", empty];
    if (path === "/count.wasm") return [".wasm", await readFile(countWasm)];
    if (/^\/(page|node_modules)\/[\w@./-]+$/.test(path) && !path.includes("..")) return [extname(path), await readFile(join(here, path))];
    throw new Error("not here");
  };
  const server = createServer(async (request, response) => {
    try {
      const [extension, body] = await answer(request.url.split("?")[0]);
      response.writeHead(200, { "Content-Type": types[extension] ?? "application/octet-stream", "Cache-Control": "no-store" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}

/// A browser with a new profile; `page` is its only tab.
export async function openBrowser() {
  const folder = await mkdtemp(join(tmpdir(), "smtp-auth-report-bench-"));
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROME_PATH || "/usr/bin/chromium",
    userDataDir: join(folder, "profile"),
    protocolTimeout: 1_800_000,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ],
  });
  const [page] = await browser.pages();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error?.stack ?? error)));
  page.on("error", (error) => problems.push(`the tab crashed: ${error}`));
  await page.evaluateOnNewDocument(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => [e.startTime, e.duration]))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  return {
    browser,
    page,
    problems,
    folder,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/// Process ids of the browser's tabs.
async function tabs(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/// Bytes of memory that a process holds, without the pages of the program itself, which all processes share; 0 if it is
/// gone.
function held(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return ["RssAnon", "RssShmem"].reduce((sum, name) => sum + 1024 * Number(status.match(`${name}:\\s+(\\d+)`)[1]), 0);
  } catch {
    return 0;
  }
}

/// Samples the memory of processes every 50 ms; `stop` gives what the peak lies above the beginning, in bytes.
/// Undefined where there is no /proc.
export function watchMemory(pids) {
  const now = () => pids.reduce((sum, pid) => sum + held(pid), 0);
  const before = now();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, now())), 50);
  return {
    stop: () => {
      clearInterval(timer);
      return before ? Math.max(peak, now()) - before : undefined;
    },
  };
}

/// Collects garbage, then watches the memory of the browser's tab.
export async function watchTab({ browser, page }) {
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  const pids = await tabs(browser);
  return watchMemory(pids);
}
