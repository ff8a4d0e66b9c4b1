/** How an answer appears: on a terminal as it comes, for programs as events, in a pipe when it is whole. */
import type { ConversationRequest, ToolCall } from '@openkb/language-model';

import type { Context } from '../command.ts';
import { type MarkdownLines, markdownLines } from '../report/markdown/markdown-lines.ts';
import { plainLines } from '../report/markdown/plain-lines.ts';
import type { Style } from '../report/style.ts';
import { type AnswerOutcome, printEnd } from './outcome.ts';

export interface Display {
  readonly events: Required<Pick<ConversationRequest, 'onText' | 'onRestart' | 'onToolCall'>>;
  /** Shows what of the answer has not been shown. */
  end(outcome: AnswerOutcome): void;
}

export interface DisplayOptions {
  readonly context: Pick<Context, 'reporter' | 'io' | 'json' | 'quiet'>;
  /** Markdown as it is. */
  readonly raw: boolean;
  /** A line of an answer with its links checked. */
  readonly checkLine: (line: string) => string;
}

export function display(options: DisplayOptions): Display {
  const { io, json, quiet } = options.context;
  if (json) return forPrograms(options);
  return io.outIsTerminal === true && !quiet ? live(options) : whole(options);
}

function forPrograms({ context: { reporter } }: DisplayOptions): Display {
  return {
    events: {
      onText: (text, step) => reporter.part({ type: 'text', step, text }, () => []),
      onRestart: (step) => reporter.part({ type: 'restart', step }, () => []),
      onToolCall: ({ name, input }) => reporter.part({ type: 'tool', name, input }, () => []),
    },
    end: (outcome) => reporter.result(outcome, () => []),
  };
}

function whole(options: DisplayOptions): Display {
  const { reporter } = options.context;
  return {
    events: {
      onText: () => {},
      onRestart: () => {},
      onToolCall: (call) => tellTool(options, call),
    },
    end: (outcome) =>
      reporter.result(outcome, (value, style) => {
        const lines = printer(options, style);
        return [...lines.push(value.answer), ...lines.end(), ...printEnd(value, style)];
      }),
  };
}

/** Characters of an unfinished line that the status shows. */
const TAIL = 200;

const AGAIN = 'The answer broke off and is asked for again; it begins anew:';

const push = (lines: MarkdownLines, piece: string) => lines.push(piece);

function live(options: DisplayOptions): Display {
  const { reporter, io } = options.context;
  const states = new Map<Style, MarkdownLines>();
  const linesOf = (style: Style): MarkdownLines => {
    const lines = states.get(style) ?? printer(options, style);
    states.set(style, lines);
    return lines;
  };
  let current = 1;
  let shown = false;
  let unfinished = '';
  const show = (text: string, make: (lines: MarkdownLines, text: string) => readonly string[]) =>
    reporter.part({ type: 'text', text }, (value, style) => {
      const lines = make(linesOf(style), value.text);
      shown ||= lines.length > 0;
      return lines;
    });
  const startAnew = (): void => {
    states.clear();
    shown = false;
    unfinished = '';
  };
  return {
    events: {
      onText(text, step) {
        // what the model said before it looked something up is no part of the answer
        if (step !== current) {
          if (shown) show('', () => ['']);
          startAnew();
        }
        current = step;
        unfinished += text.replaceAll('\r', '');
        const end = unfinished.lastIndexOf('\n') + 1;
        if (end > 0) show(unfinished.slice(0, end), push);
        unfinished = unfinished.slice(end);
        // a paragraph is shown when it is whole: until then one sees that it grows
        if (io.status && unfinished !== '')
          reporter.step({ type: 'text' }, { text: 'writing', path: unfinished.slice(-TAIL) });
      },
      onRestart() {
        startAnew();
        reporter.note(AGAIN);
      },
      onToolCall: (call) => tellTool(options, call),
    },
    end(outcome) {
      show(unfinished, (lines, piece) => [...lines.push(piece), ...lines.end()]);
      reporter.result(outcome, (value, style) => printEnd(value, style));
    },
  };
}

/** Rendered for a terminal; in a pipe, and with `--raw`, the Markdown as it is. */
function printer({ context, raw, checkLine }: DisplayOptions, style: Style): MarkdownLines {
  const { io } = context;
  return raw || io.outIsTerminal !== true
    ? plainLines(checkLine)
    : markdownLines({ style, columns: io.columns || 80, edit: checkLine });
}

function tellTool({ context: { reporter } }: DisplayOptions, { name, input }: ToolCall): void {
  const given = Object.values(input as object).filter((value) => typeof value === 'string');
  const text = { search: 'searching', list_pages: 'listing', look_at_picture: 'looking at' }[name];
  reporter.step({ type: 'tool', name, input } as { type: string }, {
    text: text ?? 'reading',
    path: given.join(' ').slice(0, 200),
  });
}
