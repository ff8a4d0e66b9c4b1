/**
 * What is required of every implementation of the FileSystem port, as a suite that the simulated
 * and the real one both pass, so that the double cannot lie.
 */
import type { ExpectStatic } from 'vitest';

import { contextOf } from './conformance/case.ts';
import type { Subject } from './conformance/case.ts';
import { handleCases } from './conformance/handles.ts';
import { linkCases } from './conformance/links.ts';
import { nameCases } from './conformance/names.ts';

export type { Subject } from './conformance/case.ts';

export interface ConformanceOptions {
  /** Name of the implementation, for the names of the tests. */
  readonly name: string;
  /** A fresh empty directory for each test. */
  readonly make: () => Subject;
  /** Vitest's own, handed over so that this package need not agree with the caller's version. */
  readonly test: (name: string, body: () => void) => void;
  readonly expect: ExpectStatic;
}

/** Declares one test per required behaviour. */
export function conformanceSuite({ name, make, test, expect }: ConformanceOptions): void {
  for (const one of [...handleCases, ...nameCases, ...linkCases]) {
    test(`${name}: ${one.name}`, () => {
      const subject = make();
      try {
        if (one.needsSymlinks !== true || subject.symlink !== undefined) {
          one.run(contextOf(subject, expect));
        }
      } finally {
        subject.dispose();
      }
    });
  }
}
