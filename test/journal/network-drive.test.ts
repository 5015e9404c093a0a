import { describe, expect, it } from "vitest";
import { networkDrive } from "../../src/journal/network-drive.ts";

const mounts = `
rootfs / ext4 rw,relatime 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//nas/share /mnt/with\\040space cifs rw 0 0
C:\\134 /mnt/c 9p rw,aname=drvfs;path=C:\\;uid=1000 0 0
none /sandbox 9p rw,trans=fd 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
bucket /mnt/archive fuse.archivemount rw 0 0
tmpfs /over tmpfs rw 0 0
server:/x /over nfs rw 0 0
`;

describe("networkDrive", () => {
  it.each([
    ["/var/lib/state", undefined],
    ["/home/ann/.local/state", "nfs4"],
    ["/home", "nfs4"],
    ["/homeless/state", undefined],
    ["/home/local/ann", undefined],
    ["/mnt/with space/state", "cifs"],
    ["/mnt/c/Users/ann", "a Windows drive inside WSL"],
    ["/sandbox/state", undefined],
    ["/mnt/ssh/state", "fuse.sshfs"],
    ["/mnt/archive/state", undefined],
    ["/over/state", "nfs"],
  ])("%s: %s", (path, kind) => {
    expect(networkDrive(path, mounts)).toBe(kind);
  });

  it.each([
    ["\\\\nas\\share\\state", "a network share"],
    ["//nas/share/state", "a network share"],
    ["\\\\?\\C:\\state", undefined],
    ["C:\\Users\\ann", undefined],
  ])("without a list of mounts, %s: %s", (path, kind) => {
    expect(networkDrive(path, "")).toBe(kind);
  });
});
