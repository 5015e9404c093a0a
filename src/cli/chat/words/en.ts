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
  welcomeBack: (name, requests, job) =>
    `Back in ${name} (${job}): ${requests === 1 ? "1 request" : `${requests} requests`} so far. /help lists what else there is.`,
  lastRequest: (request) => `Last request: ${request}`,
  openRequest: (request) => `Cut off while this was worked on: ${request}`,
  notRecorded: "This goes on unrecorded: /save keeps it as a recipe.",
  accountReady: (credits) => `A free account is set up: ${credits} credits.`,
  estimate: (credits, available) =>
    `This request costs ${credits} credits, as far as is known${available === undefined ? "" : `; ${available} are available`}. Exports are free.`,
  mayNotSuffice: (most, available) =>
    `It may cost up to ${most} credits, and ${available} are available: it may stop half way.`,
  sessionOpened: "Session opened.",

  expectText: "Asked. An answer takes 5 to 15 seconds.",
  expectEdit: "Sent. An edit takes 10 to 30 seconds.",
  expectReshape: "Sent. An edit takes 10 to 30 seconds; up to 300 where the picture is made anew.",
  expectGeneration: "Sent. A new video takes 100 to 300 seconds.",
  stillWorking: (elapsed) => `Still working… ${elapsed} so far.`,
  uploading: (name) => `uploading ${name}`,
  uploaded: (name) => `Uploaded ${name}.`,
  looking: "the connection was lost: looking up what came of it",
  settling: "looking at the timeline",
  sending: "the service is working",
  rendering: (format) => `rendering the ${format}`,
  fetching: (format) => `fetching the ${format}`,
  retrying: (what, delay) => `${what}; asking again in ${delay}`,

  changed: "On the timeline:",
  nothingChanged: "Nothing changed on the timeline.",
  onlyLook: "The video changed, in something that a timeline does not list (its look, say).",
  madeBefore: (job) => `You had this made before (${job}): nothing was sent, nothing was paid.`,
  goesOn: (job) => `This was begun before: going on with ${job}.`,
  beginsAnew: (requests) =>
    `The earlier session has moved on: all ${requests} requests are sent again, in a new one.`,
  duration: (from, to) => `length: ${from} → ${to}`,
  size: (from, to) => `picture: ${from} → ${to}`,
  added: (what) => `new: ${what}`,
  removed: (what) => `gone: ${what}`,
  replaced: (kind, from, to) => `${kind}: ${from} → ${to}`,
  volume: (name, from, to) => `volume of ${name}: ${from} → ${to}`,
  moved: (what) => `now: ${what}`,
  order: (names) => `new order: ${names}`,
  kinds: { video: "picture", audio: "music", text: "title", other: "item" },
  cost: (credits) => `Cost: ${credits === 1 ? "1 credit" : `${credits} credits`}.`,
  costUnknown: "What it cost could not be measured.",
  costOpen: "You went on before its cost was sure: a budget counts it as a whole request.",
  noChangeYet: (left) => `Nothing has changed so far. A change is looked for, up to ${left}.`,
  answerToGoOn: (left) =>
    `An answer, and no change so far. Type what you say to it to go on at once; else a change is looked for, up to ${left}.`,
  nextAfterTurn: "Next: say what to change, or export (free).",
  nextAfterExport: "Next: /save keeps this as a recipe; or say what to change.",
  nextAfterKeptExport: "Next: say what to change; the recipe is kept up to date.",
  nextWithoutVideo: "There is no video yet: answer, or say more of what to make.",

  exported: (path, facts) => `Exported and checked: ${path} (${facts})`,
  previewed: (path) => `A small preview to look at: ${path}`,
  previewWithoutFfmpeg: (path) => `There is no ffmpeg here to draw its frames: open ${path}`,
  previewSheet: (path) => `Its frames: ${path}`,
  exportStopped: "The export was stopped. It costs nothing: ask for it again, and it is made or fetched.",
  alreadyExported: (path) => `It is there already, as it should be: ${path}`,
  nothingToExport: "There is no video to export yet. Say what to make first.",
  notAFormat: (word, formats) => `"${word}" is no export format. There are ${formats}.`,

  credits: (available, frozen) =>
    `${available} credits available${frozen === 0 ? "" : `, ${frozen} more reserved for what is running`}.`,
  creditsLocal: "It costs nothing here: this machine makes the videos, without an account.",
  timeline: undefined,
  noTimeline: "There is no timeline yet.",
  workingOn: (request) => `Being worked on: ${request}`,
  status: (requests, exports) =>
    `${requests === 1 ? "1 request" : `${requests} requests`}, ${exports === 1 ? "1 export" : `${exports} exports`}.`,
  staysOut: (names) => `${names} stays out from here on: go on without it, or put in another file.`,
  filesReady: (names) => `Ready, goes along with your next request: ${names}`,
  wordlessQuestion: (request) => `Say what to make of it, or yes for: ${request}`,
  knownAlready: (names) => `In the session already: ${names}`,
  whichFile: "Which file? Drop it here, or write its path.",
  missingFile: (path, near) => `There is no ${path}.${near === undefined ? "" : ` Did you mean ${near}?`}`,
  emptyFolder: (path) => `${path} holds no picture, video or sound.`,
  changedFile: (path) =>
    `${path} is another file than the one that was put in under this name. Give it a name of its own.`,

  undoQuestion: (last, cost) =>
    `The service cannot take a change back. To undo “${last}” is one more edit, which costs ${cost === undefined ? "nothing here" : `${cost} credits`}. Send it?`,
  undoRequest: "undo the last change and leave the video as it was before it",
  nothingToUndo: "There is nothing to undo yet.",
  longQuestion: (size, most) =>
    `That is ${size} of text, and requests are usually below ${most}. Send it as one request?`,
  tooLongQuestion: (size) =>
    `With it you have said ${size}, which is more than a recipe holds: the conversation can then not be kept as one. Send it?`,
  yesOrNo: (question) => `${question} (yes or no?)`,
  notAgreed: "Not sent.",

  link: "Whoever opens this link takes the session over. Keep it to yourself:",
  noLink: "There is no session yet that a link could open.",
  saved: (path, command) =>
    `Saved as ${path}, and kept up to date from here on. Again at any time: ${command}`,
  nothingToSave: "There is nothing to save yet. Say what to make first.",
  saveTaken: (path) =>
    `${path} is there already, and not from this conversation. Name another: /save my-video.yaml`,
  cannotWrite: (path) =>
    `${path} cannot be written. Name a file in a folder that is there: /save my-video.yaml`,
  tooLongToSave: (most) => `What was said is longer than a recipe may be (${most}): it is not kept as one.`,
  help: [
    ["/export [format]", "make the file: mp4, mov, avi, webm, mkv, gif (free)"],
    ["/status", "what is on the timeline"],
    ["/preview", "frames of the video as it stands (free)"],
    ["/credits", "what is left on the account"],
    ["/upload [files]", "put files in; dropping them does the same"],
    ["/undo", "ask for the last change to be taken back"],
    ["/save [file]", "keep the conversation as a recipe"],
    ["/link", "the link that opens the session in a browser"],
    ["/quit", "end; all is kept"],
  ],
  unknownCommand: (word, near) =>
    `There is no ${word}.${near === undefined ? " /help lists what there is." : ` Did you mean ${near}?`}`,
  unsureCommand: (near) => `Did you mean ${near}? Nothing was sent; say it in more words if it is a request.`,
  noQuestion: "There is no open question; nothing was sent.",
  goOnLater: (command) => `To come back: ${command}`,
  notSent: (count) => (count === 1 ? "1 message was not sent." : `${count} messages were not sent.`),
  stoppedHere: "The messages after it were not sent.",
  nothingSent: "Nothing was sent.",
  nothingSentLookUp: "Nothing was sent. Arrow up brings your words back.",
  leftToService: "The request that is running is left to the service, and is on record.",
  next: (hint) => `Next: ${hint}`,
  trouble: {},
  advice: {},
};
