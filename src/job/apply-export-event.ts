import { assert, unreachable } from "../base/assert.ts";
import type { JobEvent } from "./event.ts";
import type { ExportState, JobState } from "./state.ts";

type ExportEvent = Extract<JobEvent, { type: `export-${string}` | `file-${"placing" | "delivered"}` }>;

/** What an export's event changes. */
export function applyExportEvent(state: JobState, event: ExportEvent): JobState {
  const before = state.exports.get(event.key);
  if (event.type === "export-starting") {
    const started = { status: "rendering", attempts: event.attempt, renderId: event.renderId } as const;
    return withExport(state, event.key, started);
  }
  assert(before !== undefined, `${event.type} before export-starting`);
  switch (event.type) {
    case "export-progress":
      return state;
    case "export-ready": {
      const ready = { ...before, status: "ready" } as const;
      return withExport(state, event.key, event.url === undefined ? ready : { ...ready, url: event.url });
    }
    case "export-failed":
      return withExport(state, event.key, { ...before, status: "failed", failure: event.failure });
    case "file-placing": {
      const { path, sha256, sizeBytes } = event;
      return withExport(state, event.key, {
        ...before,
        status: "placing",
        placing: { path, sha256, sizeBytes },
      });
    }
    case "file-delivered": {
      const { path, facts, unmet } = event;
      return withExport(state, event.key, {
        ...before,
        status: "delivered",
        delivered: { path, facts, unmet },
      });
    }
    default:
      return unreachable(event);
  }
}

function withExport(state: JobState, key: string, made: ExportState): JobState {
  return { ...state, exports: new Map(state.exports).set(key, made) };
}
