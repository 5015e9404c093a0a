import { html, type Html } from "./markup.ts";
import type { FileReport, PageMedia } from "./page-facts.ts";
import { safeAddress } from "./safe-address.ts";

const mostAtOnce = 20;

/** What a page knows of the files beside it, by their absolute path. */
export type MediaBeside = ReadonlyMap<string, PageMedia>;

/** The frames of a preview, for a job that has its videos. */
export function framesFigure(file: FileReport, media: MediaBeside): Html | undefined {
  const frames = framesOf(file, media.get(file.path));
  if (frames === undefined) return undefined;
  return html`<details class="file" open>
    <summary>Frames of ${file.shownPath}</summary>
    ${frames}
  </details> `;
}

/** One export: the video itself where it stands beside the page, else how far it is. */
export function fileFigure(file: FileReport, media: MediaBeside): Html {
  const beside = media.get(file.path);
  const href = safeAddress(beside?.href);
  const differs = file.differs.map((text) => html`<li dir="auto">${text}</li>`);
  const caption = html`<figcaption>
    <span class="path" dir="auto"
      >${href === undefined ? html`${file.shownPath}` : html`<a href="${href}">${file.shownPath}</a>`}</span
    >
    <span class="quiet"
      >${file.note}${file.isDelivered && href === undefined && ", not where it was delivered any more"}</span
    >
    ${
      differs.length > 0 &&
      html`<ul class="differs">
        ${differs}
      </ul>`
    }
  </figcaption>`;
  if (href === undefined || beside === undefined)
    return html`<figure class="file absent">${caption}</figure> `;
  return html`<figure class="file${isTall(file) && " tall"}">
    ${file.isPicture ? picture(file, href) : video(file, { href, poster: beside.poster, isOfMany: media.size > mostAtOnce })}${caption}${framesOf(file, beside)}
  </figure> `;
}

function picture({ shownPath, note, ...file }: FileReport, href: string): Html {
  return html`<img src="${href}" alt="The video ${shownPath}: ${note}" loading="lazy" ${size(file)} />`;
}

function framesOf({ shownPath }: FileReport, beside: PageMedia | undefined): Html | undefined {
  const frames = beside?.frames;
  if (!isJpeg(frames)) return undefined;
  return html`<img class="frames" src="${frames}" alt="Frames of ${shownPath}" loading="lazy" />`;
}

/** Only what was drawn here. */
function isJpeg(address: string | undefined): address is string {
  return address !== undefined && /^data:image\/jpeg;base64,[A-Za-z0-9+/=]+$/.test(address);
}

interface ShownVideo {
  readonly href: string;
  readonly poster: string | undefined;
  /** So many that a browser should not open each of them at the start. */
  readonly isOfMany: boolean;
}

function video({ shownPath, note, ...file }: FileReport, { href, poster, isOfMany }: ShownVideo): Html {
  return html`<video
    controls
    playsinline
    preload="${isOfMany && isJpeg(poster) ? "none" : "metadata"}"
    src="${href}"
    aria-label="${shownPath}: ${note}"
    ${size(file)}${isJpeg(poster) && html` poster="${poster}"`}
  ></video>`;
}

const isTall = ({ width = 0, height = 0 }: FileReport): boolean => height > width;

function size({ width, height }: Pick<FileReport, "width" | "height">): Html | undefined {
  if (width === undefined || height === undefined) return undefined;
  return html` width="${width}" height="${height}"`;
}
