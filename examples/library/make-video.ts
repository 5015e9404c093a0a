// Makes a video on this machine and tells each step; `backend: "cloud"` makes it at the service.
import { RunRefused, runRecipe } from "nemo-recipe";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort());
const [prompt = "a 1-second video"] = process.argv.slice(2);
try {
  for await (const event of runRecipe({ prompts: [prompt], backend: "local", signal: stop.signal })) {
    if (event.type === "file-delivered") console.log(`${event.path}: ${event.durationMs} ms`);
    else if (event.type === "job-failed") console.error(event.failure.code, event.failure.hint);
    else if (event.type === "run-finished") process.exitCode = event.exitCode;
  }
} catch (error) {
  if (!(error instanceof RunRefused)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
