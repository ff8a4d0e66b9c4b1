/** Where a sentence names a thing: the canonical parts of its tokens against the parts of names. */
import type { Sentence } from '../shapes.ts';

export interface Mention {
  /** Indexes of the first and last token. */
  readonly from: number;
  readonly to: number;
}

/** Names as canonical parts, by their first part. */
export type NameTable<T> = ReadonlyMap<string, readonly Named<T>[]>;

export interface Named<T> {
  readonly parts: readonly string[];
  readonly value: T;
}

/** Names ordered so that the longest is tried first. */
export function nameTable<T>(names: Iterable<Named<T>>): NameTable<T> {
  const table = new Map<string, Named<T>[]>();
  for (const name of names) {
    const first = name.parts[0];
    if (first === undefined) continue;
    const list = table.get(first);
    if (list === undefined) table.set(first, [name]);
    else list.push(name);
  }
  for (const [first, list] of table)
    table.set(
      first,
      list.toSorted((a, b) => b.parts.length - a.parts.length),
    );
  return table;
}

/** Mentions in a sentence from left to right, longest name first, none overlapping. */
export function* mentionsIn<T>(
  sentence: Pick<Sentence, 'tokens'>,
  table: NameTable<T>,
): Generator<Mention & { readonly value: T }> {
  const { tokens } = sentence;
  for (let from = 0; from < tokens.length; from += 1) {
    const first = tokens[from]?.parts[0];
    if (first === undefined) continue;
    const names = table.get(first);
    if (names === undefined) continue;
    for (const { parts, value } of names) {
      const to = matchAt(sentence, from, parts);
      if (to < 0) continue;
      yield { from, to, value };
      from = to;
      break;
    }
  }
}

/** Index of the last token of `parts` when they stand at token `from`, else -1. */
function matchAt(
  { tokens }: Pick<Sentence, 'tokens'>,
  from: number,
  parts: readonly string[],
): number {
  let matched = 0;
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || (index > from && token.broken) || token.parts.length === 0)
      return -1;
    for (const part of token.parts) {
      if (part !== parts[matched]) return -1;
      matched += 1;
    }
    if (matched === parts.length) return index;
    if (matched > parts.length) return -1;
  }
  return -1;
}
