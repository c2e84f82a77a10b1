// The details table: its columns, sorting, the keyboard, selecting and copying, and as many rows as there may be.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, temporaryFolder } from "./harness.mjs";

const today = "2026-11-22";
const HEADER = "date,user,sender,sender_domain,tls_version,auth_mechanism,client_ip,client_name,server,messages,recipients,sessions,failed_signins";
const USAGE = "#v=1&page=report&by=tls&view=table";

/// Four senders that stand in another order by every column.
const SMALL = [
  "2026-11-16,anna@contoso.com,anna@contoso.com,contoso.com,TLS 1.2,XOAUTH2,192.0.2.1,pc,EX01,5,9,2,0",
  "2026-11-18,CONTOSO\\svc,erp@contoso.com,contoso.com,TLS 1.0,LOGIN,192.0.2.2,erp,EX01,7,7,1,0",
  "2026-11-19,backup,erp@contoso.com,contoso.com,TLS 1.2,XOAUTH2,192.0.2.3,erp,EX01,1,1,1,0",
  "2026-11-20,CONTOSO\\svc,,,Unknown,LOGIN,198.51.100.9,x,EX01,0,0,0,40",
  "2026-11-17,fax@contoso.com,fax@contoso.com,contoso.com,TLS 1.3,NTLM,192.0.2.4,fax,EX01,2,30,5,0",
  '2026-11-17,"=cmd|\'/c calc\'!a1","=cmd|\'/c calc\'!a1@contoso.com",contoso.com,TLS 1.2,LOGIN,192.0.2.5,x,EX01,1,1,1,3',
];
const [ANNA, ERP, FAX, EVIL] = ["anna@contoso.com", "erp@contoso.com", "fax@contoso.com", "=cmd|'/c calc'!a1@contoso.com"];

async function log(rows) {
  const path = join(await temporaryFolder(), "senders.csv");
  await writeFile(path, `${HEADER}\r\n${rows.join("\r\n")}\r\n`);
  return path;
}

const many = (count) => {
  const name = (i) => `s${String(i).padStart(7, "0")}@contoso.com`;
  const row = (_, i) => `2026-11-20,${name(i)},${name(i)},contoso.com,TLS 1.2,LOGIN,192.0.2.${i % 200},mfp,EX01,${count - i},1,1,0`;
  return { name, rows: Array.from({ length: count }, row) };
};

/// Opens the table of a log; what is copied lands in `window.copied`.
async function openTable(t, path, options = {}) {
  const app = await openApp(t, {
    hash: USAGE,
    today,
    prepare: (page) =>
      page.evaluateOnNewDocument(() => {
        globalThis.copied = [];
        Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async (text) => void globalThis.copied.push(text) },
        });
      }),
    ...options,
  });
  await app.load(path);
  await app.details();
  return app;
}

const senders = async (app) => (await app.details()).slice(1).map(([sender]) => sender);
const focusIs = (app, id) => app.page.waitForFunction((id) => document.activeElement.id === id, {}, id);
const ready = (app) => app.page.waitForSelector("[role=grid][aria-busy=false] .data:not(.pending)");

async function chooseColumns(app, ...names) {
  await app.click("Columns", "button");
  for (const name of names) await app.click(name, "checkbox");
  await app.page.keyboard.press("Escape");
  await ready(app);
}

