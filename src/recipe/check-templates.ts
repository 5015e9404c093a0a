import { nearMiss } from "../base/near-miss.ts";
import type { Expression, FilterCall, Name, Term } from "./expression.ts";
import { missingArgument } from "./missing-argument.ts";
import type { MapNode, Node, ScalarNode } from "./node.ts";
import type { Problem } from "./problem.ts";
import type { Complaint } from "./source.ts";
import { problemAt } from "./source.ts";
import { filterNames } from "./template-filter-names.ts";
import type { NameFacts, Parts } from "./template-names.ts";
import { nameFacts, rootsAt, templatePlace } from "./template-names.ts";
import { spanInScalar } from "./template-places.ts";
import { parseTemplate } from "./template.ts";

/** A text may be made of nothing but mistakes: nobody reads more of them. */
const maxProblems = 100;

/** Mistakes in templates: what cannot be read, names and filters that do not exist where they are used. */
export function checkTemplates(root: MapNode): Problem[] {
  const facts = nameFacts(root);
  const problems: Problem[] = [];
  const visit = (node: Node, keys: readonly string[]): void => {
    if (problems.length >= maxProblems) return;
    if (node.kind === "list") for (const item of node.items) visit(item, keys);
    else if (node.kind === "map") for (const [key, { value }] of node.entries) visit(value, [...keys, key]);
    else if (typeof node.value === "string" && /\{\{|\$\{/.test(node.value))
      for (const problem of checkText(node, keys, facts)) problems.push(problem);
  };
  visit(root, []);
  return problems;
}

type Mistake = Complaint & { readonly at: Name };

function checkText(node: ScalarNode, keys: readonly string[], facts: NameFacts): Problem[] {
  const text = String(node.value);
  const place = templatePlace(keys, text);
  if (place === undefined) return [];
  const roots = rootsAt(place, facts);
  const { parts, mistake } = parseTemplate(text);
  const mistakes: Mistake[] = [];
  for (const part of parts) {
    if (typeof part !== "string") mistakes.push(...checkExpression(part, roots));
    if (mistakes.length >= maxProblems) break;
  }
  if (mistake !== undefined)
    mistakes.push({
      code: "template-syntax",
      message: mistake.message,
      at: { text: "", offset: mistake.offset },
    });
  for (const nearlyOne of nearlyTemplates(text, roots)) {
    if (mistakes.length >= maxProblems) break;
    mistakes.push(nearlyOne);
  }
  return mistakes.map(({ at, ...complaint }) =>
    problemAt(spanInScalar(node, at.offset, at.text.length), complaint),
  );
}

type Roots = Readonly<Record<string, Parts>>;

function* checkExpression({ term, filters }: Expression, roots: Roots): Generator<Mistake> {
  yield* checkTerm(term, roots);
  for (const filter of filters) {
    yield* checkFilter(filter);
    for (const { term } of filter.args) yield* checkTerm(term, roots);
  }
}

function* checkFilter(filter: FilterCall): Generator<Mistake> {
  if (filterNames.has(filter.text)) {
    const message = missingArgument(filter);
    if (message !== undefined) yield { code: "template-filter", message, at: filter };
    return;
  }
  yield {
    code: "template-filter",
    message: `there is no filter \`${filter.text}\``,
    hint: hintForFilter(filter.text),
    at: filter,
  };
}

/** Filters as other languages call them. */
const otherNames: Readonly<Record<string, string>> = {
  upper: "upcase",
  uppercase: "upcase",
  toupper: "upcase",
  lower: "downcase",
  lowercase: "downcase",
  tolower: "downcase",
  title: "capitalize",
  trim: "strip",
  slug: "slugify",
  length: "size",
  count: "size",
  add: "plus",
  sub: "minus",
  subtract: "minus",
  mul: "times",
  multiply: "times",
  div: "divided_by",
  divide: "divided_by",
  mod: "modulo",
};

const usualFilters = [
  ..."append capitalize date default downcase first join last minus plus prepend replace".split(" "),
  ..."round size slugify split strip times truncate upcase".split(" "),
];

function hintForFilter(name: string): string {
  const word = name.toLowerCase();
  const near = Object.hasOwn(otherNames, word) ? otherNames[word] : nearMiss(name, filterNames);
  return near === undefined ? `there are ${usualFilters.join(", ")} and more` : `did you mean \`${near}\`?`;
}

function* checkTerm(term: Term, roots: Roots): Generator<Mistake> {
  if (term.kind === "literal") return;
  const [root, part, more] = term.names;
  const wrong = (at: Name, message: string, hint?: string): Mistake => ({
    code: "template-name",
    message,
    at,
    ...(hint !== undefined && { hint }),
  });
  const parts = Object.hasOwn(roots, root.text) ? roots[root.text] : undefined;
  if (parts === undefined) {
    yield wrong(root, `templates do not know \`${root.text}\``, hintForRoot(root.text, roots));
    return;
  }
  if (typeof parts === "object" && "why" in parts) {
    yield wrong(root, `\`${root.text}\` has no value here: ${parts.why}`);
    return;
  }
  if (part === undefined) {
    const known =
      parts === "any"
        ? `\`${root.text}.column\``
        : parts.map((name) => `\`${root.text}.${name}\``).join(", ");
    yield wrong(
      root,
      `\`${root.text}\` alone is no value`,
      known === "" ? undefined : `name a part of it: ${known}`,
    );
    return;
  }
  if (parts !== "any" && !parts.includes(part.text)) {
    yield wrong(part, `there is no \`${root.text}.${part.text}\``, hintForPart(root.text, part.text, parts));
    return;
  }
  if (more !== undefined) yield wrong(more, `\`${root.text}.${part.text}\` has no parts`);
}

function hintForRoot(word: string, roots: Roots): string {
  const holder = Object.entries(roots).find(([, parts]) => Array.isArray(parts) && parts.includes(word));
  const near = holder === undefined ? nearMiss(word, usable(roots)) : `${holder[0]}.${word}`;
  return near === undefined ? `known here: ${usable(roots).join(", ")}` : `did you mean \`${near}\`?`;
}

function hintForPart(root: string, word: string, parts: readonly string[]): string {
  const near = nearMiss(word, parts);
  if (near !== undefined) return `did you mean \`${root}.${near}\`?`;
  if (parts.length > 0) return `known: ${parts.map((name) => `${root}.${name}`).join(", ")}`;
  return `the recipe has no \`${root}\``;
}

const usable = (roots: Roots): string[] =>
  Object.keys(roots).filter((name) => typeof roots[name] === "string" || Array.isArray(roots[name]));

const nearly = /(?<!\$)\{\{\s*([\p{L}_]+)\s*[.[]|\$\{\s*([\p{L}_]+)\s*[.[]/gu;

/** `{{ params.x }}` and `${ params.x }` would be sent as they stand. */
function* nearlyTemplates(text: string, roots: Roots): Generator<Mistake> {
  for (const found of text.matchAll(nearly)) {
    if (!Object.hasOwn(roots, found[1] ?? found[2] ?? "")) continue;
    const at = { text: found[1] === undefined ? "${" : "{{", offset: found.index };
    yield {
      code: "template-syntax",
      message: "a template starts with `${{`, this is plain text",
      hint: found[1] === undefined ? "write `${{` … `}}`" : "write `${{`",
      at,
    };
  }
}
