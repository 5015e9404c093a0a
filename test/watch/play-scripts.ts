// Plays a range of scripts in a process of its own, and prints one line of JSON with those that broke a promise:
// node test/watch/play-scripts.ts <first> <count>
import { playScript } from "./scripts.ts";

const [first = 1, count = 1] = process.argv.slice(2).map(Number);
const broken = [];
for (let seed = first; seed < first + count; seed++) {
  const end = await playScript(seed);
  if (end.missing.length + end.doubled.length + end.tooSoon > 0) broken.push(end);
}
console.log(JSON.stringify(broken));
