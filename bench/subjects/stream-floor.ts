// stream-floor.ts <events> <bytes of each>: JSON.parse of the payloads, and nothing else.
import { eventPayload } from "./event-payload.ts";
import { measureHere } from "./measure-here.ts";

const [count = "0", sizeBytes = "0"] = process.argv.slice(2);
const payloads = Array.from({ length: Number(count) }, (_, index) => eventPayload(index, Number(sizeBytes)));

await measureHere(() => {
  let texts = 0;
  for (const payload of payloads) if ("content" in (JSON.parse(payload) as object)) texts++;
  if (texts !== payloads.length) throw new Error("a payload was lost");
});
