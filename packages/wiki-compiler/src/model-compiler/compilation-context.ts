import { defaultConventions, pagePath, splitFrontMatter } from '@openkb/wiki';

import type { CompilerInput, CompilerOptions, WikiView } from '../compilation.ts';
import { summaryPrompt } from '../prompts/summary.ts';
import { systemPrompt } from '../prompts/system.ts';
import type { ModelMessage } from './model-port.ts';
import type { Session } from './session.ts';
import type { ShownDocument } from './shown-document.ts';
import type { WikiState } from './wiki-state.ts';

/** What all passes of one compilation work on. */
export interface CompilationContext {
  readonly session: Session;
  readonly input: CompilerInput;
  readonly options: CompilerOptions;
  readonly wiki: WikiState;
  readonly shown: ShownDocument;
  /** The document cannot be shown any shorter. */
  readonly last: boolean;
  /** Path of the summary page. */
  readonly summaryPath: string;
  /** The beginning of every request about the document: rules, then the document. */
  readonly opening: readonly ModelMessage[];
}

/** The first message: rules, the conventions of the wiki as they are on disk, the language. */
export function systemMessage(view: WikiView, { language }: CompilerOptions): ModelMessage {
  const conventions = view.read('AGENTS.md') ?? defaultConventions(language);
  const content = systemPrompt({ language, conventions: splitFrontMatter(conventions).body });
  return { role: 'system', content, cache: true };
}

export function openingMessages(
  system: ModelMessage,
  { title, authors = [] }: CompilerInput,
  { text, form }: ShownDocument,
): readonly ModelMessage[] {
  const content = summaryPrompt({ title, authors, text, form });
  return [system, { role: 'user', content, cache: true }];
}

export function summaryPathOf({ name }: CompilerInput): string {
  return pagePath('summaries', name);
}
