import type { KeptMutation } from '@openkb/journal';

import { CliError } from '../errors.ts';

/** The number by which people name a mutation: its place in the order of all. */
export const numberOf = ({ id }: Pick<KeptMutation, 'id'>): number => Number.parseInt(id, 10);

/**
 * The kept mutation that a person means, by its number or its whole ID; the last one where none is named.
 *
 * @param kept newest first
 * @throws {CliError} `nothing-kept`, `unknown-id`
 */
export function findMutation(
  kept: readonly KeptMutation[],
  given: string | undefined,
): KeptMutation {
  if (given === undefined) {
    const [last] = kept;
    if (last) return last;
    throw new CliError('nothing-kept', 'nothing is kept of what commands changed', {
      hint: "The next change is; 'keep' in the settings says of how many.",
    });
  }
  const number = /^#?(\d+)$/.exec(given.trim())?.[1];
  const found = kept.find(
    (mutation) => mutation.id === given || numberOf(mutation) === Number(number ?? Number.NaN),
  );
  if (found) return found;
  throw new CliError('unknown-id', `nothing is kept of a change "${given}"`, {
    hint: "See 'openkb history'.",
  });
}

/** `add of "paper.pdf"`; `undo of add of "paper.pdf"`, whose subject is named already. */
export const nameOfMutation = ({
  operation,
  subject,
}: Pick<KeptMutation, 'operation' | 'subject'>): string => {
  if (subject === undefined) return operation;
  return operation === 'undo' ? `undo of ${subject}` : `${operation} of "${subject}"`;
};
