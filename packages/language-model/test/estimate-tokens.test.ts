import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { estimateTokens } from '../src/index.ts';

describe('estimateTokens', () => {
  test('counts 4.5 characters a token in prose, 3.9 in Markdown, 1.25 in Chinese', () => {
    expect(estimateTokens('')).toBe(0);
    expect(estimateTokens('word '.repeat(900))).toBe(1000);
    expect(estimateTokens('- [a](b)\n'.repeat(390))).toBe(900);
    expect(estimateTokens('注意力机制'.repeat(100))).toBe(400);
  });

  test('a mixed text counts as the sum of its parts', () => {
    expect(estimateTokens(`${'word '.repeat(90)}${'注意力机制'.repeat(10)}`)).toBe(140);
  });

  test.each([
    [
      60,
      'Внимание позволяет каждой позиции последовательности смотреть на все остальные и взвешивать их. Веса получаются сравнением запросов с ключами, а результат есть взвешенная сумма значений. Поскольку ничего рекуррентного нет, все позиции вычисляются одновременно.',
    ],
    [
      53,
      'يتيح الانتباه لكل موضع في السلسلة أن ينظر إلى جميع المواضع الأخرى وأن يزنها. تنشأ الأوزان من مقارنة الاستعلامات بالمفاتيح، والنتيجة هي مجموع مرجح للقيم.',
    ],
    [
      67,
      '어텐션은 시퀀스의 각 위치가 다른 모든 위치를 보고 가중치를 매길 수 있게 한다. 가중치는 쿼리와 키를 비교하여 얻어지며 결과는 값의 가중합이다. 순환 구조가 없기 때문에 모든 위치를 동시에 계산할 수 있다.',
    ],
    [
      77,
      'アテンションは、系列の各位置が他のすべての位置を見て重みを付けることを可能にする。重みはクエリとキーの比較から得られ、結果は値の加重和である。再帰がないため、すべての位置を同時に計算できる。',
    ],
    [
      72,
      'Uwaga pozwala każdej pozycji ciągu spojrzeć na wszystkie inne i nadać im wagi. Wagi powstają z porównania zapytań z kluczami, a wynikiem jest ważona suma wartości. Ponieważ nic nie jest rekurencyjne, wszystkie pozycje oblicza się jednocześnie.',
    ],
    [
      91,
      '| year | revenue | cost | margin |\n| --- | --- | --- | --- |\n| 2021 | 1,204.50 | 903.20 | 25.0% |\n| 2022 | 1,391.10 | 1,002.75 | 27.9% |\n| 2023 | 1,502.00 | 1,110.40 | 26.1% |\n',
    ],
  ])('is off by less than half where the tokenizer o200k counts %i: %s', (counted, text) => {
    expect(estimateTokens(text) / counted).toBeGreaterThan(0.67);
    expect(estimateTokens(text) / counted).toBeLessThan(1.5);
  });

  test('ten million characters are estimated in one pass', () => {
    const line = 'words and 数字 1,234\n';
    // looking from each character to the end would take hours
    const estimate = estimateTokens(line.repeat(500_000));
    expect(estimate / (estimateTokens(line.repeat(500)) * 1000)).toBeCloseTo(1, 1);
  });

  test('a longer text of the same kind is never estimated shorter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('word ', '注意', 'かな'), { maxLength: 50 }),
        (parts) => {
          const all = estimateTokens(parts.join(''));
          expect(all).toBeGreaterThanOrEqual(estimateTokens(parts.slice(1).join('')));
        },
      ),
    );
  });
});
