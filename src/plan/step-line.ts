import type { Hash } from "../base/hash.ts";
import type { ExportStep, Media, Step, TurnStep } from "./planned-job.ts";
import { turnKey, uploadKey } from "./step-keys.ts";

/** A job's steps while they are put together: each upload and turn is a link of the chain. */
export interface StepLine {
  upload(media: Media, asset: boolean): void;
  turn(step: Omit<TurnStep, "key" | "kind">): void;
  export(step: ExportStep): void;
  /** Key of the last link: the draft as it stands. */
  readonly head: string;
  done(): { readonly steps: readonly Step[]; readonly baseKey: string; readonly paidKey: string };
}

export function stepLine(start: string, hash: Hash): StepLine {
  const steps: Step[] = [];
  let head = start;
  let baseKey: string | undefined;
  return {
    upload(media, asset) {
      head = uploadKey(head, media, hash);
      steps.push({ kind: "upload", key: head, media, asset });
    },
    turn(step) {
      baseKey ??= head;
      head = turnKey(head, step, hash);
      steps.push({ kind: "turn", key: head, ...step });
    },
    export(step) {
      steps.push(step);
    },
    get head() {
      return head;
    },
    // A list that grew keeps room for more: in a hundred thousand jobs, that is more than the steps themselves.
    done: () => ({ steps: steps.slice(), baseKey: baseKey ?? head, paidKey: head }),
  };
}
