/** Whether the media's own end is there. `unknown`: the format cannot tell, or it is none that we know. */
export type Completeness = "complete" | "incomplete" | "unknown";
