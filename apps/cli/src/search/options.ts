/** `--top` and `--type`, as `search` and `query` have them. */
export const topOption = {
  type: 'number',
  requiresArg: true,
  describe: 'At most so many',
  coerce: (value: number) => {
    if (!Number.isInteger(value) || value < 1)
      throw new Error('--top takes a whole number above 0');
    return value;
  },
} as const;

export const typeOption = {
  type: 'array',
  requiresArg: true,
  choices: ['summary', 'concept', 'entity', 'exploration', 'source'],
  describe: 'Only pages of this type; may be given more than once',
} as const;
