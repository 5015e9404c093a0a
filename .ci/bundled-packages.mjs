// Packages that are part of dist/ and no dependency of whoever installs it. The build and the import rules read this list.
export const bundledPackages = [
  "chokidar",
  "cosmiconfig",
  "croner",
  "csv-parse",
  "eventsource-parser",
  "liquidjs",
  "log-update",
  "p-queue",
  "pino",
  "tinyglobby",
  "yaml",
  "zod",
];
