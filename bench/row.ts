/** What one run of a floor or a subject took. */
export interface Sample {
  /** User and system time of the process and its children, in ms. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** The most memory that it held; undefined where this system does not tell. */
  readonly peakBytes?: number;
}

export type Quantity = "cpu" | "wall" | "peak";

/** A limit for the ratio of subject to floor, or for what the subject takes by itself. */
export type Goal =
  | { readonly of: Quantity; readonly mostRatio: number }
  | { readonly of: "peak"; readonly mostBytes: number }
  | { readonly of: "wall"; readonly mostMs: number };

/** One thing measured against its floor. */
export interface Comparison {
  readonly name: string;
  /** What the floor does. */
  readonly floor: string;
  readonly floors: readonly Sample[];
  readonly subjects: readonly Sample[];
  readonly goals: readonly Goal[];
}

/** Something that could not be measured here, or that has no floor: a sentence in place of figures. */
export interface Remark {
  readonly name: string;
  readonly remark: string;
  readonly met?: boolean;
}

export type Finding = Comparison | Remark;

export interface RowOptions {
  /** How often floor and subject are run, in turn. */
  readonly rounds: number;
  /** Empty, and removed after the row. */
  readonly folder: string;
}

export interface BenchRow {
  readonly id: string;
  readonly title: string;
  /** What a reader must know to understand the figures. */
  readonly says: string;
  /** Rounds where nobody asks for another number. */
  readonly rounds: number;
  run(options: RowOptions): Promise<readonly Finding[]>;
}
