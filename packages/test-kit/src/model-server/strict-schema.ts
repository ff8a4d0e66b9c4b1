/**
 * The rules that OpenAI lays on a schema sent with `strict: true`: every object closes itself with
 * `additionalProperties: false` and requires all of its properties.
 */
import { list, record } from './json.ts';

/** What is wrong with the schema, in the API's manner, or `undefined`. */
export function strictSchemaFault(schema: unknown, at = '()'): string | undefined {
  const node = record(schema);
  const properties = record(node['properties']);
  if (node['type'] === 'object') {
    if (node['additionalProperties'] !== false) {
      return `In context=${at}, 'additionalProperties' is required to be supplied and to be false.`;
    }
    const missing = Object.keys(properties).find((key) => !list(node['required']).includes(key));
    if (missing !== undefined) {
      return `In context=${at}, 'required' is required to include every key in properties. Missing '${missing}'.`;
    }
  }
  const inner: [string, unknown][] = [
    ...Object.entries(properties),
    ...Object.entries(record(node['$defs'])),
    ...list(node['anyOf']).map((item, n): [string, unknown] => [`anyOf ${n}`, item]),
  ];
  if (node['items'] !== undefined) inner.push(['items', node['items']]);
  for (const [name, item] of inner) {
    const wrong = strictSchemaFault(item, `('${name}')`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
