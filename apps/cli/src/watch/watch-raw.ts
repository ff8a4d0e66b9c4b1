/**
 * Adds what lands in `raw/`, until it is told to stop.
 *
 * 1. Look at `raw/` as a whole: at the start, after events, and every few seconds in any case.
 * 2. A file that has stayed as it is for the debounce time is settled, see `file-states.ts`.
 * 3. Settled files whose bytes are registered are done with, silently: a restart adds nothing twice, nor
 *    does a file that a commit renamed in `raw/`.
 * 4. The others are added, a few at a time so that none is taken long after it was looked at.
 *
 * A file that fails is tried again when it changes. What makes every file fail (an unfinished change that cannot
 * be rolled back, a lock that is not given, a refused key) is told once and waited out: no file is forgotten.
 * Any number of watches and other commands may run at once: each commit looks for the document again under the lock.
 */
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { stateOf } from '../knowledge-base/find.ts';
import { count } from '../report/words.ts';
import { addFiles, type AddFilesOptions } from './add-files.ts';
import { alarm } from './alarm.ts';
import { ears } from './ears.ts';
import { fileStates } from './file-states.ts';
import { type RawFile, rawTree } from './raw-files.ts';
import { isRegistered } from './registered.ts';
import { emptyTally, type Tally, tallied } from './tally.ts';

export interface WatchOptions extends Pick<
  AddFilesOptions,
  'services' | 'kb' | 'context' | 'model'
> {
  /** Milliseconds that a file has to stay as it is. */
  readonly debounce: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/** Files that are added in one go. */
const MOST_AT_ONCE = 8;
/** Milliseconds between two looks without events: where there are none at all, and as a safety. */
const DEAF_LOOK = 2000;
const SAFETY_LOOK = 10_000;
/** Milliseconds between two looks, however many events there are. */
const BREATH = 100;
/** Milliseconds before the next try after what makes every file fail: doubled each time. */
const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/**
 * Returns when the signal is aborted, after the document under way has left no trace or is in as a whole.
 *
 * @throws {CliError} `no-knowledge-base` when it goes away
 */
export async function watchRaw(options: WatchOptions): Promise<Tally> {
  const { services, kb, context, debounce, now } = options;
  const { signal, reporter } = context;
  const extensions = await services.extensions();
  const states = fileStates(debounce);
  const bell = alarm(BREATH);
  const work = adder(options, (file) => states.done(file));
  let look = SAFETY_LOOK;
  const listening = ears({
    services,
    onChange: () => bell.ring(),
    onDeaf: (error) => {
      look = DEAF_LOOK;
      reporter.note(
        `the system tells of no changes (${explain(error).message}): looking every ${DEAF_LOOK / 1000} s`,
      );
    },
  });
  try {
    while (!signal.aborted) {
      const { files, directories } = rawTree({ services, kb, extensions });
      refuseMissing(options);
      states.see(files, now());
      listening.follow(directories);
      const ready = now() < work.pausedUntil ? [] : states.settled(now());
      /* oxlint-disable no-await-in-loop -- one look after the other */
      if (ready.length > 0) await work.take(ready);
      else {
        const due = Math.max(states.dueIn(now()) ?? look, work.pausedUntil - now());
        await bell.sleep(Math.min(due, look), signal);
      }
      /* oxlint-enable no-await-in-loop */
    }
  } finally {
    listening.close();
  }
  return { ...work.tally(), waiting: notAdded(options, states.waiting()) };
}

/** How many of the files belong to no document yet; an original that a commit has just put there does. */
function notAdded({ kb }: WatchOptions, waiting: readonly RawFile[]): number {
  const originals = new Set([...kb.registry().values()].map((entry) => entry.raw_path));
  return waiting.filter(({ shown }) => !originals.has(shown)).length;
}

/** The knowledge base may be deleted while it is watched. */
function refuseMissing({ kb }: WatchOptions): void {
  if (stateOf(kb.fileSystem, kb.root) === 'complete') return;
  throw new CliError('no-knowledge-base', `"${kb.root}" is no knowledge base any more`, {
    hint: 'It was moved or deleted while it was watched.',
    exitCode: exitCodes.noKnowledgeBase,
  });
}

interface Adder {
  /** No file is to be tried before this time. */
  readonly pausedUntil: number;
  take(ready: readonly RawFile[]): Promise<void>;
  tally(): Tally;
}

function adder(options: WatchOptions, onDone: (file: RawFile) => void): Adder {
  const { context, now } = options;
  const { signal, reporter } = context;
  const uploads = { flag: undefined, stopped: false, announced: false };
  const isThere = ({ path }: RawFile) => options.kb.fileSystem.stat(path) !== undefined;
  let tally = emptyTally;
  let pausedUntil = 0;
  let pause = FIRST_PAUSE;
  let told: string | undefined;
  const hold = (error: { readonly message: string }): void => {
    if (signal.aborted) return;
    if (told !== error.message)
      reporter.warn(`${error.message}; no file is forgotten, the watch goes on when it can`);
    told = error.message;
    pausedUntil = now() + pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  const add = async (files: readonly RawFile[]): Promise<void> => {
    const summary = await addFiles(files, { ...options, uploads, onDone, isThere });
    tally = tallied(tally, summary);
    if (summary.stopped !== undefined) return hold({ message: summary.stopped });
    pause = FIRST_PAUSE;
    if (told !== undefined) reporter.note(`going on with ${count(files.length, 'file')}`);
    told = undefined;
  };
  return {
    get pausedUntil() {
      return pausedUntil;
    },
    async take(ready) {
      try {
        const files = await unknown(ready, options, onDone);
        if (files.length > 0) await add(files);
      } catch (error) {
        const failure = explain(error);
        if (failure.exitCode === exitCodes.noKnowledgeBase) throw failure;
        hold(failure);
      }
    },
    tally: () => tally,
  };
}

/** The first few of the files that are to be added. */
async function unknown(
  ready: readonly RawFile[],
  { services, kb, context: { signal, reporter } }: WatchOptions,
  onDone: (file: RawFile) => void,
): Promise<RawFile[]> {
  const files: RawFile[] = [];
  for (const file of ready) {
    if (files.length === MOST_AT_ONCE) break;
    if (!file.supported) {
      reporter.note(`${file.shown} is passed over: there is no converter for its format`);
      onDone(file);
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- one file after the other is read
    const known = await isRegistered(file, { services, kb, signal });
    if (known === false) files.push(file);
    else onDone(file);
  }
  return files;
}
