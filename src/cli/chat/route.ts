import { nearMiss } from "../../base/near-miss.ts";
import { askedFor } from "./asked-for.ts";
import type { Wish } from "./wish.ts";

const slashCommands = [
  "export",
  "credits",
  "status",
  "preview",
  "upload",
  "undo",
  "save",
  "link",
  "help",
  "quit",
] as const;

/** What is typed without a slash as well. */
const bareCommands: readonly string[] = [...slashCommands.filter((word) => word !== "link"), "exit"];

/**
 * Where a message goes. A slash is the sure way; else the whole message must be one of the known wishes: a sentence
 * that only has such a word in it ("make the export button red") is an edit.
 */
export function route(message: string): Wish {
  // The slash of a Chinese keyboard.
  const text = message.trim().replace(/^／/, "/");
  return slashed(text) ?? askedFor(text) ?? oneWord(text) ?? { to: "turn" };
}

/** One word that is hardly a request: `exprot`, or a yes or a thanks to nothing. */
function oneWord(text: string): Wish | undefined {
  if (
    /^(?:y|yes|yep|yeah|ok|okay|sure|n|no|nope|thanks|thank you|是的?|好的?|否|不|谢谢)[.!。！]*$/i.test(text)
  )
    return { to: "yes-or-no" };
  const [, word] = /^([a-z]+)[.!?]*$/i.exec(text) ?? [];
  const near = word === undefined ? undefined : nearMiss(word, bareCommands);
  return near === undefined ? undefined : { to: "unsure", near: `/${near}` };
}

/** `/save promo.yaml`; but `/home/ada/beach.jpg` is a path. */
function slashed(text: string): Wish | undefined {
  const [, word, rest = ""] = /^\/([a-z?]+)(?:\s+(.*))?$/is.exec(text) ?? [];
  if (word === undefined) return undefined;
  const argument = rest.trim();
  const command = word.toLowerCase();
  switch (command) {
    case "export":
      return exportOf(argument);
    case "upload":
      return { to: "upload", paths: argument };
    case "save":
      return argument === "" ? { to: "save" } : { to: "save", file: argument };
    case "credits":
    case "status":
    case "preview":
    case "undo":
    case "help":
    case "quit":
    case "link":
      return { to: command };
    case "exit":
    case "q":
      return { to: "quit" };
    case "?":
      return { to: "help" };
    default: {
      const near = nearMiss(command, slashCommands);
      return { to: "unknown", word: `/${word}`, ...(near !== undefined && { near: `/${near}` }) };
    }
  }
}

function exportOf(argument: string): Wish {
  const [format, quality] = argument
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const isQuality = quality === "low" || quality === "medium" || quality === "high";
  return {
    to: "export",
    ...(format !== undefined && { format: format.replace(/^\./, "") }),
    ...(isQuality && { quality }),
  };
}
