import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { journalContract } from "../executor/journal.contract.ts";

journalContract("memoryJournal", async (clock) => memoryJournal(clock));
