/**
 * The text of a model -> the object in it. Models wrap JSON into fences, prose and reasoning, and one
 * object into an array; all that is taken off. What is cut off or of another form is a fault.
 */
import type { SchemaCheck } from '../schema.ts';

export type ParsedObject = { readonly object: unknown } | { readonly fault: string };

/** So many places of a text are tried at most. */
const MOST_CANDIDATES = 20;

/** Finds the first JSON object or array in `text` that passes `check`. */
export function parseObject(text: string, check: SchemaCheck): ParsedObject {
  let fault = 'it is not JSON';
  let start = nextStart(text, 0);
  for (let tried = 0; start >= 0 && tried < MOST_CANDIDATES; tried += 1) {
    const end = balancedEnd(text, start);
    const value = end === undefined ? undefined : parse(text.slice(start, end));
    if (value === undefined || end === undefined) {
      start = nextStart(text, start + 1);
      continue;
    }
    const found = fitting(value, check);
    if ('object' in found) return found;
    fault = found.fault;
    start = nextStart(text, end);
  }
  return { fault };
}

/** The answer without the reasoning that some local models put before it, in `<think>` tags. */
export function withoutThinking(text: string): string {
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('<think>')) return text.trim();
  const end = trimmed.indexOf('</think>');
  return end < 0 ? '' : trimmed.slice(end + '</think>'.length).trim();
}

function fitting(value: unknown, check: SchemaCheck): ParsedObject {
  const wrong = check(value);
  if (wrong === undefined) return { object: value };
  if (Array.isArray(value) && value.length === 1 && check(value[0]) === undefined) {
    return { object: value[0] };
  }
  return { fault: `it does not fit the schema (${wrong})` };
}

function nextStart(text: string, from: number): number {
  const brace = text.indexOf('{', from);
  const bracket = text.indexOf('[', from);
  if (brace < 0 || bracket < 0) return Math.max(brace, bracket);
  return Math.min(brace, bracket);
}

/** The index after the bracket that closes the one at `start`; brackets inside strings do not count. */
function balancedEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
