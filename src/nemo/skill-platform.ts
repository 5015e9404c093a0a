/**
 * Value of `X-Skill-Platform`: `SKILL_SOURCE` where it is set, else what the program's path tells.
 * Printable ASCII of at most 64 characters, so that it is always a legal header.
 */
export function skillPlatform(skillSource: string | undefined, programPath: string): string {
  const named = (skillSource ?? "").replace(/[^\x21-\x7e]/g, "").slice(0, 64);
  if (named !== "") return named;
  const path = programPath.replaceAll("\\", "/");
  if (path.includes("/.clawhub/")) return "clawhub";
  if (path.includes("/.cursor/skills/")) return "cursor";
  return "unknown";
}
