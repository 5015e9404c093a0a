import { describe, expect, it } from "vitest";
import { errorCode, explainError, isBeforeConnect } from "../../../src/nemo/transport/error-codes.ts";

const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe("isBeforeConnect", () => {
  it.each<[string, unknown]>([
    ["refused", coded("ECONNREFUSED")],
    ["refused, as a cause", new TypeError("fetch failed", { cause: coded("ECONNREFUSED") })],
    ["refused at every address", new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")])],
    ["no such name", coded("ENOTFOUND")],
    ["no answer about the name", coded("EAI_AGAIN")],
    ["no route", coded("EHOSTUNREACH", { syscall: "connect" })],
    ["undici's connect timeout", coded("UND_ERR_CONNECT_TIMEOUT")],
    ["undici's proxy", coded("UND_ERR_PRX_CONN")],
    ["undici's tunnel", new Error("Proxy response (403) !== 200 when HTTP Tunneling")],
    ["a certificate of nobody", coded("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["a certificate out of date", coded("CERT_HAS_EXPIRED")],
    ["a certificate of another name", coded("ERR_TLS_CERT_ALTNAME_INVALID")],
    ["an unknown issuer", coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
  ])("%s", (_, error) => expect(isBeforeConnect(error)).toBe(true));

  it.each<[string, unknown]>([
    ["reset", coded("ECONNRESET")],
    ["broken pipe", coded("EPIPE")],
    ["timed out", coded("ETIMEDOUT")],
    ["the route went away while reading", coded("EHOSTUNREACH", { syscall: "read" })],
    ["the route went away, nobody says when", coded("ENETUNREACH")],
    ["undici's socket", coded("UND_ERR_SOCKET")],
    ["undici's abort", coded("UND_ERR_ABORTED")],
    ["the server wants our certificate", coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED")],
    ["the server calls our certificate bad", coded("ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE")],
    ["a text", "ECONNREFUSED"],
    ["an error without a code", new Error("connect ECONNREFUSED")],
    ["nothing", undefined],
  ])("not: %s", (_, error) => expect(isBeforeConnect(error)).toBe(false));
});

describe("words for people", () => {
  it.each<[unknown, string]>([
    [coded("ECONNREFUSED"), "nothing listens there"],
    [coded("ENOTFOUND"), "its name cannot be resolved"],
    [coded("ENETUNREACH"), "there is no route to it"],
    [coded("ECONNRESET"), "the connection broke"],
    [coded("CERT_HAS_EXPIRED"), "its certificate is not trusted (CERT_HAS_EXPIRED)"],
    [new Error("odd"), "odd"],
  ])("%s", (error, expected) => expect(explainError(error)).toBe(expected));

  it("finds no code in a circle of causes", () => {
    const error = new Error("a");
    error.cause = error;
    expect(errorCode(error)).toBeUndefined();
  });
});
