import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'doctor',
  describe: 'Check the installation, the disk, the lock and the journal',
  builder: (y) =>
    y
      .option('rebuild-registry', {
        type: 'boolean',
        default: false,
        describe:
          'Make a lost or damaged registry again from raw/ and the pages: shows it, and asks',
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'With --rebuild-registry: show what would change, and change nothing',
      })
      .example('$0 doctor', 'Try for real what a knowledge base needs')
      .example('$0 doctor --json', 'The same for a program'),
  handler: async (argv) => argv.end(await (await import('./doctor.run.ts')).run(argv)),
});
