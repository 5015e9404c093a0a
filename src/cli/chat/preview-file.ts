const ending = ".preview.mp4";

/** The file's name of a conversation's preview: one, whatever the draft. */
export const previewFile = (name: string): string => `${name}${ending}`;
export const isPreviewFile = (path: string): boolean => path.endsWith(ending);
