import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'recompile [document..]',
  describe: 'Compile documents again from what is stored',
  builder: (y) =>
    y
      .positional('document', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: "Names as 'openkb list' shows them, or a part that fits one only",
      })
      .option('all', { type: 'boolean', default: false, describe: 'Every document' })
      .option('model', {
        alias: 'm',
        type: 'string',
        requiresArg: true,
        describe: 'Compile with provider/model, or extractive; else as the settings say',
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'Show what would change; a model is asked, and its answers are kept',
      })
      .option('allow-partial', {
        type: 'boolean',
        default: false,
        describe: 'Keep a document of which the model could not write every page',
      })
      .option('max-cost', {
        type: 'number',
        requiresArg: true,
        describe: 'Ask the model nothing more once so many US dollars are spent',
      })
      .option('refresh-schema', {
        type: 'boolean',
        default: false,
        describe: 'First bring wiki/AGENTS.md to what this version writes',
      })
      .example('$0 recompile paper', 'One document; asks, with about what it costs')
      .example('$0 recompile --all --model openai/gpt-5.4 --yes', 'Upgrade a wiki to a model'),
  handler: async (argv) => argv.end(await (await import('./recompile.run.ts')).run(argv)),
});
