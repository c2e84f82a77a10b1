// How long the page takes from the address to being ready for a drop, against an empty page opened the same way.
import { openBrowser } from "./chromium.mjs";

const parts = ["boot-decode", "boot-compile", "boot-mount", "boot"];

/// Opens both pages so many times in turn. Each list has milliseconds from the navigation to the frame after the page
/// is ready; `parts` those of the app's own measures.
export async function startUp({ origin }, times) {
  const app = [];
  const empty = [];
  for (let i = 0; i < times; i++) {
    for (const [path, list] of [["/empty/", empty], ["/app/", app]]) {
      const open = await openBrowser();
      try {
        list.push(await opened(open.page, origin + path, path === "/app/"));
      } finally {
        await open.close();
      }
    }
  }
  return { empty: empty.map(({ ready }) => ready), app: app.map(({ ready }) => ready), parts: app.map((each) => each.parts) };
}

async function opened(page, address, isApp) {
  await page.evaluateOnNewDocument((waitsForBoot) => {
    const frames = () => requestAnimationFrame(() => requestAnimationFrame(() => (globalThis.ready = performance.now())));
    if (!waitsForBoot) return void addEventListener("DOMContentLoaded", frames);
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName("boot").length) return;
      observer.disconnect();
      frames();
    }).observe({ type: "measure" });
  }, isApp);
  await page.goto(address);
  const ready = await page.waitForFunction(() => globalThis.ready, { timeout: 60_000, polling: 50 });
  const measured = await page.evaluate(
    (names) => names.map((name) => [name, performance.getEntriesByName(name, "measure")[0]?.duration]),
    parts,
  );
  return { ready: await ready.jsonValue(), parts: Object.fromEntries(measured) };
}
