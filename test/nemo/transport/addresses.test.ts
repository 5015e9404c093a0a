import { describe, expect, it } from "vitest";
import { isFetchable } from "../../../src/nemo/channel.ts";
import { bypassesProxy, isPrivateAddress } from "../../../src/nemo/transport/addresses.ts";

describe("isPrivateAddress", () => {
  const inside =
    "127.0.0.1 127.8.8.8 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 198.18.0.1 " +
    "224.0.0.1 255.255.255.255 localhost a.localhost LOCALHOST :: ::1 [::1] fc00::1 fd12::1 fe80::1 fe80::1%eth0 ff02::1 " +
    "::ffff:127.0.0.1 ::ffff:7f00:1 [::ffff:a9fe:a9fe] 64:ff9b::a00:1";
  const outside =
    "8.8.8.8 172.15.0.1 172.32.0.1 192.169.0.1 100.63.0.1 100.128.0.1 169.253.0.1 1.1.1.1 223.255.255.255 example.com " +
    "localhost.example.com 2606:4700::1111 [2001:db8::1] ::ffff:8.8.8.8 ::ffff:808:808 127.example.com";
  it.each(inside.split(" "))("%s is inside", (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(outside.split(" "))("%s is outside", (address) => expect(isPrivateAddress(address)).toBe(false));
});

describe("isFetchable", () => {
  const cloud = "https://mega-api-prod.nemovideo.ai";
  it.each<[string, string, boolean]>([
    ["https://cdn.example/a.mp4", cloud, true],
    ["http://cdn.example/a.mp4", cloud, true],
    ["http://127.0.0.1/a.mp4", cloud, false],
    ["http://2130706433/a.mp4", cloud, false],
    ["http://0x7f.1/a.mp4", cloud, false],
    ["http://[::ffff:127.0.0.1]/a.mp4", cloud, false],
    ["http://169.254.169.254/latest/meta-data", cloud, false],
    ["http://localhost:9000/a.mp4", cloud, false],
    ["http://127.0.0.1:9000/a.mp4", "http://127.0.0.1:4000", true],
    ["file:///a.mp4", "http://127.0.0.1:4000", false],
  ])("%s from %s: %s", (url, service, expected) => {
    expect(isFetchable(new URL(url), new URL(service))).toBe(expected);
  });
});

describe("bypassesProxy", () => {
  it.each<[string, string | undefined, boolean]>([
    ["https://api.example.com", undefined, false],
    ["https://api.example.com", "", false],
    ["https://api.example.com", "*", true],
    ["https://api.example.com", "example.com", true],
    ["https://api.example.com", ".example.com", true],
    ["https://api.example.com", "*.example.com", true],
    ["https://api.example.com", "other.com, API.EXAMPLE.COM", true],
    ["https://notexample.com", "example.com", false],
    ["https://api.example.com", "example.com:443", true],
    ["https://api.example.com:8443", "example.com:443", false],
    ["https://[::1]:8443", "::1", true],
    ["https://[::1]:8443", "[::1]:8443", true],
    ["https://127.0.0.1", "127.0.0.1 localhost", true],
  ])("%s with NO_PROXY=%s: %s", (url, noProxy, expected) => {
    expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
  });
});
