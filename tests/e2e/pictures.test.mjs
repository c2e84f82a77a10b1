// The pages look as they did when their pictures in docs/screens were taken. What is compared is coarse, for fonts differ
// from one machine to the next: the mean colour of each square of 32 pixels.
import assert from "node:assert/strict";
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { openApp, root } from "./harness.mjs";
import { kept } from "./states.mjs";

/// A square differs if its mean colour does by more than this, of 255, in any channel.
const TOLERANCE = 28;
/// So many squares may differ, of all.
const SHARE = 0.05;

/// The mean colours of two pictures' squares, as a list of [red, green, blue] each, and how many squares stand in a row.
const squares = (page, pictures) =>
  page.evaluate(async (pictures) => {
    const means = [];
    for (const picture of pictures) {
      const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const columns = Math.ceil(image.width / 32);
      const rows = Math.ceil(image.height / 32);
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const list = [];
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const width = Math.min(32, image.width - column * 32);
          const height = Math.min(32, image.height - row * 32);
          const { data } = context.getImageData(column * 32, row * 32, width, height);
          const sum = [0, 0, 0];
          for (let at = 0; at < data.length; at += 4) for (let c = 0; c < 3; c++) sum[c] += data[at + c];
          list.push(sum.map((each) => each / (width * height)));
        }
      }
      means.push({ size: [image.width, image.height], list });
    }
    return means;
  }, pictures.map((picture) => Buffer.from(picture).toString("base64")));

for (const picture of kept) {
  test(`the picture ${picture.name} is still true`, async (t) => {
    const expected = await readFile(join(root, "docs", "screens", `${picture.name}.png`));
    const app = await openApp(t, picture.options);
    const taken = await picture.take(app);
    const [was, is] = await squares(app.page, [expected, taken]);
    assert.deepEqual(is.size, was.size);
    const differing = is.list.filter((mean, at) => mean.some((value, c) => Math.abs(value - was.list[at][c]) > TOLERANCE)).length;
    if (differing > is.list.length * SHARE) {
      const folder = join(root, "tests", "e2e", "output");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${picture.name}-taken.png`), taken);
      assert.fail(
        `${differing} of ${is.list.length} squares differ. If the page should look like tests/e2e/output/${picture.name}-taken.png ` +
          "now, take the pictures anew: cargo xtask screenshots --kept",
      );
    }
    await app.expectClean();
  });
}

test("a picture of another state does not pass for this one", async (t) => {
  const [dashboard, volume] = await Promise.all(
    ["dashboard-en-light-1280", "tls-nl-light-1280"].map((name) => readFile(join(root, "docs", "screens", `${name}.png`))),
  );
  const app = await openApp(t);
  const [a, b] = await squares(app.page, [dashboard, volume]);
  const differing = a.list.filter((mean, at) => mean.some((value, c) => Math.abs(value - b.list[at][c]) > TOLERANCE)).length;
  assert.ok(differing > a.list.length * SHARE, `${differing} of ${a.list.length}`);
});
