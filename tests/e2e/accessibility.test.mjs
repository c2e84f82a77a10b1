// WCAG 2.2 AA as far as a machine sees it: axe-core on every page and state, light and dark, in every language.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { openApp } from "./harness.mjs";
import { languages, states, today, visit } from "./states.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

/// What axe finds, in a line each.
async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async (options) => {
    const { violations } = await globalThis.axe.run(document, options);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary.replace(/\s+/g, " ")}`));
  }, options);
}

for (const language of languages) {
  for (const dark of [false, true]) {
    test(`axe finds nothing on any page, ${language}, ${dark ? "dark" : "light"}`, async (t) => {
      const app = await openApp(t, { dark, language, today, still: true });
      const found = [];
      const seen = [];
      await visit(app, () => true, async ({ name }) => {
        seen.push(name);
        found.push(...(await violations(app.page)).map((each) => `${name}: ${each}`));
      });
      assert.deepEqual(found, []);
      assert.equal(seen.length, states.length);
      assert.equal(await app.page.$eval("html", (html) => html.lang), language);
    });
  }
}
