// The main job by keyboard alone: from the landing page to the downloaded report, always seeing where the focus is.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { openApp, root } from "./harness.mjs";

/// What has the focus: its role or element, and its name.
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText;
    return `${element.getAttribute("role") ?? element.tagName.toLowerCase()} ${name?.replace(/\s+/g, " ").trim().slice(0, 60)}`;
  });

/// Presses Tab until something has the focus; on the way each stop has to be visible, in the window, and ringed.
async function tabTo(app, wanted, limit = 60) {
  const { page } = app;
  const stops = [];
  for (let n = 0; n < limit; n++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    stops.push(stop);
    const problem = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const { width, height, top, bottom, left, right } = element.getBoundingClientRect();
      if (width * height === 0) return "has no size";
      if (bottom < 0 || right < 0 || top > innerHeight || left > innerWidth) return "is outside of the window";
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const ringed = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
      return ringed || element.matches("input[type=range]") ? null : "shows no focus";
    });
    assert.equal(problem, null, `${stop} ${problem}`);
    if (wanted.test(stop)) return;
  }
  assert.fail(`Tab never came to ${wanted}: ${stops.join(" · ")}`);
}

test("from the file picker to the download by keyboard alone", async (t) => {
  const app = await openApp(t, { today: "2026-11-22" });
  const { page } = app;
  const { keyboard } = page;

  // The first stop leads past the bars.
  await keyboard.press("Tab");
  assert.equal(await focused(page), "a Skip to content");
  await keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");

  // The picker opens by Enter.
  await tabTo(app, /^button Add logs/);
  const opened = page.waitForFileChooser();
  // Once the browser hands pickers over: it is told on another way than of keys.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await keyboard.press("Enter");
  const picker = await opened;
  await app.loading(() =>
    picker.accept(["several-messages", "interleaved"].map((name) => resolve(root, `tests/fixtures/receive/${name}.log`))),
  );
  await page.waitForSelector(".big-number");

  // The widget, its flyout, and back to where the focus was.
  await page.evaluate(() => document.getElementById("main").focus());
  await tabTo(app, /^button .*(SMTP Auth clients|users with SMTP AUTH)/i);
  const widget = await focused(page);
  await keyboard.press("Enter");
  await page.waitForSelector("#week[open] .tls-rows");
  // Inside the flyout Tab stays inside.
  for (let n = 0; n < 12; n++) {
    await keyboard.press("Tab");
    const inside = await page.evaluate(() => document.activeElement === document.body || !!document.activeElement.closest("dialog[open]"));
    assert.ok(inside, await focused(page));
  }
  await keyboard.press("Escape");
  await app.closed();
  assert.equal(await focused(page), widget);

  // To the report by the navigation; the focus goes to the content.
  await page.evaluate(() => document.querySelector(".skip-link").focus());
  await tabTo(app, /^a Report/);
  await keyboard.press("Enter");
  await app.waitForText("h1", "SMTP Auth Clients Report");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");

  // Another pivot, then the table, then a sender.
  await tabTo(app, /^select View data by/);
  await keyboard.press("ArrowDown");
  await page.waitForFunction(() => location.hash.includes("by=tls"));
  await page.evaluate(() => document.getElementById("main").focus());
  await tabTo(app, /^button View details table/);
  await keyboard.press("Enter");
  await app.details();
  await tabTo(app, /^row /);
  const first = await focused(page);
  const isOn = (row) => page.waitForFunction((at) => document.activeElement?.ariaRowIndex === at, {}, String(row));
  await keyboard.press("ArrowDown");
  await isOn(3);
  await keyboard.press("ArrowUp");
  await isOn(2);
  await keyboard.press("Enter");
  await page.waitForSelector("#sender[open] .facts");
  await keyboard.press("Escape");
  await app.closed();
  assert.equal(await focused(page), first);

  // And the report leaves as a file.
  await page.evaluate(() => document.getElementById("main").focus());
  await tabTo(app, /^button Request report/);
  await keyboard.press("Enter");
  await page.waitForSelector("#request[open] form");
  await tabTo(app, /^button Download/);
  const file = await app.download(() => keyboard.press("Enter"));
  assert.match(file.text, /^date,user,sender,/);
  assert.ok(file.text.split("\r\n").length > 5);
  await app.expectClean();
});

test("loading tells a screen reader what came of it, once", async (t) => {
  const app = await openApp(t, { today: "2026-11-22" });
  await app.page.evaluate(() => {
    globalThis.said = [];
    const note = (region) => {
      const text = region.innerText.replace(/\s+/g, " ").trim();
      if (text && text !== said.at(-1)) said.push(text);
    };
    for (const region of document.querySelectorAll("[role=status], [role=alert], [aria-live]")) {
      new MutationObserver(() => note(region)).observe(region, { childList: true, subtree: true, characterData: true });
    }
  });
  await app.load("tests/fixtures/receive/several-messages.log");
  await app.page.waitForFunction(() => said.some((text) => text.includes("1 file loaded")));
  const said = await app.page.evaluate(() => globalThis.said);
  assert.equal(said.filter((text) => text.includes("1 file loaded")).length, 1, said.join(" | "));
  assert.ok(said.length <= 3, said.join(" | "));
});
