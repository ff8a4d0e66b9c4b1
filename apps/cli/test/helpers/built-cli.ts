import { fileURLToPath } from 'node:url';

/** Where `setup/build-cli.ts` puts the command. */
export const buildDirectory = fileURLToPath(
  new URL('../../node_modules/.test-build', import.meta.url),
);

export const builtCli = `${buildDirectory}/cli.js`;
