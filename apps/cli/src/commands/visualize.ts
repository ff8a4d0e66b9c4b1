import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'visualize',
  aliases: ['visualise'],
  describe: 'Write the pages and their links as one HTML file that opens offline',
  builder: (y) =>
    y
      .option('open', {
        type: 'boolean',
        default: false,
        describe: 'Show it in the browser',
      })
      .example('$0 visualize', 'Writes output/graph.html: one file, which needs nothing else')
      .example('$0 visualize --open', 'Writes output/graph.html, and shows it'),
  handler: async (argv) => argv.end(await (await import('./visualize.run.ts')).run(argv)),
});
