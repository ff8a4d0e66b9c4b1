import { explain } from '../explain.ts';

/**
 * One thing that was looked at. `note`: it works, and something is good to know. `recovery`: a change is
 * unfinished. `broken`: something does not work.
 */
export interface Finding {
  /** Stable, for programs. */
  readonly name: string;
  readonly status: 'ok' | 'note' | 'recovery' | 'broken';
  readonly text: string;
  /** What the reader can do about it. */
  readonly hint?: string;
}

/** What `look` finds; what it throws is broken. */
export function finding(name: string, look: () => Omit<Finding, 'name'>): Finding {
  try {
    return { name, ...look() };
  } catch (error) {
    return broken(name, error);
  }
}

export function broken(name: string, error: unknown): Finding {
  const { message, hint } = explain(error);
  return { name, status: 'broken', text: message, ...(hint !== undefined && { hint }) };
}
