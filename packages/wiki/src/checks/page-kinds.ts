/** The pages that the program keeps for itself; they have no entry in the index and need no links. */
export function isSpecial(path: string): boolean {
  return /^(?:index|log|AGENTS|SCHEMA)\.md$/.test(path);
}

/** Pages that are listed in the index: summaries, concepts, entities and explorations. */
export function isListed(path: string): boolean {
  return /^(?:summaries|concepts|entities|explorations)\/.+\.md$/.test(path);
}

/** Pages that quote what others wrote: converted text and reports may hold anything that looks like a link. */
export function isQuoting(path: string): boolean {
  return /^(?:sources|reports)\//.test(path) || path === 'log.md';
}
