// The languages: found from the browser, switched without losing anything, complete, and with room for longer words.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, temporaryFolder } from "./harness.mjs";
import { languages, settled, today, visit } from "./states.mjs";

const receive = (name) => `tests/fixtures/receive/${name}.log`;

for (const [wanted, spoken, title] of [
  [["ko-KR", "en-US"], "ko", /SMTP/],
  [["fy", "nl-BE", "en"], "nl", /SMTP/],
  [["ja", "tlh"], "en", /^Dashboard – SMTP AUTH Clients report$/],
]) {
  test(`a browser that wants ${wanted} gets ${spoken}`, async (t) => {
    const app = await openApp(t, {
      prepare: (page) =>
        page.evaluateOnNewDocument((tags) => Object.defineProperty(navigator, "languages", { get: () => tags }), wanted),
    });
    assert.equal(await app.page.$eval("html", (html) => html.lang), spoken);
    assert.match(await app.page.title(), title);
    await app.expectClean();
  });
}

test("another language comes at once, and nothing that is loaded, chosen or open is lost", async (t) => {
  const app = await openApp(t, { today, hash: "#v=1&page=report&by=tls&view=table&range=all" });
  await app.load(receive("several-messages"), receive("interleaved"));
  const before = await app.details();
  await app.click("Settings", "button");
  const select = await app.page.waitForSelector("#settings-language");
  await select.select("nl");
  await app.page.waitForFunction(() => document.documentElement.lang === "nl");
  // Still open, and the keyboard is where it was.
  await app.page.waitForFunction(() => document.activeElement.id === "settings-language");
  assert.equal(await app.text("#settings h2"), "Instellingen");
  await app.page.keyboard.press("Escape");
  await app.closed();
  await app.named("Rapport weergeven", "button").wait();
  const after = await app.details();
  assert.deepEqual(after.map(([sender]) => sender).slice(1), before.map(([sender]) => sender).slice(1));
  assert.equal(after[0].at(-1), "Aantal berichten");
  assert.match(after.flat().join(" "), /\d,\d\d\s?%/, "percentages as in Dutch");
  assert.match(await app.page.title(), /Rapport/);

  // And it is remembered.
  await app.page.reload();
  await app.mounted();
  assert.equal(await app.page.$eval("html", (html) => html.lang), "nl");
  await app.expectClean();
});

/// Ten days of two hundred senders of two domains, over two TLS versions.
async function manySenders() {
  const rows = ["date,user,sender,tls_version,messages"];
  for (let user = 0; user < 200; user += 1) {
    const name = `user${String(user).padStart(3, "0")}@${user % 2 ? "contoso.com" : "fabrikam.com"}`;
    rows.push(`2026-11-${12 + (user % 10)},${name},${name},${user % 3 ? "TLS 1.2" : "TLS 1.0"},${200 - user}`);
  }
  const path = join(await temporaryFolder(), "many.csv");
  await writeFile(path, `${rows.join("\n")}\n`);
  return path;
}

/// Chooses a language in the settings, which keep the focus, and closes them. Without a mouse, which would scroll.
async function speak(app, tag) {
  await app.page.$eval(".top-bar .top-icon", (button) => button.click());
  const select = await app.page.waitForSelector("#settings[open] #settings-language");
  await select.select(tag);
  await app.page.waitForFunction((tag) => document.documentElement.lang === tag, {}, tag);
  await app.page.waitForFunction(() => document.activeElement.id === "settings-language");
  await app.page.keyboard.press("Escape");
  await app.closed();
}

/// What a question about the page comes to, before and after the language is another.
async function staysIn(app, tag, question) {
  const before = await app.page.evaluate(question);
  await speak(app, tag);
  await app.page
    .waitForFunction(`JSON.stringify((${question})()) === ${JSON.stringify(JSON.stringify(before))}`, { timeout: 10_000 })
    .catch(async () => assert.deepEqual(await app.page.evaluate(question), before));
  return before;
}

