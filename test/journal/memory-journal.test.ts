import { memoryJournal } from "../../src/journal/memory-journal.ts";
import { journalCostsContract } from "../executor/journal-costs.contract.ts";
import { journalInputsContract } from "../executor/journal-inputs.contract.ts";
import { journalMoneyContract } from "../executor/journal-money.contract.ts";
import { journalSlotsContract } from "../executor/journal-slots.contract.ts";
import { journalContract } from "../executor/journal.contract.ts";

journalContract("memoryJournal", async (clock) => memoryJournal(clock));
journalMoneyContract("memoryJournal", async (clock) => memoryJournal(clock));
journalInputsContract("memoryJournal", async (clock) => memoryJournal(clock));
journalSlotsContract("memoryJournal", async (clock) => memoryJournal(clock));
journalCostsContract("memoryJournal", async (clock) => memoryJournal(clock));
