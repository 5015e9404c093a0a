import type { Words } from "./words.ts";

/** The conversation in English. */
export const en: Words = {
  greeting: "Say what video to make, or drop files here. Three things to try:",
  examples: [
    "make a 10-second video of a sunset over the sea",
    "turn ./photos into a slideshow with calm music",
    "export as gif",
  ],
  greetingEnd: "/help lists the rest, /quit ends.",
  localNote: "Local preview: real videos from this machine, without account, credits or AI.",
  welcomeBack: (name, job) => `Back in ${name} (${job}).`,
  accountMade: (credits) => `A free account is set up, with ${credits} credits.`,
  sessionOpened: "Session opened.",

  expectText: "Asking: an answer takes 5 to 15 seconds.",
  expectEdit: "Editing: this takes 10 to 30 seconds.",
  expectGeneration: "Making the video: this takes 100 to 300 seconds.",
  stillWorking: (elapsed) => `Still working… ${elapsed} so far.`,
  uploading: (name) => `uploading ${name}`,
  uploaded: (name) => `${name} is uploaded.`,
  looking: "the connection was lost: looking up what came of the request",
  settling: "looking at the timeline",
  sending: "the service is working",
  rendering: (format) => `rendering the ${format}`,
  fetching: (format) => `fetching the ${format}`,
  retrying: (what, delay) => `${what}; asking again in ${delay}`,
  queued: (count) =>
    count === 1 ? "1 message waits for its turn." : `${count} messages wait for their turn.`,

  changed: "On the timeline:",
  nothingChanged: "Nothing changed on the timeline.",
  onlyLook: "The video changed, in something that the timeline does not list (its look, say).",
  madeBefore: (job) => `You had this made before (${job}): nothing was sent, nothing was paid.`,
  duration: (from, to) => `length ${from} → ${to}`,
  size: (from, to) => `picture ${from} → ${to}`,
  added: (what) => `new: ${what}`,
  removed: (what) => `gone: ${what}`,
  replaced: (kind, from, to) => `${kind}: ${from} → ${to}`,
  volume: (name, from, to) => `volume of ${name}: ${from} → ${to}`,
  moved: (what) => `now at: ${what}`,
  order: (names) => `new order: ${names}`,
  kinds: { video: "picture", audio: "music", text: "title", other: "item" },
  cost: (credits) => `It cost ${credits}.`,
  nextAfterTurn: 'Say what to change, or "export" for the file (free).',
  nextAfterExport: "/save keeps this conversation as a recipe; or go on and say what to change.",

  exported: (path, facts) => `Exported and checked: ${path} (${facts})`,
  alreadyExported: (path) => `It is exported already: ${path}`,
  nothingToExport: "There is no video yet. Say what to make first.",
  notAFormat: (word, formats) => `"${word}" is no format of an export. There are ${formats}.`,

  credits: (available, frozen) =>
    frozen === 0
      ? `${available} credits are available.`
      : `${available} credits are available; ${frozen} more are reserved for what is running.`,
  noTimeline: "There is no timeline yet.",
  status: (turns, exports) =>
    `${turns === 1 ? "1 request" : `${turns} requests`}, ${exports === 1 ? "1 export" : `${exports} exports`}.`,
  waitingFiles: (names) => `Ready for your next request: ${names}`,

  saved: (path, command) =>
    `Saved as ${path}. \`${command}\` makes it again; as it stands, it is up to date.`,
  nothingToSave: "There is nothing to save yet: say what to make first.",
  saveTaken: (path) =>
    `${path} is there already and is not of this conversation: name another, as in /save promo.yaml`,
  help: [
    ["/export [format]", "make the file: mp4, mov, avi, webm, mkv or gif; free"],
    ["/status", "what is on the timeline"],
    ["/credits", "what is left on the account"],
    ["/save [file]", "keep the conversation as a recipe"],
    ["/quit", "end; what was made is kept"],
  ],
  unknownCommand: (word, near) =>
    `There is no ${word}.${near === undefined ? " /help lists what there is." : ` Did you mean ${near}?`}`,
  goOnLater: (command) => `To come back: ${command}`,
  notSent: (count) => (count === 1 ? "1 message was not sent." : `${count} messages were not sent.`),
  wordsKept: "Your words were not sent, and cost nothing: arrow up brings them back.",
  leftToService: "The request that is running is left to the service, and is on record.",
  next: (hint) => `Next: ${hint}`,
  bye: "Bye.",
};
