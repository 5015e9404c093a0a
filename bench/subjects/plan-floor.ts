// plan-floor.ts <rows>: the same jobs as plain objects, all of them at once, without keys and checks.
import { measureHere } from "./measure-here.ts";
import { productRows } from "./product-rows.ts";

const rows = productRows(Number(process.argv[2]));
const settings = () => ({
  retry: { attempts: 3, delayMs: 2000, maxDelayMs: 60_000 },
  timeouts: { turnMs: 900_000, silenceMs: 600_000, idleMs: 120_000, changeMs: 300_000, renderMs: 300_000 },
  poll: { stateMs: 200, renderMs: 200 },
});

await measureHere(() => {
  const jobs = rows.map(({ name, title, tone }, index) => ({
    name,
    index: index + 1,
    total: rows.length,
    recipe: "recipe",
    backend: "local",
    account: "a",
    skill: { name: "image-video", version: "1.0.0" },
    language: "en",
    outDir: "/nowhere",
    settings: settings(),
    steps: [
      { kind: "turn", prompt: `make a 10-second promo for ${title} with ${tone} music` },
      { kind: "turn", prompt: `show the title "${title}" for the first 3 seconds` },
      { kind: "export", format: "mp4", quality: "high", path: `/nowhere/out/${name}.mp4` },
    ],
  }));
  if (JSON.stringify(jobs).length < rows.length) throw new Error("no jobs");
});
