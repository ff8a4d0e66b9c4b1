/** Why something is found: what the checks of pages and of the registry tell apart, stable for programs. */
export interface LintFinding {
  /** In kebab case: `dead-link`. */
  readonly code: string;
  /** `note`: good to know, and nothing is broken by it. */
  readonly severity: 'wrong' | 'note';
  /** Relative to the root. */
  readonly path: string;
  /** One sentence. */
  readonly message: string;
  /** 1-based, where there is one. */
  readonly line?: number;
  /** The link, key, source or document that it is about. */
  readonly subject?: string;
}

/** By path, line, code and subject. */
export function byPlace(a: LintFinding, b: LintFinding): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  if ((a.line ?? 0) !== (b.line ?? 0)) return (a.line ?? 0) - (b.line ?? 0);
  const [one, other] = [`${a.code} ${a.subject}`, `${b.code} ${b.subject}`];
  return one < other ? -1 : Number(one > other);
}
