/** The language model of a command: found in the settings, opened once, metered as a whole. */
import type { LanguageModel, Meter, PriceBook, RetryEvent, Spending } from '@openkb/language-model';

import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import type { Reporter } from '../report/reporter.ts';
import type { Services } from '../services.ts';
import { settingLayers } from '../settings/layers.ts';
import { silentModel } from './silent-model.ts';

export interface OpenModel {
  /** `provider/model`. */
  readonly name: string;
  /** Counts what the whole command spends, and keeps to its limit. */
  readonly model: LanguageModel & Meter;
  readonly prices: PriceBook;
  /** Ends the connections, for which the process would wait. */
  close(): Promise<void>;
}

export interface ModelChoice {
  readonly services: Services;
  readonly kb: KnowledgeBase;
  readonly reporter: Pick<Reporter, 'note' | 'warn'>;
  /** `--model`. */
  readonly model?: string | undefined;
  /** Dollars that the command may spend. */
  readonly maxCost?: number | undefined;
  /** The model is only asked what it would cost, for which no key is needed. */
  readonly estimate?: boolean | undefined;
}

/** Ends the command: its limit is reached. It has no code, so that no package takes it for the failure of a page. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

/**
 * `undefined` where the model is `extractive`. Makes no request.
 *
 * @throws {LanguageModelError} `key-missing`, `unknown-provider`, `unknown-model`, `bad-setting`
 * @throws {CliError} `price-unknown` where a limit of cost cannot be kept
 */
export async function openModel(choice: ModelChoice): Promise<OpenModel | undefined> {
  const { services, kb, reporter, model: flag, maxCost } = choice;
  const { loadPriceBook, metered, resolveModelSettings } = await import('@openkb/language-model');
  const layers = settingLayers(services, kb);
  const settings = resolveModelSettings({ ...layers, flags: { model: flag } });
  if (settings === undefined) return undefined;
  for (const message of settings.messages) reporter.warn(message.replace(/\.$/, ''));
  if (settings.foreign)
    reporter.warn(
      `documents are sent to ${settings.host}, an address that this knowledge base sets`,
    );
  const prices = await loadPriceBook({ at: services.clock() });
  const { options } = settings;
  const name = options.model;
  const contextTokens = options.contextTokens ?? prices.contextTokens(name);
  const onRetry = (event: RetryEvent) => reporter.note(retryText(event));
  const opened = choice.estimate
    ? { model: await silentModel(name, contextTokens), close: () => Promise.resolve() }
    : await services.languageModel({
        ...options,
        contextTokens,
        onRetry,
        onWarning: (text) => reporter.warn(text.replace(/\.$/, '')),
      });
  const costOf = (usage: Parameters<PriceBook['costOf']>[1]) => prices.costOf(name, usage);
  if (maxCost !== undefined && costOf({ inputTokens: 1, outputTokens: 1 }) === undefined)
    throw new CliError(
      'price-unknown',
      `--max-cost cannot be kept: the price of "${name}" is not known`,
      {
        hint: 'Leave it out, or choose a model whose price is known.',
        exitCode: exitCodes.usage,
      },
    );
  const model = metered(opened.model, { costOf, allow: limit(maxCost) });
  return { name, model, prices, close: () => opened.close() };
}

function limit(maxCost: number | undefined): ((spent: Spending) => void) | undefined {
  if (maxCost === undefined) return undefined;
  return ({ dollars }) => {
    if (dollars >= maxCost)
      throw new BudgetSpent(
        `the limit of $${maxCost} is reached: $${dollars.toFixed(4)} are spent`,
      );
  };
}

function retryText({ error, attempt, waitMs }: RetryEvent): string {
  const why = error.message.replace(/\.$/, '');
  return `${why}; trying again in ${Math.ceil(waitMs / 1000)} s (attempt ${attempt + 1})`;
}
