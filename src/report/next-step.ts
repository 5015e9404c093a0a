import { cleanLine } from "../base/clean-text.ts";
import type { FailureNote } from "../job/event.ts";

const textLength = 1000;

/** `message (code)`, on one line. */
export function failureText({ message, code }: FailureNote): string {
  return `${cleanLine(message, textLength)} (${code})`;
}

/** What helps: the failure's own hint, or the command that goes on. None of it asks to pay for anything twice. */
export function nextStep({ code, hint }: FailureNote, jobId: string): string {
  const isDecided = hint !== undefined && !hint.includes("nemo-recipe resolve");
  if (code === "turn-unknown" && !isDecided) {
    return `nobody can know whether the turn ran: look with \`nemo-recipe show ${jobId}\`, decide with \`nemo-recipe resolve ${jobId} --adopt|--resend|--drop\`, then \`nemo-recipe resume\` goes on`;
  }
  if (hint !== undefined) return cleanLine(hint, textLength);
  return `\`nemo-recipe show ${jobId}\` tells what was done; \`nemo-recipe resume ${jobId}\` goes on from there and pays nothing twice`;
}

/** The same next step for a job of another backend than the one that is set: its commands name it. */
export function nextStepOn(step: string, backend: string): string {
  return step.replace(
    /`nemo-recipe (?:resume|retry|recover|approve|refine)\b[^`]*/g,
    (command) => `${command} --backend ${backend}`,
  );
}
