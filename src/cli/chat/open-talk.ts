import { basename, extname, resolve } from "node:path";
import { mayWriteAt } from "../../files/may-write-at.ts";
import type { Call } from "../call.ts";
import { usage } from "../stop.ts";
import { takeFiles } from "./answer-upload.ts";
import { mayReplace } from "./answer-save.ts";
import { comeBackTo, type CameBack } from "./come-back-to.ts";
import { nameFor } from "./name-for.ts";
import { recipeFile } from "./recipe-file.ts";
import type { Room } from "./room.ts";
import { emptyTalk, type Talk } from "./talk.ts";

/** The conversation as the command line opens it: a new one or an earlier one, with its files and its recording. */
export async function openTalk(room: Room): Promise<CameBack> {
  const { flags, args } = room.call;
  const opened =
    flags.session === undefined ? { room, talk: emptyTalk } : await comeBackTo(room, flags.session);
  const talk = await withRecord(opened.talk, room.call);
  if (flags.session !== undefined && talk.recipe === undefined) room.voice.say(room.words.notRecorded);
  return { room: opened.room, talk: args.length === 0 ? talk : await withFiles(opened.room, talk) };
}

async function withRecord(talk: Talk, { flags: { record }, io }: Call): Promise<Talk> {
  if (record === undefined) return talk;
  const recipe = resolve(io.cwd, recipeFile(record));
  if (!(await mayWriteAt(recipe)))
    throw usage(`${record} cannot be written.`, "Nothing was sent. Name a file in a folder that is there.");
  if (await mayReplace(recipe, talk))
    return { ...talk, name: talk.name ?? nameFor(basename(recipe, extname(recipe))), recipe };
  throw usage(
    `${record} is there already, and is not a recording of this conversation.`,
    "Name another file, or go on with its own: nemo-recipe chat --session <job>",
  );
}

/** Files among the arguments wait for the first request. */
async function withFiles(room: Room, talk: Talk): Promise<Talk> {
  const { args, io } = room.call;
  const paths = args.map((argument) =>
    /^https?:\/\//i.test(argument) ? argument : resolve(io.cwd, argument),
  );
  const taken = await takeFiles(room, talk, paths);
  if (taken === undefined) throw usage("a file that was named cannot be used.", "Nothing was sent.");
  return taken.talk;
}
