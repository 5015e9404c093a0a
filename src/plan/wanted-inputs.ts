import { escapeGlob } from "../recipe/escape-glob.ts";
import type { Input, Recipe, Template } from "../recipe/recipe.ts";
import { expandText, expandValue } from "./expand.ts";
import { hasOwnMarkersOnly } from "./masked-url.ts";
import type { PlanContext } from "./plan-context.ts";
import type { TemplateScope } from "./template-scope.ts";

/** An entry of `assets` or `inputs` with its templates filled in: what is to be looked for. */
export type WantedInput = {
  readonly source: Input;
  readonly asset: boolean;
  /** It joins with a refinement, behind the turns before. */
  readonly late: boolean;
  readonly name?: string;
  readonly since?: number | "last-run";
} & (
  | { readonly kind: "url"; readonly url: string }
  /** `pattern` starts at `dir`; text from templates is escaped in it. `shown` is for people. */
  | { readonly kind: "path"; readonly pattern: string; readonly dir: string; readonly shown: string }
);

/** True where no job of the recipe uploads anything. */
export function wantsNothing({ assets, inputs, refinements }: Recipe): boolean {
  return assets.length + inputs.length === 0 && refinements.every((turn) => turn.inputs === undefined);
}

const nothing: readonly WantedInput[] = [];

/** What a job with this scope uploads, assets first. What is wrong goes to the context's problems. */
export function wantedInputs(context: PlanContext, scope: TemplateScope): readonly WantedInput[] {
  if (wantsNothing(context.recipe)) return nothing;
  const { assets, inputs, refinements } = context.recipe;
  const turns = [...refinements, ...inputs.flatMap((input) => input.refinements ?? [])];
  return [
    ...assets.flatMap((source) => wanted(source, "asset") ?? []),
    ...inputs.flatMap((source) => wanted(source, "input") ?? []),
    ...turns.flatMap((turn) => turn.inputs ?? []).flatMap((source) => wanted(source, "late") ?? []),
  ];

  function wanted(source: Input, role: "asset" | "input" | "late"): WantedInput | undefined {
    const { problems } = context;
    const name = source.name === undefined ? undefined : expandText(source.name, { scope, problems });
    const since = source.since === undefined ? undefined : expandValue(source.since, { scope, problems });
    const where = source.url === undefined ? wantedPath(source) : wantedUrl(source.url, source);
    if (where === undefined) return undefined;
    return {
      source,
      asset: role === "asset",
      late: role === "late",
      ...(name !== undefined && { name }),
      ...(since !== undefined && { since }),
      ...where,
    };
  }

  function wantedPath(source: Input): Where | undefined {
    if (source.path === undefined) return undefined;
    const { problems } = context;
    const shown = expandText(source.path, { scope, problems });
    if (shown === undefined) return undefined;
    if (isUrl(shown)) return wantedUrl(source.path, source);
    const pattern = expandText(source.path, { scope, problems, escape: asPlainPath(context) });
    return pattern === undefined ? undefined : { kind: "path", pattern, dir: source.dir, shown };
  }

  function wantedUrl(text: string | Template<string>, source: Input): Where | undefined {
    const { problems } = context;
    const url = expandText(text, { scope, problems });
    if (url === undefined) return undefined;
    const template = typeof text === "string" ? "" : text.template;
    if (!isUrl(url)) {
      const message = `"${url}" is no http(s) address`;
      problems.add({ severity: "error", code: "input-url", message, place: source.place });
    } else if (!hasOwnMarkersOnly(url, template)) {
      problems.add({
        severity: "error",
        code: "env-changed",
        message: "a value of `env` must stand in the URL as it is",
        hint: "write it as ${{ env.NAME }}, without a filter, in the recipe itself and not in a row or param",
        place: source.place,
      });
    } else return { kind: "url", url };
    return undefined;
  }
}

type Where =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "path"; readonly pattern: string; readonly dir: string; readonly shown: string };

export function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/?#]/i.test(text);
}

/** Text that came out of a template is meant as it is: signs of the glob language lose their meaning. */
function asPlainPath({ paths }: PlanContext): (text: string) => string {
  return (text) => escapeGlob(paths.windows ? text.replaceAll("\\", "/") : text);
}
