import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'config <action> [setting] [value]',
  describe: 'Show and change settings',
  builder: (y) =>
    y
      .positional('action', {
        choices: ['list', 'get', 'set', 'unset'] as const,
        demandOption: true,
        describe: 'What to do',
      })
      .positional('setting', { type: 'string', describe: 'Its name, as list shows it' })
      .positional('value', { type: 'string', describe: 'What to set it to' })
      .option('global', {
        alias: 'g',
        type: 'boolean',
        default: false,
        describe: 'Your own settings, for knowledge bases that have none',
      })
      .option('show-origin', {
        type: 'boolean',
        default: false,
        describe: 'Say where each value comes from',
      })
      .example('$0 config list --show-origin', 'All settings, and where each comes from')
      .example('$0 config set model openai/gpt-5.4', 'Which model compiles')
      .example('$0 config unset --global language', 'Back to the default'),
  handler: async (argv) => argv.end(await (await import('./config.run.ts')).run(argv)),
});
