/**
 * Reads what a person types at the terminal, by readline. It holds the terminal for the whole conversation: keys
 * that are pressed while an answer comes are kept for the next line and not shown among its text, and Ctrl-C comes
 * here and not as a signal.
 */
import { createInterface, type Interface } from 'node:readline';
import { Transform, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

import { ASK_FOR_MARKS, asOneLine, NO_MORE_MARKS, type Pastes, pastes } from './chat/paste.ts';
import type { Typing, TypingOptions } from './chat/typing.ts';

type Waiting = (line: string | undefined) => void;

/** Lines that the arrow keys reach. */
const HISTORY = 500;

export function terminalTyping(options: TypingOptions): Typing {
  return new Terminal(options);
}

class Terminal implements Typing {
  readonly #pastes = pastes();
  readonly #input = keys(process.stdin, this.#pastes);
  readonly #output = new Screen(process.stderr);
  readonly #lines: Interface;
  /** Lines that were typed before they were waited for. */
  readonly #ahead: string[] = [];
  #waiting: Waiting | undefined;
  #stop: (() => void) | undefined;
  #ended = false;

  constructor({ history, complete }: TypingOptions) {
    this.#lines = createInterface({
      input: this.#input,
      output: this.#output,
      terminal: true,
      history: history.slice(-HISTORY).map(asOneLine).toReversed(),
      historySize: HISTORY,
      removeHistoryDuplicates: true,
      completer: (text: string): [string[], string] => {
        const [found, ending] = complete(text);
        return [[...found], ending];
      },
    });
    this.#lines.on('line', (line) =>
      this.#waiting ? this.#give(line) : void this.#ahead.push(line),
    );
    this.#lines.on('close', () => {
      this.#ended = true;
      if (this.#waiting !== undefined) process.stderr.write('\n');
      this.#give(undefined);
    });
    this.#lines.on('SIGINT', () => this.#interrupted());
    process.once('exit', noMoreMarks);
    if (marks()) process.stderr.write(ASK_FOR_MARKS);
  }

  line(prompt: string, signal: AbortSignal): Promise<string | undefined> {
    return new Promise((resolve) => {
      const end = () => this.#give(undefined);
      this.#waiting = (line) => {
        signal.removeEventListener('abort', end);
        resolve(line === undefined ? undefined : this.#pastes.whole(line));
      };
      const next = this.#ahead.shift();
      if (signal.aborted || (this.#ended && next === undefined)) return end();
      if (next !== undefined) {
        process.stderr.write(`${prompt}${next}\n`);
        return this.#give(next);
      }
      signal.addEventListener('abort', end, { once: true });
      this.#output.muted = false;
      this.#lines.setPrompt(prompt);
      // what readline keeps of keys that were not shown must not move the cursor into what was printed meanwhile
      Object.assign(this.#lines, { prevRows: 0 });
      this.#lines.prompt(true);
    });
  }

  async answer(question: string, signal: AbortSignal): Promise<string | undefined> {
    const given = await this.line(question, signal);
    const { history } = this.#lines as Interface & { readonly history: string[] };
    if (history[0] === given) history.shift();
    return given;
  }

  onInterrupt(stop: () => void): () => void {
    this.#stop = stop;
    return () => {
      this.#stop = undefined;
    };
  }

  close(): void {
    this.#lines.close();
    process.stdin.unpipe(this.#input);
    process.stdin.pause();
    process.off('exit', noMoreMarks);
    noMoreMarks();
  }

  #give(line: string | undefined): void {
    const take = this.#waiting;
    this.#waiting = undefined;
    this.#output.muted = true;
    take?.(line);
  }

  #interrupted(): void {
    if (this.#waiting === undefined) {
      // the second time, and where there is nothing to stop, as a signal: it ends the process
      const stop = this.#stop ?? (() => process.emit('SIGINT'));
      this.#stop = undefined;
      stop();
      return;
    }
    process.stderr.write('\n');
    if (this.#lines.line === '') return this.#give(undefined);
    Object.assign(this.#lines, { line: '', cursor: 0, prevRows: 0 });
    this.#lines.prompt();
  }
}

/** Whether the terminal is one that could mark pastes. */
const marks = () => process.env['TERM'] !== 'dumb';

const noMoreMarks = () => void (marks() && process.stderr.write(NO_MORE_MARKS));

/** The keyboard with pastes made into text. */
function keys(stdin: NodeJS.ReadStream, filter: Pastes): Transform {
  const decoder = new StringDecoder('utf8');
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, filter.keys(decoder.write(chunk)));
    },
  });
  const setRawMode = (mode: boolean) => {
    stdin.setRawMode(mode);
    return transform;
  };
  Object.defineProperties(transform, {
    isTTY: { value: true },
    setRawMode: { value: setRawMode },
    isRaw: { get: () => stdin.isRaw },
  });
  stdin.pipe(transform);
  return transform;
}

/** The terminal, or nothing. */
class Screen extends Writable {
  muted = true;
  readonly isTTY = true;
  readonly #terminal: NodeJS.WriteStream;

  constructor(terminal: NodeJS.WriteStream) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
    terminal.on('resize', () => this.emit('resize'));
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  override _write(text: string | Buffer, _encoding: string, done: () => void): void {
    if (!this.muted) this.#terminal.write(text);
    done();
  }
}
