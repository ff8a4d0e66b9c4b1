/** The value of `--max-cost`, as yargs coerces it. */
export function dollars(value: number | undefined): number | undefined {
  if (value !== undefined && !(value > 0))
    throw new Error('--max-cost takes a number of US dollars above 0');
  return value;
}
