import type { LedgerEntry } from '../model/ledger.ts';

/** What was asked of models, added up. */
export interface Spent {
  readonly requests: number;
  readonly inputTokens: number;
  /** Part of `inputTokens` that came out of the provider's cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** US dollars of what has a known price. */
  readonly dollars: number;
  /** Entries without a known price: they are not in `dollars`. */
  readonly unpriced: number;
}

/** What one command spent on one document or question with one model, however often. */
export interface SpentOn extends Spent {
  readonly command: string;
  readonly subject: string;
  readonly model: string;
  /** ISO 8601 instant of the last time. */
  readonly last: string;
  readonly times: number;
}

export interface UsageSummary {
  readonly type: 'usage';
  /** ISO 8601 instant. */
  readonly since?: string;
  /** In order of the last time. */
  readonly entries: readonly SpentOn[];
  readonly commands: readonly (Spent & { readonly command: string })[];
  readonly models: readonly (Spent & { readonly model: string })[];
  readonly total: Spent;
}

const NOTHING: Spent = {
  requests: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  dollars: 0,
  unpriced: 0,
};

/** @param since entries before it are left out */
export function summarise(ledger: readonly LedgerEntry[], since?: Date): UsageSummary {
  const entries = ledger.filter(
    ({ at }) => since === undefined || Date.parse(at) >= since.getTime(),
  );
  const subjects = grouped(entries, ({ command, subject, model }) =>
    JSON.stringify([command, subject, model]),
  );
  return {
    type: 'usage',
    ...(since && { since: since.toISOString() }),
    entries: subjects
      .map((group) => Object.assign(subjectOf(group), sum(group)))
      .toSorted((a, b) => Date.parse(a.last) - Date.parse(b.last)),
    commands: grouped(entries, ({ command }) => text(command)).map((group) =>
      Object.assign({ command: text(group[0]?.command) }, sum(group)),
    ),
    models: grouped(entries, ({ model }) => model).map((group) =>
      Object.assign({ model: text(group[0]?.model) }, sum(group)),
    ),
    total: sum(entries),
  };
}

function grouped(
  entries: readonly LedgerEntry[],
  keyOf: (entry: LedgerEntry) => string,
): LedgerEntry[][] {
  const groups = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

function subjectOf(group: readonly LedgerEntry[]) {
  const { command, subject, model } = group[0] ?? {};
  const last = group.map(({ at }) => at).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
  return {
    command: text(command),
    subject: text(subject),
    model: text(model),
    last,
    times: group.length,
  };
}

/** A line that a person has damaged counts for what can be read of it. */
function sum(entries: readonly LedgerEntry[]): Spent {
  return entries.reduce<Spent>(
    (all, entry) => ({
      requests: all.requests + number(entry.requests),
      inputTokens: all.inputTokens + number(entry.inputTokens),
      cachedInputTokens: all.cachedInputTokens + number(entry.cachedInputTokens),
      outputTokens: all.outputTokens + number(entry.outputTokens),
      dollars: all.dollars + number(entry.dollars),
      unpriced: all.unpriced + (typeof entry.dollars === 'number' ? 0 : 1),
    }),
    NOTHING,
  );
}

const number = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
