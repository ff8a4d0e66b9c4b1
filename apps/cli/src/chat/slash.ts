/** What a person types: a question, or a command that begins with `/`. */
import { wrap } from '../report/markdown/wrap.ts';
import type { Print } from '../report/reporter.ts';

interface SlashCommand {
  readonly name: string;
  /** How its arguments are shown. */
  readonly takes?: string;
  readonly does: string;
  /** The command of the program that it runs. */
  readonly runs?: 'add' | 'lint' | 'list' | 'search' | 'status';
}

/** With the names and meanings of the Python program, where it has them. */
const COMMANDS: readonly SlashCommand[] = [
  { name: '/help', does: 'Show this' },
  { name: '/status', does: 'Show the state of the knowledge base', runs: 'status' },
  { name: '/list', does: 'List documents', runs: 'list' },
  { name: '/search', takes: 'TERMS', does: 'Find passages; no model is asked', runs: 'search' },
  { name: '/add', takes: 'PATH', does: 'Add a file, a directory or a web address', runs: 'add' },
  { name: '/lint', does: 'Check the knowledge base', runs: 'lint' },
  { name: '/save', takes: '[NAME]', does: 'Save the conversation in wiki/explorations/' },
  { name: '/clear', does: 'Begin a new conversation; this one is kept' },
  { name: '/exit', does: 'Leave; so does Ctrl-D' },
];

const ALIASES: Readonly<Record<string, string>> = { '/quit': '/exit' };

export const slashNames: readonly string[] = [
  ...COMMANDS.map(({ name }) => name),
  ...Object.keys(ALIASES),
];

export type Typed =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'command'; readonly command: SlashCommand; readonly rest: string };

/** `undefined` for an empty line. */
export function parseTyped(line: string): Typed | undefined {
  const text = line.trim();
  if (text === '') return undefined;
  if (!text.startsWith('/')) return { kind: 'question', text };
  const [, given = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  const name = ALIASES[given.toLowerCase()] ?? given.toLowerCase();
  const command = COMMANDS.find((one) => one.name === name);
  return command === undefined
    ? { kind: 'unknown', name: given }
    : { kind: 'command', command, rest };
}

/** A text without the quotes around all of it. */
export const unquoted = (text: string): string =>
  /^(["'])(.*)\1$/s.exec(text.trim())?.[2]?.trim() ?? text.trim();

/**
 * Words as a shell splits them: a quote at the beginning of a word keeps its spaces, a backslash keeps a space, a
 * quote or a backslash. A quote within a word is an apostrophe.
 */
export function wordsIn(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] ?? '';
    const next = text[i + 1] ?? '';
    if (char === '\\' && quote !== "'" && /[\s'"\\]/.test(next)) {
      word = (word ?? '') + next;
      i += 1;
    } else if (word === undefined && (char === '"' || char === "'")) {
      quote = char;
      word = '';
    } else if (char === quote) quote = '';
    else if (quote === '' && /\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  return word === undefined ? words : [...words, word];
}

export interface Help {
  readonly type: 'help';
  readonly commands: readonly { readonly name: string; readonly does: string }[];
}

export const help: Help = {
  type: 'help',
  commands: COMMANDS.map(({ name, takes, does }) => ({
    name: takes === undefined ? name : `${name} ${takes}`,
    does,
  })),
};

/** @param columns of the terminal */
export const printHelp =
  (columns: number): Print<Help> =>
  ({ commands }, { dim }) => {
    const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
    return commands.flatMap(({ name, does }) =>
      wrap(dim(does), { first: name.padEnd(width), rest: ' '.repeat(width), columns }),
    );
  };
