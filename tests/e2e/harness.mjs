// What every end-to-end test needs: the built page in a fresh Chromium, over http under a sub-path or from file://,
// with everything noted that a clean page never does.
//
//   import { test } from "node:test";
//   import { openApp } from "./harness.mjs";
//
//   test("…", async (t) => {
//     const app = await openApp(t, { from: "file" });
//     await app.upload("tests/fixtures/recv.log");
//     const { name, text } = await app.download(() => app.page.click("button.save"));
//     await app.screenshot("after-drop");
//     await app.expectClean();
//   });
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const builtPage = join(root, "dist", "index.html");
const output = fileURLToPath(new URL("output/", import.meta.url));

let browser;
let site;
const folders = [];

after(async () => {
  await browser?.close();
  await site?.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
});

export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "smtp-auth-report-"));
  folders.push(folder);
  return folder;
}

async function chromium() {
  browser ??= puppeteer.launch({
    executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
    userDataDir: await temporaryFolder(),
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ],
  });
  browser = await browser;
  return browser;
}

/// A server on this machine that notes every request, and answers any origin: what a leak would reach.
export async function startServer(respond = () => null) {
  const requests = [];
  const server = createServer(async (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const body = await respond(request);
    response.writeHead(body === null ? 404 : 200, {
      "Content-Type": "text/html",
      "Access-Control-Allow-Origin": "*",
      "Cache-Control": "no-store",
    });
    response.end(body ?? "");
  });
  server.on("upgrade", (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/// The built page under a sub-path, as GitHub Pages serves it. One server for all tests of a file.
async function siteUrl() {
  site ??= startServer((request) => (request.url === "/some/project/" ? readFile(builtPage) : null));
  site = await site;
  return `${site.origin}/some/project/`;
}

/// Opens the page and waits until the app is mounted.
///   from      "http" (a sub-path) or "file"
///   hash      what stands behind # in the address
///   viewport  { width, height }
///   dark      the system prefers dark
///   still     the system prefers that nothing moves; yes, so that nothing is clicked while it slides
///   language  the language chosen on an earlier visit
///   today     the UTC day that the page believes in, such as "2026-11-22"
///   prepare   called with puppeteer's page before it navigates
export async function openApp(t, options = {}) {
  const { from = "http", hash = "", viewport = { width: 1280, height: 800 }, dark = false } = options;
  const { still = true, language, today, prepare } = options;
  const url = (from === "file" ? pathToFileURL(builtPage).href : await siteUrl()) + hash;
  const downloads = await temporaryFolder();
  const context = await (await chromium()).createBrowserContext({
    downloadBehavior: { policy: "allow", downloadPath: downloads },
  });
  t.after(() => context.close());
  const page = await context.newPage();
  const app = new App(page, url, downloads);
  await app.watch();
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" },
  ]);
  if (language) {
    await page.evaluateOnNewDocument((tag) => localStorage.setItem("smtp-auth-report.language", tag), language);
  }
  if (today) await page.evaluateOnNewDocument((now) => void (Date.now = () => now), Date.parse(`${today}T12:00Z`));
  await prepare?.(page);
  await page.goto(url);
  await app.mounted();
  return app;
}

class App {
  /// What a clean page never does; `expectClean` wants it empty.
  problems = [];

  constructor(page, url, downloads) {
    this.page = page;
    this.url = url;
    this.downloads = downloads;
  }

  async watch() {
    const { page, problems } = this;
    await page.evaluateOnNewDocument(() => {
      globalThis.violations = [];
      addEventListener("securitypolicyviolation", (event) =>
        violations.push(`${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`),
      );
    });
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`uncaught: ${error?.stack ?? error}`));
    page.on("error", (error) => problems.push(`crash: ${error}`));
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("request", (request) => {
      const address = request.url();
      if (address.split("#")[0] !== this.url.split("#")[0] && !/^(data|blob):/.test(address)) {
        problems.push(`request: ${request.method()} ${address}`);
      }
    });
    page.on("workercreated", (worker) => {
      if (!worker.url().startsWith("blob:")) problems.push(`worker not from a blob: ${worker.url()}`);
      worker.client.on("Log.entryAdded", ({ entry }) => {
        if (entry.level === "error") problems.push(`worker: ${entry.text}`);
      });
      worker.client.on("Runtime.exceptionThrown", ({ exceptionDetails }) =>
        problems.push(`worker, uncaught: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`),
      );
      // A worker may be gone before the answer.
      worker.client.send("Log.enable").catch(() => {});
    });
  }

  /// Waits until boot.js has mounted the app.
  async mounted() {
    const state = await this.page.waitForFunction(() => {
      if (document.querySelector("#starting.failed")) return document.querySelector("#starting").innerText;
      return performance.getEntriesByName("boot", "measure").length > 0 && "mounted";
    });
    assert.equal(await state.jsonValue(), "mounted");
  }

  /// Does something that loads files and waits until the result is on screen; what contract 2 measures.
  async loading(action, { timeout = 60_000 } = {}) {
    const before = await this.page.evaluate(() => performance.getEntriesByName("ingest", "measure").length);
    await action();
    const measure = await this.page.waitForFunction(
      (n) => {
        const { duration, detail } = performance.getEntriesByName("ingest", "measure")[n] ?? {};
        return detail && { duration, detail };
      },
      { timeout },
      before,
    );
    return measure.jsonValue();
  }

  /// `upload`, until the result is on screen.
  load(...paths) {
    return this.loading(() => this.upload(...paths));
  }

  /// What has this accessible name, and this role where given.
  named(name, role) {
    return this.page.locator(`::-p-aria([name="${name}"]${role ? `[role="${role}"]` : ""})`);
  }

  /// Clicks what has this accessible name.
  async click(name, role) {
    const element = this.named(name, role);
    // From under the bar on top, where the page says so to the browser.
    await (await element.waitHandle()).evaluate((e) => e.scrollIntoView({ block: "nearest" }));
    await element.click();
  }

  /// Chooses an option of a combobox by its text.
  async choose(name, option) {
    const select = await this.named(name, "combobox").waitHandle();
    const value = await select.evaluate(
      (element, text) => [...element.options].find((each) => each.text.trim() === text)?.value,
      option,
    );
    assert.ok(value !== undefined, `${name} offers ${option}`);
    await select.select(value);
  }

  /// The text of the first element, in one line.
  async text(selector) {
    const element = await this.page.waitForSelector(selector);
    return element.evaluate((e) => e.innerText.replace(/\s+/g, " ").trim());
  }

  /// Waits until the text of the first such element holds something, or matches it.
  async waitForText(selector, text) {
    const pattern = text instanceof RegExp ? text.source : text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    try {
      await this.page.waitForFunction(
        (s, pattern) => new RegExp(pattern, "u").test(document.querySelector(s)?.innerText.replace(/\s+/g, " ")),
        { timeout: 10_000 },
        selector,
        pattern,
      );
    } catch {
      const shown = await this.page.evaluate((s) => document.querySelector(s)?.innerText, selector);
      assert.fail(`${selector} never said “${text}” but: ${shown}`);
    }
  }

  /// The cells of a table (a native one, or a grid), heading first, as text.
  async table(selector) {
    await this.page.waitForSelector(selector);
    return this.page.evaluate((s) => {
      const line = (element) => element.innerText.replace(/\s+/g, " ").trim();
      const rows = [...document.querySelector(s).querySelectorAll("tr, [role=row]")];
      return rows.map((row) => [...row.querySelectorAll("th, td, [role=columnheader], [role=gridcell]")].map(line));
    }, selector);
  }

  /// The details table, once it shows what was asked for.
  async details() {
    await this.page.waitForSelector("[role=grid][aria-busy=false] .data:not(.pending)");
    return this.table("[role=grid]");
  }

  /// The facts of a flyout: `{ Users: "7", … }`.
  async facts(selector) {
    await this.page.waitForSelector(selector);
    return this.page.evaluate(
      (s) => Object.fromEntries([...document.querySelectorAll(`${s} > div`)].map((pair) => [...pair.children].map((e) => e.innerText.trim()))),
      selector,
    );
  }

  /// Waits until no flyout or dialog is open, nor about to be emptied: `close` comes a task after the closing.
  async closed() {
    await this.page.waitForFunction(() => !document.querySelector("dialog[open], dialog > *"));
  }

  /// Unfolds the numbers behind a chart.
  async showNumbers() {
    const summary = await this.page.waitForSelector(".numbers-details > summary");
    assert.equal(await summary.evaluate((e) => e.innerText), "Show the numbers as a table");
    if (!(await summary.evaluate((e) => e.parentElement.open))) await summary.click();
  }

  /// The rows of *Data sources*: what is said of each file, by its name.
  async sources() {
    await this.page.waitForSelector("table.sources");
    return this.page.evaluate(() => {
      const line = (element) => element?.innerText.replace(/\s+/g, " ").trim();
      return Object.fromEntries(
        [...document.querySelectorAll("tbody.source")].map((source) => {
          const [name, format, size, period, read, counted, skipped, bad] = [...source.rows[0].cells].map(line);
          return [name, { format, size, period, read, counted, skipped, bad, said: line(source.querySelector(".outcome-row")) }];
        }),
      );
    });
  }

  /// Hands files to the first file input, paths relative to the repository.
  async upload(...paths) {
    const input = await this.page.waitForSelector("input[type=file]");
    await input.uploadFile(...paths.map((path) => resolve(root, path)));
  }

  /// Drops files and folders onto the window as from the desktop, paths relative to the repository.
  async drop(...paths) {
    const session = await this.page.createCDPSession();
    const data = { items: [], files: paths.map((path) => resolve(root, path)), dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    }
    await session.detach();
  }

  /// Does something that starts a download; the file's name and content.
  async download(action, { timeout = 30_000 } = {}) {
    const before = new Set(await readdir(this.downloads));
    await action();
    for (const deadline = Date.now() + timeout; Date.now() < deadline; await sleep(50)) {
      const finished = (await readdir(this.downloads)).find(
        (name) => !before.has(name) && !name.endsWith(".crdownload") && !name.startsWith(".org.chromium"),
      );
      if (finished) {
        // Out of the way of the next one, which may have the same name and would take its place.
        const path = join(await temporaryFolder(), finished);
        await rename(join(this.downloads, finished), path);
        const bytes = await readFile(path);
        return { name: finished, path, bytes, text: bytes.toString("utf8") };
      }
    }
    throw new Error(`no download within ${timeout} ms`);
  }

  /// Writes tests/e2e/output/<name>.png.
  async screenshot(name, options = {}) {
    await mkdir(output, { recursive: true });
    await this.page.screenshot({ path: join(output, `${name}.png`), ...options });
  }

  /// No console error, no uncaught error, no CSP violation, no request but the page itself.
  async expectClean() {
    const violations = await this.page.evaluate(() => globalThis.violations);
    assert.deepEqual([...this.problems, ...violations.map((v) => `CSP: ${v}`)], []);
  }
}
