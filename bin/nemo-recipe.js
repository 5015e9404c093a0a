#!/usr/bin/env node
// Starts the program. Plain and old-fashioned on purpose: it must be read by a Node that is too old to run the rest.
// Nothing is imported at the top, so that `--version` costs what an empty program costs.
var needed = [22, 22];

function builtin(name) {
  if (process.getBuiltinModule) return Promise.resolve(process.getBuiltinModule("node:" + name));
  return import("node:" + name);
}

function root() {
  return new URL("../", import.meta.url);
}

function isNewEnough() {
  if (process.versions.bun || process.versions.deno) return true;
  var version = process.versions.node.split(".").map(Number);
  return version[0] > needed[0] || (version[0] === needed[0] && version[1] >= needed[1]);
}

function readVersion(fs) {
  return JSON.parse(fs.readFileSync(new URL("package.json", root()), "utf8")).version;
}

// The package node-<os>-<arch> is a Node in node_modules, next to this package or above it.
function nodePackage() {
  return "node-" + (process.platform === "win32" ? "win" : process.platform) + "-" + process.arch;
}

function findNewerNode(fs) {
  var file = nodePackage() + "/bin/node" + (process.platform === "win32" ? ".exe" : "");
  var here = root();
  for (;;) {
    var candidate = new URL("node_modules/" + file, here);
    if (fs.existsSync(candidate)) return candidate;
    var above = new URL("../", here);
    if (above.href === here.href) return undefined;
    here = above;
  }
}

function restart(node) {
  return Promise.all([builtin("child_process"), builtin("url")]).then(function (modules) {
    var path = modules[1].fileURLToPath;
    var args = [path(import.meta.url)].concat(process.argv.slice(2));
    var child = modules[0].spawn(path(node), args, { stdio: "inherit" });
    ["SIGINT", "SIGTERM", "SIGHUP"].forEach(function (signal) {
      // Ctrl-C reaches both, and this once more: the program takes two of them at once for one.
      process.on(signal, function () {
        child.kill(signal);
      });
    });
    child.on("exit", function (code, signal) {
      process.exitCode = signal ? 128 + (signal === "SIGINT" ? 2 : 15) : code;
    });
  });
}

function refuse() {
  console.error(
    "nemo-recipe needs Node " +
      needed.join(".") +
      " or newer; this is " +
      process.version +
      ".\n" +
      "Get it from https://nodejs.org; or, in a project: npm install " +
      nodePackage() +
      ", and it is found.\n" +
      "Bun and Deno work too.",
  );
  process.exitCode = 2;
}

// Type stripping and node:sqlite are called experimental by older Nodes: nothing a user of ours can act on.
function hideExperimentalWarnings() {
  var emit = process.emitWarning;
  process.emitWarning = function (warning, options) {
    var type = typeof options === "string" ? options : options && options.type;
    if (type !== "ExperimentalWarning") emit.apply(process, arguments);
  };
}

function start(fs) {
  hideExperimentalWarnings();
  return builtin("module").then(function (module) {
    if (module.enableCompileCache) module.enableCompileCache();
    var source = new URL("src/cli/start.ts", root());
    return import((fs.existsSync(source) ? source : new URL("dist/cli.js", root())).href).then(
      function (cli) {
        return cli.start(root(), readVersion(fs));
      },
    );
  });
}

builtin("fs").then(function (fs) {
  var args = process.argv.slice(2);
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    console.log(readVersion(fs));
    return undefined;
  }
  if (isNewEnough()) return start(fs);
  var newer = findNewerNode(fs);
  return newer ? restart(newer) : refuse();
});
