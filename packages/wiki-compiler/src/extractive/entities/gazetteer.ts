/**
 * Names that Node brings along, in any language: countries and regions, languages, months, and the
 * cities that time zones are named after. A short list adds cities and regions that have no zone.
 */
import type { Language } from '../shapes.ts';

export interface Gazetteer {
  isPlace(lower: string): boolean;
  /** A language, a people, a month, a day of the week: capitalised, and no entity. */
  isNoName(lower: string): boolean;
  /** Names of regions as written, for text without spaces between words. */
  readonly regions: readonly string[];
}

const MORE_PLACES = `
beijing|shanghai|shenzhen|hong kong|mumbai|bangalore|delhi|new delhi|chennai|osaka|kyoto|saint petersburg|milan|naples|turin|venice
florence|barcelona|valencia|seville|munich|hamburg|cologne|frankfurt|stuttgart|leipzig|dresden|heidelberg|göttingen|bonn|bremen
nuremberg|aachen|karlsruhe|darmstadt|weimar|jena|potsdam|geneva|basel|bern|lausanne|salzburg|graz|lyon|marseille|toulouse|grenoble
strasbourg|nice|bordeaux|manchester|birmingham|liverpool|edinburgh|glasgow|cambridge|oxford|bristol|leeds|cardiff|rotterdam
the hague|utrecht|delft|eindhoven|leiden|antwerp|ghent|gothenburg|malmö|krakow|rio de janeiro|montreal|ottawa|calgary|quebec
san francisco|san diego|san jose|seattle|boston|philadelphia|houston|dallas|austin|atlanta|miami|washington|washington dc|baltimore
pittsburgh|minneapolis|st louis|portland|las vegas|salt lake city|palo alto|mountain view|menlo park|cupertino|redmond|silicon valley
princeton|berkeley|stanford|california|texas|florida|massachusetts|new jersey|pennsylvania|virginia|maryland|michigan|ohio|illinois
wisconsin|minnesota|missouri|colorado|arizona|oregon|utah|nevada|new mexico|tennessee|kentucky|alabama|louisiana|north carolina
south carolina|connecticut|alaska|hawaii|ontario|british columbia|bavaria|saxony|prussia|thuringia|hesse|westphalia|scotland|england
wales|northern ireland|great britain|britain|soviet union|europe|asia|africa|america|north america|south america|latin america
antarctica|middle east|scandinavia|siberia|balkans|caribbean|mediterranean|rhine|danube|elbe|thames|alps|himalayas|manhattan|brooklyn
des moines|usa|u.s|u.s.a|uk|u.k|mainz|wien|münchen|köln|nürnberg|genf|venedig|rom|mailand|florenz|straßburg|bayern|sachsen|preußen|thüringen|rhein|donau|main|saale
`;

const PEOPLES = `
american british european african asian australian canadian mexican brazilian indian chinese japanese korean german
french english italian spanish portuguese dutch belgian swiss austrian danish swedish norwegian finnish polish russian
ukrainian turkish greek egyptian israeli arab persian iranian iraqi irish scottish welsh roman latin western eastern
northern southern jewish muslim christian catholic protestant buddhist hindu islamic soviet prussian bavarian
americans europeans germans romans greeks jews christians muslims asians africans indians victorian medieval
internet web english-german
`;

/** Zones whose last part is no city. */
const NO_CITY =
  /^(?:gmt|utc|uct|zulu|universal|center|knox|easter|midway|wake|troll|vostok|casey|davis|syowa|rothera|palmer|mawson|eucla|lord howe|marquesas|gambier|truk|ponape|johnston|south pole|dumontdurville|mcmurdo|macquarie|new salem|beulah|currie|vincennes|tell city|petersburg|winamac|marengo|vevay|rainy river|thunder bay|swift current|whitehorse|creston|regina|phoenix|boise|menominee|sitka|nome|juneau|metlakatla|yakutat|adak|reunion|christmas|cocos|comoro|mayotte|bahia|acre|belem|santa isabel|noronha|pacific|mountain|central|eastern|atlantic|jujuy|rosario|jamaica|nauru|chatham)$/;

const gazetteers = new Map<Language, Gazetteer>();

export function gazetteer(language: Language): Gazetteer {
  let found = gazetteers.get(language);
  if (found === undefined) {
    found = build(language);
    gazetteers.set(language, found);
  }
  return found;
}

function build(language: Language): Gazetteer {
  const regions = new Set<string>();
  const noNames = new Set(PEOPLES.trim().split(/\s+/));
  for (const locale of new Set(['en', language])) {
    for (const name of displayNames(locale, 'region')) regions.add(name);
    for (const name of displayNames(locale, 'language')) noNames.add(name.toLowerCase());
    for (const name of calendarNames(locale)) noNames.add(name.toLowerCase());
  }
  const places = new Set([...regions].map((name) => name.toLowerCase()));
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const city = (zone.split('/').at(-1) ?? '').replaceAll('_', ' ').toLowerCase();
    if (zone.includes('/') && !NO_CITY.test(city)) places.add(city);
  }
  for (const name of MORE_PLACES.trim().split(/[|\n]/)) places.add(name);
  return {
    isPlace: (lower) => places.has(lower),
    isNoName: (lower) => noNames.has(lower) && !places.has(lower),
    regions: [...regions],
  };
}

/** All two-letter regions or languages that this locale has a name for. */
function displayNames(locale: string, type: 'region' | 'language'): string[] {
  const names = new Intl.DisplayNames([locale], { type, fallback: 'none' });
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const found: string[] = [];
  for (const first of letters)
    for (const second of letters) {
      const code = first + second;
      const name = names.of(type === 'region' ? code.toUpperCase() : code);
      if (name !== undefined && !/[()\d]|region|language/i.test(name)) found.push(name);
    }
  return found;
}

/** Months and days of the week, long and short. */
function calendarNames(locale: string): string[] {
  const names: string[] = [];
  for (const style of ['long', 'short'] as const) {
    const month = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
    for (let index = 0; index < 12; index += 1) {
      names.push(month.format(Date.UTC(2024, index, 5)).replace(/\.$/, ''));
      if (index < 7) names.push(weekday.format(Date.UTC(2024, 0, 1 + index)).replace(/\.$/, ''));
    }
  }
  return names;
}
