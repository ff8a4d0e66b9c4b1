/** What a document is to do to one page. Plain JSON: it may be stored and handed in again. */
export interface PlannedPage {
  /** Relative to `wiki/`: `concepts/attention.md`. */
  readonly path: string;
  readonly kind: 'concept' | 'entity';
  /** `related`: a cross-reference, made without the model. */
  readonly action: 'create' | 'update' | 'related';
  readonly title: string;
  /** Lower case, one of the configured types or `other`; of entities only. */
  readonly entityType?: string;
  readonly aliases: readonly string[];
  /** What the document brings to the page. */
  readonly about: string;
}

/** Passes 1 and 2 of a compilation, to be gone on from. Plain JSON. */
export interface CompilationPlan {
  /** The first summary; absent, the summary page of the wiki stands. */
  readonly summary?: { readonly description: string; readonly content: string };
  readonly pages?: readonly PlannedPage[];
}
