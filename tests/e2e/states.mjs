// Every page and state of the app, and the way to each: for screenshots, for accessibility checks, and to see what fits.
// Nothing here goes by a visible text, so it works in every language.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "./harness.mjs";

export const languages = ["en", "ko", "nl"];
/// What the page believes to be today, so that the sample is always the same.
export const today = "2026-11-22";

const press = (selector) => async (app) => {
  const element = await app.page.waitForSelector(selector);
  await element.evaluate((e) => e.click());
};
const at = (hash) => async (app) => {
  await app.page.evaluate((hash) => void (location.hash = hash), hash);
};
const shown = (selector) => async (app) => {
  await app.page.waitForSelector(selector, { visible: true });
};
const steps = (...all) => async (app) => {
  for (const step of all) await step(app);
};

/// The sample, in the way a reader gets it.
const sample = (app) => app.loading(() => press(".landing .drop-zone .button-row .button:last-of-type")(app));

/// A CSV whose columns nobody knows, and a file that is no log.
async function oddFiles(app) {
  const folder = await temporaryFolder();
  const unknown = join(folder, "unknown-columns.csv");
  await writeFile(unknown, "wann;wer;was\r\n02.11.2026 08:15;anna@contoso.com;TLSv1.2\r\n03.11.2026 09:00;bob@contoso.com;TLSv1.0\r\n");
  const picture = join(folder, "picture.png");
  await writeFile(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 4, 5, 6, 7]));
  await app.load(unknown, picture);
}

const report = "#v=1&page=report&range=30d";

/// In an order in which each begins where the one before it ended, once what was open is closed. `data` says what has to be
/// loaded: nothing, files that cannot be read, or the sample.
export const states = [
  { name: "landing", data: "none", go: shown(".drop-zone") },
  { name: "privacy", data: "none", go: steps(press(".privacy-button"), shown("#privacy-details")) },
  { name: "landing-problems", data: "odd", go: shown(".landing .drop-zone") },
  { name: "sources-problems", data: "odd", go: steps(at("#v=1&page=sources"), shown("table.sources")) },
  { name: "mapping", data: "odd", go: steps(at("#v=1&page=sources"), press(".outcome-row button"), shown("#mapping select")) },
  { name: "dashboard", data: "sample", go: steps(at("#v=1"), shown(".big-number")) },
  { name: "week", data: "sample", go: steps(at("#v=1"), press(".big-number-link, .widget button"), shown("#week .tls-rows")) },
  { name: "failures", data: "sample", go: steps(at("#v=1"), press("[aria-labelledby=failed-title] .link"), shown("#failures table")) },
  { name: "volume", data: "sample", go: steps(at(report), shown(".chart canvas")) },
  { name: "volume-numbers", data: "sample", go: steps(at(report), press(".numbers-details > summary"), shown(".numbers-details table")) },
  { name: "tls", data: "sample", go: steps(at(`${report}&by=tls`), shown(".chart canvas")) },
  { name: "table", data: "sample", go: steps(at(`${report}&view=table`), shown("[role=grid][aria-busy=false] .data:not(.pending)")) },
  { name: "tls-table", data: "sample", go: steps(at(`${report}&by=tls&view=table`), shown("[role=grid][aria-busy=false] .data:not(.pending)")) },
  { name: "sender", data: "sample", go: steps(at(`${report}&view=table`), press("[role=grid] .data:not(.pending)"), shown("#sender .facts")) },
  { name: "filters", data: "sample", go: steps(at(report), press(".command-button:last-of-type"), shown("#filters form")) },
  { name: "request", data: "sample", go: steps(at(report), press(".command-button:first-of-type"), shown("#request form")) },
  { name: "empty-range", data: "sample", go: steps(at("#v=1&page=report&range=2020-01-01..2020-01-07"), shown(".empty")) },
  { name: "sources", data: "sample", go: steps(at("#v=1&page=sources"), shown("table.sources")) },
  { name: "sources-open", data: "sample", go: steps(at("#v=1&page=sources"), press("tbody.source .expander"), shown(".account-row:not([hidden])")) },
  { name: "settings", data: "sample", go: steps(press(".top-icon"), shown("#settings fieldset")) },
  { name: "shortcuts", data: "sample", go: steps(press(".top-icon"), press("#settings fieldset .button"), shown("#shortcuts kbd")) },
  { name: "start-over", data: "sample", go: steps(at("#v=1&page=sources"), press(".button-row > .button:last-of-type"), shown("#start-over-dialog .button.primary")) },
  { name: "undo", data: "sample", go: steps(at("#v=1&page=sources"), press("tbody.source .source-actions button:last-of-type"), shown(".toast")) },
];

/// Brings a fresh app through the states, one after the other, and calls back in each.
export async function visit(app, wanted, callback) {
  let loaded = "none";
  for (const state of states.filter(wanted)) {
    if (state.data === "odd" && loaded === "none") await oddFiles(app);
    if (state.data === "sample" && loaded !== "sample") {
      await app.page.reload();
      await app.mounted();
      await at("#v=1")(app);
      await sample(app);
    }
    loaded = state.data;
    await close(app);
    try {
      await state.go(app);
    } catch (error) {
      throw new Error(`on the way to ${state.name}: ${error.message}`, { cause: error });
    }
    await settled(app);
    await callback(state);
  }
}

/// Closes what is open above the page.
async function close(app) {
  await app.page.evaluate(() => {
    for (const popover of document.querySelectorAll("[popover]:popover-open")) popover.hidePopover();
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  });
  await app.closed();
}

/// Until nothing moves any more: no animation, and two frames without one.
export async function settled(app) {
  await app.page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await document.fonts.ready;
    await frame();
    await frame();
    const running = () => document.getAnimations().filter((a) => a.playState === "running" && a.effect?.getTiming().iterations !== Infinity);
    for (const animation of running()) await animation.finished.catch(() => {});
    await frame();
    await frame();
  });
}

/// The pictures that are committed: in the README, and compared by a test.
export const kept = [
  ["dashboard", { language: "en" }],
  ["volume", { language: "en", dark: true }],
  ["tls", { language: "nl" }],
  ["tls-table", { language: "ko" }],
  ["landing", { language: "en", width: 390 }],
].map(([state, { language, dark = false, width = 1280 }]) => ({
  name: `${state}-${language}-${dark ? "dark" : "light"}-${width}`,
  options: { language, dark, today, still: true, viewport: { width, height: 800 } },
  /// Brings a fresh app there, and writes the picture to a path, or gives it.
  take: async (app, path) => {
    let picture;
    await visit(app, ({ name }) => name === state, async () => {
      picture = await app.page.screenshot({ path });
    });
    return picture;
  },
}));
