/** Estimates of tokens that learn from the usage that comes back. */
import { estimateTokens } from './estimate-tokens.ts';
import type { Message, Usage } from './model.ts';

export interface Estimator {
  /** About how many tokens the text is for this model. */
  estimate(text: string): number;
  /** Compares what was sent, as it was estimated, with what the provider read. */
  learn(messages: readonly Message[], usage: Usage): void;
}

/** Smaller prompts are mostly what providers add to each message. */
const SMALLEST_SAMPLE = 200;

/** A ratio outside of these is no tokenizer's: the prompt was cut, or the usage is of something else. */
const BOUNDS = { from: 0.5, to: 2.5 };

/** The ratio of all tokens reported so far to all that were estimated, recent ones counting more. */
const DECAY = 0.9;

export function createEstimator(): Estimator {
  let estimated = 0;
  let reported = 0;
  return {
    estimate: (text) =>
      Math.ceil(estimateTokens(text) * (estimated === 0 ? 1 : reported / estimated)),
    learn(messages, usage) {
      // the tokens of images are another matter
      if (messages.some(({ images = [] }) => images.length > 0)) return;
      const guess = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
      const ratio = usage.inputTokens / guess;
      if (guess < SMALLEST_SAMPLE || ratio < BOUNDS.from || ratio > BOUNDS.to) return;
      estimated = estimated * DECAY + guess;
      reported = reported * DECAY + usage.inputTokens;
    },
  };
}