test("the columns are chosen, remembered, sorted by, and put back", async (t) => {
  const app = await openTable(t, await log(SMALL));
  const heading = async () => (await app.details())[0];
  const usual = ["Sender address", "Authentication", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3", "Message count"];
  assert.deepEqual(await heading(), usual);
  await chooseColumns(app, "Users", "Clients", "TLS versions", "Recipients", "Sessions", "Failed sign-ins", "First seen", "Last seen");
  const all = ["Sender address", "Users", "Authentication", "Clients", "Message count", "Recipients", "Sessions", "Failed sign-ins", "First seen", "Last seen"];
  const table = [
    [ERP, "2", "Basic, OAuth", "2", "8", "8", "2", "40", "Nov 18, 2026", "Nov 19, 2026"],
    [ANNA, ANNA, "OAuth", "1", "5", "9", "2", "0", "Nov 16, 2026", "Nov 16, 2026"],
    [FAX, FAX, "Integrated", "1", "2", "30", "5", "0", "Nov 17, 2026", "Nov 17, 2026"],
    [EVIL, "=cmd|'/c calc'!a1", "Basic", "1", "1", "1", "1", "3", "Nov 17, 2026", "Nov 17, 2026"],
  ];
  assert.deepEqual(await app.details(), [all, ...table]);
  assert.equal(await app.page.$eval("[role=grid]", (grid) => grid.getAttribute("aria-colcount")), "10");
  await app.screenshot("table-columns");

  // Highest first, and the other way round at the second press; equals stay by name.
  for (const [column, order] of [
    ["Users", [ERP, EVIL, ANNA, FAX]],
    ["Authentication", [ERP, EVIL, FAX, ANNA]],
    ["Clients", [ERP, EVIL, ANNA, FAX]],
    ["Message count", [ERP, ANNA, FAX, EVIL]],
    ["Recipients", [FAX, ANNA, ERP, EVIL]],
    ["Sessions", [FAX, ANNA, ERP, EVIL]],
    ["Failed sign-ins", [ERP, EVIL, ANNA, FAX]],
    ["First seen", [ERP, EVIL, FAX, ANNA]],
    ["Last seen", [ERP, EVIL, FAX, ANNA]],
  ]) {
    await app.click(column, "button");
    const sorted = (direction) =>
      app.page.waitForFunction(
        (name, direction) => {
          const heading = [...document.querySelectorAll("[role=columnheader]")].find((e) => e.innerText.trim() === name);
          return heading.getAttribute("aria-sort") === direction && document.querySelector("[role=grid][aria-busy=false]");
        },
        {},
        column,
        direction,
      );
    await sorted("descending");
    assert.deepEqual(await senders(app), order, column);
    await app.click(column, "button");
    await sorted("ascending");
    assert.equal((await senders(app)).at(-1), order[0], column);
  }
  await app.click("Sender address", "button");
  await ready(app);
  assert.deepEqual(await senders(app), [EVIL, ANNA, ERP, FAX]);

  assert.equal(
    await app.page.evaluate(() => localStorage.getItem("smtp-auth-report.columns")),
    "users,authentication,clients,messages,recipients,sessions,failed,first-seen,last-seen",
  );
  await app.page.reload();
  await app.mounted();
  await app.load(await log(SMALL));
  assert.deepEqual(await heading(), all);
  await app.click("Columns", "button");
  await app.click("Reset", "button");
  await app.page.keyboard.press("Escape");
  assert.deepEqual(await heading(), usual);
  await app.expectClean();
});

test("what is remembered of columns may be anything", async (t) => {
  const app = await openTable(t, await log(SMALL));
  await app.page.evaluate(() => localStorage.setItem("smtp-auth-report.columns", "colour,users,<b>,messages"));
  await app.page.reload();
  await app.mounted();
  await app.load(await log(SMALL));
  assert.deepEqual((await app.details())[0], ["Sender address", "Users", "Message count"]);
  await app.expectClean();
});

test("the table by keyboard: rows, cells, selection, copying", async (t) => {
  const app = await openTable(t, await log(SMALL));
  const { keyboard } = app.page;
  await app.page.focus("#sender-row-0");
  await keyboard.press("ArrowDown");
  await focusIs(app, "sender-row-1");
  await keyboard.press("End");
  await focusIs(app, "sender-row-3");
  await keyboard.press("Home");
  await focusIs(app, "sender-row-0");

  // Into the cells and out again.
  const cell = (text) => app.page.waitForFunction((text) => document.activeElement.innerText.replace(/\s+/g, " ").trim() === text && document.activeElement.role === "gridcell", {}, text);
  await keyboard.press("ArrowRight");
  await cell(ERP);
  await keyboard.press("ArrowRight");
  await cell("Basic, OAuth");
  await keyboard.press("End");
  await cell("8");
  await keyboard.press("ArrowDown");
  await cell("5");
  await keyboard.press("Home");
  await cell(ANNA);
  await keyboard.press("ArrowLeft");
  await focusIs(app, "sender-row-1");

  // The details, and back.
  await keyboard.press("Enter");
  await app.waitForText("dialog[open] dl.facts", ANNA);
  await keyboard.press("Escape");
  await app.closed();
  await focusIs(app, "sender-row-1");

  const selected = () => app.page.$$eval(".data[aria-selected=true]", (rows) => rows.map((row) => row.id.slice(11)));
  const copied = async (said) => {
    await app.waitForText(".table-said", said);
    return app.page.evaluate(() => globalThis.copied.at(-1));
  };
  const line = {
    heading: "Sender address\tAuthentication\tTLS 1.0\tTLS 1.1\tTLS 1.2\tTLS 1.3\tMessage count\r\n",
    erp: `${ERP}\tBasic, OAuth\t7\t0\t1\t0\t8\r\n`,
    anna: `${ANNA}\tOAuth\t0\t0\t5\t0\t5\r\n`,
    fax: `${FAX}\tIntegrated\t0\t0\t0\t2\t2\r\n`,
    evil: `'${EVIL}\tBasic\t0\t0\t1\t0\t1\r\n`,
  };
  // Nothing is selected: the row that has the focus.
  await keyboard.down("Control");
  await keyboard.press("c");
  await keyboard.up("Control");
  assert.equal(await copied("1 row copied"), line.heading + line.anna);
  await keyboard.down("Shift");
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await keyboard.up("Shift");
  await focusIs(app, "sender-row-3");
  assert.deepEqual(await selected(), ["1", "2", "3"]);
  await app.waitForText(".table-selected", "3 rows selected");
  await keyboard.down("Control");
  await keyboard.press("c");
  await keyboard.up("Control");
  assert.equal(await copied("3 rows copied"), line.heading + line.anna + line.fax + line.evil);
  await keyboard.press("Space");
  assert.deepEqual(await selected(), ["1", "2"]);
  await keyboard.down("Control");
  await keyboard.press("a");
  await keyboard.up("Control");
  assert.deepEqual(await selected(), ["0", "1", "2", "3"]);
  await app.click("Copy rows", "button");
  assert.equal(await copied("4 rows copied"), line.heading + line.erp + line.anna + line.fax + line.evil);
  await app.click("Clear selection", "button");
  assert.deepEqual(await selected(), []);

  // By mouse: the tick selects, the row opens.
  await app.page.click("#sender-row-2 .row-check");
  assert.deepEqual(await selected(), ["2"]);
  assert.equal(await app.page.$("dialog[open]"), null);
  await app.click("Message count", "button");
  await ready(app);
  assert.deepEqual(await selected(), [], "other rows stand there now");
  await app.expectClean();
});

test("a search that finds nothing says so and can be undone", async (t) => {
  const app = await openTable(t, await log(SMALL));
  const search = await app.named("Search senders", "searchbox").waitHandle();
  await search.type("nobody");
  await app.waitForText("main", "No sender matches the search.");
  await app.screenshot("table-empty");
  await app.click("Clear search", "button");
  await app.waitForText(".table-count", "4 senders");
  assert.equal(await search.evaluate((e) => e.value), "");
  assert.equal((await senders(app)).length, 4);
  await app.expectClean();
});

/// Scrolls by `step` for so many frames; the time of each frame, and the longest time in which rows were missing.
function scrolling(page, step, frames) {
  return page.evaluate(
    async (step, frames) => {
      const grid = document.querySelector("[role=grid]");
      const [times, blanks] = [[], []];
      let long = 0;
      const observer = new PerformanceObserver((list) => list.getEntries().forEach((entry) => (long = Math.max(long, entry.duration))));
      observer.observe({ type: "longtask" });
      let blank = 0;
      let before = await new Promise(requestAnimationFrame);
      for (let i = 0; i < frames; i += 1) {
        grid.scrollTop += step;
        const now = await new Promise(requestAnimationFrame);
        times.push(now - before);
        // Rows in sight that have no content yet.
        const { top, bottom } = grid.getBoundingClientRect();
        const inSight = [...document.querySelectorAll(".data")].filter((row) => {
          const box = row.getBoundingClientRect();
          return box.bottom > top + 44 && box.top < bottom;
        });
        const covered = inSight.length >= Math.floor((bottom - top - 44) / 44);
        blank = covered && inSight.every((row) => !row.classList.contains("pending")) ? 0 : blank + now - before;
        blanks.push(blank);
        before = now;
      }
      observer.disconnect();
      times.sort((a, b) => a - b);
      return { median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)], most: times.at(-1), long, blank: Math.max(...blanks) };
    },
    step,
    frames,
  );
}

