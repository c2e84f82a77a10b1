// The look where it could break: narrow and wide windows, zoom, paper, themes, motion.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openApp } from "./harness.mjs";

/// A small phone (and 1280 px at 400 %), a usual one, 1280 px at 200 %, a laptop, 4K.
const WIDTHS = [320, 390, 640, 1280, 3840];
const TODAY = "2026-11-22";

/// What of the page is wider than the window, or too small to hit, or cut. WCAG 2.2: 1.4.10, 2.5.8.
function misfits() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide`);
  const name = (e) => `${e.localName}.${e.className} “${(e.ariaLabel ?? e.innerText ?? "").trim().slice(0, 30)}”`;
  for (const e of document.querySelectorAll("a[href], button, select, summary, input:not([type=file])")) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.matches(".skip-link")) continue;
    // What is pressed of a radio button or check box is its label, too.
    const { width, height } = (e.closest("label") ?? e).getBoundingClientRect();
    if (width < 24 || height < 24) found.push(`${name(e)} is ${Math.round(width)} × ${Math.round(height)} px`);
    if (e.matches("button") && e.scrollWidth > e.clientWidth + 1) found.push(`${name(e)} is cut`);
  }
  return found;
}

async function fits(app, what) {
  assert.deepEqual(await app.page.evaluate(misfits), [], what);
}

/// Goes through the pages and the two flyouts of each kind, and looks at each at all widths.
async function everywhere(app, look) {
  const { page } = app;
  const at = async (what) => {
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900 });
      // Two frames: observers of the size have had their say.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await look(`${what} at ${width} px`);
    }
    await page.setViewport({ width: 1280, height: 900 });
  };
  const go = (hash) => page.evaluate((to) => document.querySelectorAll(".nav-item")[to].click(), hash);
  await at("landing");
  await app.loading(() => app.click("Try sample data", "button"));
  await page.waitForSelector(".cards");
  await at("dashboard");
  await app.click("SMTP Auth clients", "button");
  await page.waitForSelector("dialog[open] .dialog-body");
  await at("flyout");
  await page.keyboard.press("Escape");
  await app.closed();
  await go(1);
  await page.waitForSelector(".chart canvas, .chart svg");
  await at("chart");
  await app.choose("View data by", "TLS Usage");
  await app.click("View details table", "button");
  await app.details();
  await at("table");
  await go(2);
  await page.waitForSelector("table.sources");
  await at("data sources");
}

test("nothing is cut, too small to hit or wider than the window, from a phone to 4K", async (t) => {
  const app = await openApp(t, { today: TODAY });
  await everywhere(app, (what) => fits(app, what));
  await app.expectClean();
});

test("on paper stands the view and nothing to press, in light colours", async (t) => {
  const app = await openApp(t, { today: TODAY, dark: true });
  const { page } = app;
  await app.loading(() => app.click("Try sample data", "button"));
  await page.evaluate(() => document.querySelectorAll(".nav-item")[1].click());
  await app.choose("View data by", "TLS Usage");
  await app.click("View details table", "button");
  await app.details();
  await page.evaluate(() => void (document.documentElement.dataset.theme = "dark"));
  await page.setViewport({ width: 680, height: 960 });
  await page.emulateMediaType("print");
  const paper = await page.evaluate(() => {
    const seen = (s) => [...document.querySelectorAll(s)].filter((e) => e.checkVisibility());
    const rows = seen(".grid-row.data").map((row) => row.getBoundingClientRect());
    return {
      chrome: seen("header.top-bar, nav, .command-bar, .button, .table-tools").map((e) => e.className),
      heading: seen("h1").length,
      range: seen(".range-text").length,
      rows: rows.length,
      // One below the other, none on top of another.
      inOrder: rows.every((row, i) => i === 0 || row.top >= rows[i - 1].bottom - 1),
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      text: getComputedStyle(document.querySelector("h1")).color,
    };
  });
  assert.deepEqual(paper, {
    chrome: [], heading: 1, range: 1, rows: 15, inOrder: true, wide: false, text: "rgb(36, 36, 36)",
  });

  // Of a theme chosen by hand: the one of the system is emulated no more.
  await page.emulateMediaType("screen");
  await app.click("Settings", "button");
  await app.click("Dark", "radio");
  await page.keyboard.press("Escape");
  await app.click("View report", "button");
  const drawnIn = (color) =>
    page.waitForFunction(
      (color) => {
        const chart = document.querySelector(".chart canvas")?.closest(".chart");
        return chart && echarts.getInstanceByDom(chart).getOption().series[0]?.label.color === color;
      },
      {},
      color,
    );
  await drawnIn("#ffffff");
  await page.emulateMediaType("print");
  await drawnIn("#242424");
  await page.emulateMediaType("screen");
  await drawnIn("#ffffff");
  await app.expectClean();
});

test("the theme on the root goes before the system's", async (t) => {
  const app = await openApp(t, { dark: true });
  const ground = (theme) =>
    app.page.evaluate((theme) => {
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      return getComputedStyle(document.documentElement).backgroundColor;
    }, theme);
  const dark = await ground(null);
  assert.equal(await ground("dark"), dark);
  const light = await ground("light");
  assert.notEqual(light, dark);
  await app.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  assert.equal(await ground(null), light);
  assert.equal(await ground("dark"), dark);
});

test("nothing moves for readers who prefer it reduced", async (t) => {
  const app = await openApp(t, {
    prepare: (page) => page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]),
  });
  const moving = await app.page.evaluate(() => {
    const times = (e) => {
      const style = getComputedStyle(e);
      return [...style.animationDuration.split(", "), ...style.transitionDuration.split(", ")];
    };
    return [...document.querySelectorAll("*")].filter((e) => times(e).some((time) => parseFloat(time) > 0)).length;
  });
  assert.equal(moving, 0);
});

test("in forced colours, what only a ground showed has an edge", async (t) => {
  const app = await openApp(t);
  const session = await app.page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }] });
  const edges = await app.page.evaluate(() => {
    const style = (s) => getComputedStyle(document.querySelector(s));
    return {
      current: style(".nav-item[aria-current=page]").outlineStyle,
      bar: style(".top-bar").borderBlockEndStyle,
      primary: style(".button.primary").borderTopStyle,
      card: style(".card").borderTopStyle,
    };
  });
  assert.deepEqual(edges, { current: "solid", bar: "solid", primary: "solid", card: "solid" });
});
