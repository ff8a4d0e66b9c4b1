import type { RemoveOptions, Compilation, WikiView } from '@openkb/wiki-compiler';

import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { KnowledgeBase } from '../knowledge-base/open.ts';
import { openCompiling } from '../model/compiling.ts';
import { type ModelChoice, openModel } from '../model/open-model.ts';
import { silentModel } from '../model/silent-model.ts';

/** Takes documents out of pages. */
export interface Remover {
  remove(name: string, wiki: WikiView, options: RemoveOptions): Promise<Compilation>;
  /** The document is gone, or is not. */
  end(subject: string, outcome: 'committed' | 'failed'): void;
  close(): Promise<void>;
}

/**
 * Without `rewrite` no model is asked: pages that state what only the document said are named in a message.
 *
 * @throws {CliError} `no-model` where there is none to rewrite with
 */
export async function openRemover(
  choice: ModelChoice & { readonly kb: KnowledgeBase },
  rewrite: boolean,
): Promise<Remover> {
  const { createModelCompiler } = await import('@openkb/wiki-compiler');
  if (!rewrite) {
    const compiler = createModelCompiler({ model: await silentModel('extractive') });
    return {
      remove: (...args) => compiler.remove(...args),
      end: () => {},
      close: () => Promise.resolve(),
    };
  }
  const opened = await openModel(choice);
  if (opened === undefined)
    throw new CliError('no-model', 'cannot rewrite pages: the knowledge base has no model', {
      hint: 'Leave --rewrite out, or name one with --model.',
      exitCode: exitCodes.usage,
    });
  const { services, kb } = choice;
  const compiling = await openCompiling({
    services,
    kb,
    opened,
    command: 'remove',
    allowPartial: false,
  });
  const compiler = compiling.open(() => {});
  return {
    remove: (name, wiki, options) => compiler.remove(name, wiki, { ...options, rewrite: true }),
    end: (subject, outcome) => compiler.end(subject, outcome),
    close: () => opened.close(),
  };
}
