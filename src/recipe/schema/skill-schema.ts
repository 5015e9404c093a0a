import * as z from "zod";
import { knownSkills } from "../known-skills.ts";
import { plain } from "./leaf.ts";
import { fields, shortFor } from "./shapes.ts";

/** As written: a known skill brings its own version. */
export interface SkillData {
  readonly name: string;
  readonly version?: string;
}

const slugs = Object.keys(knownSkills);

export const skillSchema: z.ZodType<SkillData> = shortFor(
  {
    id: "skill",
    short: { type: "string", minLength: 1, examples: slugs, description: "A skill's slug." },
    keyOf: () => "name",
  },
  fields(
    {
      name: plain("text", { description: "The skill's slug.", examples: slugs }),
      version: z.exactOptional(
        plain("text", { description: "Its version; the known skills bring their own." }),
      ),
    },
    { title: "Skill", description: "Attribution for the service. It does not change the video." },
  ),
);
