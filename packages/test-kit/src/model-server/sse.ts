/** Server-sent events, as the providers send them. */

/** `data: {...}` and a blank line. */
export function dataEvent(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** With a name before the data, which repeats it as `type`. */
export function namedEvent(type: string, data: object = {}): string {
  return `event: ${type}\n${dataEvent({ type, ...data })}`;
}
