import type { FailureCode } from "../../../base/failure-codes.ts";
import type { TimelineWords } from "../../../job/timeline-summary.ts";

/** All that the conversation says, once for each language. What varies is an argument. */
export interface Words {
  readonly greeting: string;
  readonly examples: readonly string[];
  readonly greetingEnd: string;
  readonly localNote: string;
  readonly welcomeBack: (name: string, requests: number, job: string) => string;
  readonly lastRequest: (request: string) => string;
  readonly openRequest: (request: string) => string;
  readonly notRecorded: string;
  readonly accountReady: (credits: number) => string;
  /** `credits` is a number or a range. */
  readonly estimate: (credits: string, available: number | undefined) => string;
  readonly mayNotSuffice: (most: number, available: number) => string;
  readonly sessionOpened: string;

  readonly expectText: string;
  readonly expectEdit: string;
  /** A picture of another shape may be cut, or made anew. */
  readonly expectReshape: string;
  readonly expectGeneration: string;
  readonly stillWorking: (elapsed: string) => string;
  readonly uploading: (name: string) => string;
  readonly uploaded: (name: string) => string;
  readonly looking: string;
  readonly settling: string;
  readonly sending: string;
  readonly rendering: (format: string) => string;
  readonly fetching: (format: string) => string;
  readonly retrying: (what: string, delay: string) => string;

  readonly changed: string;
  readonly nothingChanged: string;
  readonly onlyLook: string;
  readonly madeBefore: (job: string) => string;
  readonly goesOn: (job: string) => string;
  readonly beginsAnew: (requests: number) => string;
  readonly duration: (from: string, to: string) => string;
  readonly size: (from: string, to: string) => string;
  readonly added: (what: string) => string;
  readonly removed: (what: string) => string;
  readonly replaced: (kind: string, from: string, to: string) => string;
  readonly volume: (name: string, from: string, to: string) => string;
  readonly moved: (what: string) => string;
  readonly order: (names: string) => string;
  readonly kinds: Readonly<Record<"video" | "audio" | "text" | "other", string>>;
  readonly cost: (credits: number) => string;
  readonly costUnknown: string;
  /** Said where a person went on from an answer before the time for a change was over. */
  readonly costOpen: string;
  readonly noChangeYet: (left: string) => string;
  readonly answerToGoOn: (left: string) => string;
  readonly nextAfterTurn: string;
  readonly nextAfterExport: string;
  readonly nextAfterKeptExport: string;
  readonly nextWithoutVideo: string;

  readonly exported: (path: string, facts: string) => string;
  readonly exportStopped: string;
  readonly previewed: (path: string) => string;
  readonly previewWithoutFfmpeg: (path: string) => string;
  readonly previewSheet: (path: string) => string;
  readonly alreadyExported: (path: string) => string;
  readonly nothingToExport: string;
  readonly notAFormat: (word: string, formats: string) => string;

  readonly credits: (available: number, frozen: number) => string;
  readonly creditsLocal: string;
  /** Absent: as the service's own summaries have it. */
  readonly timeline: TimelineWords | undefined;
  readonly noTimeline: string;
  readonly workingOn: (request: string) => string;
  readonly status: (requests: number, exports: number) => string;
  /** They were refused, and go along with nothing more. */
  readonly staysOut: (names: string) => string;
  readonly filesReady: (names: string) => string;
  readonly wordlessQuestion: (request: string) => string;
  readonly knownAlready: (names: string) => string;
  readonly whichFile: string;
  readonly missingFile: (path: string, near: string | undefined) => string;
  readonly emptyFolder: (path: string) => string;
  readonly changedFile: (path: string) => string;

  /** `cost` is in credits, and absent where they are not real. */
  readonly undoQuestion: (last: string, cost?: string) => string;
  readonly undoRequest: string;
  readonly nothingToUndo: string;
  readonly longQuestion: (size: string, most: string) => string;
  readonly tooLongQuestion: (size: string) => string;
  readonly yesOrNo: (question: string) => string;
  readonly notAgreed: string;

  readonly link: string;
  readonly noLink: string;
  readonly saved: (path: string, command: string) => string;
  readonly nothingToSave: string;
  readonly saveTaken: (path: string) => string;
  readonly cannotWrite: (path: string) => string;
  readonly tooLongToSave: (most: string) => string;
  readonly help: readonly (readonly [string, string])[];
  readonly unknownCommand: (word: string, near: string | undefined) => string;
  readonly unsureCommand: (near: string) => string;
  readonly noQuestion: string;
  readonly goOnLater: (command: string) => string;
  readonly notSent: (count: number) => string;
  readonly stoppedHere: string;
  readonly nothingSent: string;
  readonly nothingSentLookUp: string;
  readonly leftToService: string;
  readonly next: (hint: string) => string;
  /** What a refusal of the world means, for languages that its own message is not in. */
  readonly trouble: Readonly<Partial<Record<FailureCode, string>>>;
  /** The next step, likewise. `job` is its id, or nothing before there is one. */
  readonly advice: Readonly<Partial<Record<FailureCode, (job: string) => string>>>;
}
