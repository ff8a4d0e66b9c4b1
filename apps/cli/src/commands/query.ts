import { defineCommand } from '../command.ts';
import { topOption } from '../search/options.ts';

export default defineCommand({
  command: 'query <question..>',
  aliases: ['ask'],
  describe: 'Answer a question with the best passages of the wiki',
  builder: (y) =>
    y
      .positional('question', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'The question',
      })
      .option('top', { ...topOption, default: 5 })
      .example('$0 query "What is gradient descent?"', 'Its definition, then what fits best'),
  handler: async (argv) => (await import('./query.run.ts')).run(argv),
});
