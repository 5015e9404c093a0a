/** What can be wrong when a good recipe meets this machine's files, params and outputs. Stable words: docs and tests follow this table. */
export const planProblemCodes = {
  "param-missing": "a required parameter has no value",
  "unknown-param": "a parameter that no recipe declares",
  "param-value": "a value that its parameter does not take",
  "env-missing": "a variable that the recipe lists in `env` is not set",
  "env-changed": "a masked value must stand in a URL as it is",
  "rows-unreadable": "the rows cannot be read",
  "rows-empty": "there is no row, so there is nothing to make",
  "input-missing": "an input names nothing that is there",
  "input-refused": "an input is there and cannot be used",
  "input-url": "the text is no http(s) address",
  "input-count": "each and sequence need inputs",
  "nothing-new": "`since` leaves no input",
  "output-outside": "an output would leave its folder",
  "output-no-file": "an output names a folder",
  "output-format": "an output's extension does not fit its format",
  "output-collision": "two outputs are one file",
  "output-is-input": "an output would overwrite an input",
  "output-exists": "a file that is not ours stands where an output goes",
  "no-job": "no job is left",
} as const;

export type PlanProblemCode = keyof typeof planProblemCodes;
