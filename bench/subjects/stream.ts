// stream.ts <events> <bytes of each> <bytes of a chunk>: the same payloads as an event stream, read as the client does.
import { readEvents } from "../../src/nemo/stream/read-events.ts";
import { eventPayload } from "./event-payload.ts";
import { measureHere } from "./measure-here.ts";

const [count = "0", sizeBytes = "0", chunkBytes = "65536"] = process.argv.slice(2);
const events = Number(count);
const step = Number(chunkBytes);
const lines = Array.from(
  { length: events },
  (_, index) => `data: ${eventPayload(index, Number(sizeBytes))}\n\n`,
);
const bytes = Buffer.from(lines.join(""));
lines.length = 0;

await measureHere(() => {
  let texts = 0;
  const reader = readEvents((event) => {
    if (event.type === "text") texts++;
  });
  for (let start = 0; start < bytes.length; start += step) reader.feed(bytes.subarray(start, start + step));
  reader.end();
  if (texts !== events) throw new Error(`${texts} of ${events} events came`);
});
