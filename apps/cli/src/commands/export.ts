import { defineCommand } from '../command.ts';

export default defineCommand({
  command: 'export <format> <to>',
  describe: 'Write the wiki for other programs: okf (Open Knowledge Format 0.2), llms-txt',
  builder: (y) =>
    y
      .positional('format', {
        choices: ['okf', 'llms-txt'] as const,
        demandOption: true,
        describe: 'okf: a bundle of pages; llms-txt: llms.txt, llms-full.txt and the pages',
      })
      .positional('to', {
        type: 'string',
        demandOption: true,
        describe: 'Directory where it goes, outside of the knowledge base',
      })
      .option('dry-run', {
        alias: 'n',
        type: 'boolean',
        default: false,
        describe: 'Show what would be written, and write nothing',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Replace files in the directory that no export wrote, or that were changed since',
      })
      .example('$0 export okf bundle', 'A bundle in the directory bundle; again to renew it')
      .example('$0 export llms-txt site/public', 'llms.txt for a web site'),
  handler: async (argv) => argv.end(await (await import('./export.run.ts')).run(argv)),
});
