import { bytes } from '../report/words.ts';
import type { Finding } from './finding.ts';

/** Less than this is worth a word; less than the other holds no document. */
const LITTLE = 200e6;
const NONE = 1e6;

export function spaceFinding(free: number | undefined): Finding {
  const name = 'free-space';
  if (free === undefined) return { name, status: 'note', text: 'the system does not tell' };
  const text = `${bytes(free)} are free`;
  if (free >= LITTLE) return { name, status: 'ok', text };
  const status = free < NONE ? 'broken' : 'note';
  return { name, status, text: `only ${text}`, hint: 'Make room on the disk.' };
}
