/** File systems of other machines: their locks and shared memory do not hold what SQLite needs of them. */
const remote =
  /^(nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|ceph|lustre|beegfs|glusterfs|gpfs|davfs\d?|fuse\.(sshfs|rclone|s3fs|gcsfuse|davfs2?|glusterfs|ceph|smbnetfs|curlftpfs|juicefs|goofys|mount-s3|blobfuse2?))$/;

/**
 * The kind of network drive on which an absolute path lies, or undefined where it is local or cannot be told.
 * `mounts` is the text of `/proc/mounts`; empty elsewhere, where only a UNC path can be told.
 */
export function networkDrive(path: string, mounts: string): string | undefined {
  if (/^(\\\\|\/\/)(?![?.])[^\\/]+[\\/]/.test(path)) return "a network share";
  let best = { folder: "", kind: "", options: "" };
  for (const line of mounts.split("\n")) {
    const [, mountPoint, kind, options] = line.split(" ");
    if (mountPoint === undefined || kind === undefined || options === undefined) continue;
    const folder = unescapeMount(mountPoint);
    // The later of two mounts on one folder hides the earlier.
    if (isInside(path, folder) && folder.length >= best.folder.length) best = { folder, kind, options };
  }
  if (remote.test(best.kind)) return best.kind;
  // Windows drives inside WSL: file locks do not work over them. Other uses of 9p (sandboxes) are one machine's.
  return best.kind === "9p" && best.options.includes("aname=drvfs")
    ? "a Windows drive inside WSL"
    : undefined;
}

function isInside(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder}/`);
}

/** The kernel writes a space as `\040`. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(parseInt(octal, 8)));
}
