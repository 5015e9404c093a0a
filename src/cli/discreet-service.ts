import { Failure } from "../base/failure.ts";
import type { HttpService } from "../nemo/http-service.ts";
import type { Redact } from "./redact.ts";

/**
 * The service, its words cleaned of secrets before anybody can show or record them: a refusal may repeat the address
 * that it was sent, with what the environment put into it. Drafts stay as they came: what is paid next hangs on them.
 */
export function discreetService(service: HttpService, redact: Redact): HttpService {
  const guard =
    <Parameters extends readonly unknown[], Value>(
      call: (...parameters: Parameters) => Promise<Value>,
      clean: (value: Value) => Value = (value) => value,
    ) =>
    async (...parameters: Parameters): Promise<Value> => {
      try {
        return clean(await call(...parameters));
      } catch (error) {
        throw error instanceof Failure ? new Failure(cleaned(error.facts, redact), error.cause) : error;
      }
    };
  const words = <Value>(value: Value): Value => cleaned(value, redact);
  return {
    ...service,
    account: guard(service.account),
    credits: guard(service.credits),
    openSession: guard(service.openSession),
    uploadFile: guard(service.uploadFile, words),
    uploadUrl: guard(service.uploadUrl, words),
    runTurn: guard(
      (request, options) =>
        service.runTurn({ ...request, onSignal: (signal) => request.onSignal(words(signal)) }, options),
      words,
    ),
    readDraft: guard(service.readDraft),
    countFiles: guard(service.countFiles),
    startRender: guard(service.startRender),
    readRender: guard(service.readRender, (render) =>
      render.message === undefined ? render : { ...render, message: redact(render.message) },
    ),
    download: guard(service.download),
    claimLink: guard(service.claimLink),
  };
}

/** Plain data, with every text in it cleaned. */
function cleaned<Value>(value: Value, redact: Redact): Value {
  const clean = (part: unknown): unknown => {
    if (typeof part === "string") return redact(part);
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
  };
  return clean(value) as Value;
}
