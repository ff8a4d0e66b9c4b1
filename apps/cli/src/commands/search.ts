import { defineCommand } from '../command.ts';
import { topOption, typeOption } from '../search/options.ts';

export default defineCommand({
  command: 'search <terms..>',
  aliases: ['find'],
  describe: 'Find passages that have the words',
  builder: (y) =>
    y
      .positional('terms', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Words to look for',
      })
      .option('top', { ...topOption, default: 10 })
      .option('type', typeOption)
      .example('$0 search gradient descent', 'The ten best passages')
      .example('$0 search --type entity newton', 'In pages of people, places and the like'),
  handler: async (argv) => (await import('./search.run.ts')).run(argv),
});
