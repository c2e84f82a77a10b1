// Writes echarts.min.js (a classic script that defines the global `echarts`), its licences and its SHA-256.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { minify } from "terser";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const write = (path, text) => writeFileSync(new URL(path, import.meta.url), text);
const { version } = JSON.parse(read("node_modules/echarts/package.json"));

const { outputFiles: [bundle] } = await build({
  entryPoints: [new URL("entry.js", import.meta.url).pathname],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "echarts",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
});
// esbuild's own minifier leaves 8 kB more, gzipped.
const { code } = await minify(bundle.text, {
  ecma: 2020,
  compress: { passes: 3 },
  format: {
    comments: false,
    preamble: `/*! Apache ECharts ${version} (custom build), Apache-2.0: see LICENSE, NOTICE; zrender, BSD-3-Clause; tslib, 0BSD */`,
  },
});
const script = `${code}\n`;

write("echarts.min.js", script);
write("LICENSE", read("node_modules/echarts/LICENSE"));
write("NOTICE", read("node_modules/echarts/NOTICE"));
write("LICENSE-zrender", read("node_modules/zrender/LICENSE"));
write("LICENSE-tslib", read("node_modules/tslib/LICENSE.txt"));
write("SHA256SUMS", `${createHash("sha256").update(script).digest("hex")}  echarts.min.js\n`);
console.log(`echarts.min.js: ECharts ${version}, ${script.length} characters`);
