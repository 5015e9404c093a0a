// Tells the stories of a range of seeds in a process of its own, and prints one line of JSON with what came of them:
// node test/sim/seeds.ts <first> <count>
import { brokenPromises } from "./broken-promises.ts";
import { simulate } from "./simulate.ts";

const [first = 1, count = 1] = process.argv.slice(2).map(Number);
const ended: Record<string, number> = {};
const broken: { readonly seed: number; readonly promises: readonly string[] }[] = [];
let crashes = 0;
for (let seed = first; seed < first + count; seed++) {
  const story = await simulate(seed);
  const promises = brokenPromises(story);
  if (promises.length > 0) broken.push({ seed, promises });
  crashes += story.lives - 1;
  for (const { status } of story.jobs) ended[status] = (ended[status] ?? 0) + 1;
}
console.log(JSON.stringify({ first, count, crashes, ended, broken }));
