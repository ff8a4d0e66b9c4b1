import { exploreCrashes, formatReport } from '@openkb/test-kit/crash-loop';
import { populate } from '@openkb/test-kit/file-system';
import { expect, test } from 'vitest';

test('a page that is replaced is the old one or the new one, wherever the machine stops', async () => {
  const report = await exploreCrashes({
    name: 'replace a page',
    before: (fs) => populate(fs, { '/kb/page.md': 'old' }),
    operation: (fs) => {
      const file = fs.open('/kb/page.tmp', 'create');
      file.write(Buffer.from('new'));
      file.sync(); // without this line: 11 violations, among them a page of no bytes
      file.close();
      fs.rename('/kb/page.tmp', '/kb/page.md');
      fs.syncDirectory('/kb'); // without this one: 4, the change is gone after it was reported
    },
    recover: (fs) => {
      if (fs.stat('/kb/page.tmp')) fs.unlink('/kb/page.tmp');
    },
  });
  expect(formatReport(report)).toContain(' 0 violations');
  expect(report.violations).toEqual([]);
});
