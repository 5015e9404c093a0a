// The architecture as a file that fails. Each rule says in its comment why it is there.
// Who may import whom is drawn in docs/ARCHITECTURE.md.
import { bundledPackages } from "./bundled-packages.mjs";

const pure = "^src/(base|recipe|plan|job|schedule)/";

/** A dependency that may be imported from one place only. */
const door = (name, packages, folders) => ({
  name: `one-door-${name}`,
  comment: `${packages} enters through ${folders} only, so that it can be replaced in one place.`,
  severity: "error",
  from: { path: "^src/", pathNot: `^src/(${folders})/` },
  to: { path: `^node_modules/(${packages})(/|$)` },
});

/** A folder of the core may see only the folders below it. */
const mayImport = (folder, allowed) => ({
  name: `layers-${folder}`,
  comment: `${folder}/ may import ${allowed.length > 0 ? allowed.join(", ") : "nothing of ours"}: dependencies point down.`,
  severity: "error",
  from: { path: `^src/${folder}/` },
  to: { path: "^src/", pathNot: `^src/(${[folder, ...allowed].join("|")})(/|\\.ts$)` },
});

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment:
        "A cycle means that two files are one file, or that one of them is in the wrong folder. What is loaded on demand comes back later.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["dynamic-import"] } },
    },
    {
      name: "pure-has-no-node",
      comment: "The core can be run by a simulator because it touches nothing of the machine.",
      severity: "error",
      from: { path: pure },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-has-few-packages",
      comment: "The core knows yaml, zod, the template and the cron library, and nothing else from outside.",
      severity: "error",
      from: { path: pure },
      to: { path: "^node_modules/", pathNot: "^node_modules/(yaml|zod|liquidjs|croner)/" },
    },
    mayImport("base", []),
    mayImport("recipe", ["base"]),
    mayImport("plan", ["base", "recipe"]),
    mayImport("job", ["base", "recipe", "plan"]),
    mayImport("schedule", ["base"]),
    mayImport("executor", ["base", "recipe", "plan", "job"]),
    mayImport("files", ["base", "recipe", "plan", "job", "executor/ports"]),
    mayImport("config", ["base", "recipe", "files"]),
    mayImport("watch", ["base", "recipe", "files"]),
    mayImport("emulator", []),
    {
      name: "adapters-stand-alone",
      comment:
        "An adapter knows the core and the ports. It never knows another adapter, a shell folder or a root.",
      severity: "error",
      from: { path: "^src/(nemo|journal|report)/" },
      to: {
        path: "^src/",
        pathNot: ["^src/(base|recipe|plan|job)/", "^src/executor/ports\\.ts$", "^src/$1/"],
      },
    },
    {
      name: "notify-tells-what-report-says",
      comment:
        "What people elsewhere are told is made of reports. How it gets there is handed in: the service's connections are not ours to open, and nobody but a root starts to tell.",
      severity: "error",
      from: { path: "^src/notify/" },
      to: {
        path: "^src/",
        pathNot: ["^src/(base|report|notify)/", "^src/executor/ports\\.ts$"],
      },
    },
    {
      name: "only-roots-notify",
      comment: "Telling people elsewhere is wired in a root: nothing that makes videos waits for it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli/|notify/|index\\.ts$)" },
      to: { path: "^src/notify/" },
    },
    {
      name: "nobody-imports-the-emulator-or-the-wire",
      comment: "emulator/ and nemo/ are wired in a root only: one bug must not hide in both.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli/|emulator/|nemo/|index\\.ts$)" },
      to: { path: "^src/(emulator|nemo)/" },
    },
    {
      name: "executor-does-nothing-itself",
      comment: "The executor reaches the world through ports: no file system, no network, no console.",
      severity: "error",
      from: { path: "^src/executor/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "one-door-to-the-file-system",
      comment: "files/, journal/ and emulator/ are the only ones that touch the file system.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(files|journal|emulator)/" },
      to: { path: "^(node:)?fs(/promises)?$" },
    },
    door("undici", "undici|eventsource-parser", "nemo"),
    door("chokidar", "chokidar", "watch"),
    door("yaml", "yaml", "recipe"),
    door("templates", "liquidjs", "recipe|plan"),
    door("queue", "p-queue", "executor"),
    door("config", "cosmiconfig", "config"),
    door("terminal-and-logs", "pino|log-update", "cli"),
    door("cron", "croner", "schedule"),
    door("media", "mediabunny|heic-convert|tinyglobby|csv-parse", "files"),
    {
      name: "zod-at-the-doors",
      comment: "zod checks what comes from outside; inside, the compiler does.",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: ["^src/(recipe|config|nemo|emulator)/", "^src/report/event-schema\\.ts$"],
      },
      to: { path: "^node_modules/zod/" },
    },
    {
      name: "shipped-code-needs-shipped-packages",
      comment:
        "What src/ imports must be a dependency, or part of the bundle (.ci/bundled-packages.mjs); else the package breaks where it is installed.",
      severity: "error",
      from: { path: "^src/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        pathNot: `^node_modules/(${bundledPackages.join("|")})/`,
      },
    },
    {
      name: "no-unresolvable",
      comment: "An import that resolves to nothing is a typing error in a path.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "default", "types"],
    },
  },
};
