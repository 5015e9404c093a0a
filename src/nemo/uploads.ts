import { Failure } from "../base/failure.ts";
import type { NewId } from "../base/ids.ts";
import type { NemoService, UploadedFile } from "../executor/ports.ts";
import { connectMs, type Answer, type Caller } from "./caller.ts";
import { cleanLine } from "../base/clean-text.ts";
import { multipart } from "./multipart.ts";
import { bodies, paths, readUploadedName } from "./wire.ts";

// No limit for the whole: a slow line may need hours. After the last byte the service looks at the file.
const limits = { connect: connectMs, idle: 300_000 };

export function uploadCalls(caller: Caller, newId: NewId): Pick<NemoService, "uploadFile" | "uploadUrl"> {
  return {
    uploadFile: async ({ session, source, onSent }, options) =>
      caller.withToken(session, async (token) => {
        const { contentType, body, isWhole } = multipart(source, newId("nemo-recipe"), onSent);
        const call = {
          name: "upload",
          method: "POST",
          path: paths.upload(session.sessionId),
          skill: session.skill,
          body,
          contentType,
          limits,
          ...options,
        } as const;
        const answer = caller.open(call, token).then((incoming) => caller.finish("upload", incoming));
        return taken(await answer.catch(unlessWhole(isWhole)), source.name);
      }),
    uploadUrl: async ({ session, url }, options) => {
      const answer = await caller.call({
        name: "upload",
        method: "POST",
        path: paths.upload(session.sessionId),
        skill: session.skill,
        session,
        body: bodies.uploadUrl(url),
        limits,
        ...options,
      });
      return taken(answer, nameInUrl(url));
    },
  };
}

/** A body that never left whole cannot have been taken: no service makes a file of half of one. */
function unlessWhole(isWhole: () => boolean): (error: unknown) => never {
  return (error) => {
    const isCut = error instanceof Failure && error.facts.sent === "maybe-sent" && !isWhole();
    throw isCut ? new Failure({ ...error.facts, sent: "not-sent" }, error.cause) : error;
  };
}

function taken(answer: Answer, sentName: string): UploadedFile {
  const name = readUploadedName(answer.data, sentName);
  if (name !== undefined) return { name };
  throw new Failure({
    code: "file-refused",
    message: `The service took no file from ${cleanLine(sentName)}.`,
    hint: "It takes mp4 mov avi webm mkv, jpg jpeg png gif webp, mp3 wav m4a aac, of at most 200 MB.",
    sent: "rejected",
  });
}

function nameInUrl(url: string): string {
  const last = URL.canParse(url) ? new URL(url).pathname.split("/").at(-1) : undefined;
  return last === undefined || last === "" ? "file" : last;
}