const said = (what, { median, p95, most, long, blank }) =>
  `${what}: median ${median.toFixed(1)} ms, 95 % ${p95.toFixed(1)} ms, most ${most.toFixed(1)} ms a frame; longest task ${long} ms; blank for ${blank.toFixed(0)} ms`;

test("100,000 senders: scrolled smoothly, walked by keyboard, the last one reached", async (t) => {
  const count = 100_000;
  const { name, rows } = many(count);
  const app = await openTable(t, await log(rows));
  const { keyboard } = app.page;
  for (const [what, step, frames] of [
    ["slowly", 12, 180],
    ["a page a frame", 480, 180],
    ["far jumps", 23_456, 120],
    ["back", -480, 120],
  ]) {
    t.diagnostic(said(what, await scrolling(app.page, step, frames)));
  }
  const grid = await app.page.$("[role=grid]");
  const box = await grid.boundingBox();
  await app.page.mouse.move(box.x + 200, box.y + 200);
  const wheel = scrolling(app.page, 0, 120);
  for (let i = 0; i < 60; i += 1) await app.page.mouse.wheel({ deltaY: 300 });
  t.diagnostic(said("by wheel", await wheel));

  // Elements are used again and do not become more, and stand in the order of their rows once scrolling pauses.
  await app.page.waitForFunction(() => {
    const numbers = [...document.querySelectorAll(".data")].map((row) => Number(row.getAttribute("aria-rowindex")));
    return numbers.length < 60 && numbers.every((n, i) => i === 0 || n === numbers[i - 1] + 1);
  });

  // The heading stays.
  const stays = () =>
    app.page.evaluate(() => {
      const [grid, head] = ["[role=grid]", ".grid-head"].map((s) => document.querySelector(s).getBoundingClientRect());
      return Math.abs(head.top - grid.top) < 2;
    });
  assert.ok(await stays(), "the heading is at the top");

  await grid.evaluate((e) => (e.scrollTop = 0));
  await app.page.waitForSelector("#sender-row-0:not(.pending)");
  await app.page.focus("#sender-row-0");
  await keyboard.down("Control");
  await keyboard.press("End");
  await keyboard.up("Control");
  await focusIs(app, `sender-row-${count - 1}`);
  await app.page.waitForFunction((text) => document.activeElement.innerText.includes(text), {}, name(count - 1));
  assert.ok(await stays());
  const place = await app.page.evaluate(() => {
    const [grid, row] = [document.querySelector("[role=grid]").getBoundingClientRect(), document.activeElement.getBoundingClientRect()];
    return [row.top - grid.top, grid.bottom - row.bottom, document.activeElement.getAttribute("aria-rowindex"), document.querySelector("[role=grid]").getAttribute("aria-rowcount")];
  });
  assert.ok(place[0] > 0 && place[1] > -2, `the last row is in sight: ${place}`);
  assert.deepEqual(place.slice(2), ["100001", "100001"]);

  // A page back; scrolled away, the row with the focus stays, and the keyboard goes on from it.
  await keyboard.press("PageUp");
  await app.page.waitForFunction((last) => document.activeElement.id !== last && document.activeElement.id.startsWith("sender-row-"), {}, `sender-row-${count - 1}`);
  const id = await app.page.evaluate(() => document.activeElement.id);
  await grid.evaluate((e) => (e.scrollTop = 0));
  await app.page.waitForSelector("#sender-row-0:not(.pending)");
  assert.equal(await app.page.evaluate(() => document.activeElement.id), id);
  await keyboard.press("ArrowUp");
  await focusIs(app, `sender-row-${Number(id.slice(11)) - 1}`);

  // All of them, to the clipboard.
  await keyboard.down("Control");
  await keyboard.press("a");
  await keyboard.press("c");
  await keyboard.up("Control");
  await app.waitForText(".table-said", "100,000 rows copied");
  const lines = (await app.page.evaluate(() => globalThis.copied.at(-1))).split("\r\n");
  assert.equal(lines.length, 1 + count + 1);
  assert.ok(lines[1].startsWith(name(0)) && lines[count].startsWith(name(count - 1)));
  await app.expectClean();
});

