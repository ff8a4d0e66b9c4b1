/** What a conversation needs of a terminal; `terminal-typing.ts` is the real one. */
export interface Typing {
  /**
   * The next line, with its line ends where several were pasted; `undefined` when the person leaves (Ctrl-D, or
   * Ctrl-C on an empty line) and when the signal comes.
   */
  line(prompt: string, signal: AbortSignal): Promise<string | undefined>;
  /** The same for an answer to a question of ours, which the arrow keys do not bring back. */
  answer(question: string, signal: AbortSignal): Promise<string | undefined>;
  /** Calls `stop` when Ctrl-C is pressed while no line is waited for, until it is released. */
  onInterrupt(stop: () => void): () => void;
  /** Gives the terminal back as it was. */
  close(): void;
}

export interface TypingOptions {
  /** Lines for the arrow keys, oldest first. */
  readonly history: readonly string[];
  /** What Tab may make of the text before the cursor: whole replacements for its ending, and that ending. */
  readonly complete: (text: string) => [readonly string[], string];
}
