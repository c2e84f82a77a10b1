// The languages: found from the browser, switched without losing anything, complete, and with room for longer words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openApp } from "./harness.mjs";
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
