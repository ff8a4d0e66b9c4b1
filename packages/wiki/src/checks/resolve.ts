/** Finds the page that a link means: what `linkResolver` returns. */
export type Resolve = (target: string) => string | undefined;
