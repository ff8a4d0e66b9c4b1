import { createHash } from 'node:crypto';

/**
 * Material for the model to read, between two marks that the material cannot hold: they carry a digest of
 * it. Whatever it says, it does not end early, and the system message says that nothing in it is an order.
 */
export function fence(label: string, text: string): string {
  const id = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `<${label} id="${id}">\n${text.trim()}\n</${label} id="${id}">`;
}
