import { expect, it } from "vitest";
import { loopbackAddress } from "../../../src/cli/up/loopback-address.ts";

it.each<[string | true, object]>([
  [true, { host: "127.0.0.1", port: 9464 }],
  ["9000", { host: "127.0.0.1", port: 9000 }],
  ["0", { host: "127.0.0.1", port: 0 }],
  ["127.0.0.1:9000", { host: "127.0.0.1", port: 9000 }],
  ["LocalHost:9000", { host: "127.0.0.1", port: 9000 }],
  ["[::1]:9000", { host: "::1", port: 9000 }],
])("%s", (text, address) => expect(loopbackAddress(text)).toEqual(address));

it.each([
  "0.0.0.0:9000",
  ":9000",
  "[::]:9000",
  "example.com:9000",
  "70000",
  "127.0.0.1",
  "x",
  "127.0.0.1:9000/metrics",
])("%s is refused", (text) => expect(() => loopbackAddress(text)).toThrow("is no address on loopback"));
