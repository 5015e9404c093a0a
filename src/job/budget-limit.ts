/** One line of a budget, as it stands when a turn is about to be sent. */
export interface BudgetLimit {
  readonly scope: "job" | "run" | "day" | "month";
  readonly credits: number;
  /** Only what this recipe spends counts; absent: all that this machine spends. */
  readonly recipe?: string;
  /** For `day` and `month`: where the local day or month began. */
  readonly sinceMs?: number;
  /** Where the limit was set, for people: `--max-credits`, or the recipe or config that names it. */
  readonly from: string;
}
