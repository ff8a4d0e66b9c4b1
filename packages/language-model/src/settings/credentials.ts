/**
 * Which keys and headers go to an endpoint.
 *
 * A knowledge base may have come from somebody else, so that what it says must not make the user's secrets
 * leave for an address of its choice:
 *
 * 1. To an address that the knowledge base alone sets go only the keys and headers of the knowledge base.
 * 2. To any other address go the keys of the knowledge base's `.env`, else the environment's, else the user's.
 * 3. `LLM_API_KEY` of the user goes to no provider that did not issue it, as far as its first characters
 *    tell, and to no local runtime at its usual address.
 * 4. Headers of the knowledge base go to its own addresses and to the provider's, not to one that the user
 *    has set: gateways take orders by header, such as to whom to pass the request on. Headers that carry a
 *    login or choose an account are never the knowledge base's where the key is the user's.
 */
import { issuerOf } from '../issuers.ts';
import { GENERIC_KEY_NAME } from '../providers.ts';
import type { Provider } from '../providers.ts';
import type { EndpointSetting } from './endpoint.ts';
import type { LitellmSettings } from './litellm.ts';
import { findAll } from './sources.ts';
import type { Found, SettingSources } from './sources.ts';

export interface Credentials {
  readonly key: Found | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What was held back and why, one sentence each, without any value. */
  readonly messages: readonly string[];
}

export interface HeaderSources {
  readonly knowledgeBase: LitellmSettings;
  readonly user: LitellmSettings;
}

const LOGIN_HEADERS =
  /^(?:(?:proxy-)?authorization|cookie|host|(?:x-)?api-key|.*(?:key|token|secret|auth).*|openai-(?:organization|project)|anthropic-workspace.*)$/u;

export function resolveCredentials(
  sources: SettingSources,
  endpoint: EndpointSetting,
  headers: HeaderSources,
): Credentials {
  const messages: string[] = [];
  let key: Found | undefined;
  for (const candidate of keysFor(sources, endpoint.provider)) {
    const reason =
      candidate.origin === 'knowledge base' ? undefined : heldBack(candidate, endpoint);
    if (reason === undefined) {
      key = candidate;
      break;
    }
    messages.push(reason);
  }
  const chosen = chooseHeaders(endpoint, headers, key);
  return {
    key,
    headers: chosen.headers,
    messages: [...new Set([...messages, ...chosen.messages])],
  };
}

/** The knowledge base's first, and in each source the provider's own name before the general one. */
function keysFor(sources: SettingSources, { keyNames }: Provider): Found[] {
  const found = findAll(sources, { variables: keyNames });
  return [
    ...found.filter(({ origin }) => origin === 'knowledge base'),
    ...found.filter(({ origin }) => origin !== 'knowledge base'),
  ];
}

/** Why a key of the user's does not go to the endpoint. */
function heldBack(key: Found, endpoint: EndpointSetting): string | undefined {
  const { provider, address, origin, foreign } = endpoint;
  if (foreign) {
    return `"${key.name}" is not sent to "${new URL(address).origin}": the knowledge base sets that address, and only keys of its own .env go there.`;
  }
  const isUsers = origin === 'flags' || origin === 'environment' || origin === 'user';
  if (key.name !== GENERIC_KEY_NAME || isUsers) return undefined;
  if (provider.local) return `"${key.name}" is not sent to ${provider.name}, which needs none.`;
  const issuer = issuerOf(key.value);
  if (issuer === undefined || issuer === provider.name || provider.issuesOtherKeys)
    return undefined;
  return `"${key.name}" is not sent to ${provider.name}: it looks like a key of ${issuer}.`;
}

function chooseHeaders(
  { address, foreign, origin }: EndpointSetting,
  { knowledgeBase, user }: HeaderSources,
  key: Found | undefined,
): { headers: Readonly<Record<string, string>>; messages: readonly string[] } {
  const messages: string[] = [];
  const theirs = Object.entries(knowledgeBase.extraHeaders ?? {});
  const goesToProvider = origin === 'default';
  const allowed = theirs.filter(([name]) => {
    if (foreign) return true;
    if (goesToProvider && (key?.origin === 'knowledge base' || !LOGIN_HEADERS.test(name))) {
      return true;
    }
    messages.push(
      `The header "${name}" of the knowledge base is not sent to "${new URL(address).origin}" together with your key or address.`,
    );
    return false;
  });
  const own = foreign ? {} : (user.extraHeaders ?? {});
  if (foreign && user.extraHeaders !== undefined) {
    messages.push(
      `Your "litellm.extra_headers" are not sent to "${new URL(address).origin}", which the knowledge base sets.`,
    );
  }
  return { headers: { ...own, ...Object.fromEntries(allowed) }, messages };
}
