import {
  type EntryLine,
  INDEX_SECTIONS,
  type IndexEntry,
  type IndexSection,
  indexDescription,
  indexLabel,
  parseEntryLine,
  printEntryLine,
} from './index-entry.ts';
import { indexLayout, type SectionPlace } from './index-layout.ts';
import { lineEndingOf } from './lines.ts';

/** The index of a new wiki. */
export function emptyIndex(): string {
  return `# Knowledge Base Index\n${INDEX_SECTIONS.map((name) => `\n## ${name}\n`).join('')}`;
}

/** The entries under the four headings of the index, in the order of the page. Other sections and lines are left out. */
export function readIndex(text: string): IndexEntry[] {
  return indexLayout(text).flatMap(({ name, lines }) =>
    lines.flatMap((line) => {
      const entry = parseEntryLine(line.text);
      if (entry === undefined) return [];
      const { bullet: _, ...fields } = entry;
      return [{ section: name, ...fields }];
    }),
  );
}

/**
 * The index with these entries in it. An entry that is there keeps its place and, where the new one has none, its label
 * and description; one that says the same already keeps its bytes. A new one goes to the end of its section, and a
 * section that is missing is added. Nothing else in the page changes, whoever wrote it.
 */
export function upsertIndexEntries(text: string, entries: Iterable<IndexEntry>): string {
  const groups = groupBySection(entries);
  if (groups.size === 0) return text;
  const layout = indexLayout(text);
  const places = layout.filter(({ name }) => groups.has(name));
  const isPlain = new Set(places.map(({ name }) => name)).size === places.length;
  let result = text;
  // the last section first, so that the places of those before it stay what they are
  for (const { name } of isPlain ? places.toReversed() : []) {
    result = upsertSection(result, name, groups.get(name) ?? new Map(), layout);
    groups.delete(name);
  }
  for (const [section, added] of groups) {
    result = upsertSection(result, section, added, indexLayout(result));
  }
  return result;
}

/**
 * The index without the entries of these targets (`concepts/attention`, compared exactly). Only the lines of the
 * entries go; blank lines stay.
 */
export function removeIndexEntries(text: string, targets: Iterable<string>): string {
  const gone = new Set([...targets].map((target) => target.replace(/\.md$/i, '')));
  if (gone.size === 0) return text;
  let result = '';
  let position = 0;
  for (const { lines } of indexLayout(text)) {
    for (const line of lines) {
      if (!mayName(line.text, gone)) continue;
      const entry = parseEntryLine(line.text);
      if (entry === undefined || !gone.has(entry.target)) continue;
      result += text.slice(position, line.start);
      position = line.next;
    }
  }
  return result + text.slice(position);
}

/** Entries by section in the order of the page; of two with one target the later counts. */
function groupBySection(entries: Iterable<IndexEntry>): Map<IndexSection, Map<string, IndexEntry>> {
  const groups = new Map(INDEX_SECTIONS.map((name) => [name, new Map<string, IndexEntry>()]));
  for (const entry of entries) {
    const target = parseEntryLine(printEntryLine(entry))?.target;
    if (target !== undefined) groups.get(entry.section)?.set(target, { ...entry, target });
  }
  for (const [name, group] of groups) if (group.size === 0) groups.delete(name);
  return groups;
}

function upsertSection(
  text: string,
  section: IndexSection,
  entries: ReadonlyMap<string, IndexEntry>,
  layout: readonly SectionPlace[],
): string {
  const place = layout.find(({ name }) => name === section);
  const ending = lineEndingOf(text);
  const pending = new Map(entries);
  let result = '';
  let position = 0;
  for (const line of layout.filter(({ name }) => name === section).flatMap(({ lines }) => lines)) {
    if (!mayName(line.text, pending)) continue;
    const present = parseEntryLine(line.text);
    const entry = present && pending.get(present.target);
    if (present === undefined || entry === undefined) continue;
    pending.delete(present.target);
    result += text.slice(position, line.start) + mergeLine(line.text, present, entry);
    position = line.end;
  }
  const merged = result + text.slice(position);
  const lines = [...pending.values()].map((entry) => printEntryLine(entry) + ending);
  if (lines.length === 0) return merged;
  if (place === undefined) return addSection(merged, section, lines, ending);
  // merged lines lie before the end of the section, so its distance from the end of the text is what it was
  return insertLines(merged, merged.length - (text.length - place.insertAt), place, lines, ending);
}

/** A quick look before a line is read for real: an index may have many thousands of entries. */
function mayName(line: string, targets: { has(target: string): boolean }): boolean {
  const target = /\[\[\s*([^\]|#]*)/.exec(line)?.[1]?.trim() ?? '';
  return targets.has(target.replace(/\\$/, '').replace(/\.md$/i, ''));
}

function mergeLine(line: string, present: EntryLine, entry: IndexEntry): string {
  const label = indexLabel(entry.label) || present.label;
  const description = indexDescription(entry.description) || present.description;
  if (label === present.label && description === present.description) return line;
  const merged = { target: present.target, description, ...(label ? { label } : {}) };
  return printEntryLine(merged, present.bullet);
}

function insertLines(
  text: string,
  at: number,
  place: SectionPlace,
  lines: readonly string[],
  ending: string,
): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  const open = before.endsWith('\n') ? '' : ending;
  const gap = place.endsInEntry ? '' : ending;
  const close = /^[ \t]*(?:\r?\n|$)/.test(after) ? '' : ending;
  return before + open + gap + lines.join('') + close + after;
}

function addSection(
  text: string,
  section: IndexSection,
  lines: readonly string[],
  ending: string,
): string {
  const later = new Set(INDEX_SECTIONS.slice(INDEX_SECTIONS.indexOf(section) + 1));
  const next = indexLayout(text).find(({ name }) => later.has(name));
  const block = `## ${section}${ending}${ending}${lines.join('')}`;
  if (next) return text.slice(0, next.start) + block + ending + text.slice(next.start);
  const gap = text === '' ? '' : text.endsWith('\n') ? ending : ending + ending;
  return text + gap + block;
}
