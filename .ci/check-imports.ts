// Who may import whom: prints every arrow that dependency-cruiser.config.mjs forbids, and why it is forbidden.
import { cruise, type ICruiseResult } from "dependency-cruiser";
import config from "./dependency-cruiser.config.mjs";

const { options, ...ruleSet } = config;
const result = await cruise(["src"], { ...options, ruleSet, validate: true });
const { summary } = result.output as ICruiseResult;
for (const { rule, from, to, cycle } of summary.violations) {
  const comment = config.forbidden.find(({ name }) => name === rule.name)?.comment;
  console.error(`${from} → ${cycle?.map(({ name }) => name).join(" → ") ?? to}\n  ${rule.name}: ${comment}`);
}
console.log(
  `${summary.totalCruised} files, ${summary.totalDependenciesCruised} imports, ${summary.error} forbidden`,
);
process.exitCode = summary.error > 0 ? 1 : 0;
