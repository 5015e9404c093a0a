/** A turn of which nothing more was heard is not charged any later than this behind its sending. */
export const longestTurnMs = 3_600_000;
