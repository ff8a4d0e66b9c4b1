import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'watch',
  describe: 'Add what lands in raw/, until Ctrl-C',
  builder: (y) =>
    y
      .option('debounce', {
        type: 'number',
        requiresArg: true,
        default: 2,
        describe: 'Seconds that a file has to stay as it is before it is added',
      })
      .option('model', {
        alias: 'm',
        type: 'string',
        requiresArg: true,
        describe: 'Compile with provider/model, or extractive (no model); else as the settings say',
      })
      .example('$0 watch', 'Add what is saved, copied or moved into raw/')
      .example('$0 watch --debounce 10 --kb notes', 'Give slow copies more time'),
  handler: async (argv) => argv.end(await (await import('./watch.run.ts')).run(argv)),
});
