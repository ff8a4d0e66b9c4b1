import fc from 'fast-check';
import { expect, test } from 'vitest';

import { analyse, detectLanguage, stem, stopWords } from '../src/index.ts';
import { text } from './arbitraries.ts';

test.each([
  ['The networks were trained', 'en', ['network', 'train']],
  ['self-attention', 'en', ['self-atten', 'self', 'atten']],
  ["the model's C++ and C# code", 'en', ['model', 'c++', 'c#', 'code']],
  ['GPT-4.5', 'en', ['gpt-4.5', 'gpt']],
  ['ＡＢＣ ﬁle', 'en', ['abc', 'file']],
  ['Die Netze wurden trainiert', 'de', ['netz', 'trainiert']],
  ['les réseaux de neurones', 'fr', ['réseau', 'neuron']],
  ['сети нейронов', 'ru', ['сет', 'нейрон']],
  ['une phrase', 'xx', ['une', 'phrase']],
])('the terms of "%s" in %s', (words, language, terms) => {
  expect(analyse(words, language)).toEqual(terms);
});

test('Chinese words are found whole and by pairs, and Latin words among them', () => {
  const terms = analyse('自注意力机制用于Transformer模型。', 'zh');
  expect(terms).toEqual(expect.arrayContaining(['机制', 'transformer', '模型']));
  expect(terms.some((term) => term.includes('注意'))).toBe(true);
});

test('a Korean word is found without its particle', () => {
  expect(analyse('신경망은', 'ko')).toEqual(expect.arrayContaining(['신경', '경망']));
});

test('Thai, which has no spaces, is cut into words', () => {
  expect(analyse('การเรียนรู้ของเครื่อง', 'th').length).toBeGreaterThan(1);
});

test('no text makes the analysis throw, and terms are neither empty nor stop words', () => {
  fc.assert(
    fc.property(
      fc.oneof(text(60), fc.string({ unit: 'binary' })),
      fc.constantFrom('en', 'de', 'zh', 'ar', 'xx'),
      (words, language) => {
        const terms = analyse(words, language);
        expect(terms).not.toContain('');
        expect(analyse(words, language)).toEqual(terms);
      },
    ),
  );
});

test('stop words are those of the language, and none for an unknown one', () => {
  expect(stopWords('en').has('the')).toBe(true);
  expect(stopWords('de-AT').has('und')).toBe(true);
  expect(stopWords('zh').has('的')).toBe(true);
  expect(stopWords('constructor').size).toBe(0);
  for (const word of ['system', 'page', 'world', 'network'])
    expect(stopWords('en').has(word)).toBe(false);
});

test('a stem is of the language of its word, and an unknown language has none', () => {
  expect(stem('relational', 'en')).toBe('relat');
  expect(stem('katzen', 'de')).toBe('katz');
  expect(stem('bilen', 'nb')).toBe('bil');
  expect(stem('encoding', 'constructor')).toBe('encoding');
});

test('a word of a hundred thousand letters is its own stem at once', () => {
  const word = 'y'.repeat(100_000);
  for (const language of ['en', 'fr', 'ar', 'tr']) expect(stem(word, language)).toBe(word);
});

// the opening of the Universal Declaration of Human Rights, article 1, and the like
const samples: Readonly<Record<string, string>> = {
  en: 'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
  de: 'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.',
  fr: 'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.',
  es: 'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
  it: 'Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza.',
  pt: 'Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade.',
  nl: 'Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen.',
  sv: 'Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft och samvete och bör handla gentemot varandra i en anda av gemenskap.',
  da: 'Alle mennesker er født frie og lige i værdighed og rettigheder. De er udstyret med fornuft og samvittighed, og de bør handle mod hverandre i en broderskabets ånd.',
  fi: 'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan. Heille on annettu järki ja omatunto, ja heidän on toimittava toisiaan kohtaan veljeyden hengessä.',
  pl: 'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.',
  cs: 'Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají spolu jednat v duchu bratrství.',
  hu: 'Minden emberi lény szabadon születik és egyenlő méltósága és joga van. Az emberek, ésszel és lelkiismerettel bírván, egymással szemben testvéri szellemben kell hogy viseltessenek.',
  tr: 'Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler.',
  ro: 'Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt înzestrate cu rațiune și conștiință și trebuie să se comporte unele față de altele în spiritul fraternității.',
  ru: 'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.',
  uk: 'Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства.',
  el: 'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.',
  ar: 'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق، وقد وهبوا عقلاً وضميرًا.',
  fa: 'تمام افراد بشر آزاد به دنیا می‌آیند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای عقل و وجدان می‌باشند.',
  he: 'כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.',
  hi: 'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।',
  th: 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ',
  ko: '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.',
  ja: 'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。',
  zh: '人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。',
};

test.each(Object.entries(samples))('a passage in %s is recognised', (language, sample) => {
  expect(detectLanguage(sample)).toBe(language);
});

test('a Chinese text with English terms is Chinese, and a text of nothing is English', () => {
  expect(detectLanguage('Transformer 模型使用 self-attention 机制来处理序列数据，它很重要。')).toBe(
    'zh',
  );
  expect(detectLanguage('')).toBe('en');
  expect(detectLanguage('12345 !!!')).toBe('en');
});
