import type { FlagSpec } from "./flag-spec.ts";

/** What is shown of a job, decided about it, or talked about with the agent. */
export interface JobFlags {
  /** A path, or `true` for one named after what is shown. */
  readonly html?: string | true;
  readonly asRecipe?: boolean;
  readonly claim?: boolean;
  readonly adopt?: boolean;
  readonly resend?: boolean;
  readonly drop?: boolean;
  readonly record?: string;
  readonly session?: string;
  readonly skill?: string;
}

export const jobFlags: Readonly<Record<keyof JobFlags, FlagSpec>> = {
  html: { flag: "--html [file]", says: "write it as a page, with videos and timelines", offers: "files" },
  asRecipe: { flag: "--as-recipe", says: "print a job as a recipe" },
  claim: { flag: "--claim", says: "fetch the link that opens the session in a browser" },
  adopt: { flag: "--adopt", says: "the video as it stands is what the turn made: send nothing again" },
  resend: { flag: "--resend", says: "send the prompt once more; if it did run, it is paid twice" },
  drop: { flag: "--drop", says: "give the job up: send nothing" },
  record: { flag: "--record <file>", says: "keep the conversation as this recipe", offers: "files" },
  session: { flag: "--session <id>", says: "go on with a job, run or session" },
  skill: { flag: "--skill <name>", says: "the skill that the service is told; default image-video" },
};
