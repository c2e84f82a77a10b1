// Native DuckDB with two threads, in a process of its own: `node duckdb-native.mjs <kind> <file>`. Not a browser: what
// the machine itself can do.
import { DuckDBInstance } from "@duckdb/node-api";
import { statements, totalsOfSql } from "./page/sql.js";

const [kind, file] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const connection = await instance.connect();
// Lets the parent take the memory that it begins with.
process.send("ready");
process.once("message", async () => {
  const start = performance.now();
  const { fill, ...queries } = statements(kind, file);
  await connection.run(fill);
  const rows = {};
  for (const [name, query] of Object.entries(queries)) rows[name] = (await connection.runAndReadAll(query)).getRows();
  process.send({ ms: performance.now() - start, result: totalsOfSql(rows) });
});
