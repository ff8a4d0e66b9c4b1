import type { Options } from 'yargs';

const everywhere = { global: true, group: 'Everywhere:' } as const;

/** The options that every command has, as yargs declares them. */
export const globalOptions = {
  directory: {
    ...everywhere,
    alias: 'C',
    type: 'string',
    requiresArg: true,
    describe: 'Work as if started in this directory',
  },
  kb: {
    ...everywhere,
    alias: 'kb-dir',
    type: 'string',
    requiresArg: true,
    describe: 'The knowledge base; else OPENKB_DIR, else the nearest one above',
  },
  json: {
    ...everywhere,
    type: 'boolean',
    default: false,
    describe: 'Print JSON',
  },
  quiet: {
    ...everywhere,
    alias: 'q',
    type: 'boolean',
    default: false,
    describe: 'Print results and errors only',
  },
  verbose: {
    ...everywhere,
    alias: 'v',
    type: 'boolean',
    default: false,
    describe: 'Print more; with an error, where it comes from',
  },
  color: {
    ...everywhere,
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    describe: 'Colour; NO_COLOR and FORCE_COLOR are heeded too',
  },
  progress: {
    ...everywhere,
    type: 'boolean',
    default: true,
    hidden: true,
    describe: 'Show where a long run stands',
  },
  input: {
    ...everywhere,
    type: 'boolean',
    default: true,
    hidden: true,
    describe: 'Ask questions',
  },
  yes: {
    ...everywhere,
    alias: 'y',
    type: 'boolean',
    default: false,
    describe: 'Answer every question with yes',
  },
  wait: {
    ...everywhere,
    type: 'number',
    requiresArg: true,
    default: 60,
    describe: 'Seconds to wait for another process that writes',
    coerce: (value: number) => {
      if (!Number.isFinite(value) || value < 0)
        throw new Error('--wait takes a number of seconds, 0 or more');
      return value;
    },
  },
} as const satisfies Record<string, Options>;
