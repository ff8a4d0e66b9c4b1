import { defineCommand } from '../command.ts';
import { askingOptions } from '../query/options.ts';
import { topOption } from '../search/options.ts';

export default defineCommand({
  command: 'query <question..>',
  aliases: ['ask'],
  describe: 'Answer a question from the wiki',
  builder: (y) =>
    y
      .positional('question', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'The question',
      })
      .option('top', {
        ...topOption,
        describe: 'At most so many passages are shown (5), or given to the model (8)',
      })
      .option('save', {
        type: 'boolean',
        default: false,
        describe: 'Save the answer as a page in wiki/explorations/',
      })
      .options(askingOptions)
      .example('$0 query "What is gradient descent?"', 'An answer with the pages that it cites')
      .example('$0 query --save "Who was Fresnel?"', 'Keeps it as a page of the wiki')
      .example('$0 query -m extractive "fog signal"', 'The best passages; no model is asked'),
  handler: async (argv) => argv.end(await (await import('./query.run.ts')).run(argv)),
});
