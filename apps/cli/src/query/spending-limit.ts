import type { Meter } from '@openkb/language-model';

import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';

/** What to call before a model is asked again: it throws `max-cost` once the limit, in dollars, is reached. */
export function spendingLimit(meter: Meter, maxCost: number | undefined): () => void {
  return () => {
    const { dollars } = meter.spent();
    if (maxCost === undefined || dollars < maxCost) return;
    throw new CliError(
      'max-cost',
      `the limit of $${maxCost} is reached: $${dollars.toFixed(4)} are spent, and the model would be asked more`,
      { hint: 'Ask with a higher --max-cost.', exitCode: exitCodes.quota },
    );
  };
}
