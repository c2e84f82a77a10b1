// Writes a picture of every page and state to tests/e2e/output/screens, in two widths, light and dark, in every language;
// run by `cargo xtask screenshots`. With `--kept`, the small set of docs/screens instead, which the browser tests compare
// and the README shows.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, root } from "./harness.mjs";
import { kept, languages, today, visit } from "./states.mjs";

const keptOnly = process.env.SCREENSHOTS === "kept";

if (keptOnly) {
  for (const picture of kept) {
    test(picture.name, async (t) => {
      const folder = join(root, "docs", "screens");
      await mkdir(folder, { recursive: true });
      await picture.take(await openApp(t, picture.options), join(folder, `${picture.name}.png`));
    });
  }
} else {
  for (const language of languages) {
    for (const dark of [false, true]) {
      for (const width of [1280, 390]) {
        const variant = `${language}-${dark ? "dark" : "light"}-${width}`;
        test(variant, async (t) => {
          const folder = join(root, "tests", "e2e", "output", "screens");
          await mkdir(folder, { recursive: true });
          const viewport = { width, height: width > 600 ? 800 : 844 };
          const app = await openApp(t, { dark, language, today, still: true, viewport });
          await visit(app, () => true, ({ name }) => app.page.screenshot({ path: join(folder, `${name}-${variant}.png`) }));
        });
      }
    }
  }
}
