import { formats, type Export, type Format } from "../recipe/recipe.ts";
import type { Place } from "../recipe/problem.ts";
import { expandText, expandValue } from "./expand.ts";
import { freePath } from "./free-path.ts";
import { asNamePart, outputPath } from "./output-path.ts";
import type { PlanContext } from "./plan-context.ts";
import type { ExportStep, FixedCheck } from "./planned-job.ts";
import { exportKey } from "./step-keys.ts";
import type { TemplateScope } from "./template-scope.ts";

export interface Output {
  readonly step: ExportStep;
  readonly place: Place;
}

/** The draft that is exported, and what is known of it. */
export interface DraftToExport {
  readonly draftKey: string;
  readonly scope: TemplateScope;
  /** The job's name, and what tells this draft from the job's others: the end of a default name. */
  readonly name: string;
  readonly variant?: string;
  readonly expect?: FixedCheck;
}

/** One entry of `export` for one draft; undefined where something is wrong with it, which is a problem then. */
export function outputStep(
  context: PlanContext,
  { declared, index }: { readonly declared: Export; readonly index: number },
  draft: DraftToExport,
): Output | undefined {
  const { problems, paths, cwd, hash } = context;
  const inner: TemplateScope = { ...draft.scope, export: { format: "", index } };
  const format = expandValue(declared.format, { scope: inner, problems });
  const quality = expandValue(declared.quality, { scope: inner, problems });
  if (format === undefined || quality === undefined) return undefined;
  const scope = { ...draft.scope, export: { format, index } };
  const escape = asNamePart(context.recipe.dir);
  const to =
    declared.to === undefined
      ? `out/${escape(draft.name)}.${format}`
      : expandText(declared.to, { scope, problems, escape });
  if (to === undefined) return undefined;
  const made = outputPath(to, context);
  if ("wrong" in made) return refuse(context, { to, wrong: made.wrong, place: declared.place });
  if (!fits(context, { path: made.path, format, place: declared.place })) return undefined;
  const path = context.takenPaths === undefined ? made.path : freePath(made.path, context.takenPaths);
  const settings = { draftKey: draft.draftKey, format, quality, path };
  const step: ExportStep = {
    kind: "export",
    key: exportKey(settings, hash),
    ...settings,
    shownPath: paths.within(cwd, path) ?? path,
    ...(draft.variant !== undefined && { variant: draft.variant }),
    ...(draft.expect !== undefined && { expect: draft.expect }),
  };
  return { step, place: declared.place };
}

/** `out/promo.mp4` → `out/promo.preview.mp4`, of the same draft, small and without expectations. */
export function previewOf({ step, place }: Output, { hash }: PlanContext): Output {
  const named = (path: string): string => `${path.replace(/\.mp4$/, "")}.preview.mp4`;
  const { draftKey, variant } = step;
  const settings = { draftKey, format: "mp4", quality: "low", path: named(step.path) } as const;
  return {
    step: {
      kind: "export",
      key: exportKey(settings, hash),
      ...settings,
      shownPath: named(step.shownPath),
      ...(variant !== undefined && { variant }),
      preview: true,
    },
    place,
  };
}

function refuse(
  { problems, outDir }: PlanContext,
  { to, wrong, place }: { readonly to: string; readonly wrong: "outside" | "no-file"; readonly place: Place },
): undefined {
  problems.add(
    wrong === "outside"
      ? {
          severity: "error",
          code: "output-outside",
          message: `"${to}" leaves the output folder ${outDir}`,
          hint: "write it relative to that folder, without `..`, or choose another folder with --out",
          place,
        }
      : {
          severity: "error",
          code: "output-no-file",
          message: `"${to}" names a folder, not a file`,
          hint: "end it with a file name, such as ${{ job.name }}.${{ export.format }}",
          place,
        },
  );
}

/** mp4 and mov are one family; any other pair of known formats is a contradiction. */
function fits(
  { problems }: PlanContext,
  { path, format, place }: { readonly path: string; readonly format: Format; readonly place: Place },
): boolean {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const family = (name: string): string => (name === "mov" ? "mp4" : name);
  if (family(extension) === family(format)) return true;
  const known = formats.some((name) => name === extension);
  problems.add({
    severity: known ? "error" : "warning",
    code: "output-format",
    message:
      extension === ""
        ? `an output in ${format} format has no extension`
        : `an output in ${format} format is called .${extension}`,
    hint: known
      ? `write \`format: ${extension}\`, or end \`to\` with .\${{ export.format }}`
      : "end `to` with .${{ export.format }}",
    place,
  });
  return !known;
}
