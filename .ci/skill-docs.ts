import { skillSheets, type SkillSheet } from "../src/recipe/known-skills.ts";

/** docs/skills.md, from the skills as data and from what came of each row of the table. */
export function skillDocs(rows: readonly { readonly what: string; readonly outcome: string }[]): string {
  return `# Skills

Written by \`npm run docs\` from \`src/recipe/known-skills.ts\` and from runs against the emulator.

The service is told on every call which skill is at work: \`X-Skill-Source\` is the slug, \`X-Skill-Version\` its version, and
\`X-Skill-Platform\` is \`SKILL_SOURCE\` where that is set, else \`clawhub\` or \`cursor\` where the program was installed from there,
else \`unknown\`. A recipe names its skill by \`skill:\`; without one it is \`image-video\`. The skill does not change the video.

## The five

${skillSheets.map(sheetText).join("\n")}
## Your own

A skill that is not among the five needs its version. A recipe says it for itself, \`skill: { name: my-skill, version: 1.2.0 }\`, or
the [config file](../README.md) says it for all, by the version or by the \`SKILL.md\` whose front matter has \`name\` and \`version\`:

\`\`\`yaml
skills:
  my-skill: 1.2.0
  another-skill: skills/another-skill/SKILL.md
\`\`\`

## What was run

Each row was done with each of the five skills against the emulator, and all five came to the same. The attribution of
every call was looked at.

| what | what came of it |
|---|---|
${rows.map(({ what, outcome }) => `| ${what} | ${outcome} |`).join("\n")}
`;
}

function sheetText(sheet: SkillSheet): string {
  const { name, version, description, greeting, examples, prompt, formats, limits } = sheet;
  return `### ${name} ${version}

${description}.

- Opens with: ${greeting}
- To try: ${examples.map((example) => `“${example}”`).join(" · ")}
- For pictures without a word: “${prompt}”
- Exports ${formats.join(", ")}; takes files up to ${limits.fileBytes / 1024 / 1024} MB
`;
}
