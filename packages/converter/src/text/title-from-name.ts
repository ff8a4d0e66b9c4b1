/** `annual_report-2023.pdf` as `annual report-2023`: a title for want of a better one. */
export function titleFromName(name: string): string {
  const stem = name
    .replace(/\.[^.]{1,10}$/, '')
    .replaceAll('_', ' ')
    .trim();
  return stem === '' ? name : stem;
}
