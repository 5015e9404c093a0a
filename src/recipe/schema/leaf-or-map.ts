import * as z from "zod";
import type { Converted } from "../convert.ts";
import { complain, type About } from "./leaf.ts";
import { isMap } from "./shapes.ts";

/** A plain value that `read` understands, or a map: what is wrong in the map is told at its key. */
export function leafOrMap<T>(
  { read, map }: { readonly read: (raw: unknown) => Converted<T>; readonly map: z.ZodType<T> },
  json: object,
  about: About,
): z.ZodType<T> {
  const value = z.transform((raw, context): T => {
    if (isMap(raw)) {
      const parsed = map.safeParse(raw);
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues)
        context.issues.push({ ...issue, input: raw } as z.core.$ZodRawIssue);
      return z.NEVER;
    }
    const complaint = complain(raw, read);
    if ("value" in complaint) return complaint.value;
    context.issues.push({ code: "custom", input: raw, params: complaint });
    return z.NEVER;
  });
  return z.pipe(z.unknown(), value).register(z.globalRegistry, { ...json, ...about });
}
