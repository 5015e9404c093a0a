import type { TemplateKind } from "../recipe.ts";
import { formats, qualities } from "../recipe.ts";

/** JSON Schema of a text that holds a template. */
export const templateSchema: Readonly<Record<string, unknown>> = {
  type: "string",
  pattern: "\\$\\{\\{",
  description: "A template: ${{ … }}",
};

const duration = "(\\d+(\\.\\d+)?(ms|s|m|h|d))+";
const number = "\\d+(\\.\\d+)?";
const range = (end: string): string => `^(${end}|${end}\\.\\.|\\.\\.${end}|${end}\\.\\.${end})$`;

/** JSON Schema of each kind's plain values. */
export const kindSchemas: { readonly [Kind in TemplateKind]: Readonly<Record<string, unknown>> } = {
  text: { type: "string", minLength: 1 },
  scalar: { type: ["string", "number", "boolean", "null"] },
  integer: { type: "integer" },
  count: { type: "integer", minimum: 1 },
  boolean: { type: "boolean" },
  durationMs: { type: "string", pattern: `^${duration}$` },
  since: { type: "string", pattern: `^(last-run|${duration})$` },
  range: {
    anyOf: [
      { type: "number", minimum: 0 },
      { type: "string", pattern: range(number) },
    ],
  },
  durationRange: { type: "string", pattern: range(duration) },
  format: { type: "string", enum: formats },
  quality: { type: "string", enum: qualities },
  aspect: { type: "string", pattern: `^${number}:${number}$` },
  language: { type: "string", pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" },
};
