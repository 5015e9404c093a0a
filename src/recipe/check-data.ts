import { checkInputs } from "./check-inputs.ts";
import { checkParams } from "./check-params.ts";
import { checkTurns } from "./check-turns.ts";
import { checkUses } from "./check-uses.ts";
import { nearMiss } from "../base/near-miss.ts";
import type { DataCheck } from "./data-check.ts";
import { child, nodeAt } from "./node.ts";
import type { Problem } from "./problem.ts";
import { problemAt } from "./source.ts";

/** What no single field can know to be wrong: fields that need, exclude or contradict each other. */
export function checkData(check: DataCheck): Problem[] {
  const { data, root } = check;
  return [
    ...checkSkill(check),
    ...checkParams(data, root),
    ...checkInputs(check),
    ...checkTurns(check),
    ...checkUses(check),
  ];
}

function checkSkill({ data, root, skills }: DataCheck): Problem[] {
  const { name, version } = data.skill;
  if (version !== undefined || Object.hasOwn(skills, name)) return [];
  const near = nearMiss(name, Object.keys(skills));
  const hint = near === undefined ? `known: ${Object.keys(skills).join(", ")}` : `did you mean \`${near}\`?`;
  const message = `the version of the skill \`${name}\` is not known: write \`skill: { name: ${name}, version: … }\``;
  return [
    problemAt(nodeAt(child(root, "skill") ?? root, ["name"]), { code: "unknown-skill", message, hint }),
  ];
}
