/** What an answer means; undefined where it is something else. */
export function yesOrNo(text: string): boolean | undefined {
  if (
    /^(?:y|yes|yep|yeah|ok|okay|sure|go|go on|go ahead|do it|send(?: it)?|是的?|好的?|行|可以|要|确定|发送|继续)[.!。！]*$/i.test(
      text,
    )
  )
    return true;
  return /^(?:n|no|nope|never mind|cancel|stop|don'?t|否|不|不要|不用|不行|取消|算了)[.!。！]*$/i.test(text)
    ? false
    : undefined;
}
