import { p1 } from "./p1-version.ts";
import { p2 } from "./p2-validate.ts";
import { p3 } from "./p3-first-request.ts";
import { p4 } from "./p4-upload.ts";
import { p5 } from "./p5-uploads.ts";
import { p6 } from "./p6-download.ts";
import { p7 } from "./p7-stream.ts";
import { p8 } from "./p8-plan.ts";
import { p9 } from "./p9-thousand-jobs.ts";
import { p10 } from "./p10-watched-tree.ts";
import { p11 } from "./p11-new-file.ts";
import { p12 } from "./p12-bursts.ts";
import { p13 } from "./p13-journal.ts";
import { p14 } from "./p14-emulator.ts";
import { p15 } from "./p15-installed.ts";
import { p16 } from "./p16-hashing.ts";
import { p17 } from "./p17-idle-daemon.ts";
import type { BenchRow } from "./row.ts";

/** Everything that is measured, in the order of its report. */
export const rows: readonly BenchRow[] = [
  p1,
  p2,
  p3,
  p4,
  p5,
  p6,
  p7,
  p8,
  p9,
  p10,
  p11,
  p12,
  p13,
  p14,
  p15,
  p16,
  p17,
];
