import type { Options } from 'yargs';

/** How sources are read: options of every command that takes documents in. */
export const readingOptions = {
  password: {
    type: 'string',
    requiresArg: true,
    describe: 'Open encrypted PDFs with this password',
  },
  'allow-private-network': {
    type: 'boolean',
    default: false,
    describe: 'Follow a web address that leads into a private network',
  },
} as const satisfies Record<string, Options>;
