// What a red run says last: each failed test with its reason, so that the end of a long log is enough.

/**
 * The failed tests in a report of vitest (`--reporter=json`), a few lines each: the file and the name of
 * the test, the first lines of its error, and the first place in our files where it went wrong.
 * A file that did not even load is one of them. `root`: the folder that paths are told from.
 */
export function failedTests(report, root) {
  return report.testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => {
      const file = relativeTo(root, name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [told(`${file} (the file as a whole)`, message, root)];
      return failed.map(({ fullName, failureMessages }) =>
        told(`${file} > ${fullName}`, failureMessages[0] ?? '', root),
      );
    });
}

const LINES = 6;

function told(title, message, root) {
  const [lines, places] = [[], []];
  for (const line of message.split('\n')) {
    if (/^\s+at /.test(line)) places.push(line.trim());
    else if (line.trim() !== '') lines.push(line);
  }
  const place = places.find((line) => line.includes(root) && !line.includes('node_modules'));
  const reason = [...lines.slice(0, LINES), ...(place ? [relativeTo(root, place)] : [])];
  return [title, ...reason.map((line) => `    ${line}`)].join('\n');
}

const relativeTo = (root, text) => text.replaceAll(root, '');
