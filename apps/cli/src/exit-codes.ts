/** How the process ends. Scripts depend on these numbers: they never change their meaning. */
export const exitCodes = {
  /** Done; what was skipped counts as done. */
  done: 0,
  failed: 1,
  usage: 2,
  /** Some documents failed, the rest is done; a summary says which and why. */
  partial: 3,
  /** The key of a service is missing or refused. */
  key: 4,
  noKnowledgeBase: 10,
  /** Somebody else holds the lock. */
  locked: 11,
  /** The quota or the credit of a service is used up. */
  quota: 12,
  /** An unfinished mutation could not be rolled back. */
  recoveryNeeded: 13,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
