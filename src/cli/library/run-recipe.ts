import type { PassThrough } from "node:stream";
import type { RunEvent } from "../../report/run-event.ts";
import { openCall } from "./open-call.ts";
import type { RecipeRequest } from "./recipe-request.ts";

/**
 * Makes the videos of a recipe and tells what happens, as it happens; the last event is `run-finished`. Throws
 * RunRefused where nothing was begun; how begun jobs ended is in the events. Who stops listening stops the run, as
 * Ctrl-C does: what is paid stays on record, and the next run goes on with it.
 */
export async function* runRecipe(request: RecipeRequest): AsyncGenerator<RunEvent, void, undefined> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(request.signal === undefined ? [] : [request.signal])]);
  const { stdout, ended, refused } = await openCall("run", request, signal);
  let finished = false;
  try {
    for await (const line of linesOf(stdout)) {
      const event = JSON.parse(line) as RunEvent;
      finished ||= event.type === "run-finished";
      yield event;
    }
    const exitCode = await ended;
    if (!finished && exitCode !== 0) throw refused(exitCode);
  } finally {
    stop.abort();
    stdout.resume();
    await ended;
  }
}

async function* linesOf(stream: PassThrough): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
