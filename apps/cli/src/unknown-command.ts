/** What to say of a command that there is not. */
import { type CliError, usageError } from './errors.ts';

/** Commands of the Python program that this one leaves to others. */
const PYTHON_ONLY = new Set(['skill', 'deck', 'feedback']);

/** The error for the mistyped `name`, with the nearest of `names` where one is near enough. */
export function unknownCommand(name: string, names: readonly string[]): CliError {
  if (PYTHON_ONLY.has(name))
    return usageError(
      `there is no command '${name}' here: it is one of the Python program's`,
      "The knowledge base opens in both; 'openkb --help' lists what there is.",
    );
  // every third letter may be wrong, and one in a short name
  const reach = Math.max(1, Math.floor(name.length / 3));
  const [nearest] = names
    .map((known) => ({ known, distance: editDistance(name, known) }))
    .filter(({ distance }) => distance <= reach)
    .toSorted((a, b) => a.distance - b.distance);
  return usageError(
    nearest === undefined
      ? `there is no such command: ${name}`
      : `there is no such command: ${name}; did you mean '${nearest.known}'?`,
  );
}

/** Letters to insert, delete, change, or swap with the next one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row += 1) {
    const cells = [row];
    rows.push(cells);
    for (let column = 1; column <= b.length; column += 1) {
      const changed = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      cells.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + changed,
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
