import { describe, expect, it } from "vitest";
import { Failure } from "../../src/base/failure.ts";
import type { ByteSink, ByteSource, NemoService, SessionRef } from "../../src/executor/ports.ts";
import type { Signal } from "../../src/job/event.ts";

/** A service that is ready to work, on an account with credits. `stop` ends whatever stands behind it. */
export interface ContractWorld {
  readonly service: NemoService;
  /** Makes the next call of the paid kind be refused whole for want of credits. */
  refuseNextTurn(): void;
  stop(): Promise<void>;
}

/** What any NemoService must do, whatever stands behind it. `makeWorld` is called once for each test. */
export function nemoServiceContract(name: string, makeWorld: () => Promise<ContractWorld>): void {
  const inWorld = (test: (world: ContractWorld) => Promise<void>) => async (): Promise<void> => {
    const world = await makeWorld();
    try {
      await test(world);
    } finally {
      await world.stop();
    }
  };

  describe(`NemoService contract: ${name}`, () => {
    it(
      "knows its account, the same one each time",
      inWorld(async ({ service }) => {
        const account = await service.account();
        expect(account.id).not.toBe("");
        expect(await service.account()).toEqual(account);
      }),
    );

    it(
      "opens sessions whose ids are text, each its own",
      inWorld(async ({ service }) => {
        const [first, second] = [await open(service), await open(service)];
        expect(typeof first.sessionId).toBe("string");
        expect(first.sessionId).not.toBe(second.sessionId);
        expect(service.pageLink(first)).toContain(first.sessionId);
      }),
    );

    it(
      "has no draft before any work, and credits that add up",
      inWorld(async ({ service }) => {
        const session = await open(service);
        const draft = await service.readDraft(session);
        expect(await service.countFiles(session)).toBe(0);
        expect(draft === undefined || !draft.ready).toBe(true);
        const { available, frozen, total } = await service.credits();
        expect(total).toBe(available + frozen);
      }),
    );

    it(
      "takes files and addresses under their names",
      inWorld(async ({ service }) => {
        const session = await open(service);
        const sent: number[] = [];
        const source = photo("beach.jpg");
        const file = await service.uploadFile({ session, source, onSent: (bytes) => sent.push(bytes) });
        expect(file.name).not.toBe("");
        expect(sent.at(-1)).toBe(source.sizeBytes);
        const other = await service.uploadUrl({ session, url: "https://example.com/clip.mp4" });
        expect(other.name).not.toBe("");
        expect(await service.countFiles(session)).toBe(2);
      }),
    );

    it(
      "runs a turn: it is heard to the end, and the draft is ready and steady afterwards",
      inWorld(async ({ service }) => {
        const session = await turned(service);
        const first = await steadyDraft(service, session);
        expect(first.ready).toBe(true);
        expect(first.timeline.tracks.length).toBeGreaterThan(0);
        expect(() => void JSON.parse(first.opaque)).not.toThrow();
      }),
    );

    it(
      "throws for a turn that was refused whole, as `rejected`",
      inWorld(async ({ service, refuseNextTurn }) => {
        const session = await open(service);
        refuseNextTurn();
        const facts = await turn(service, session).then(
          () => undefined,
          (error: unknown) => (error instanceof Failure ? error.facts : undefined),
        );
        expect(facts).toMatchObject({ code: "no-credits", sent: "rejected" });
      }),
    );

    it(
      "renders a draft, twice under one id without harm, and hands over the file whole",
      inWorld(async ({ service }) => {
        const session = await turned(service);
        const draft = await steadyDraft(service, session);
        const render = {
          session,
          renderId: "render_contract_1",
          draft,
          format: "mp4",
          quality: "high",
        } as const;
        await service.startRender(render);
        await service.startRender(render);
        const url = await renderedUrl(service, session, render.renderId);
        let sizeBytes = 0;
        const sink: ByteSink = {
          write: (chunk) => {
            sizeBytes += chunk.byteLength;
            return Promise.resolve();
          },
        };
        const received: number[] = [];
        await service.download({
          session,
          renderId: render.renderId,
          ...(url !== undefined && { url }),
          openSink: () => {
            sizeBytes = 0;
            return Promise.resolve(sink);
          },
          onReceived: (bytes) => received.push(bytes),
        });
        expect(sizeBytes).toBeGreaterThan(0);
        expect(received.at(-1)).toBe(sizeBytes);
      }),
    );

    it(
      "gives links without any token",
      inWorld(async ({ service }) => {
        const session = await open(service);
        expect(await service.claimLink(session)).toMatch(/^https?:/);
        expect(service.pageLink(session)).toMatch(/^https?:/);
      }),
    );

    it(
      "stops before it starts when the caller has stopped already",
      inWorld(async ({ service }) => {
        const session = await open(service);
        await expect(service.readDraft(session, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
          Failure,
        );
      }),
    );
  });
}

async function open(service: NemoService): Promise<SessionRef> {
  const skill = { name: "image-video", version: "1.0.0" };
  return { ...(await service.openSession({ skill, language: "en" })), skill };
}

function turn(service: NemoService, session: SessionRef): ReturnType<NemoService["runTurn"]> {
  const signals: Signal[] = [];
  return service.runTurn({
    session,
    prompt: "Make a 10 s video from the photo, with music",
    timeouts: { turnMs: 60_000, silenceMs: 30_000, idleMs: 30_000, changeMs: 5000, renderMs: 30_000 },
    onSignal: (signal) => signals.push(signal),
  });
}

async function turned(service: NemoService): Promise<SessionRef> {
  const session = await open(service);
  await service.uploadFile({ session, source: photo("beach.jpg") });
  const close = await turn(service, session);
  expect(close.end).toBe("closed");
  expect(close.failure).toBeUndefined();
  return session;
}

/** The draft once two reads in a row are equal. */
async function steadyDraft(
  service: NemoService,
  session: SessionRef,
): Promise<NonNullable<Awaited<ReturnType<NemoService["readDraft"]>>>> {
  let before = "";
  for (let read = 0; read < 100; read++) {
    const draft = await service.readDraft(session);
    if (draft?.ready === true && draft.fingerprint === before) return draft;
    before = draft?.fingerprint ?? "";
    await pause();
  }
  throw new Error("the draft never came to rest");
}

async function renderedUrl(
  service: NemoService,
  session: SessionRef,
  renderId: string,
): Promise<string | undefined> {
  for (let read = 0; read < 200; read++) {
    const state = await service.readRender(session, renderId);
    expect(state.status).not.toBe("failed");
    if (state.status === "completed") return state.url;
    await pause();
  }
  throw new Error("the render never ended");
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** The smallest JPEG: one grey pixel. */
const pixel = Buffer.from(
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=",
  "base64",
);

function photo(name: string): ByteSource {
  return {
    name,
    sizeBytes: pixel.byteLength,
    async *open(fromByte = 0) {
      yield pixel.subarray(fromByte);
    },
  };
}
