import fc from 'fast-check';

/** Text with the characters that matter to Markdown, YAML, file systems and Unicode, and any other. */
export const text = (maxLength = 40) =>
  fc
    .array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom(...Array.from('abZ 0-_.:"\'#|[]{}*`\\/,!?&%@>~\t\n')),
        },
        fc.constantFrom('---', '\r\n', '\n---\n', '[[', ']]', '```', '<!--', '# ', '- ', ': ', '—'),
        fc.constantFrom(
          'é',
          'e\u0301',
          'ß',
          'İ',
          'ı',
          'ﬁ',
          '注',
          '한',
          'ไ',
          'ا',
          'हि',
          '😀',
          '\u2028',
          '\u0085',
          '\uFEFF',
          '\u200D',
        ),
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('\uD800', '\uDC00'),
      ),
      { maxLength },
    )
    .map((parts) => parts.join(''));

/** A key of front matter as people and programs write them. */
export const key = fc.oneof(
  fc.constantFrom('type', 'description', 'sources', 'aliases', 'full_text', 'doc-type', 'yes'),
  fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/),
);

/** A value that front matter can hold. */
export const value = fc.oneof(
  text(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
  fc.boolean(),
  fc.constant(null),
  fc.array(text(8), { maxLength: 4 }),
  fc.array(fc.record({ resource: text(8), id: fc.integer() }), { maxLength: 2 }),
);

/** Fields of front matter, without the older `brief` and without numbers as keys, which objects would reorder. */
export const fields = fc.dictionary(key, value, { maxKeys: 6 });

/** Markdown of a page: paragraphs, headings, lists, code, links. */
export const markdown = fc
  .array(
    fc.oneof(
      text(20),
      fc.constantFrom(
        'A [[concepts/a]] and `[[code]]` here.',
        '# Title',
        '## Documents',
        '## Concepts',
        '### Sub',
        '- [[concepts/b]] — a description',
        '- [[summaries/x]] (short) — what it says',
        '```\n[[fenced]]\n```',
        '    [[indented]]',
        '',
        '| [[a\\|b]] | c |',
        '> quote [[d#e|f]]',
        'A sentence. Another one! 第三句。',
      ),
    ),
    { maxLength: 20 },
  )
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((ending) => lines.join(ending)));
