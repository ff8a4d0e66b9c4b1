/**
 * Every document of the corpus, measured. `corpus-scores.json` holds the recorded figures; with
 * `RECORD_SCORES=1` in the environment they are written anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, describe, expect, test } from 'vitest';

import { convert } from '../src/index.ts';
import {
  corpusNames,
  corpusSource,
  giants,
  hasCorpus,
  isThorough,
  orSkipped,
  referenceOf,
} from './support/corpus.ts';
import { score } from './support/score.ts';
import { headingScore, headingsOf, tableRowsOf, tableScore } from './support/structure.ts';

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'corpus-scores.json');
const FORMATS = ['csv', 'docx', 'epub', 'html', 'pdf', 'pptx', 'xlsx'];
/** Refused, empty, or so long that it would take as much time as all others. */
const REFUSED = /password_protected|_protected_|password-example|zero-bytes|error-test-400p|\.png$/;
/** Figures of other machines and of later versions may differ by so much. */
const SLACK = 0.01;

type Figures = Readonly<Record<string, number>>;

const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Figures>>;
const names = corpusNames(FORMATS).filter((name) => !REFUSED.test(name));
const found: Record<string, Figures> = {};
const isRecording = process.env['RECORD_SCORES'] === '1';

describe.skipIf(!hasCorpus)(`the recorded figures are reached${orSkipped}`, () => {
  test('each document has its figures, and there are no others', () => {
    expect(names.length).toBeGreaterThan(60);
    expect(isRecording ? names : Object.keys(recorded)).toEqual(expect.arrayContaining(names));
  });

  test.each(names.filter((name) => !giants.has(name)))('%s', reachesItsFigures);

  test.skipIf(!isThorough && !isRecording).each(names.filter((name) => giants.has(name)))(
    '%s (a giant: with OPENKB_THOROUGH=1)',
    reachesItsFigures,
  );

  afterAll(() => {
    if (isRecording) writeFileSync(FILE, `${JSON.stringify(inOrder(), null, 2)}\n`);
  });
});

function inOrder(): Record<string, Figures | undefined> {
  return Object.fromEntries(names.map((name) => [name, found[name]]));
}

async function reachesItsFigures(name: string): Promise<void> {
  const figures = await measure(name);
  found[name] = figures;
  const lower = Object.entries(isRecording ? {} : (recorded[name] ?? {})).filter(
    ([figure, floor]) => !((figures[figure] ?? 0) >= floor * (1 - SLACK)),
  );
  expect(lower).toEqual([]);
}

/** Shares of the reference where there is one, else how much of each kind there is. */
async function measure(name: string): Promise<Figures> {
  const { markdown, images } = await convert(corpusSource(name));
  const reference = referenceOf(name);
  if (reference === undefined)
    return {
      words: markdown.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
      headingCount: headingsOf(markdown).length,
      rowCount: tableRowsOf(markdown).length,
      images: images.length,
    };
  const { recall, order } = score(markdown, reference);
  const figures = {
    recall,
    order,
    headings: headingScore(markdown, reference),
    tables: tableScore(markdown, reference),
  };
  return Object.fromEntries(
    Object.entries(figures).flatMap(([figure, value]) =>
      value === undefined ? [] : [[figure, Math.round(value * 1000) / 1000]],
    ),
  );
}
