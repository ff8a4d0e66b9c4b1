import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'usage',
  describe: 'What models have cost, by command, document and question',
  builder: (y) =>
    y
      .option('since', {
        type: 'string',
        requiresArg: true,
        describe: 'From this day on (2026-01-31), or this instant (2026-01-31T12:00:00Z)',
      })
      .example('$0 usage', 'Everything, with totals')
      .example('$0 usage --since 2026-01-01', 'This year'),
  handler: async (argv) => (await import('./usage.run.ts')).run(argv),
});
