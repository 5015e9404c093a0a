/** An event of the agent as the service sends it, about this long. */
export function eventPayload(index: number, sizeBytes: number): string {
  const event = {
    content: { role: "model", parts: [{ text: "" }] },
    partial: true,
    invocationId: "e-4c0f9d0e-7a51-4f0c-9a55-1f6f1f0f5a3b",
    author: "nemo_agent",
    actions: { stateDelta: {}, artifactDelta: {}, requestedAuthConfigs: {} },
    id: `event-${index}`,
    timestamp: 1_760_000_000 + index,
  };
  const room = sizeBytes - JSON.stringify(event).length;
  event.content.parts = [
    { text: "I place the next photo on the timeline. ".repeat(Math.ceil(room / 40)).slice(0, room) },
  ];
  return JSON.stringify(event);
}