test("1,000,000 senders: a table taller than a browser can make it is reached to its end", async (t) => {
  const count = 1_000_000;
  const { name, rows } = many(count);
  const app = await openTable(t, await log(rows));
  const { keyboard } = app.page;
  await app.page.focus("#sender-row-0");
  await keyboard.press("End");
  await focusIs(app, `sender-row-${count - 1}`);
  await app.page.waitForFunction((text) => document.activeElement.innerText.includes(text), {}, name(count - 1));
  const seen = () =>
    app.page.evaluate(() => {
      const [grid, row] = [document.querySelector("[role=grid]").getBoundingClientRect(), document.activeElement.getBoundingClientRect()];
      return row.top - grid.top > 40 && grid.bottom - row.bottom > -3;
    });
  assert.ok(await seen(), "the last row is in sight");
  await keyboard.press("ArrowUp");
  await focusIs(app, `sender-row-${count - 2}`);
  assert.ok(await seen());
  // By the scroll bar.
  await app.page.$eval("[role=grid]", (grid) => (grid.scrollTop = grid.scrollHeight / 2));
  await app.page.waitForFunction(() => [...document.querySelectorAll(".data")].some((row) => Math.abs(Number(row.id.slice(11)) - 500_000) < 20 && !row.classList.contains("pending")));
  t.diagnostic(said("a page a frame", await scrolling(app.page, 180, 120)));
  await app.page.$eval("[role=grid]", (grid) => (grid.scrollTop = grid.scrollHeight));
  await app.page.waitForFunction((text) => [...document.querySelectorAll(".data")].at(-1).innerText.includes(text), {}, name(count - 1));
  await app.expectClean();
});

