import * as z from "zod";
import type { Scalar } from "../../base/json.ts";
import { slug } from "../../base/slug.ts";
import type { Converted } from "../convert.ts";
import { quoteHint } from "../convert.ts";
import type { Check, Recipe, ReviewRule, Row, Templated } from "../recipe.ts";
import { checkSchema } from "./check-schema.ts";
import type { ExportData } from "./export-schema.ts";
import { exportSchema } from "./export-schema.ts";
import type { InputData } from "./input-schema.ts";
import { inputSchema } from "./input-schema.ts";
import { choice, leaf, plain, templated } from "./leaf.ts";
import type { PollData, RetryData, TimeoutsData } from "./limits-schemas.ts";
import { budgetSchema, pollSchema, retrySchema, timeoutsSchema } from "./limits-schemas.ts";
import type { NotifyData } from "./notify-schema.ts";
import { notifySchema } from "./notify-schema.ts";
import type { ParamData } from "./param-schema.ts";
import { paramSchema } from "./param-schema.ts";
import { reviewSchema } from "./review-schema.ts";
import { rowsSchema } from "./rows-schema.ts";
import type { ScheduleData } from "./schedule-schema.ts";
import { scheduleSchema } from "./schedule-schema.ts";
import { fields, listOf } from "./shapes.ts";
import type { SkillData } from "./skill-schema.ts";
import { skillSchema } from "./skill-schema.ts";
import type { PromptData, RefinementData, VariantData } from "./turn-schemas.ts";
import { promptSchema, refinementSchema, variantSchema } from "./turn-schemas.ts";
import type { WatchData } from "./watch-schema.ts";
import { watchSchema } from "./watch-schema.ts";

/** A recipe as written, with every shorthand written out and every default filled in, but without places. */
export interface RecipeData {
  readonly name?: string;
  readonly description?: string;
  readonly extends?: Templated<string>;
  readonly skill: SkillData;
  readonly language?: Templated<string>;
  readonly env: readonly string[];
  readonly params: Readonly<Record<string, ParamData>>;
  readonly assets: readonly InputData[];
  readonly inputs: readonly InputData[];
  readonly batch: Recipe["batch"];
  readonly matrix: Readonly<Record<string, readonly Scalar[]>>;
  readonly rows?: string | readonly Row[];
  readonly prompts: readonly PromptData[];
  readonly refinements: readonly RefinementData[];
  readonly expect?: Check;
  readonly variants: readonly VariantData[];
  readonly export: readonly ExportData[];
  readonly review: ReviewRule | false;
  readonly preview: boolean;
  readonly concurrency: Templated<number>;
  readonly budget: Recipe["budget"];
  readonly retry: RetryData;
  readonly timeouts: TimeoutsData;
  readonly poll: PollData;
  readonly watch?: WatchData;
  readonly schedule: readonly ScheduleData[];
  readonly notify: readonly NotifyData[];
}

const slugShape = /^[a-z0-9][a-z0-9-]{0,62}$/;

function readName(raw: unknown): Converted<string> {
  if (typeof raw === "string" && slugShape.test(raw)) return { value: raw };
  const message = "must be a slug: small letters, digits and dashes, at most 63";
  if (typeof raw === "number") return { message, hint: `${quoteHint} "${raw}"` };
  const near =
    typeof raw === "string"
      ? slug(raw)
          .replace(/[^a-z0-9-]/g, "")
          .replace(/^-+/, "")
      : "";
  return slugShape.test(near) ? { message, hint: `did you mean \`${near}\`?` } : { message };
}

const defaultExport: ExportData = { format: "mp4", quality: "high" };
const nothing = (): never[] => [];

const identity = {
  name: z.exactOptional(
    leaf(
      readName,
      { type: "string", pattern: slugShape.source },
      {
        description: "Identifies the recipe in runs, outputs and logs. Default: the file's name.",
        examples: ["spring-promo"],
      },
    ),
  ),
  description: z.exactOptional(plain("text", { description: "What it makes, in one line." })),
  extends: z.exactOptional(
    templated("text", {
      description: "A recipe that this one is merged over: a path, or the name of a bundled recipe.",
      examples: ["base.yaml"],
    }),
  ),
  skill: skillSchema.prefault("image-video"),
  language: z.exactOptional(
    templated("language", {
      description: "Language of the session. Default: the machine's.",
      examples: ["en"],
    }),
  ),
};

const values = {
  env: listOf(
    leaf(
      (raw) =>
        typeof raw === "string" && /^[A-Za-z_][A-Za-z0-9_]*$/.test(raw)
          ? { value: raw }
          : { message: "must be the name of an environment variable" },
      { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" },
      { description: "Name of an environment variable." },
    ),
    {
      description: "Variables that `url` and `notify` may use as `${{ env.NAME }}`. Their values are masked.",
    },
  ).default(nothing),
  params: z
    .record(z.string(), paramSchema)
    .meta({
      description: "Parameters, for `${{ params.name }}`: from `--param`, a row, or `NEMO_PARAM_NAME`.",
    })
    .default({}),
  matrix: z
    .record(
      z.string(),
      listOf(plain("scalar", { description: "A value." }), { description: "The values.", min: 1 }),
    )
    .meta({ description: "One job per combination of these values, for `${{ matrix.name }}`." })
    .default({}),
  rows: z.exactOptional(rowsSchema),
};

const media = {
  assets: listOf(inputSchema, {
    description: "Media that is uploaded into every job before its inputs, such as a logo.",
    examples: [["brand/logo.png"]],
  }).default(nothing),
  inputs: listOf(inputSchema, {
    description: "Media to make the video from: globs, paths, folders, URLs.",
    examples: [["photos/*.{jpg,png}"]],
  }).default(nothing),
  batch: choice(["together", "each", "sequence"], {
    description:
      "`together`: one job with all inputs. `each`: a job per input. `sequence`: one job, input after input.",
  }).prefault("together"),
};

const turns = {
  prompts: listOf(promptSchema, {
    description: "What to make, in your own words. Sent in order; each is a paid turn.",
    min: 1,
  }).default(nothing),
  refinements: listOf(refinementSchema, { description: "Turns after the prompts." }).default(nothing),
  expect: z.exactOptional(checkSchema),
  variants: listOf(variantSchema, { description: "Other versions of the video, each exported." }).default(
    nothing,
  ),
  export: listOf(exportSchema, {
    description: "The files to render. Default: one mp4 of high quality.",
    min: 1,
  }).default(() => [defaultExport]),
  review: reviewSchema.prefault(false),
  preview: plain("boolean", {
    description: "Before it exports, the job makes a small video and a sheet of its frames to look at.",
  }).prefault(false),
};

const limits = {
  concurrency: templated("count", { description: "How many jobs of this recipe run at once." }).prefault(2),
  budget: budgetSchema.default({}),
  retry: retrySchema.prefault({}),
  timeouts: timeoutsSchema.prefault({}),
  poll: pollSchema.prefault({}),
};

const automation = {
  watch: z.exactOptional(watchSchema),
  schedule: listOf(scheduleSchema, { description: "When `schedule` and `tick` start this recipe." }).default(
    nothing,
  ),
  notify: listOf(notifySchema, { description: "Whom to tell, and when." }).default(nothing),
};

export const recipeSchema: z.ZodType<RecipeData> = fields(
  { ...identity, ...values, ...media, ...turns, ...limits, ...automation },
  {
    title: "nemo-recipe",
    description: "A recipe: one video, or many, made by NemoVideo from inputs and prompts.",
  },
);
