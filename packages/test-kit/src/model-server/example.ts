/** A smallest value that a JSON Schema accepts: what the double answers where nothing is scripted. */
import { list, record } from './json.ts';

/** Understands the part of JSON Schema that structured output allows; local `$ref`s included. */
export function exampleOf(schema: unknown, root: unknown = schema): unknown {
  const node = record(schema);
  if (typeof node['$ref'] === 'string') {
    const name = node['$ref'].split('/').at(-1) ?? '';
    return exampleOf(record(record(root)['$defs'])[name], root);
  }
  if ('const' in node) return node['const'];
  if (list(node['enum']).length > 0) return list(node['enum'])[0];
  if (list(node['anyOf']).length > 0) return exampleOf(list(node['anyOf'])[0], root);
  const type = Array.isArray(node['type']) ? node['type'][0] : node['type'];
  switch (type) {
    case 'object': {
      const properties = record(node['properties']);
      const names = Object.keys(properties).filter((name) => list(node['required']).includes(name));
      return Object.fromEntries(names.map((name) => [name, exampleOf(properties[name], root)]));
    }
    case 'array':
      return Array.from({ length: Number(node['minItems'] ?? 0) }, () =>
        exampleOf(node['items'], root),
      );
    case 'integer':
    case 'number':
      return Number(node['minimum'] ?? 0);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return 'text'.padEnd(Number(node['minLength'] ?? 0), '.');
  }
}
