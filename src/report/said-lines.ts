import { cleanLine } from "../base/clean-text.ts";
import { agentText } from "./agent-text.ts";

/** What the service said, a clean line each, empty ones left out. */
export function saidLines(text: string): string[] {
  return agentText(text)
    .split("\n")
    .map((line) => cleanLine(line, 1000))
    .filter((line) => line !== "")
    .map((line) => `| ${line}`);
}
