import type { Endpoint, FaultKind } from "./fault-table.ts";
import { endpoints, faultTable } from "./fault-table.ts";
import { faultGrammar } from "./list-faults.ts";

export interface Fault {
  name: string;
  on: Endpoint;
  value: string;
  /** The first matching request it meets, from 1, and how many in a row. */
  from: number;
  count: number;
  /** 0–100: how many of those, by the seed. */
  percent: number;
}

const form =
  /^(?<name>[a-z0-9-]+)(?::(?<on>[a-z]+))?(?:=(?<value>[\w-]+))?(?:@(?<from>\d+)(?:(?<open>\+)|\*(?<count>\d+))?)?(?:%(?<percent>\d+))?$/;

/** Reads `late@2,cut@3;seed=7`. Throws an Error that names what is wrong. */
export function parseFaults(text: string): { faults: Fault[]; seed: number } {
  let seed = 1;
  const faults: Fault[] = [];
  for (const part of text.split(/[,;]/).map((piece) => piece.trim())) {
    const given = /^seed=(\d+)$/.exec(part)?.[1];
    if (given !== undefined) seed = Number(given);
    else if (part !== "") faults.push(parseFault(part));
  }
  return { faults, seed };
}

function parseFault(part: string): Fault {
  const groups = form.exec(part)?.groups;
  if (groups === undefined) throw new Error(`fault "${part}" cannot be read: ${faultGrammar}`);
  const name = groups["name"] ?? "";
  const kind = Object.hasOwn(faultTable, name) ? faultTable[name] : undefined;
  if (kind === undefined) {
    throw new Error(`unknown fault "${name}"; known are ${Object.keys(faultTable).join(", ")}`);
  }
  const from = Number(groups["from"] ?? 1);
  if (from === 0) throw new Error(`fault "${part}": requests are counted from 1`);
  const single = groups["from"] !== undefined && groups["open"] === undefined;
  return {
    name,
    on: endpointOf(kind, groups["on"], part),
    value: valueOf(kind, groups["value"], part),
    from,
    count: single ? Number(groups["count"] ?? 1) : Number.POSITIVE_INFINITY,
    percent: Number(groups["percent"] ?? 100),
  };
}

function endpointOf(kind: FaultKind, on: string | undefined, part: string): Endpoint {
  if (on === undefined || on === kind.on) return kind.on;
  const known = endpoints.find((endpoint) => endpoint === on);
  if (known === undefined)
    throw new Error(`fault "${part}": unknown endpoint; known are ${endpoints.join(", ")}`);
  if (kind.anywhere !== true) throw new Error(`fault "${part}" happens on ${kind.on} only`);
  return known;
}

function valueOf(kind: FaultKind, value: string | undefined, part: string): string {
  if (kind.value === undefined) {
    if (value !== undefined) throw new Error(`fault "${part}" takes no value`);
    return "";
  }
  const chosen = value ?? kind.value.default;
  const oneOf = kind.value.oneOf;
  if (oneOf !== undefined && !oneOf.includes(chosen)) {
    throw new Error(`fault "${part}": the value is one of ${oneOf.join(", ")}`);
  }
  if (kind.value.meaning === "ms" && !/^\d+$/.test(chosen)) {
    throw new Error(`fault "${part}": the value is a number of milliseconds`);
  }
  return chosen;
}
