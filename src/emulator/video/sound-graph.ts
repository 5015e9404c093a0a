import { framesPerSecond, type Storyboard } from "./storyboard.ts";

export interface Sound {
  filters: string[];
  /** The label to map, absent when the video has no sound. */
  label: string | undefined;
}

/** Filters for the music and the sound of the clips, all as long as the video. */
export function soundFilters(board: Storyboard, musicInput: number): Sound {
  const seconds = board.frames / framesPerSecond;
  const filters: string[] = [];
  const whole = `aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=0:${seconds}`;
  for (const [index, shot] of board.shots.entries()) {
    if (shot.upload?.hasSound !== true || shot.upload.fileType !== "video" || shot.volume === 0) continue;
    const own = `atrim=0:${shot.frames / framesPerSecond},asetpts=PTS-STARTPTS,volume=${shot.volume}`;
    const delayMs = Math.round((shot.startFrame / framesPerSecond) * 1000);
    filters.push(
      `[${index}:a]aformat=channel_layouts=stereo,${tempo(board.look.speed)}${own},adelay=${delayMs}|${delayMs},${whole}[sound${filters.length}]`,
    );
  }
  if (board.music !== undefined) {
    const out = Math.min(2, seconds / 3);
    const fades = `afade=t=in:d=${Math.min(1, seconds / 4)},afade=t=out:st=${seconds - out}:d=${out}`;
    filters.push(`[${musicInput}:a]${whole},volume=${board.music.volume},${fades}[sound${filters.length}]`);
  }
  if (filters.length === 0) return { filters, label: undefined };
  const labels = filters.map((_, index) => `[sound${index}]`).join("");
  const mix = `amix=inputs=${filters.length}:dropout_transition=0,volume=${filters.length}`;
  return {
    filters: [...filters, `${labels}${filters.length === 1 ? "anull" : mix}[sound]`],
    label: "[sound]",
  };
}

/** `atempo` takes 0.5 to 2 only: further steps in a row. */
function tempo(speed: number): string {
  let left = speed;
  let chain = "";
  while (left > 2) [chain, left] = [`${chain}atempo=2,`, left / 2];
  while (left < 0.5) [chain, left] = [`${chain}atempo=0.5,`, left * 2];
  return left === 1 ? chain : `${chain}atempo=${left},`;
}

const chords: Readonly<Record<string, readonly (readonly number[])[]>> = {
  Calm: [
    [130.81, 196, 329.63],
    [110, 164.81, 261.63],
    [87.31, 174.61, 220],
    [98, 196, 246.94],
  ],
  Upbeat: [
    [146.83, 220, 369.99],
    [123.47, 246.94, 293.66],
    [98, 196, 293.66],
    [110, 220, 329.63],
  ],
  Cinematic: [
    [73.42, 146.83, 220],
    [58.27, 116.54, 174.61],
    [87.31, 174.61, 261.63],
    [65.41, 130.81, 196],
  ],
  "Lo-fi": [
    [130.81, 246.94, 329.63],
    [110, 196, 261.63],
    [146.83, 174.61, 261.63],
    [98, 174.61, 246.94],
  ],
};

/** The source of a composed piece: four chords, plucked again on every bar. */
export function composedMusic(name: string, seconds: number): string {
  const bar = name === "Upbeat" ? 1.2 : 2;
  const chosen = chords[name] ?? chords["Lo-fi"] ?? [];
  const turn = `mod(floor(t/${bar}),4)`;
  const note = (voice: number): string => {
    const [a, b, c, d] = chosen.map((chord) => chord[voice] ?? 220);
    return `sin(2*PI*t*if(lt(${turn},1),${a},if(lt(${turn},2),${b},if(lt(${turn},3),${c},${d}))))`;
  };
  const pluck = `exp(-1.6*mod(t,${bar}))*min(1,40*mod(t,${bar}))*min(1,20*(${bar}-mod(t,${bar})))`;
  const left = `0.9*${pluck}*(0.5*${note(0)}+0.3*${note(1)}+0.2*${note(2)})`;
  const right = `0.9*${pluck}*(0.5*${note(0)}+0.2*${note(1)}+0.3*${note(2)})`;
  return `aevalsrc='${left}|${right}':d=${seconds}:s=44100`;
}
