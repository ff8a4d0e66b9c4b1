import { defineCommand } from '../command.ts';
import { askingOptions } from '../query/options.ts';

export default defineCommand({
  command: 'chat',
  describe: 'Ask questions one after the other, each knowing what was said before',
  builder: (y) =>
    y
      .option('resume', {
        alias: 'r',
        type: 'string',
        describe: 'Go on with the last conversation, or with the one of this ID or its beginning',
      })
      .option('list', {
        type: 'boolean',
        default: false,
        describe: 'List conversations, that which was used last first',
      })
      .option('delete', {
        type: 'string',
        requiresArg: true,
        describe: 'Delete the conversation of this ID or its beginning',
      })
      .options(askingOptions)
      .example('$0 chat', 'A conversation; /help in it lists its commands')
      .example('$0 chat --resume', 'Goes on with the last one')
      .example('$0 chat --list', 'The conversations with their ids')
      .example('$0 chat < questions.txt', 'A line is a question'),
  handler: async (argv) => argv.end(await (await import('./chat.run.ts')).run(argv)),
});
