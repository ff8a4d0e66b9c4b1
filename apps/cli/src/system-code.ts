/** Whether an error, or what caused it, has one of these codes of the system. */
export function hasSystemCode(error: unknown, codes: readonly string[]): boolean {
  for (let next = error; next instanceof Error; next = next.cause) {
    const { code } = next as NodeJS.ErrnoException;
    if (code !== undefined && codes.includes(code)) return true;
  }
  return false;
}
