/** Whether `add` of a directory passes a file over: hidden files, locks and the owner files of office programs. */
export const isPassedOver = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$');
