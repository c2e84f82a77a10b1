// Much of everything: the page stays quick while it reads, scrolls and writes.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { link, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, root, temporaryFolder } from "./harness.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;
const today = "2026-11-22";
const HEADER =
  "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins";

/// Writes pieces as fast as the disk takes them.
async function writePieces(name, pieces) {
  const path = join(await temporaryFolder(), name);
  const file = createWriteStream(path);
  for (const piece of pieces) if (!file.write(piece)) await once(file, "drain");
  file.end();
  await once(file, "finish");
  return path;
}

/// A log of about so many bytes: one session over and over, with other ids, in 16 hours of a day.
async function bigLog(bytes) {
  const lines = (await readFile(join(root, receive("tls-last-before-auth")), "utf8")).trimEnd().split(/\r?\n/);
  const header = lines.filter((line) => line.startsWith("#"));
  const session = lines.filter((line) => !line.startsWith("#")).join("\r\n").replaceAll("2026-11-02T08:", "2026-11-02T@@:");
  const sessions = Math.floor(1_000_000 / session.length);
  const block = Array.from({ length: sessions }, (_, i) =>
    session.replaceAll("08DE0B5C1A400031", `08DF@@@@0000${i.toString(16).toUpperCase().padStart(4, "0")}`),
  ).join("\r\n");
  const blocks = Math.ceil(bytes / block.length);
  function* pieces() {
    yield `${header.join("\r\n")}\r\n`;
    for (let n = 0; n < blocks; n += 1) {
      const hour = String(8 + Math.floor((n * 16) / blocks)).padStart(2, "0");
      const id = n.toString(16).toUpperCase().padStart(4, "0");
      yield `${block.replaceAll("T@@:", `T${hour}:`).replaceAll("08DF@@@@", `08DF${id}`)}\r\n`;
    }
  }
  return { path: await writePieces("big.log", pieces()), messages: sessions * blocks, lines: header.length + sessions * blocks * session.split("\r\n").length };
}

