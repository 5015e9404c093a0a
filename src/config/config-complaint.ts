import { nearMiss } from "../base/near-miss.ts";
import { shorten } from "../base/shorten.ts";
import type { SchemaNode } from "./schema-node.ts";

/** What is wrong with a value of the config, in the words of a recipe's problems. */
export interface ConfigComplaint {
  /** Goes on after the key's name. */
  readonly message: string;
  readonly hint?: string;
}

export interface Complained {
  readonly value: unknown;
  /** The shapes that it may have. */
  readonly nodes: readonly SchemaNode[];
  /** What the schema itself has to say of it: `expected an address …`. */
  readonly said: string;
  /** Stands where keys to other services stand. */
  readonly isSecret: boolean;
}

export function configComplaint({ value, nodes, said, isSecret }: Complained): ConfigComplaint {
  if (value === undefined) return { message: "is missing" };
  const wanted = /^expected (.*)/s.exec(said)?.[1] ?? either([...new Set(nodes.flatMap(inWords))]);
  // An address may hold a name and a password.
  const isDiscreet = isSecret || /address/.test(wanted) || wanted.startsWith(shown(value));
  const message = `must be ${wanted}${isDiscreet ? "" : `, not ${shown(value)}`}`;
  const words = nodes.flatMap((node) => node.enum ?? []);
  const near = typeof value === "string" ? nearMiss(value, words) : undefined;
  if (near !== undefined) return { message, hint: `did you mean "${near}"?` };
  const isDuration = typeof value === "number" && /duration/.test(wanted);
  return isDuration ? { message, hint: `durations have a unit: "${value}s"` } : { message };
}

function inWords(node: SchemaNode): readonly string[] {
  if (node.enum !== undefined) return node.enum.map((word) => `"${word}"`);
  const least = node.minimum === undefined ? "" : ` (${node.minimum} or more)`;
  const range =
    node.maximum === undefined || node.maximum > 1e6
      ? least
      : ` from ${node.minimum ?? 0} to ${node.maximum}`;
  const names: Readonly<Record<string, string>> = {
    integer: `a whole number${range}`,
    number: `a number${range}`,
    string: "text",
    object: "a map of keys",
    array: "a list",
    boolean: "true or false",
  };
  return [names[node.type ?? ""] ?? "something else"];
}

function either(words: readonly string[]): string {
  const [last = "", ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(", ")} or ${last}`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a map";
  if (value === "") return "an empty text";
  return shorten(typeof value === "string" ? `"${value}"` : String(value));
}
