import type { Violation } from '@openkb/journal';

import { count } from '../report/words.ts';
import type { Finding } from './finding.ts';

/** What each violation means to a reader; the others are cleared away by the next command that writes. */
const MEANING: Partial<Record<Violation['code'], Pick<Finding, 'status' | 'hint'>>> = {
  unfinished: { status: 'recovery', hint: "Run 'openkb recover'." },
  unreadable: { status: 'recovery', hint: "Run 'openkb recover': it sets it aside." },
  'later-version': { status: 'recovery', hint: 'Finish it with the newer openkb that made it.' },
  'wrong-kind': { status: 'broken', hint: 'Move it away; openkb writes nothing through it.' },
  permissions: { status: 'broken', hint: 'Correct its permissions with chmod.' },
  'other-lock': {
    status: 'broken',
    hint: 'Set OPENKB_LOCK the same for all; remove the file when no process uses it.',
  },
  'not-readable': { status: 'broken', hint: 'Check the disk and the permissions.' },
};

/** One finding for each violation, or one that says that there is none. */
export function journalFindings(
  violations: readonly Violation[],
  setAside: readonly string[],
): Finding[] {
  const name = 'journal';
  const found = violations.map(({ code, message }): Finding => {
    const { status, hint } = MEANING[code] ?? {
      status: 'note',
      hint: 'The next command that writes clears it up.',
    };
    return { name, status, text: message, ...(hint !== undefined && { hint }) };
  });
  const none: Finding = { name, status: 'ok', text: 'nothing is unfinished' };
  const kept: Finding = {
    name: 'set-aside',
    status: 'note',
    text: `${count(setAside.length, 'change is', 'changes are')} set aside in .openkb/quarantine`,
    hint: "See 'openkb recover --list'; --restore ID brings one back.",
  };
  return [...(found.length === 0 ? [none] : found), ...(setAside.length === 0 ? [] : [kept])];
}