/// Watches the frames of the page until stopped: the longest time between two, in milliseconds.
async function watchFrames(page) {
  await page.evaluate(() => {
    globalThis.longestGap = 0;
    let last = performance.now();
    const frame = () => {
      const now = performance.now();
      globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
      last = now;
      if (!globalThis.framesDone) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  return () => page.evaluate(() => ((globalThis.framesDone = true), globalThis.longestGap));
}

/// Notes what the progress panel and the status line say until the panel is gone again.
async function watchProgress(page) {
  await page.evaluate(() => {
    const seen = { figures: [], heights: new Set(), said: new Set(), isLive: false };
    const statuses = () => [...document.querySelectorAll("[role=status], [role=alert], [aria-live]")];
    globalThis.progressSeen = new Promise((settle) => {
      new MutationObserver((_, observer) => {
        const panel = document.querySelector(".progress-panel");
        if (!panel && seen.figures.length > 0) return observer.disconnect(), settle({ ...seen, heights: [...seen.heights], said: [...seen.said] });
        if (!panel) return;
        seen.heights.add(panel.offsetHeight);
        seen.isLive ||= statuses().some((status) => status.contains(panel) || panel.contains(status));
        for (const status of statuses()) seen.said.add(status.innerText.trim());
        const labels = [...panel.querySelectorAll("dt")].map((dt) => dt.innerText).join();
        if (labels !== "Messages,Sessions,Failed sign-ins,Lines") throw new Error(`the panel shows ${labels}`);
        seen.figures.push([...panel.querySelectorAll("dd")].map((dd) => Number(dd.innerText.replaceAll(",", ""))));
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });
  return () => page.evaluate(() => globalThis.progressSeen);
}

test("reading can be cancelled at once, and what was loaded stays", async (t) => {
  const big = await bigLog(600_000_000);
  const app = await openApp(t, { today });
  await app.load(receive("interleaved"));
  await app.waitForText(".big-number", "3");
  const before = await app.text(".cards");

  await app.page.evaluate(() => {
    globalThis.cancelled = new Promise((settle) => {
      const said = [];
      new MutationObserver((_, observer) => {
        const panel = document.querySelector(".progress-panel");
        if (!panel) return;
        said.push(panel.innerText.replace(/\s+/g, " "));
        const [cancel] = [...panel.querySelectorAll("button")].filter((button) => button.innerText === "Cancel");
        if (!/\d% · [\d.]+ MB\/s/.test(said.at(-1))) return;
        observer.disconnect();
        const value = panel.querySelector("progress").value;
        const start = performance.now();
        cancel.click();
        const look = () => {
          if (document.querySelector(".progress-panel")) return requestAnimationFrame(look);
          settle({ took: performance.now() - start, said, value });
        };
        look();
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });
  // So many that no machine is through before the panel first tells a speed; they take no room on the disk.
  const many = Array.from({ length: 8 }, (_, n) => `${big.path}.${n}.log`);
  await Promise.all(many.map((path) => link(big.path, path)));
  await app.upload(...many);
  const { took, said, value } = await app.page.evaluate(() => globalThis.cancelled);
  t.diagnostic(`cancelled in ${took.toFixed(0)} ms, after: ${said.at(-1)}`);
  assert.match(said.at(-1), /^Reading files: \d of 8 done Cancel \d+% · [\d.]+ MB\/s · (nearly done|\d+ (seconds?|minutes?) left) Counted so far Messages [\d,]+ Sessions [\d,]+ Failed sign-ins 0 Lines [\d,]+$/);
  assert.ok(value > 0 && value < 100, `${value} %`);
  assert.equal(await app.text(".cards"), before);

  // Nothing of the cancelled file comes in late, and reading goes on as ever.
  await app.load(receive("ipv6"));
  await app.waitForText(".big-number", "4");
  await app.click("Data sources", "link");
  assert.deepEqual(Object.keys(await app.sources()), ["interleaved.log", "ipv6.log"]);
  await app.click("Dashboard", "link");

  const stop = await watchFrames(app.page);
  const stopProgress = await watchProgress(app.page);
  const { duration, detail } = await app.load(big.path);
  const gap = await stop();
  const { figures, heights, said: statuses, isLive } = await stopProgress();
  t.diagnostic(`${(detail.bytes / duration / 1000).toFixed(0)} MB/s, longest gap between frames ${gap.toFixed(0)} ms`);
  assert.equal(detail.rows, big.lines);
  // Times only against times of the same run: neither cancelling nor any frame waited for the file.
  assert.ok(took < duration / 5, `cancelled in ${took} ms, read in ${duration} ms`);
  assert.ok(gap < duration / 4, `${gap} ms of ${duration} ms without a frame`);

  // The first figures come while the file is read, and only grow from there to what the report will say, but for
  // the sessions that a range of 64 MiB cuts in two.
  const cuts = Math.floor(detail.bytes / (64 << 20));
  const steps = figures.filter((now, i) => i === 0 || String(now) !== String(figures[i - 1]));
  // Twice a second, and half of that where the machine has other things to do.
  assert.ok(steps.length >= Math.max(2, Math.floor(duration / 1000)), JSON.stringify(steps));
  for (const [i, now] of steps.entries()) {
    assert.ok(i === 0 || now.every((n, what) => n >= steps[i - 1][what]), `${steps[i - 1]} became ${now}`);
  }
  const [messages, sessions, failed, lines] = steps.at(-1);
  assert.ok(messages <= big.messages && messages >= big.messages - cuts, `${messages} of ${big.messages}`);
  assert.deepEqual([sessions, failed, lines], [messages, 0, big.lines]);
  assert.equal(heights.length, 1, `heights of the panel: ${heights}`);
  // Read out are the quarters, not the figures.
  assert.ok(!isLive);
  const quarters = statuses.filter((text) => text.startsWith("Reading logs"));
  assert.ok(quarters.length > 1 && quarters.every((text) => /^Reading logs: (0|25|50|75|100)%$/.test(text)), JSON.stringify(quarters));

  await app.click("SMTP Auth clients", "button");
  // The three of `interleaved`, the one of `ipv6`, and the big one's.
  assert.equal((await app.facts("dialog[open] dl.facts")).Messages, (3 + 1 + big.messages).toLocaleString("en"));
  await app.expectClean();
});

test("a quoted field that spans the cut of a big file is one field", async (t) => {
  const CUT = 64 << 20;
  const row = (user, client) => `2026-11-02,${user},${user},contoso.com,TLS 1.2,LOGIN,192.0.2.1,${client},EX01,1,1,1,0\r\n`;
  const anna = row("anna@contoso.com", "mfp");
  const before = Math.floor((CUT - HEADER.length - 2 - 2000) / anna.length);
  // What stands in the field looks like rows of somebody else; the cut is in the midst of it.
  const field = `"${row("nobody@contoso.com", "fax").repeat(40)}"`;
  const path = await writePieces("quoted.csv", [`${HEADER}\r\n`, anna.repeat(before), row("bob@contoso.com", field), anna.repeat(1000)]);
  const app = await openApp(t, { today });
  const { detail } = await app.load(path);
  assert.equal(detail.rows, 1 + before + 41 + 1000);
  await app.waitForText(".big-number", "2");
  await app.click("SMTP Auth clients", "button");
  const { Messages, Users } = await app.facts("dialog[open] dl.facts");
  assert.deepEqual([Messages, Users], [(before + 1 + 1000).toLocaleString("en"), "2"]);
  await app.expectClean();
});

test("50,000 senders: only those in sight are in the document", async (t) => {
  const path = join(await temporaryFolder(), "senders.csv");
  const sender = (i) => `s${String(i).padStart(5, "0")}@contoso.com`;
  const rows = Array.from({ length: 50_000 }, (_, i) => `2026-11-02,${sender(i)},${sender(i)},contoso.com,TLS 1.2,LOGIN,192.0.2.1,mfp,EX01,${i + 1},1,1,0`);
  await writeFile(path, `${HEADER}\r\n${rows.join("\r\n")}\r\n`);
  const app = await openApp(t, { hash: "#v=1&page=report&by=tls&view=table", today });
  await app.load(path);
  const dataRows = () => app.page.$$eval("[role=grid] .data", (all) => all.map((row) => row.firstElementChild?.innerText.trim()));
  await app.details();
  await app.waitForText(".table-count", "50,000 senders");
  assert.equal((await dataRows())[0], sender(49_999));
  assert.ok((await dataRows()).length < 200);

  const stop = await watchFrames(app.page);
  const most = await app.page.evaluate(async () => {
    const grid = document.querySelector("[role=grid]");
    let most = 0;
    for (let step = 1; step <= 40; step += 1) {
      grid.scrollTop = (grid.scrollHeight * step) / 40;
      await new Promise(requestAnimationFrame);
      most = Math.max(most, document.querySelectorAll("[role=grid] [role=row]").length);
    }
    return most;
  });
  const gap = await stop();
  t.diagnostic(`at most ${most} rows in the document, longest gap between frames ${gap.toFixed(0)} ms`);
  assert.ok(most < 200, `${most} rows`);
  await app.page.waitForFunction((last) => [...document.querySelectorAll("[role=grid] .data")].at(-1)?.innerText.includes(last), {}, sender(0));

  // The last row is the bottom of what can be seen.
  const inSight = await app.page.evaluate(() => {
    const [grid, last] = [document.querySelector("[role=grid]"), [...document.querySelectorAll("[role=grid] .data")].at(-1)];
    return last.getBoundingClientRect().bottom <= grid.getBoundingClientRect().bottom + 1;
  });
  assert.ok(inSight, "the last row is in sight");

  const search = await app.named("Search senders", "searchbox").waitHandle();
  await search.type("S25000@");
  await app.waitForText(".table-count", "1 of 50,000 senders");
  assert.deepEqual((await app.details()).slice(1).map((row) => [row[0], row.at(-1)]), [[sender(25_000), "25,001"]]);
  await search.click({ count: 3 });
  await search.type("nobody");
  await app.waitForText("main", "No sender matches the search.");
  await search.click({ count: 3 });
  await app.page.keyboard.press("Backspace");
  await app.waitForText(".table-count", "50,000 senders");

  await app.click("Sender address", "button");
  await app.page.waitForFunction((first) => document.querySelector("[role=grid][aria-busy=false] .data")?.innerText.includes(first), {}, sender(0));
  await app.expectClean();
});

test("a report of 1,000,000 rows is written without freezing the page", async (t) => {
  function* pieces() {
    yield `${HEADER}\r\n`;
    for (let day = 1; day <= 20; day += 1) {
      const date = `2026-11-${String(day).padStart(2, "0")}`;
      let piece = "";
      for (let i = 0; i < 50_000; i += 1) {
        const user = `u${String(i).padStart(5, "0")}@contoso.com`;
        piece += `${date},${user},${user},contoso.com,TLS 1.2,LOGIN,192.0.2.1,mfp,EX01,${i % 9},2,1,0\r\n`;
      }
      yield piece;
    }
  }
  const path = await writePieces("million.csv", pieces());
  const app = await openApp(t, { hash: "#v=1&page=report&range=all", today });
  const { duration, detail } = await app.load(path);
  assert.equal(detail.rows, 1_000_001);
  await app.waitForText(".range-text", "Nov 1, 2026 – Nov 20, 2026");
  await app.click("Request report", "button");
  await app.named("Download", "button").wait();

  const stop = await watchFrames(app.page);
  const start = performance.now();
  const file = await app.download(() => app.click("Download", "button"));
  const took = performance.now() - start;
  const gap = await stop();
  t.diagnostic(
    `read in ${duration.toFixed(0)} ms, written in ${took.toFixed(0)} ms, longest gap between frames ${gap.toFixed(0)} ms, ` +
      `${(file.bytes.length / 1e6).toFixed(0)} MB`,
  );
  assert.equal(file.name, "SMTP Auth clients 2026-11-01_2026-11-20.csv");
  assert.ok(file.bytes.equals(await readFile(path)), "what went in comes out");
  assert.ok(gap < took / 2, `${gap} ms of ${took} ms without a frame`);
  await app.expectClean();
});
