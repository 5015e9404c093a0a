import { unreachable } from "../../base/assert.ts";
import type { Action } from "../../job/action.ts";
import type { JobEvent } from "../../job/event.ts";
import type { JobState } from "../../job/state.ts";
import type { JobContext, Performance } from "../job-context.ts";
import { askReview } from "./ask-review.ts";
import { deliverFile } from "./deliver-file.ts";
import { pollExport, startExport } from "./make-export.ts";
import { openSession } from "./open-session.ts";
import { reconcileTurn } from "./reconcile-turn.ts";
import { reconcileUpload } from "./reconcile-upload.ts";
import { sendTurn } from "./send-turn.ts";
import { upload } from "./upload.ts";

/** Does one action through the ports. The only place where a job touches the world. */
export function perform(action: Action, state: JobState, context: JobContext): Performance {
  switch (action.type) {
    case "open-session":
      return openSession(state, context);
    case "upload":
      return upload(state, action, context);
    case "reconcile-upload":
      return reconcileUpload(state, action, context);
    case "skip-turn":
      return happened({ type: "turn-skipped", key: action.step.key });
    case "send-turn":
      return sendTurn(state, action, context);
    case "reconcile-turn":
      return reconcileTurn(state, action, context);
    case "start-export":
      return startExport(state, action, context);
    case "poll-export":
      return pollExport(state, action, context);
    case "deliver":
      return deliverFile(state, action, context);
    case "ask-review":
      return askReview(state, action, context);
    case "finish":
      return happened({ type: "job-finished" });
    case "fail":
      return happened({ type: "job-failed", ...action.failure });
    default:
      return unreachable(action);
  }
}

async function* happened(event: JobEvent): Performance {
  yield event;
}
