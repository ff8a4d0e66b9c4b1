import { createInterface } from 'node:readline/promises';

/** Asks on the terminal; `undefined` at the end of input (Ctrl-D), or when the signal comes. */
export async function terminalAsk(
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      terminal.once('close', () => resolve(undefined));
      // readline takes Ctrl-C for itself while it reads; the process handles it as everywhere else
      terminal.once('SIGINT', () => process.emit('SIGINT'));
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      terminal.question(question).then(resolve, reject);
    });
  } finally {
    terminal.close();
  }
}
