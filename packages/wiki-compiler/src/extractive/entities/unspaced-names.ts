/**
 * Names in scripts without spaces: countries and regions, words in Latin letters, and works in their
 * quotation marks. People and organisations in Chinese characters are not found: without a model
 * every guess at a boundary would be a wrong page.
 */
import type { EntityType, Sentence } from '../shapes.ts';
import { type Steps, eachInSteps, textLength } from '../steps.ts';
import { keyOfName } from '../text/keys.ts';
import { isAllCapitals } from './case-statistics.ts';
import type { NameContext } from './name-runs.ts';
import type { NameStatistics } from './name-statistics.ts';
import { typeOfName } from './type-of-name.ts';

const LATIN =
  /\p{Script=Latin}[\p{Script=Latin}\p{N}+#.-]*(?: [\p{Lu}\d][\p{Script=Latin}\p{N}+#.-]*){0,4}/gu;
const WORK = /[《『]([^《》『』]{1,40})[》』]/gu;

export function* collectUnspacedNames(
  sentences: readonly Sentence[],
  context: NameContext,
): Steps<Map<string, NameStatistics>> {
  const names = new Map<string, NameStatistics>();
  yield* eachInSteps(sentences, textLength, (sentence) => {
    const { text } = sentence;
    for (const [, work = ''] of text.matchAll(WORK))
      observe(names, work, 'work', 0.9, sentence, context);
    for (const [found] of text.matchAll(LATIN)) {
      const name = found.replace(/[.-]+$/, '');
      if (!/^\p{Lu}/u.test(name) || name.length < 2) continue;
      const vote = typeOfName(name.split(' '), context.gazetteer);
      observe(names, name, vote.type, vote.confidence, sentence, context);
      const said = saidToBe(text.slice(text.indexOf(name) + name.length));
      if (said !== undefined) observe(names, name, said, 1, sentence, context, 0);
    }
    for (const region of context.gazetteer.regions)
      if (/^\P{Script=Latin}{2,}$/u.test(region) && text.includes(region))
        observe(names, region, 'place', 0.95, sentence, context);
  });
  return names;
}

/** *Redis 是一种开源的内存数据库*: the type is the last noun of the clause. */
function saidToBe(after: string): EntityType | undefined {
  const clause =
    /^\s?(?:（[^（）]{1,40}）)?是(?:一[种个款家套]|由|[^，。]{0,12}的)?([^，。；]{1,40})/.exec(
      after,
    )?.[1];
  if (clause === undefined) return undefined;
  return CHINESE_NOUNS.find(([, noun]) => noun.test(clause))?.[0];
}

const CHINESE_NOUNS: readonly (readonly [EntityType, RegExp])[] = [
  ['product', /(?:数据库|软件|系统|语言|框架|工具|平台|库|引擎|应用|程序|服务器|产品)$/],
  ['organization', /(?:公司|企业|大学|机构|组织|协会|基金会|研究所|银行)$/],
  ['place', /(?:城市|国家|地区|省|河|山|岛)$/],
  ['person', /(?:科学家|工程师|程序员|教授|作家|人|学家)$/],
  ['work', /(?:书|论文|小说|电影|杂志|文章)$/],
];

function observe(
  names: Map<string, NameStatistics>,
  form: string,
  type: EntityType,
  confidence: number,
  sentence: Sentence,
  context: NameContext,
  times = 1,
): void {
  const key = keyOfName(form, context.profile);
  if (key === '') return;
  const name: NameStatistics = names.get(key) ?? {
    key,
    forms: new Map(),
    count: 0,
    sentences: [],
    sections: new Set(),
    votes: new Map(),
    certainty: 0,
    inAbstract: false,
    numbered: 0,
    articles: isAllCapitals(form) ? 1 : 0,
  };
  names.set(key, name);
  name.count += times;
  name.forms.set(form, (name.forms.get(form) ?? 0) + times);
  if (name.sentences.at(-1) !== sentence.index) name.sentences.push(sentence.index);
  name.sections.add(sentence.section);
  name.inAbstract ||= sentence.abstract;
  name.certainty = Math.max(name.certainty, confidence);
  name.votes.set(type, (name.votes.get(type) ?? 0) + confidence);
}