test("a chart is the same in another language: legend, zoom, numbers and place on the page", async (t) => {
  const app = await openApp(t, { today, hash: "#v=1&page=report&range=all", viewport: { width: 1280, height: 600 } });
  await app.load(await manySenders());
  await app.click("fabrikam.com", "button");
  await (await app.page.waitForSelector("[role=slider]")).focus();
  await app.page.keyboard.press("End");
  await app.page.keyboard.down("Shift");
  await app.page.keyboard.press("ArrowLeft");
  await app.page.keyboard.up("Shift");
  await app.page.keyboard.press("Enter");
  await app.page.waitForFunction(() => location.hash.includes("range=2026-11-20..2026-11-21"));
  await app.showNumbers();
  await app.page.evaluate(() => scrollTo(0, 250));
  const chart = () => ({
    on: [...document.querySelectorAll(".legend-button")].map((button) => button.ariaPressed),
    drawn: [...document.querySelectorAll(".chart canvas")].length,
    numbers: document.querySelector(".numbers-details").open,
    top: scrollY,
  });
  const before = await staysIn(app, "nl", chart);
  assert.deepEqual(before, { on: ["false", "true"], drawn: 1, numbers: true, top: before.top });
  assert.ok(before.top > 100, `scrolled to ${before.top}`);
  await app.click("Zoom herstellen", "button");
  await app.page.waitForFunction(() => location.hash.includes("range=all"));

  await app.page.evaluate(() => (location.hash += "&by=tls"));
  await app.waitForText(".legend-button", "TLS 1.0 33,67%");
  await (await app.page.waitForSelector(".legend-button")).press("Enter");
  await app.page.waitForFunction(() => document.querySelector(".legend-button").ariaPressed === "false");
  const versions = () => [...document.querySelectorAll(".legend-button")].map((button) => button.ariaPressed);
  assert.deepEqual(await staysIn(app, "ko", versions), ["false", "true"]);
  await app.expectClean();
});

test("the details table is the same in another language: search, rows in sight, selection", async (t) => {
  const app = await openApp(t, { today, hash: "#v=1&page=report&range=all&view=table" });
  await app.load(await manySenders());
  await app.details();
  await app.page.type("input[type=search]", "user1");
  await app.page.waitForSelector("[role=grid][aria-rowcount='101'][aria-busy=false]");
  await app.page.$eval("[role=grid]", (grid) => (grid.scrollTop = 1000));
  const row = await app.page.waitForSelector("#sender-row-25:not(.pending)");
  await app.page.keyboard.down("Control");
  await row.click();
  await app.page.keyboard.up("Control");
  await app.page.waitForSelector("#sender-row-25[aria-selected=true]");
  const table = () => ({
    search: document.querySelector("input[type=search]").value,
    rows: document.querySelector("[role=grid]").ariaRowCount,
    top: document.querySelector("[role=grid]").scrollTop,
    shown: document.querySelector("#sender-row-25 .grid-sender")?.innerText,
    selected: [...document.querySelectorAll("[role=row][aria-selected=true]")].map((row) => row.id),
    busy: document.querySelector("[role=grid]").ariaBusy,
  });
  const before = await staysIn(app, "ko", table);
  assert.deepEqual({ ...before, top: 0 }, { search: "user1", rows: "101", top: 0, shown: "user125@contoso.com", selected: ["sender-row-25"], busy: "false" });
  assert.ok(before.top > 500, `scrolled to ${before.top}`);
  await app.screenshot("language-table");

  // Who leaves the table and comes back finds all of it.
  for (const page of ["dashboard", "report"]) {
    await app.page.click(`.nav-item[href*="${page === "report" ? "page=report" : "#v=1&range"}"]`);
    await app.page.waitForFunction((at) => location.hash.includes("page=report") === (at === "report"), {}, page);
  }
  await app.page.waitForSelector("[role=grid][aria-rowcount='201'][aria-busy=false]");
  assert.equal(await app.page.$eval("input[type=search]", (input) => input.value), "");
  assert.equal(await app.page.$("[role=row][aria-selected=true]"), null);
  await app.expectClean();
});

