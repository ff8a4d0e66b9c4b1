/** The primary language of a BCP 47 tag, in lower case: `pt` of `pt-BR`; both Norwegians are `no`. */
export function primaryLanguage(tag: string): string {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/);
  return primary === 'nb' || primary === 'nn' ? 'no' : primary;
}
