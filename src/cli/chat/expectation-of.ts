import type { Draft } from "../../job/media.ts";

export type Expectation = "expectText" | "expectEdit" | "expectReshape" | "expectGeneration";

const question =
  /^(?:what|which|who|how|why|when|where|is|are|does|do|did|was|were|has|have|tell me|describe|explain)\b.*[?？]?$|[?？]$|^(?:什么|哪|谁|怎么|为什么|几|多少|是不是|有没有).*$|(?:吗|呢|么)[?？]?$/i;
const polite = /^(?:can|could|would|will) (?:you|we)\b|^(?:能|可以|可不可以|能不能)/i;
const generation =
  /\b(?:generate|regenerate|new (?:video|clip|scene|shot)|another (?:clip|scene|shot)|from scratch|start over)\b|生成|重新(?:做|来)|新(?:的)?(?:镜头|画面|视频)/i;
const reshape = /\b(?:9:16|16:9|1:1|4:5|vertical|horizontal|portrait|landscape|square)\b|竖屏|横屏|方形/i;

/** How long a request will take, as far as its words tell: the service says it nowhere. */
export function expectationOf(prompt: string, draft: Pick<Draft, "ready"> | undefined): Expectation {
  const text = prompt.trim();
  if (question.test(text) && !polite.test(text)) return "expectText";
  if (draft?.ready !== true || generation.test(text)) return "expectGeneration";
  return reshape.test(text) ? "expectReshape" : "expectEdit";
}
