/** Options of the commands that answer questions. */
export const askingOptions = {
  raw: {
    type: 'boolean',
    default: false,
    describe: 'Print the Markdown as it is, as in a pipe',
  },
  model: {
    alias: 'm',
    type: 'string',
    requiresArg: true,
    describe: 'Ask provider/model, or extractive for passages; else as the settings say',
  },
  'max-cost': {
    type: 'number',
    requiresArg: true,
    describe: 'Ask the model nothing more once so many US dollars are spent',
    coerce: (value: number | undefined) => {
      if (value !== undefined && !(value > 0))
        throw new Error('--max-cost takes a number of US dollars above 0');
      return value;
    },
  },
} as const;
