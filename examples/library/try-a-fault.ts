// The local backend as a server, for the tests of a program of your own: here it answers the first turn late.
import { runRecipe, startEmulator, type RunFinished } from "nemo-recipe";

const emulator = await startEmulator({ faults: "late@1" });
let last: RunFinished | undefined;
const request = { prompts: ["a 1-second video"], backend: emulator.url, outDir: "tried", env: {} };
for await (const event of runRecipe(request)) if (event.type === "run-finished") last = event;
console.log(`exit code ${last?.exitCode}, ${emulator.ledger.turns.length} turn, ${last?.credits} credits`);
await emulator.close();
