import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'init [dir]',
  describe: 'Make a knowledge base',
  builder: (y) =>
    y
      .positional('dir', {
        type: 'string',
        describe: 'Where, made when it is not there; else --kb, else the current directory',
      })
      .option('model', {
        type: 'string',
        requiresArg: true,
        describe: 'provider/model, or extractive; else what the environment offers',
      })
      .option('language', {
        type: 'string',
        requiresArg: true,
        default: 'en',
        describe: 'Language of the wiki, such as en or de-CH',
      })
      .example('$0 init notes', 'A knowledge base in the directory notes'),
  handler: async (argv) => (await import('./init.run.ts')).run(argv),
});
