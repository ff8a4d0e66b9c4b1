/** Where requests go, and who says so. */
import { ollamaAddress } from '../detect-model.ts';
import { LanguageModelError } from '../error.ts';
import { resolveModelName } from '../model-name.ts';
import { CUSTOM_PROVIDER } from '../providers.ts';
import type { Provider } from '../providers.ts';
import { resolveBaseUrl } from './check.ts';
import { findAll } from './sources.ts';
import type { Environment, Found, Origin, SettingSources } from './sources.ts';

export interface EndpointSetting {
  readonly provider: Provider;
  /** Absent: the provider's own. */
  readonly baseUrl: string | undefined;
  /** What the provider's own address is made of: the name of a resource, a region. */
  readonly values: Environment;
  /** The whole address. */
  readonly address: string;
  readonly origin: Origin;
  /**
   * The knowledge base alone sets the address: it is neither the provider's own nor one that the user has
   * set as well.
   */
  readonly foreign: boolean;
}

const ADDRESS = {
  flag: 'baseUrl',
  variables: ['OPENKB_BASE_URL'],
  settings: ['base_url', 'api_base'],
} as const;

export function resolveEndpoint(sources: SettingSources, model: string): EndpointSetting {
  const general = findAll(sources, ADDRESS);
  const { provider, addresses } = providerOf(sources, model, general);
  const own = ownAddress(provider, sources);
  const [set] = addresses;
  // throws where there is none
  const address = resolveBaseUrl(provider, set?.value, own.values);
  const trusted = [
    ...addresses
      .filter(({ origin }) => origin !== 'knowledge base')
      .map(({ value }) => resolveBaseUrl(provider, value)),
    ...(own.address !== undefined && own.origin !== 'knowledge base' ? [own.address] : []),
  ];
  const origin = set ? set.origin : own.origin;
  return {
    provider,
    baseUrl: set?.value,
    values: own.values,
    address,
    origin,
    foreign: origin === 'knowledge base' && !trusted.includes(address),
  };
}

function providerOf(
  sources: SettingSources,
  model: string,
  general: readonly Found[],
): { provider: Provider; addresses: readonly Found[] } {
  const named = ({ baseUrlNames }: Provider): Found[] =>
    sorted([...general, ...findAll(sources, { variables: baseUrlNames })]);
  const custom = named(CUSTOM_PROVIDER);
  let provider: Provider;
  try {
    ({ provider } = resolveModelName(model, general[0]?.value));
  } catch (error) {
    // a name that nobody knows belongs to the endpoint that OpenAI's variables name
    const unknown = error instanceof LanguageModelError && error.code === 'unknown-provider';
    if (!unknown || custom.length === 0) throw error;
    ({ provider } = resolveModelName(model, custom[0]?.value));
  }
  const addresses =
    provider.name === 'ollama' ? withOllamaHost(sources, named(provider)) : named(provider);
  return { provider, addresses };
}

const ORDER: readonly Origin[] = ['flags', 'environment', 'knowledge base', 'user', 'default'];

function sorted(found: readonly Found[]): Found[] {
  return found.toSorted((a, b) => ORDER.indexOf(a.origin) - ORDER.indexOf(b.origin));
}

/** `OLLAMA_HOST` names what the server binds to, not an address. */
function withOllamaHost(sources: SettingSources, addresses: readonly Found[]): Found[] {
  const hosts = findAll(sources, { variables: ['OLLAMA_HOST'] });
  return sorted([
    ...addresses,
    ...hosts.map(({ name, origin, value }) => ({ name, origin, value: ollamaAddress(value) })),
  ]);
}

/**
 * The provider's own address. One that is made of the name of a resource belongs to whoever owns the
 * resource, and so has the origin of that name; a region only tells which of the provider's hosts it is.
 */
function ownAddress(
  provider: Provider,
  sources: SettingSources,
): { readonly address: string | undefined; readonly origin: Origin; readonly values: Environment } {
  const placeholders = [...(provider.baseUrl ?? '').matchAll(/\{([\w|]+)\}/gu)];
  const names = placeholders.flatMap(([, alternatives = '']) => alternatives.split('|'));
  const [found] = findAll(sources, { variables: names });
  const values = found ? { [found.name]: found.value } : {};
  const isComplete = provider.baseUrl !== undefined && (names.length === 0 || found !== undefined);
  const isTenants = provider.name === 'azure';
  return {
    address: isComplete ? resolveBaseUrl(provider, undefined, values) : undefined,
    origin: isTenants && found ? found.origin : 'default',
    values,
  };
}
