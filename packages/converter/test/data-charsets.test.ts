import { expect, test } from 'vitest';

import { convert } from '../src/index.ts';

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

test.each([
  ['a.csv', utf16('Größe;Ort\n1;Köln\n'), '| Größe | Ort |'],
  ['a.csv', Buffer.from('a,b\n\x93q\x94,5 \x80\n', 'latin1'), '| “q” | 5 € |'],
  [
    'a.tsv',
    Buffer.from(
      'd0d5c3fb09c4eac1e40ad5c5c8fd093330 0ac0eecbc4093430 0acdf5ceef093530 0a'.replaceAll(' ', ''),
      'hex',
    ),
    '| 姓名 | 年龄 |',
  ],
  ['a.json', utf16('{"Größe": "大"}'), '- **Größe**: 大'],
  ['a.json', Buffer.from('\uFEFF{"a": "b"}'), '- **a**: b'],
  ['a.xml', utf16('<?xml version="1.0" encoding="UTF-16"?><a><b>大</b></a>'), '- **b**: 大'],
  [
    'a.xml',
    Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a><b>\xe9\x80</b></a>', 'latin1'),
    '- **b**: é€',
  ],
  [
    'a.xml',
    Buffer.from('<?xml version="1.0" encoding="koi8-r"?><a><b>\xf0\xd2</b></a>', 'latin1'),
    '- **b**: Пр',
  ],
])('%s: %#', async (name, bytes, expected) => {
  const { markdown, messages } = await convert({ name, bytes });
  expect(markdown).toContain(expected);
  expect(messages).toEqual([]);
});
