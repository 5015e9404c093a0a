import { z } from "zod";
import type { Look } from "../draft.ts";

export interface SentSegment {
  s?: number | undefined;
  d: number;
  m: { name: string; volume?: number | undefined; text?: string | undefined; source?: string | undefined };
}

/** A draft as a client sent it: unknown keys are passed over, missing ones have a default. */
export interface SentDraft {
  t: { tt: number; sg: SentSegment[] }[];
  d: number;
  m: { title: string; width: number; height: number; look: Look };
}

const meta = z.looseObject({
  name: z.string().default(""),
  volume: z.number().min(0).max(1).optional(),
  text: z.string().optional(),
  source: z.string().optional(),
  kind: z.string().optional(),
});

const segment = z.looseObject({
  s: z.number().min(0).optional(),
  d: z.number().positive(),
  m: meta.default({ name: "" }),
});

const look = z
  .looseObject({
    transitions: z.boolean().default(true),
    zoom: z.boolean().default(true),
    warmth: z.number().default(0),
    brightness: z.number().default(0),
    speed: z.number().min(0.05).max(50).default(1),
  })
  .prefault({});

const draft: z.ZodType<SentDraft> = z.looseObject({
  t: z.array(z.looseObject({ tt: z.number(), sg: z.array(segment).default([]) })),
  d: z
    .number()
    .positive()
    .max(60 * 60 * 1000),
  m: z
    .looseObject({
      title: z.string().default(""),
      width: z.number().int().min(16).max(8192).default(1920),
      height: z.number().int().min(16).max(8192).default(1080),
      look,
    })
    .prefault({}),
});

/** `undefined` for what is no draft with something to see. */
export function readDraft(value: unknown): SentDraft | undefined {
  const parsed = draft.safeParse(value);
  if (!parsed.success) return undefined;
  const seen = parsed.data.t.some((track) => track.tt === 0 && track.sg.length > 0);
  return seen ? parsed.data : undefined;
}
