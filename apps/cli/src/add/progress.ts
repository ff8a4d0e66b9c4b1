import type { CompileStep } from '@openkb/wiki-compiler';

import type { Context } from '../command.ts';
import { spending } from '../report/spending.ts';
import type { AddRun } from './add-source.ts';
import type { FoundSource } from './scan.ts';

/** The steps that take long enough to be told. */
const told: Readonly<Record<string, string>> = {
  convert: 'converting',
  fetch: 'fetching',
  upload: 'uploading',
  wait: 'waiting for PageIndex Cloud:',
  compile: 'compiling',
};

/** What each request to a model is for. */
const passes: Readonly<Record<CompileStep['pass'], string>> = {
  sections: 'reading sections',
  summary: 'summary',
  plan: 'plan',
  page: 'page',
  relink: 'links',
  withdraw: 'rewriting',
};

/** `0:07`, `12:30`: minutes and seconds. */
function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Tells where a run stands: document n of N, the step, what was spent so far. */
export function progressOf(
  { reporter, json, io }: Pick<Context, 'reporter' | 'json' | 'io'>,
  sources: readonly FoundSource[],
  clock: () => Date,
): Pick<AddRun, 'onStep' | 'onPass'> {
  const numbers = new Map(sources.map((source, i) => [source, i + 1]));
  const of = sources.length;
  const began = clock().getTime();
  return {
    onStep(source, step, state) {
      // a pipe is told of the step once
      if (step === 'fetch' && state !== undefined && !json && !io.status) return;
      const number = numbers.get(source) ?? 0;
      const value = { type: 'step', step, source: source.shown, number, of, state };
      const verb = told[step];
      const text = `[${number}/${of}] ${verb}${state === undefined ? '' : ` ${state}`}`;
      reporter.step(value, verb === undefined ? undefined : { text, path: source.shown });
    },
    onPass(source, step, spent) {
      const number = numbers.get(source) ?? 0;
      const { pass, state, page, reason } = step;
      const { usage, dollars, unpriced } = spent;
      const value = {
        type: 'pass',
        source: source.shown,
        number,
        of,
        pass,
        state,
        page,
        request: step.number,
        requests: step.of,
        reason,
        usage,
        dollars: unpriced > 0 ? null : dollars,
      };
      const which = step.of > 1 ? ` ${step.number} of ${step.of}` : '';
      const what = `${passes[pass]}${which}`;
      const text = `[${number}/${of}] ${what} (${spending(spent)}, ${elapsed(clock().getTime() - began)})`;
      // a pipe is told what is asked again and what has failed, not each beginning and end
      reporter.step(value, io.status && { text, path: source.shown });
      if (state === 'repeated') reporter.note(`${source.shown}: ${what} is asked again: ${reason}`);
      if (state === 'failed') reporter.note(`${source.shown}: ${what} failed: ${reason}`);
    },
  };
}
