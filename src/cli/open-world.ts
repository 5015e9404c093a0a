import { randomBytes } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import type { Hash } from "../base/hash.ts";
import type { NewId } from "../base/ids.ts";
import type { Config } from "../config/config.ts";
import type { InputPorts } from "../executor/collect-inputs.ts";
import type { Journal } from "../executor/ports.ts";
import { credentialFolder } from "../files/credential-folder.ts";
import { diskFiles } from "../files/disk-files.ts";
import { listNames } from "../files/list-names.ts";
import { mediaBeside } from "../files/media-beside.ts";
import { configFolder } from "../files/state-folder.ts";
import { openJournal } from "../journal/sqlite-journal.ts";
import { createHttpService, type HttpService } from "../nemo/http-service.ts";
import { skillPlatform } from "../nemo/skill-platform.ts";
import { envNames, revealEnv } from "../plan/masked-url.ts";
import type { JobSettings } from "../plan/planned-job.ts";
import { knownSkills } from "../recipe/known-skills.ts";
import { formatElapsed } from "../report/format-elapsed.ts";
import type { Call } from "./call.ts";
import { discreetService } from "./discreet-service.ts";
import { journalPath } from "./journal-path.ts";
import { newId } from "./new-id.ts";
import { openLocalBackend, type LocalBackend } from "./local-backend.ts";
import { proxyOf } from "./proxy-of.ts";
import { secretCredentials } from "./secret-credentials.ts";
import { wallClock } from "./wall-clock.ts";
import { sha256 } from "./sha256.ts";

/** All ports, wired: what a command drives jobs with. */
export interface World {
  /** `local`, or the origin of the service. */
  readonly backend: string;
  readonly service: HttpService;
  readonly journal: Journal;
  readonly files: InputPorts["files"];
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  readonly chance: () => number;
  /** The backend's defaults. */
  readonly poll: JobSettings["poll"];
  close(): Promise<void>;
}

const cloudPoll = { stateMs: 10_000, renderMs: 30_000 };
const localPoll = { stateMs: 200, renderMs: 200 };
const plainSkill = "image-video";

/** Opens the journal, the backend where it is the local one, and the service. Nothing is sent yet. */
export async function openWorld(call: Call, config: Config, signal?: AbortSignal): Promise<World> {
  const journal = await openJournalFor(call, config);
  let local: LocalBackend | undefined;
  try {
    const { screen } = call;
    const stop = signal === undefined ? {} : { signal };
    if (config.backend === "local")
      local = await openLocalBackend({ stateDir: config.stateDir, journal, screen, ...stop });
    const service = serviceFor(call, config, { local, signal });
    return {
      backend: service.backend,
      service,
      journal,
      files: { ...diskFiles({ clock: wallClock }), namesIn: listNames, mediaBeside },
      clock: wallClock,
      hash: sha256,
      newId,
      chance: () => (randomBytes(4).readUInt32BE() + 0.5) / 2 ** 32,
      poll: { ...(local === undefined ? cloudPoll : localPoll), ...config.poll },
      close: async () => {
        await service.close();
        await local?.close();
        await journal.close();
      },
    };
  } catch (error) {
    await local?.close();
    await journal.close();
    throw error;
  }
}

/** The journal alone, for commands that only look. */
export function openJournalFor({ screen }: Call, config: Config): Promise<Journal> {
  return openJournal({
    path: journalPath(config.stateDir),
    clock: wallClock,
    onWarning: (message, hint) => screen.note(`warning: ${message}${hint === undefined ? "" : ` (${hint})`}`),
  });
}

/** The service alone, for commands that ask it and drive no job. Never the local one. */
export function openService(call: Call, config: Config): HttpService {
  return serviceFor(call, config, {});
}

interface Surroundings {
  readonly local?: LocalBackend | undefined;
  readonly signal?: AbortSignal | undefined;
}

function serviceFor(
  { io, secrets, screen }: Call,
  config: Config,
  { local, signal }: Surroundings,
): HttpService {
  const apiUrl = local?.apiUrl ?? config.apiUrl;
  const mine = local !== undefined ? {} : { token: config.token, clientId: config.clientId };
  const service = createHttpService({
    backend: local === undefined ? new URL(apiUrl).origin : "local",
    apiUrl,
    webUrl: config.webUrl,
    ...(mine.token !== undefined && { token: mine.token }),
    ...(mine.clientId !== undefined && { clientId: mine.clientId }),
    credentials: secretCredentials(local?.credentials ?? credentialFolder(configFolder(io)), secrets),
    platform: skillPlatform(config.skillSource, io.program),
    defaultSkill: { name: plainSkill, version: knownSkills[plainSkill] ?? "1.0.0" },
    clock: wallClock,
    hash: sha256,
    newId,
    ...(local === undefined && { proxy: proxyOf(io.env) }),
    onTokenWait: (delayMs) =>
      screen.note(
        `the service limits tokens for new accounts; asking once more in ${formatElapsed(delayMs)}`,
      ),
    ...(signal !== undefined && { signal }),
  });
  // Plans and the journal hold the names of secrets only; here, on the way out, they become values.
  const uploadUrl: HttpService["uploadUrl"] = (request, options) => {
    secrets.add(...envNames(request.url).map((name) => io.env[name]));
    return service.uploadUrl({ ...request, url: revealEnv(request.url, io.env) }, options);
  };
  return discreetService({ ...service, uploadUrl }, secrets.redact);
}
