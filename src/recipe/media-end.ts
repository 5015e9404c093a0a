/** How the name of a picture, a clip or a sound ends that can be an input. */
export const mediaEnd: RegExp = /\.(?:mp4|mov|avi|webm|mkv|jpe?g|png|gif|webp|hei[cf]|mp3|wav|m4a|aac)$/i;