test("data sources and navigation are unfolded as before in another language", async (t) => {
  const app = await openApp(t, { today, hash: "#v=1&page=sources" });
  await app.load(receive("several-messages"), receive("interleaved"));
  const unfolded = () => ({
    accounts: [...document.querySelectorAll(".expander")].map((button) => button.ariaExpanded),
    help: document.querySelector(".log-help").open,
    navigation: document.querySelector(".nav-toggle").ariaExpanded,
  });
  await app.page.waitForSelector("tbody.source:nth-of-type(2) .expander");
  await (await app.page.$("tbody.source:nth-of-type(2) .expander")).click();
  await app.page.$eval(".log-help > summary", (summary) => summary.click());
  await app.page.click(".nav-toggle");
  await app.page.waitForSelector(".nav-toggle[aria-expanded=false]");
  const before = await staysIn(app, "nl", unfolded);
  assert.deepEqual(before, { accounts: ["false", "true"], help: true, navigation: "false" });
  await app.page.waitForSelector("tbody.source:nth-of-type(2) .account");
  await app.expectClean();
});

test("every language that is offered is named in itself", async (t) => {
  const app = await openApp(t);
  await app.click("Settings", "button");
  await app.page.waitForSelector("#settings-language");
  const offered = await app.page.$$eval("#settings-language option", (all) => all.map((o) => [o.value, o.lang, o.text]));
  assert.deepEqual(offered, [["en", "en", "English"], ["ko", "ko", "한국어"], ["nl", "nl", "Nederlands"]]);
  assert.deepEqual(offered.map(([tag]) => tag), languages);
});

/// Texts on screen, names for screen readers and tooltips that come from no message: in the pseudo-language those have
/// brackets. What comes from a log, from a standard or from `Intl` has none.
const untranslated = () => {
  const fixed = [
    /^(TLS|SSL) \d\.\d$/, // the names of protocols
    /^[\d\s.,:%–+/()-]*$/, // numbers
    /^\d+(\.\d+)? [kMG]?B$/,
    /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d+, \d{4}(, \d\d:\d\d)?$/, // as `Intl` writes days
    /^\d\d:\d\d$/,
  ];
  const isFine = (text) => text.includes("[") || fixed.some((pattern) => pattern.test(text));
  const found = new Set();
  const check = (text, where) => {
    const trimmed = text?.replace(/\s+/g, " ").trim();
    if (trimmed && /\p{L}/u.test(trimmed) && !isFine(trimmed)) found.add(`${where}: ${trimmed.slice(0, 80)}`);
  };
  const own = "bdi, code, pre, kbd, script, style, noscript, #settings-language, [data-log]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!element.closest(own)) check(walker.currentNode.data, element.tagName.toLowerCase() + (element.className ? `.${element.className}` : ""));
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!element.closest(own) && !element.querySelector("bdi")) check(element.getAttribute(name), `${element.tagName.toLowerCase()}[${name}]`);
    }
  }
  check(document.title, "title");
  return [...found];
};

/// What is wider than the window, and controls whose text does not fit them.
const overflowing = () => {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide, the window ${clientWidth}`);
  for (const control of document.querySelectorAll("button, .button, .nav-item, h1, h2, h3, label, legend")) {
    if (control.closest(".visually-hidden, [role=grid]") || !control.checkVisibility()) continue;
    const { overflowX, textOverflow } = getComputedStyle(control);
    if (control.scrollWidth > control.clientWidth + 1 && control.clientWidth > 0 && overflowX !== "visible" && textOverflow !== "ellipsis") {
      found.push(`${control.tagName} ${control.className}: ${control.textContent.trim().slice(0, 60)}`);
    }
    const { left, right } = control.getBoundingClientRect();
    if (!control.closest(".numbers-scroll, .mapping-scroll, pre") && (left < -1 || right > innerWidth + 1)) {
      found.push(`outside of the window: ${control.tagName} ${control.className}: ${control.textContent.trim().slice(0, 60)}`);
    }
  }
  return found;
};

for (const width of [1280, 390, 320]) {
  test(`the pseudo-language: nothing is left untranslated, and all of it fits, at ${width} px`, async (t) => {
    const app = await openApp(t, { language: "en-XA", today, still: true, viewport: { width, height: 800 } });
    const found = [];
    await visit(app, () => true, async ({ name }) => {
      await settled(app);
      if (width === 1280) found.push(...(await app.page.evaluate(untranslated)).map((each) => `${name}: ${each}`));
      found.push(...(await app.page.evaluate(overflowing)).map((each) => `${name}: ${each}`));
    });
    assert.deepEqual([...new Set(found)], []);
    await app.expectClean();
  });
}
