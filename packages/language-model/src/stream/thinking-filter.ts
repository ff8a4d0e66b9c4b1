/** The streaming twin of `withoutThinking`: takes reasoning in `<think>` tags off the beginning. */

export interface ThinkingFilter {
  /** What of the text so far may be shown, and was not yet. */
  push(piece: string): string;
  /** What was held back and turned out to be no tag. */
  end(): string;
}

const OPEN = '<think>';
const CLOSE = '</think>';

export function thinkingFilter(): ThinkingFilter {
  let state: 'start' | 'thinking' | 'gap' | 'text' = 'start';
  let held = '';

  const settle = (): string => {
    if (state === 'start') {
      held = held.trimStart();
      if (OPEN.startsWith(held) && held !== OPEN) return '';
      state = held.startsWith(OPEN) ? 'thinking' : 'text';
    }
    if (state === 'thinking') {
      const end = held.indexOf(CLOSE);
      if (end < 0) {
        // enough for a tag that comes in two pieces
        held = held.slice(-CLOSE.length);
        return '';
      }
      held = held.slice(end + CLOSE.length);
      state = 'gap';
    }
    if (state === 'gap') {
      held = held.trimStart();
      if (held === '') return '';
      state = 'text';
    }
    const text = held;
    held = '';
    return text;
  };

  return {
    push(piece) {
      held += piece;
      return settle();
    },
    end: () => (state === 'start' ? held : ''),
  };
}
