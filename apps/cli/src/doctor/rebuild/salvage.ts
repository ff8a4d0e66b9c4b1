/** Entries of a registry of which only parts can be read. */
import type { RegistryEntry } from '../../knowledge-base/registry.ts';

/** An entry begins with the hash and the brace of its object. */
const START = /"([0-9a-f]{64})"\s*:\s*(?=\{)/g;

/** The entries of a damaged registry that are whole, in their order. Of two with one hash the later counts, as in JSON. */
export function salvageEntries(text: string): Map<string, RegistryEntry> {
  const entries = new Map<string, RegistryEntry>();
  let from = 0;
  for (const match of text.matchAll(START)) {
    const start = match.index + match[0].length;
    if (match.index < from) continue;
    const end = endOfObject(text, start);
    if (end === undefined) continue;
    const entry = parse(text.slice(start, end));
    if (entry === undefined) continue;
    entries.set(match[1] ?? '', entry);
    from = end;
  }
  return entries;
}

/** Behind the brace that closes the object which opens at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      else if (character === '\n') return undefined;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The keys that commands read have the types that they rely on, or the entry is none. */
function parse(text: string): RegistryEntry | undefined {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const texts = ['name', 'doc_name', 'type', 'path', 'raw_path', 'source_path'];
    const isSound = texts.every((key) => ['string', 'undefined'].includes(typeof value[key]));
    return isSound && (value['name'] ?? value['doc_name']) !== undefined ? value : undefined;
  } catch {
    return undefined;
  }
}
