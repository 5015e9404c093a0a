import { deliverNotice } from "../../notify/deliver-notice.ts";
import { openNotifier, type Notifier } from "../../notify/notifier.ts";
import { addresseeName } from "../../notify/addressee.ts";
import type { Call } from "../call.ts";
import { newId } from "../new-id.ts";
import { wallClock } from "../wall-clock.ts";
import type { Audience } from "./audience.ts";
import { listenersOf } from "./listeners.ts";
import { openPost } from "./post.ts";

/** Listens to a run for everybody who wants to be told of it. */
export function openNotices(call: Call, audience: Audience): Notifier {
  const { io, screen, secrets, log } = call;
  const { post, close } = openPost(io);
  const notifier = openNotifier(listenersOf(audience, call), {
    clock: wallClock,
    newId,
    redact: secrets.redact,
    deliver: async (notice, to, signal) => {
      const why = await deliverNotice(notice, to, { post, clock: wallClock, env: io.env, signal });
      log.debug(
        { to: addresseeName(to), notice: notice.id, on: notice.on, ...(why !== undefined && { why }) },
        "told",
      );
      return why;
    },
    say: (line) => screen.alert(`${screen.paint.yellow("!")} ${line}`),
  });
  return {
    ...notifier,
    close: async (patienceMs, hurry) => {
      await notifier.close(patienceMs, hurry);
      await close();
    },
  };
}
