import { execFile } from "node:child_process";
import { access } from "node:fs/promises";

const latin = [
  "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
  "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
  "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf",
  "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
  "/System/Library/Fonts/Supplemental/Arial Bold.ttf",
  "/System/Library/Fonts/Helvetica.ttc",
  "C:\\Windows\\Fonts\\arialbd.ttf",
  "C:\\Windows\\Fonts\\segoeuib.ttf",
];

const wide = [
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
  "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
  "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
  "/System/Library/Fonts/PingFang.ttc",
  "/System/Library/Fonts/STHeiti Medium.ttc",
  "C:\\Windows\\Fonts\\msyh.ttc",
  "C:\\Windows\\Fonts\\simhei.ttf",
];

/** A font file of this machine that can write the text; `undefined` when there is none. */
export async function findFont(text: string): Promise<string | undefined> {
  const needsWide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(text);
  for (const path of needsWide ? wide : latin) {
    if (await exists(path)) return path;
  }
  return askFontconfig(needsWide ? ":lang=zh-cn" : "sans:bold", needsWide);
}

/** fontconfig always answers with some font: for wide scripts it must say that it has the language. */
function askFontconfig(pattern: string, needsWide: boolean): Promise<string | undefined> {
  return new Promise((resolve) => {
    const format = "--format=%{file}\n%{lang}";
    execFile("fc-match", [format, pattern], { timeout: 3000, windowsHide: true }, (error, stdout) => {
      const [path, languages = ""] = stdout.split("\n");
      const fit = error === null && path !== undefined && /\.(?:ttf|ttc|otf)$/i.test(path);
      resolve(fit && (!needsWide || languages.includes("zh")) ? path : undefined);
    });
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
