/**
 * Mutated real files, in a thread with limits: each ends in a document or in an error of the package, none
 * in a crash, a hang or a memory without bounds. `OPENKB_FUZZ=5000 OPENKB_FUZZ_SEED=7` runs more and others.
 */
import { expect, onTestFinished, test } from 'vitest';

import { ConversionError, type Source } from '../src/index.ts';
import { allCorpusFiles, corpusSource, hasCorpus } from './support/corpus.ts';
import { fixtures } from './support/fixtures.ts';
import { mutate, mutatePart, randomFrom, type Random } from './support/mutate.ts';
import { testWorker } from './support/thread.ts';

const COUNT = Number(process.env['OPENKB_FUZZ'] ?? 60);
const SEED = Number(process.env['OPENKB_FUZZ_SEED'] ?? 1);
/** A hang is told with its seed: long after what any of the files takes, and before the end of the test's own time. */
const LIMITS = { milliseconds: 180_000, memoryBytes: 512 * 2 ** 20 };
/** Larger files take long and show nothing that smaller ones do not. */
const MOST_BYTES = 150_000;

async function allSources(): Promise<readonly Source[]> {
  const own = await Promise.all(fixtures.map((fixture) => fixture.source()));
  return [...own, ...allCorpusFiles(MOST_BYTES).map((path) => corpusSource(path))];
}

function broken({ name, bytes }: Source, random: Random): Source {
  const isContainer = bytes[0] === 0x50 && bytes[1] === 0x4b && random() < 0.7;
  return { name, bytes: isContainer ? mutatePart(bytes, random) : mutate(bytes, random) };
}

/** What became of a source: its format or the code of its error; `undefined` for an end that no source may have. */
function outcome(name: string, error: unknown): string | undefined {
  if (!(error instanceof ConversionError) || !error.message.includes(`"${name}"`)) return undefined;
  return ['crashed', 'timeout', 'out-of-memory'].includes(error.code) ? undefined : error.code;
}

test(
  `${COUNT} mutated files ${hasCorpus ? 'of the fixtures and the corpus' : 'of the fixtures'} end in documents or errors`,
  { timeout: 600_000 + COUNT * 10_000 },
  async () => {
    const { convert } = testWorker(onTestFinished, LIMITS);
    const sources = await allSources();
    const counts: Record<string, number> = {};
    const faults: string[] = [];
    for (let run = 0; run < COUNT; run += 1) {
      const seed = SEED * 1_000_003 + run;
      const random = randomFrom(seed);
      const source = broken(sources[Math.floor(random() * sources.length)] as Source, random);
      // one after the other: the limits are for one document
      // oxlint-disable-next-line no-await-in-loop
      const end = await convert(source).then(
        ({ format }) => `read as ${format}`,
        (error: unknown) => {
          const code = outcome(source.name, error);
          if (code === undefined) faults.push(`${source.name}, seed ${seed}: ${String(error)}`);
          return code ?? 'fault';
        },
      );
      counts[end] = (counts[end] ?? 0) + 1;
    }
    expect(faults).toEqual([]);
    expect(Object.keys(counts).length).toBeGreaterThan(3);
    // what the runs came to, for who asks for more of them
    if (process.env['OPENKB_FUZZ'] !== undefined)
      process.stdout.write(`${JSON.stringify(counts)}\n`);
  },
);
