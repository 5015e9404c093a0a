import { faultTable } from "./fault-table.ts";

/** One line for each fault, and the grammar of `--fault` as the first. */
export function listFaults(): { name: string; description: string }[] {
  return Object.entries(faultTable).map(([name, kind]) => {
    const value = kind.value === undefined ? "" : `; =${kind.value.oneOf?.join("|") ?? kind.value.meaning}`;
    const preset = kind.value === undefined ? "" : ` (${kind.value.default})`;
    const place = kind.on === "unknown" ? "" : ` [${kind.on}${kind.anywhere ? ", or :endpoint" : ""}]`;
    return { name, description: `${kind.says}${place}${value}${preset}` };
  });
}

export const faultGrammar: string =
  "name[:endpoint][=value][@nth | @nth+ | @nth*count][%percent], several with commas, then ;seed=N. " +
  "Without @ or % a fault meets every matching request.";
