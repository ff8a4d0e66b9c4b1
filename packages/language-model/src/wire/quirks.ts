/**
 * What an endpoint does not take, learned from its refusals and remembered for the life of the model:
 * `max_tokens` under another name, marks of a cache, and parameters that a request can do without.
 */
import { LanguageModelError } from '../error.ts';
import { DROPPABLE } from '../sdk/types.ts';
import type { Droppable, Quirks } from '../sdk/types.ts';
import type { Session } from '../session.ts';

/** What a request was sent with, to tell what its refusal may be about. */
export interface Sent {
  readonly cacheMarks: boolean;
  readonly maxTokensName: Quirks['maxTokensName'];
  readonly parameters: readonly Droppable[];
}

const REFUSES_MAX_TOKENS = /max_completion_tokens|unsupported parameter:? '?max_tokens/iu;

export function newQuirks(cacheMarks: boolean): Quirks {
  return { cacheMarks, maxTokensName: 'max_tokens', dropped: new Set() };
}

/**
 * Notes what the endpoint refuses. False where it is nothing that can be left out, or was left out
 * already: what counts is what this request sent, as others may have learned it meanwhile.
 */
export function learn({ quirks, options }: Session, sent: Sent, error: unknown): boolean {
  if (!(error instanceof LanguageModelError) || error.code !== 'request-refused') return false;
  const { message } = error;
  if (sent.cacheMarks && message.includes('cache_control')) {
    quirks.cacheMarks = false;
    return true;
  }
  const hasLimit = sent.parameters.includes('max_tokens');
  if (hasLimit && sent.maxTokensName === 'max_tokens' && REFUSES_MAX_TOKENS.test(message)) {
    quirks.maxTokensName = 'max_completion_tokens';
    return true;
  }
  const named = sent.parameters.filter((name) => names(name).test(message));
  // told to, all that is not needed goes, whatever the endpoint complains of
  const spared = named.length > 0 ? named : options.dropParameters ? sent.parameters : [];
  for (const parameter of spared) quirks.dropped.add(parameter);
  return spared.length > 0;
}

/** What a request with these settings is sent with. */
export function sentWith(quirks: Quirks, request: Readonly<Record<Droppable, boolean>>): Sent {
  return {
    cacheMarks: quirks.cacheMarks,
    maxTokensName: quirks.maxTokensName,
    parameters: DROPPABLE.filter((name) => request[name] && !quirks.dropped.has(name)),
  };
}

function names(parameter: Droppable): RegExp {
  return parameter === 'max_tokens'
    ? /max_tokens|max_completion_tokens|maxOutputTokens/u
    : new RegExp(`\\b${parameter}\\b`, 'u');
}
