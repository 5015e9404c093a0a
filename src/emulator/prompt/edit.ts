/** What a prompt asks for, in terms of the draft. */
export type Edit =
  | { kind: "length"; seconds: number }
  | { kind: "aspect"; width: number; height: number }
  | { kind: "title"; text: string }
  | { kind: "title-seconds"; seconds: number }
  | { kind: "no-title" }
  | { kind: "music"; on: boolean }
  | { kind: "volume"; volume: number }
  | { kind: "louder"; step: number }
  | { kind: "mood"; name: string }
  | { kind: "reverse" }
  | { kind: "shuffle" }
  /** `which`: a number from 1, −1 for the last, or a part of a name. */
  | { kind: "move"; which: number | string; to: "first" | "last" }
  | { kind: "speed"; factor: number }
  | { kind: "zoom"; on: boolean }
  | { kind: "transitions"; on: boolean }
  | { kind: "warmth"; step: number }
  | { kind: "brightness"; step: number };
