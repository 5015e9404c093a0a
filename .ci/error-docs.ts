import { failureCodes } from "../src/base/failure-codes.ts";
import { refusalCodes } from "../src/cli/refusal-codes.ts";
import { problemCodes } from "../src/recipe/problem-codes.ts";

/** docs/errors.md, from the two tables that the program itself uses. */
export function errorDocs(): string {
  const table = (codes: Readonly<Record<string, string>>): string =>
    Object.entries(codes)
      .map(([code, says]) => `| <a id="${code}"></a>\`${code}\` | ${says.replaceAll("|", "\\|")} |`)
      .join("\n");
  return `# Errors

Written by \`npm run docs\` from \`src/recipe/problem-codes.ts\`, \`src/cli/refusal-codes.ts\` and \`src/base/failure-codes.ts\`.
Each error says what is wrong, where, and what to do next; the code is the part that stays the same, for scripts and
for searching.

## Problems

Found in a recipe, a config or on a command line, all in one go, before anything is sent: exit 2. They are printed as
\`file:line:column: code: message\`, with the line itself and a suggestion.

| code | means |
|---|---|
${table(problemCodes)}

## Refusals

A command that does not begin says so as \`error: code: message\`, with the next step below: exit 2 where the command line is
wrong, 3 where spending is refused, 1 where something is missing. Nothing was sent. A command that meets a failure of
the next table before it begins prints that in the same way.

| code | means |
|---|---|
${table(refusalCodes)}

## Failures

The world refused: a job ends with one of these, in \`show\`, in \`failure.code\` of the \`--json\` events, and in a run's last
lines. Whether paid work may be live is not in the code but in the exit code: 75 says that \`resume\` or \`resolve\` goes
on, and that nothing should be run again.

| code | means |
|---|---|
${table(failureCodes)}
`;
}
