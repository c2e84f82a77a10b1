// uDSV, streaming, in a worker.
import { inferSchema, initParser } from "/node_modules/udsv/dist/uDSV.mjs";
import { activityColumns, rowsOf } from "./rows.js";
import { serve } from "./serve.js";

const receiveColumns = "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context".split(",");

serve((kind) => async (file) => {
  const { row, totals } = rowsOf(kind);
  let parser;
  const onRow = (fields) => {
    row(fields);
    return true;
  };
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    let { value: text, done } = await reader.read();
    if (done) break;
    if (!parser) {
      // Its schema wants column names, which the log has in no line of its own.
      if (kind === "receive") text = text.replace(/^(#.*\r\n)+/, `${receiveColumns}\r\n`);
      else if (!text.startsWith(`${activityColumns}\n`)) throw new Error("other columns");
      parser = initParser(inferSchema(text, { col: "," }));
    }
    parser.chunk(text, parser.stringArrs, onRow);
  }
  parser.end();
  return totals();
});
