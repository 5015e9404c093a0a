// Owns: what is known of the files that went into the conversation. Talks to: the disk. Invariants: a file that was
// put in stays what it was, even where it is gone from the disk by now: the session has it.
import type { FileRefusal } from "../../executor/ports.ts";
import type { FoundFile } from "../../plan/planned-job.ts";
import type { World } from "../open-world.ts";

export interface KnownFiles {
  /** Reads the disk. */
  look(
    path: string,
  ): Promise<{ readonly files: readonly FoundFile[]; readonly refused: readonly FileRefusal[] }>;
  keep(files: readonly FoundFile[]): void;
  /** True where another file was put in under this path. */
  isChanged(file: FoundFile): boolean;
  /** The world, to which the files that were kept are there as they were. */
  readonly world: World;
}

export function knownFiles(world: World, cwd: string): KnownFiles {
  const known = new Map<string, FoundFile>();
  const find: World["files"]["find"] = async (search) => {
    const file = known.get(search.pattern);
    return file === undefined ? world.files.find(search) : { files: [file], refused: [] };
  };
  return {
    look: (path) => world.files.find({ pattern: path, dir: cwd }),
    keep: (files) => {
      for (const file of files) if (!known.has(file.path)) known.set(file.path, file);
    },
    isChanged: ({ path, sha256 }) => (known.get(path)?.sha256 ?? sha256) !== sha256,
    world: { ...world, files: { ...world.files, find } },
  };
}
