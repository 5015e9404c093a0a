import type { Session } from "../job/event.ts";
import type { Paint } from "./paint.ts";

/** Where a report is shown. */
export interface View {
  readonly paint: Paint;
  /** The session's page on the service's site, without any token; absent where there is none (a local preview). */
  readonly pageLink?: (session: Session) => string;
}
