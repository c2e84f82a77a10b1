// DuckDB-WASM: SQL over the file's handle, in its own worker.
import * as duckdb from "@duckdb/duckdb-wasm";
import { statements, totalsOfSql } from "./sql.js";

const dist = "/node_modules/@duckdb/duckdb-wasm/dist";

export async function open(kind) {
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(`${dist}/duckdb-browser-eh.worker.js`));
  await database.instantiate(`${dist}/duckdb-eh.wasm`);
  const connection = await database.connect();
  return async (file) => {
    await database.registerFileHandle("log", file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
    const { fill, ...queries } = statements(kind, "log");
    await connection.query(fill);
    const rows = {};
    for (const [name, query] of Object.entries(queries)) {
      const table = await connection.query(query);
      rows[name] = table.toArray().map((row) => [...row].map(([, value]) => value));
    }
    return totalsOfSql(rows);
  };
}
