/** How much text tools may hand to the model in one conversation, so that its context and the bill stay bounded. */
export interface Allowance {
  /** The text, or as much of it as there is room for, which it then says. */
  take(text: string): string;
}

/** Least that is worth handing over, in characters. */
const LEAST = 200;

/** @param tokens of all answers of tools together; `count` estimates those of a text */
export function allowance(tokens: number, count: (text: string) => number): Allowance {
  let left = tokens;
  return {
    take(text) {
      const needed = count(text);
      if (needed <= left) {
        left -= needed;
        return text;
      }
      const share = Math.floor((text.length * left) / needed);
      left = 0;
      if (share < LEAST)
        return 'There is no room for more text in this conversation: answer from what you have.';
      return `${text.slice(0, share)}\n[cut off here: there is no room for more text in this conversation; answer from what you have]`;
    },
  };
}
