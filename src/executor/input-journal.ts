/** A job that took a file with certain bytes. */
export interface InputUse {
  readonly jobId: string;
  readonly status: "going" | "finished" | "failed" | "needs-you";
  /** Where the file lay when the job was first planned. */
  readonly path: string;
}

/** The journal's part for files that are known by their bytes, whatever they are called and wherever they lie. */
export interface InputJournal {
  /** Jobs of the recipe on that backend that took such a file as an input, not as an asset; the newest first. */
  findByInput(input: {
    readonly recipe: string;
    readonly backend: string;
    readonly sha256: string;
  }): Promise<readonly InputUse[]>;
  /** True for the bytes of a file that we placed, or were placing, anywhere: a delivered file is never an input. */
  isPlaced(sha256: string): Promise<boolean>;
}
