import type { DataCheck } from "./data-check.ts";
import { child, items } from "./node.ts";
import type { Problem } from "./problem.ts";
import type { InputData } from "./schema/input-schema.ts";
import type { Complaint } from "./source.ts";
import { problemAt } from "./source.ts";

const replacing = ["prompts", "refinements", "export"] as const;

/** Inputs and assets whose parts exclude each other, or do nothing where they stand. */
export function checkInputs(check: DataCheck): Problem[] {
  return [...checkLists(check), ...lateInputs(check)];
}

/** Those that refinements bring along, the recipe's and each input's. */
function lateInputs({ data, root }: DataCheck): Problem[] {
  const holders = [
    { refinements: data.refinements, node: child(root, "refinements") },
    ...data.inputs.map(({ refinements = [] }, index) => {
      const own = items(child(root, "inputs"))[index];
      return { refinements, node: own === undefined ? undefined : child(own, "refinements") };
    }),
  ];
  return holders.flatMap(({ refinements, node }) =>
    refinements.flatMap(({ inputs = [] }, index) => {
      const own = items(node)[index] ?? root;
      return inputs.flatMap((input, position) => {
        const place = items(child(own, "inputs"))[position] ?? own;
        return [...mistakes(input, true)].map(({ key, ...complaint }) =>
          problemAt((key === undefined ? undefined : child(place, key)) ?? place, complaint),
        );
      });
    }),
  );
}

function checkLists({ data, broken, root }: DataCheck): Problem[] {
  const isOneByOne = data.batch !== "together" || broken.has("batch");
  return (["assets", "inputs"] as const).flatMap((field) => {
    const nodes = items(child(root, field));
    return data[field].flatMap((input, index) => {
      const node = nodes[index] ?? root;
      return [...mistakes(input, field === "inputs" && isOneByOne)].map(({ key, ...complaint }) =>
        problemAt((key === undefined ? undefined : child(node, key)) ?? node, complaint),
      );
    });
  });
}

type Mistake = Complaint & { readonly key?: string };

function* mistakes(input: InputData, mayReplace: boolean): Generator<Mistake> {
  const { path, url } = input;
  if (path !== undefined && url !== undefined)
    yield {
      key: "url",
      code: "not-together",
      message: "an input has a `path` or a `url`, not both",
      hint: "make two inputs of it",
    };
  if (path === undefined && url === undefined)
    yield { code: "missing-key", message: "an input needs a `path` or a `url`" };
  if (typeof url === "string" && !isWebAddress(url))
    yield {
      key: "url",
      code: "bad-value",
      message: "`url` must be an address that starts with http:// or https://",
    };
  if (url !== undefined && input.since !== undefined)
    yield {
      key: "since",
      code: "not-together",
      message: "`since` narrows files; a `url` has no time",
      hint: "remove it",
    };
  if (mayReplace) return;
  for (const key of replacing)
    if (input[key] !== undefined)
      yield {
        key,
        code: "needs-other",
        message: `\`${key}\` of one input needs jobs or turns of its own`,
        hint: "set `batch: each` or `batch: sequence`; assets never have their own",
      };
}

/** True for what can be fetched. Text with a space in it or without a host cannot. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]+\S*$/i.test(text) && URL.canParse(text);
}
