import type { FailureCode } from "../base/failure-codes.ts";
import type { FailureFacts, Sent } from "../base/failure.ts";

export type CallName =
  | "token"
  | "session"
  | "upload"
  | "credits"
  | "state"
  | "turn"
  | "render"
  | "render-state"
  | "download"
  | "claim";

/** What the words of a refusal depend on. */
export interface RefusalContext {
  readonly call: CallName;
  readonly account: "anonymous" | "registered";
  /** Page on which an anonymous user keeps the account. */
  readonly registerUrl: string;
  readonly webUrl: string;
  /** The service's own words; may be empty. */
  readonly said: string;
  readonly retryAfterMs: number;
}

interface Refusal {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
  readonly transient?: boolean;
}

const scopes: Record<CallName, string> = {
  token: "generation",
  session: "generation",
  turn: "generation",
  state: "generation",
  upload: "upload",
  credits: "credit",
  render: "render",
  "render-state": "render",
  download: "render",
  claim: "generation",
};

/** One row for each code of the service, with what a person can do about it. */
const refusals = new Map<number, (context: RefusalContext) => Refusal>([
  [1001, badToken],
  [
    1002,
    () => ({
      code: "session-lost",
      message: "The service has forgotten the session.",
    }),
  ],
  [2001, noCredits],
  [
    4001,
    () => ({
      code: "file-refused",
      message: "The service does not take this type of file.",
      hint: "It takes mp4 mov avi webm mkv, jpg jpeg png gif webp, mp3 wav m4a aac.",
    }),
  ],
  [
    4002,
    () => ({
      code: "file-too-large",
      message: "The file is over the service's limit of 200 MB.",
      hint: "Compress it, or cut it to the part that is needed.",
    }),
  ],
  [400, badRequest],
  [402, exportBlocked],
  [
    403,
    ({ call }) => ({
      code: "scope-missing",
      message: `The token lacks the ${scopes[call]} scope.`,
      hint: "Make a token with the generation, upload, render and credit scopes, and set it as NEMO_TOKEN.",
    }),
  ],
  [429, rateLimited],
]);

/** The facts of a refusal by the service's code; undefined for a code that nobody knows. */
export function refusal(code: number, context: RefusalContext, sent: Sent): FailureFacts | undefined {
  const row = refusals.get(code)?.(context);
  if (row === undefined) return undefined;
  const { said } = context;
  const message = said === "" ? row.message : `${row.message} The service says: ${said}`;
  return { ...row, message, sent, ...(code === 429 && { retryAfterMs: context.retryAfterMs }) };
}

/** Who only asks for the balance may have begun nothing that could go on: a job that did says so itself. */
function badToken({ account, webUrl, call }: RefusalContext): Refusal {
  const isQuestion = call === "credits";
  if (account === "registered") {
    const make = `Make a new token on ${webUrl}`;
    return {
      code: "unauthorized",
      message: "The token in NEMO_TOKEN is bad or expired.",
      hint: isQuestion
        ? `${make} and set it as NEMO_TOKEN.`
        : `${make}, set it as NEMO_TOKEN, and go on with \`nemo-recipe resume\`.`,
    };
  }
  const who = isQuestion ? "The next command" : "`nemo-recipe resume`";
  return {
    code: "unauthorized",
    message: "The anonymous token is bad or expired.",
    hint: `${who} goes on with a new token of the same identity.`,
  };
}

function noCredits({ account, registerUrl, webUrl }: RefusalContext): Refusal {
  const hint =
    account === "anonymous"
      ? `Register to keep this work and get more credits: ${registerUrl} – then \`nemo-recipe resume\`.`
      : `Top up on ${webUrl}, then \`nemo-recipe resume\`.`;
  return { code: "no-credits", message: "The account has not enough credits left.", hint };
}

function badRequest({ call }: RefusalContext): Refusal {
  if (call === "token")
    return {
      code: "bad-request",
      message: "The service refused the client id.",
      hint: "Set NEMO_CLIENT_ID to another id of at most 64 characters, or set NEMO_TOKEN.",
    };
  return {
    code: "bad-request",
    message: "The service refused the request.",
    hint: "Look at what it says; `nemo-recipe doctor` checks that NEMO_API_URL speaks this protocol.",
  };
}

const ofExport: ReadonlySet<CallName> = new Set(["render", "render-state", "download"]);

function exportBlocked({ call, account, registerUrl, webUrl }: RefusalContext): Refusal {
  const how = account === "anonymous" ? `Register: ${registerUrl}` : `Upgrade the plan on ${webUrl}`;
  if (!ofExport.has(call))
    return {
      code: "export-blocked",
      message: "The account's plan does not allow this.",
      hint: `${how}. Then \`nemo-recipe resume\` goes on.`,
    };
  return {
    code: "export-blocked",
    message: "The account's plan does not allow the export.",
    hint: `${how}. The paid session is kept; \`nemo-recipe recover\` fetches the video afterwards, at no cost.`,
  };
}

function rateLimited({ call, retryAfterMs, webUrl }: RefusalContext): Refusal {
  const wait = `Wait ${Math.ceil(retryAfterMs / 1000)} s.`;
  if (call !== "token")
    return {
      code: "rate-limited",
      message: "Too many requests.",
      hint: call === "credits" ? wait : `${wait} Then \`nemo-recipe resume\` goes on.`,
      transient: true,
    };
  return {
    code: "rate-limited",
    message: "The service gives one anonymous token per client and ten per address in seven days.",
    hint: `${wait} To go on at once, make a token on ${webUrl} and set it as NEMO_TOKEN.`,
    transient: true,
  };
}
