// The executor's view of the world. Each port has two implementations, and one contract suite runs against both.
export type { Clock } from "../base/clock.ts";
export type { InputJournal, InputUse } from "./input-journal.ts";
export type { SlotEnd, SlotFate, SlotJournal, SlotRow, SlotRunEnd } from "./slot-journal.ts";
export type { ByteSink, ByteSource } from "./ports/bytes.ts";
export type {
  Account,
  CallOptions,
  NemoService,
  RenderState,
  SessionRef,
  TurnClose,
  UploadedFile,
} from "./ports/nemo-service.ts";
export type { CostQuery, JobLock, JobRow, Journal, PlacedFile, RunRow, SpendQuery } from "./ports/journal.ts";
export type { DaemonReport, OutageReport, ReloadReport, SlotReport } from "./ports/daemon-report.ts";
export type { BlockedOutput, Delivery, FileRefusal, Files } from "./ports/files.ts";
export type { Report, ReportedJob, Reporter, RunCounts, RunOutcome, SkipReason } from "./ports/reporter.ts";
