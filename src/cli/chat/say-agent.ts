import { agentText } from "../../report/agent-text.ts";
import type { Room } from "./room.ts";

/** What the service said, as a quotation. */
export function sayAgent(text: string, { voice }: Pick<Room, "voice">): void {
  const said = agentText(text);
  if (said !== "")
    voice.say(
      said
        .split("\n")
        .map((line) => `| ${line}`.trimEnd())
        .join("\n"),
    );
}