for (const dark of [false, true]) {
  test(`in a narrow window only the table itself scrolls sideways, and the senders stay${dark ? ", in the dark" : ""}`, async (t) => {
    const app = await openTable(t, await log(SMALL), { viewport: { width: 390, height: 844 }, dark });
    await app.screenshot(`table-390${dark ? "-dark" : ""}`);
    const place = await app.page.evaluate(async () => {
      const grid = document.querySelector("[role=grid]");
      grid.scrollLeft = 200;
      await new Promise(requestAnimationFrame);
      const left = (s) => document.querySelector(s).getBoundingClientRect().left - grid.getBoundingClientRect().left;
      return {
        scrolled: grid.scrollLeft,
        sender: left(".data .grid-sender"),
        heading: left("[role=columnheader].grid-sender"),
        page: document.scrollingElement.scrollWidth - innerWidth,
      };
    });
    assert.ok(place.scrolled > 100, `scrolled ${place.scrolled}`);
    assert.ok(Math.abs(place.sender) < 2 && Math.abs(place.heading) < 2, JSON.stringify(place));
    assert.ok(place.page <= 0, `the page is ${place.page} px wider than the window`);
    await app.screenshot(`table-390-scrolled${dark ? "-dark" : ""}`);
    await app.click("Columns", "button");
    await app.named("Users", "checkbox").wait();
    await app.screenshot(`table-390-columns${dark ? "-dark" : ""}`);
    await app.expectClean();
  });
}
