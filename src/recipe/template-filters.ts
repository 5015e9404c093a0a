import { Context, Liquid, toValueSync } from "liquidjs";

/** What a filter makes of a value, or why it makes nothing. */
export type Filtered = { readonly value: unknown } | { readonly message: string };

interface Loaded {
  readonly liquid: Liquid;
  readonly options: ConstructorParameters<typeof Context>[1];
}

/** Only filters that read expressions from text look at their token, and those are not offered. */
const noToken = undefined as never;

const memoryLimit = 1_000_000;
const maxTextLength = 65_536;
let loaded: Loaded | undefined;

/** The template library is set up at the first filter: most recipes have none. */
function load(): Loaded {
  if (loaded === undefined) {
    const liquid = new Liquid({ preserveTimezones: true, memoryLimit });
    loaded = { liquid, options: liquid.options };
  }
  return loaded;
}

/** Applies a filter of the template library. `args` are values, and `[name, value]` for named ones. Never throws. */
export function applyFilter(name: string, value: unknown, args: readonly unknown[]): Filtered {
  const { liquid, options } = load();
  const filter = Object.hasOwn(liquid.filters, name) ? liquid.filters[name] : undefined;
  if (filter === undefined) return { message: `there is no filter \`${name}\`` };
  const isDate = name.startsWith("date");
  if (isDate && (value === "now" || value === "today"))
    return {
      message: `\`${value}\` would change from one moment to the next: use \`run.date\`, \`run.time\` or \`run.slot\``,
    };
  const handler = typeof filter === "function" ? filter : filter.handler;
  const context = new Context({}, options);
  try {
    const made: unknown = handler.apply({ context, liquid, token: noToken }, [
      isDate ? asDate(value) : value,
      ...args,
    ]);
    const result: unknown = isIterator(made) ? toValueSync(made) : made;
    if (typeof result === "string" && result.length > maxTextLength)
      return { message: "the text becomes longer than 64 KiB" };
    return { value: result };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { message: `\`${name}\` cannot use this value: ${reason.slice(0, 200)}` };
  }
}

const isIterator = (value: unknown): value is Generator<unknown, unknown, unknown> =>
  typeof value === "object" && value !== null && "next" in value && typeof value.next === "function";

/** A day without a time is that day here: the library would take it for midnight in London. */
function asDate(value: unknown): unknown {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00` : value;
}
