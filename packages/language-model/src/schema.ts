/** What is asked of a schema: does a value fit, and may it be sent as a strict one. */
import type { JsonSchema } from './model.ts';

/** The first thing that is wrong with a value, or `undefined` where it fits. */
export type SchemaCheck = (value: unknown) => string | undefined;

const checks = new WeakMap<JsonSchema, Promise<SchemaCheck>>();

/** Compiles a schema, once. Throws where it uses what cannot be checked (`not`, remote `$ref`). */
export function schemaCheck(schema: JsonSchema): Promise<SchemaCheck> {
  const known = checks.get(schema);
  if (known) return known;
  const check = compile(schema);
  checks.set(schema, check);
  return check;
}

async function compile(schema: JsonSchema): Promise<SchemaCheck> {
  // zod is the SDK's peer, and loaded with it
  const { fromJSONSchema } = await import('zod');
  const type = fromJSONSchema(schema);
  return (value) => {
    const [issue] = type.safeParse(value).error?.issues ?? [];
    if (!issue) return undefined;
    const path = issue.path.join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  };
}

/**
 * Whether OpenAI takes the schema with `strict: true`: each object closes itself and requires all of
 * its properties. A schema that does not qualify is sent with `strict: false`, not refused.
 */
export function isStrict(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if (Array.isArray(schema)) return schema.every(isStrict);
  const node = schema as JsonSchema;
  const properties = node['properties'] as JsonSchema | undefined;
  if (node['type'] === 'object') {
    const required = Array.isArray(node['required']) ? node['required'] : [];
    const all = Object.keys(properties ?? {}).every((key) => required.includes(key));
    if (node['additionalProperties'] !== false || !all) return false;
  }
  const inner = [node['items'], node['anyOf']];
  for (const group of [properties, node['$defs'] as JsonSchema | undefined]) {
    inner.push(...Object.values(group ?? {}));
  }
  return inner.every(isStrict);
}
