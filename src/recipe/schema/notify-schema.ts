import * as z from "zod";
import type { Notification, Templated } from "../recipe.ts";
import { choice, templated } from "./leaf.ts";
import { fields, listOf } from "./shapes.ts";

export type NotifyData = Omit<Notification, "place">;

const occasions = ["failed", "finished", "needs-you", "budget"] as const;

const address = (description: string): z.ZodType<Templated<string>> =>
  templated("text", { description, examples: ["${{ env.WEBHOOK_URL }}"] });

export const notifySchema: z.ZodType<NotifyData> = fields(
  {
    on: listOf(choice(occasions, { description: "An occasion." }), {
      description: "On which occasions.",
      examples: [["failed", "needs-you"]],
      min: 1,
    }),
    webhook: z.exactOptional(address("An address that gets the event as JSON.")),
    slack: z.exactOptional(address("A Slack incoming webhook.")),
    discord: z.exactOptional(address("A Discord webhook.")),
    command: z.exactOptional(
      listOf(templated("text", { description: "The program, or one of its arguments." }), {
        description: "A program and its arguments, as a list; never a shell line.",
        examples: [["notify-send", "a video is ready"]],
        min: 1,
      }),
    ),
  },
  {
    id: "notification",
    title: "Notification",
    description: "Whom to tell, after retries are used up. Exactly one target.",
  },
);
