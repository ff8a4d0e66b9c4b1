import { spawn } from 'node:child_process';

/** The program that opens a file in whatever the person has chosen for it. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['explorer.exe'],
};

/** How long a program has to say that it cannot, in milliseconds. */
const PATIENCE = 1500;

/** Shows a file; false where there is no program for it. Does not wait for it to be closed. */
export function showFile(path: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program, [...args, path], { detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(true), PATIENCE);
    const end = (shown: boolean) => {
      clearTimeout(timer);
      resolve(shown);
    };
    child.once('error', () => end(false));
    // explorer.exe ends with 1 also when it has shown the file
    child.once('exit', (code) => end(code === 0 || process.platform === 'win32'));
    child.unref();
  });
}
