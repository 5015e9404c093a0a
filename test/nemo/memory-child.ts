// One exchange in a process of its own; prints by how many bytes its memory grew at most, and how the exchange ended.
// node test/nemo/memory-child.ts <turn|upload> <service url> [file]
import { statSync } from "node:fs";
import { openSource } from "../../src/files/open-source.ts";
import { makeService, sessionRef, timeouts } from "./service-fixture.ts";

const [what = "", url = "", path = ""] = process.argv.slice(2);
const service = makeService(url);

async function turn(): Promise<string> {
  const { end } = await service.runTurn({ session: sessionRef, prompt: "go", timeouts, onSignal: () => {} });
  return end;
}

async function upload(): Promise<string> {
  const { size, mtimeMs } = statSync(path);
  const source = openSource({
    path,
    shownPath: "big.mp4",
    name: "big.mp4",
    sizeBytes: size,
    mtimeMs,
    sha256: "",
  });
  return (await service.uploadFile({ session: sessionRef, source })).name;
}

const work = what === "turn" ? turn : upload;
// One small call first: what is loaded once is no growth.
await service.credits();
const startBytes = process.memoryUsage.rss();
let peakBytes = startBytes;
const timer = setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 5);
const outcome = await work();
peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
clearInterval(timer);
await service.close();
console.log(JSON.stringify({ outcome, grownBytes: peakBytes - startBytes }));
