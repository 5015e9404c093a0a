import { formats, type Format } from "./recipe.ts";

/** A published skill, as data. */
export interface SkillSheet {
  /** A slug. With the version it is what the service is told on every call: it does not change the video. */
  readonly name: string;
  readonly version: string;
  /** What it is for, in a line. */
  readonly description: string;
  /** What its videos can be exported as. */
  readonly formats: readonly Format[];
  readonly limits: { readonly fileBytes: number };
  /** How it opens a conversation. */
  readonly greeting: string;
  readonly examples: readonly string[];
  /** What is asked for where pictures come without a word. */
  readonly prompt: string;
}

const alike = { formats, limits: { fileBytes: 200 * 1024 * 1024 } } as const;

/** The five published skills. */
export const skillSheets: readonly SkillSheet[] = [
  {
    ...alike,
    name: "image-video",
    version: "1.0.0",
    description: "A slideshow with music and a title from pictures",
    greeting: "Drop your pictures here and say how long the video should be.",
    examples: [
      "turn my photos into a 15-second slideshow with calm music",
      'show the title "Our summer" for the first 3 seconds',
      "export as mp4",
    ],
    prompt: "turn my photos into a slideshow with crossfades, a slow zoom and background music",
  },
  {
    ...alike,
    name: "free-image-to-video-generator",
    version: "1.0.0",
    description: "A short video from a few pictures, within the free credits",
    greeting: "One prompt and a few pictures make a short video with the 100 free credits.",
    examples: [
      "turn my images into a 6-second video with smooth transitions",
      "make it 9:16 for phones",
      "how many credits are left?",
    ],
    prompt: "turn my images into a short video with smooth transitions and background music",
  },
  {
    ...alike,
    name: "ai-image-to-video-generator",
    version: "1.0.3",
    description: "A moving clip from one or a few still pictures",
    greeting: "Give me a still picture, and say what should move in it.",
    examples: [
      "bring my image to life: the hair moves in the wind",
      "make the camera move closer slowly",
      "trim the video to 5 seconds",
    ],
    prompt: "bring my image to life as a cinematic video with a slow zoom",
  },
  {
    ...alike,
    name: "joy-image-to-video",
    version: "1.0.0",
    description: "A cheerful greeting video from pictures of a happy day",
    greeting: "A happy day in pictures? Drop them here, and say whom the video greets.",
    examples: [
      "turn my pictures into a joyful video with upbeat music",
      'show the title "Happy birthday, Ana!"',
      "make the colours warmer",
    ],
    prompt: "turn my pictures into a joyful video with quick crossfades and upbeat music",
  },
  {
    ...alike,
    name: "openai-image-to-video",
    version: "1.0.0",
    description: "A clip from a generated picture and the scene it shows",
    greeting: "Give me a picture from an image model, and the prompt that it was made from.",
    examples: [
      "bring my image to life: a paper fox in a paper forest",
      "make it 9:16 for phones",
      "export as gif",
    ],
    prompt: "bring the scene of my image to life with a slow camera move and soft music",
  },
];

/** Versions of the published skills by slug. A recipe may name another one with its own version. */
export const knownSkills: Readonly<Record<string, string>> = Object.fromEntries(
  skillSheets.map(({ name, version }) => [name, version]),
);
