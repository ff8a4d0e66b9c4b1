/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/** Shorter values are placeholders ("ollama", "none"); striking them out would garble the text. */
const SHORTEST_SECRET = 8;

/** Keys by their looks, for those that a provider echoes and we never held; masked ones included. */
const KEY_SHAPES =
  /\b(?:sk|pk|rk|gsk|xai|hf|key)[-_][\w*.-]{12,}|\bAIza[\w-]{20,}|\bBearer\s+[^\s"',]+/gu;

const URL_LOGIN = /(\w:\/\/)[^\s/@]+@/gu;

/**
 * Replaces each of `secrets`, plain or URL-encoded, by `[secret]`, and whatever looks like a key or
 * like a login inside a URL as well.
 */
export function redactor(secrets: readonly (string | undefined)[]): Redact {
  const known = secrets
    .flatMap((secret) =>
      secret === undefined || secret.length < SHORTEST_SECRET
        ? []
        : [secret, encodeURIComponent(secret)],
    )
    // the longest first: a secret may contain another
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    const without = known.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
    return without.replace(KEY_SHAPES, '[secret]').replace(URL_LOGIN, '$1[secret]@');
  };
}

/**
 * A copy of an error chain that is fit for logs: names, messages, codes and stacks, redacted. What
 * else hangs on the errors of the SDK (headers, the request with the user's documents) is left out.
 */
export function redactedCause(error: unknown, redact: Redact, depth = 0): Error {
  if (!(error instanceof Error)) return new Error(redact(String(error)));
  const deeper = error.cause !== undefined && depth < 4;
  const copy = new Error(
    redact(error.message),
    deeper ? { cause: redactedCause(error.cause, redact, depth + 1) } : undefined,
  );
  copy.name = error.name;
  if (error.stack !== undefined) copy.stack = redact(error.stack);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? Object.assign(copy, { code }) : copy;
}
