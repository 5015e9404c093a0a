export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Colours for a terminal, or text as it is: whoever wires the report knows which. */
export type Paint = Readonly<Record<Style, (text: string) => string>>;
