import { fingerprint } from './fingerprint.ts';

/**
 * Material for the model to read, between two marks with an id that the material does not hold: whatever it
 * says, it does not end early, and the system message says that nothing in it is an order. The same material
 * has the same id every time.
 */
export function fence(label: string, text: string): string {
  const id = idFor(text);
  return `<${label} id="${id}">\n${text.trim()}\n</${label} id="${id}">`;
}

function idFor(text: string): string {
  const first = fingerprint(text);
  // a text may be made to hold its own fingerprint, but not all that follow
  for (let number = first; ; number += 1) {
    const id = (number % 2 ** 32).toString(16).padStart(8, '0');
    if (!text.includes(id)) return id;
  }
}
