import { unreachable } from "../base/assert.ts";
import type { JobEvent } from "./event.ts";
import type { JobState } from "./state.ts";

type UploadEvent = Extract<
  JobEvent,
  { type: "upload-sending" | "upload-not-sent" | "file-uploaded" | "session-forgotten" }
>;

/** One fact about the files of a session later, or about the session that is left with all of them. */
export function applyUploadEvent(state: JobState, event: UploadEvent): JobState {
  const { uploading: _, ...rest } = state;
  switch (event.type) {
    case "upload-sending":
      return { ...state, uploading: { key: event.key, filesBefore: event.filesBefore } };
    case "upload-not-sent":
      return { ...rest, uploadsRepeated: state.uploadsRepeated + 1 };
    case "file-uploaded": {
      const uploads = new Map(state.uploads).set(event.key, { name: event.name });
      return { ...rest, uploads, head: event.key };
    }
    case "session-forgotten": {
      const { session: __, newestDraft: ___, ...left } = rest;
      return { ...left, ...countedAgain(state, event), uploads: new Map(), head: "" };
    }
    default:
      return unreachable(event);
  }
}

function countedAgain(
  { sessionsForgotten, uploadsRepeated }: JobState,
  { reason }: Extract<JobEvent, { type: "session-forgotten" }>,
): Pick<JobState, "sessionsForgotten" | "uploadsRepeated"> {
  return reason === undefined
    ? { sessionsForgotten: sessionsForgotten + 1, uploadsRepeated }
    : { sessionsForgotten, uploadsRepeated: uploadsRepeated + 1 };
}
