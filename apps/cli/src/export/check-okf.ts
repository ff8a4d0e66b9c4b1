/**
 * Checks a whole tree against the Open Knowledge Format, version 0.2: what the specification requires, and that
 * every link from the root leads to a file. Unknown fields are allowed everywhere.
 */
import { pageFacts, type PageFacts, parseLinks, splitFrontMatter } from '@openkb/wiki';

import { checkIndex, checkLog } from './check-okf-reserved.ts';
import { outsideCode } from './links.ts';

export interface OkfViolation {
  readonly path: string;
  /** Stable, in kebab case: `no-type`. */
  readonly code: string;
  readonly message: string;
}

/**
 * @param texts Markdown files, path -> text
 * @param others paths of all other files
 * @returns every violation, by path
 */
export function checkOkf(
  texts: ReadonlyMap<string, string>,
  others: Iterable<string> = [],
): OkfViolation[] {
  const there = new Set([...texts.keys(), ...others]);
  const found: OkfViolation[] = [];
  const root = texts.get('index.md') ?? '';
  if (pageFacts('index.md', root).fields['okf_version'] !== '0.2')
    found.push(violation('index.md', 'no-version', 'the root index has no okf_version "0.2"'));
  for (const [path, text] of [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === 'index.md') found.push(...checkIndex(path, text));
    else if (name === 'log.md') found.push(...checkLog(path, text));
    else found.push(...checkPage(path, text));
    found.push(...checkLinks(path, text, there));
  }
  return found;
}

const violation = (path: string, code: string, message: string): OkfViolation => ({
  path,
  code,
  message,
});

function checkPage(path: string, text: string): OkfViolation[] {
  const facts = pageFacts(path, text);
  const say = (code: string, message: string) => violation(path, code, message);
  if (facts.frontMatter === 'missing') return [say('no-front-matter', 'it has no front matter')];
  if (facts.frontMatter === 'unreadable')
    return [say('bad-front-matter', 'its front matter is no YAML mapping')];
  const { type, title, description, status, generated, stale_after: stale } = facts.fields;
  return [
    ...facts.repeatedKeys.map(({ key }) => say('repeated-key', `"${key}" occurs more than once`)),
    ...(isText(type) ? [] : [say('no-type', 'it has no type')]),
    ...(title === undefined || isText(title) ? [] : [say('bad-title', 'its title is no text')]),
    ...(description === undefined || typeof description === 'string'
      ? []
      : [say('bad-description', 'its description is no text')]),
    ...(status === undefined || ['draft', 'stable', 'deprecated'].includes(shown(status))
      ? []
      : [say('bad-status', `its status is "${shown(status)}"`)]),
    ...(generated === undefined || isGenerated(generated)
      ? []
      : [
          say(
            'bad-generated',
            'generated is not {by, at} with an actor and a time with its offset',
          ),
        ]),
    ...(stale === undefined || isTime(stale) || /^\d{4}-\d\d-\d\d$/.test(shown(stale))
      ? []
      : [say('bad-time', 'stale_after is no time')]),
    ...checkSources(facts).map((message) => say('bad-source', message)),
    ...checkFootnotes(facts, text).map((message) => say('bad-footnote', message)),
  ];
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

const isTime = (value: unknown): boolean =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value));

/** `<producer>/<version>`, `human:<id>`, `process:<id>`. */
const isActor = (value: unknown): boolean =>
  typeof value === 'string' && /^(?:(?:human|process):\S+|[^\s/:]+\/\S+)$/.test(value);

function isGenerated(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { by, at } = value as { readonly by?: unknown; readonly at?: unknown };
  return isActor(by) && isTime(at);
}

interface Source {
  readonly id?: unknown;
  readonly resource?: unknown;
}

function sourcesOf({ fields }: PageFacts): Source[] {
  const { sources } = fields;
  return Array.isArray(sources) ? (sources as Source[]) : [];
}

function checkSources(facts: PageFacts): string[] {
  const { sources } = facts.fields;
  if (sources === undefined) return [];
  if (!Array.isArray(sources)) return ['sources is no list'];
  const ids = new Set<unknown>();
  return sourcesOf(facts).flatMap((source) => {
    if (typeof source !== 'object' || source === null)
      return [`the source "${String(source)}" is no mapping`];
    if (!isText(source.resource)) return ['a source has no resource'];
    if (source.id === undefined) return [];
    if (ids.has(source.id)) return [`two sources have the id "${shown(source.id)}"`];
    ids.add(source.id);
    return [];
  });
}

/** Every footnote that is used is defined, and one that is defined by a link to a source has the source's id. */
function checkFootnotes(facts: PageFacts, text: string): string[] {
  const defined = new Set<string>();
  const used = new Set<string>();
  outsideCode(splitFrontMatter(text).body, (part) => {
    for (const [, label = '', colon] of part.matchAll(/\[\^([^\]\s]+)\](:?)/g))
      (colon === ':' ? defined : used).add(label);
    return part;
  });
  const ids = new Set(sourcesOf(facts).map((source) => shown(source?.id)));
  return [...used]
    .filter((label) => !defined.has(label))
    .map(
      (label) =>
        `the footnote "${label}" is ${ids.has(label) ? 'not defined' : 'neither defined nor the id of a source'}`,
    );
}

function checkLinks(path: string, text: string, there: ReadonlySet<string>): OkfViolation[] {
  const { fields } = pageFacts(path, text);
  const resources = sourcesOf({ fields } as PageFacts).flatMap((source) =>
    typeof source === 'object' && source !== null && typeof source.resource === 'string'
      ? [source.resource]
      : [],
  );
  const targets: string[] = [...resources];
  outsideCode(splitFrontMatter(text).body, (part) => {
    for (const [, target = ''] of part.matchAll(/\]\((\/[^()\s]*)\)/g)) targets.push(target);
    return part;
  });
  const broken = targets.filter((target) => target.startsWith('/') && !there.has(fileOf(target)));
  return [
    ...[...new Set(broken)].map((target) =>
      violation(path, 'broken-link', `"${target}" leads to no file`),
    ),
    ...parseLinks(text).map(({ target }) =>
      violation(path, 'wikilink', `"[[${target}]]" is no Markdown link`),
    ),
  ];
}

function fileOf(target: string): string {
  const path = target.slice(1).split('#')[0] ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
