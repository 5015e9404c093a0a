// nemo/: Speaks NemoVideo: HTTP and events outside, our words inside. The wire's short keys die in `nemo/wire.ts`.
import type { Clock } from "../base/clock.ts";
import { Failure } from "../base/failure.ts";
import type { Hash } from "../base/hash.ts";
import { httpUrl } from "../base/http-url.ts";
import type { NewId } from "../base/ids.ts";
import type { NemoService } from "../executor/ports.ts";
import type { Skill } from "../recipe/recipe.ts";
import { keepAccount, type AccountKeeper } from "./account-keeper.ts";
import { createCaller, type Caller } from "./caller.ts";
import { openChannel } from "./channel.ts";
import type { CredentialStore } from "./credential-store.ts";
import { downloadCall } from "./download.ts";
import { linkCalls } from "./links.ts";
import { renderCalls } from "./renders.ts";
import { turnCall } from "./run-turn.ts";
import { sessionCalls } from "./sessions.ts";
import { chooseTransport, type Proxy } from "./transport/choose-transport.ts";
import { unreadable } from "./transport/read-whole.ts";
import { uploadCalls } from "./uploads.ts";
import { paths, readToken, type TokenGrant } from "./wire.ts";

export interface HttpServiceOptions {
  /** `local`, or the origin of the service: for keys and messages. */
  readonly backend: string;
  readonly apiUrl: string;
  readonly webUrl: string;
  /** NEMO_TOKEN; absent: an anonymous token is fetched when it is first needed. */
  readonly token?: string;
  /** NEMO_CLIENT_ID; absent: the one that is kept, or a new one. */
  readonly clientId?: string;
  readonly credentials: CredentialStore;
  /** X-Skill-Platform */
  readonly platform: string;
  /** Attribution of the calls that belong to no session. */
  readonly defaultSkill: Skill;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly newId: NewId;
  readonly proxy?: Proxy;
  /** Hears that the service lets wait for an anonymous token. */
  readonly onTokenWait?: (delayMs: number) => void;
  /** Ends such a wait. */
  readonly signal?: AbortSignal;
}

export interface HttpService extends NemoService {
  /** Ends idle connections; nothing may be called afterwards. */
  close(): Promise<void>;
}

/** The service over HTTP. Throws a Failure where an address or the token cannot be one; sends nothing yet. */
export function createHttpService(options: HttpServiceOptions): HttpService {
  const transport = chooseTransport(options.proxy);
  const channel = openChannel(transport, options.clock);
  const apiUrl = webAddress(options.apiUrl, "NEMO_API_URL");
  const webUrl = webAddress(options.webUrl, "NEMO_WEB_URL").href.replace(/\/+$/, "");
  // The keeper asks the service for its token through the caller, and the caller takes its token from the keeper.
  const caller = createCaller({ ...options, channel, apiUrl, webUrl, keeper: () => keeper });
  const fetchToken = tokenCall(caller, options.defaultSkill);
  const keeper: AccountKeeper = keepAccount({ ...options, origin: apiUrl.origin, webUrl, fetchToken });
  return {
    backend: options.backend,
    account: () => keeper.account(),
    ...sessionCalls(caller, options),
    ...uploadCalls(caller, options.newId),
    runTurn: turnCall(caller, options.clock),
    ...renderCalls(caller),
    download: downloadCall(caller, channel),
    ...linkCalls(caller, webUrl),
    close: () => transport.close(),
  };
}

function webAddress(address: string, variable: string): URL {
  const url = httpUrl(address);
  if (url !== undefined) return url;
  throw new Failure({
    code: "bad-request",
    message: `${variable} is no http(s) address: ${JSON.stringify(address)}.`,
    hint: "It looks like https://example.com.",
    sent: "not-sent",
  });
}

function tokenCall(caller: Caller, skill: Skill): (clientId: string) => Promise<TokenGrant> {
  return async (clientId) => {
    const answer = await caller.call({ name: "token", method: "POST", path: paths.token, skill, clientId });
    const grant = readToken(answer.data);
    if (grant === undefined) throw unreadable("to the request for a token holds none");
    return grant;
  };
}
