/** The published skills and their versions. A recipe may name another one with its own version. */
export const knownSkills: Readonly<Record<string, string>> = {
  "image-video": "1.0.0",
  "free-image-to-video-generator": "1.0.0",
  "ai-image-to-video-generator": "1.0.3",
  "joy-image-to-video": "1.0.0",
  "openai-image-to-video": "1.0.0",
};
