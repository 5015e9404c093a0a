/** What a check of `doctor` found, and what to do about it. */
export interface Finding {
  readonly mark: "ok" | "warning" | "bad";
  readonly about: string;
  readonly says: string;
  readonly hint?: string;
}

export const ok = (about: string, says: string): Finding => ({ mark: "ok", about, says });

export const warning = (about: string, says: string, hint: string): Finding => ({
  mark: "warning",
  about,
  says,
  hint,
});

export const bad = (about: string, says: string, hint: string): Finding => ({
  mark: "bad",
  about,
  says,
  hint,
});
