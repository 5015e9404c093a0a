import { randomBytes } from "node:crypto";
import { idsFrom, type NewId } from "../base/ids.ts";

/** Ids that nobody can guess or meet twice. */
export const newId: NewId = idsFrom((count) => randomBytes(count));
