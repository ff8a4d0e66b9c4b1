import { visible } from './visible.ts';

/** The stack of an error and of what caused it, line by line, with every control character written out. */
export function stackOf(error: Error): string[] {
  const stacks: string[] = [];
  for (let next: unknown = error; next instanceof Error; next = next.cause) {
    const { message, stack = message } = next;
    // a name in the message must not begin a line of its own
    stacks.push(stack.replace(message, () => visible(message)));
  }
  return stacks.flatMap((stack) => stack.split('\n').map(visible));
}
