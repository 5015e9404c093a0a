import { join } from "node:path";
import { readText } from "../../files/read-text.ts";
import { writeAtomically } from "../../files/write-atomically.ts";

const most = 500;
const longest = 2000;
const fileName = "chat-history";

/** What was typed in earlier conversations, the oldest first; nothing where it cannot be read. */
export async function readHistory(stateDir: string): Promise<string[]> {
  const text = await readText(join(stateDir, fileName)).catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

/** Keeps what was typed, for its owner's eyes only. A disk that is full costs the history and nothing else. */
export async function keepHistory(stateDir: string, said: readonly string[]): Promise<void> {
  if (said.length === 0) return;
  const lines = said.map((message) => message.replace(/\s+/g, " ").trim().slice(0, longest));
  const all = [...(await readHistory(stateDir)), ...lines].slice(-most);
  await writeAtomically(join(stateDir, fileName), `${all.join("\n")}\n`, {
    mode: 0o600,
    folderMode: 0o700,
  }).catch(() => {});
}
