import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { journalMoneyContract } from "../executor/journal-money.contract.ts";
import { journalContract } from "../executor/journal.contract.ts";

journalContract("memoryJournal", async (clock) => memoryJournal(clock));
journalMoneyContract("memoryJournal", async (clock) => memoryJournal(clock));
