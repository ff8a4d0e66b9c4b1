/** The wording of definitions, by language. Patterns look at a few words beside the name and never run on. */
import type { Language } from '../shapes.ts';

export interface DefinitionPatterns {
  /** What may stand before the name at the beginning of a defining sentence. */
  readonly opening: RegExp;
  /** After the name: *is defined as*. */
  readonly definedAs: RegExp;
  /** After the name: *is a*. */
  readonly isA: RegExp;
  /** After the name: *refers to, consists of, allows*. */
  readonly does: RegExp;
  /** Before the name: *called, known as, we propose the*. */
  readonly introduces: RegExp;
  /** After a name that is introduced. */
  readonly introduced: RegExp;
  /** After the name: *, a* or *, which*. */
  readonly apposition: RegExp;
  /** Sentences that cannot be understood alone. */
  readonly pronounStart: RegExp;
  /** *is a good*: an opinion about the thing, not what it is. */
  readonly judgement: RegExp;
  /** After what is named: *is called*. */
  readonly isCalled: RegExp;
  /** Words that begin a sentence before its subject: *in 1851*, *when*. */
  readonly adverbial: RegExp;
  /** Articles and what stands for them. */
  readonly article: RegExp;
  /** Small words that may stand between the beginning of a sentence and its subject. */
  readonly leading: RegExp;
  /** Of these, those that mean certain ones and not the kind. */
  readonly certain: RegExp;
}

const NEVER = /(?!)/;

const ENGLISH: DefinitionPatterns = {
  opening:
    /^(?:[([]?\d{1,2}[.)\]]\s)?"?(?:(?:the|an?|in [a-z ]{3,30},(?: the| an?)?)\s)?(?:(?:term|word|concept|idea|notion)(?: of)?(?: an?| the)?\s)?"?$/i,
  definedAs:
    /^,? (?:(?:can|may|could|might) be|is|are|was|were)(?: \w+ly)? (?:described|defined|thought of|seen|understood|viewed) as\b/,
  isA: /^,? (?:is|are|was|were)(?: \w+ly)? (?:an?|the|one of|any|used (?:to|for)|when|what|how|where|simply|another)\b/,
  does: /^ (?:refers? to|denotes?|means?|consists? of|describes?|represents?|allows?|provides?|enables?|measures?|combines?|uses?|serves?|works? by|comprises?|occurs? when|happens? when|ensures?|guarantees?)\b/,
  introduces:
    /(?:called|known as|termed|named|dubbed|referred to as|(?:we|paper|article|chapter|section|report|authors?|they|was|were|is|are|first) (?:propose|introduce|present|define|develop)(?:s|d|ed)?)(?: an?| the)?(?: [a-z-]{1,15}){0,2} "?$/i,
  introduced: /^"?(?:[.,;:]| that\b| which\b| for\b| as\b)/,
  apposition: /^, (?:an?|the|which (?:is|are|was|were)) [^,.;:]{3,90}[,.;:]/,
  pronounStart:
    /^(?:this|these|that|those|it|they|he|she|such|here|there|both|but|and|so|however|thus|also)\b/i,
  judgement:
    /\b(?:is|are|was) an? (?:good|bad|great|critical|key|crucial|common|popular|important|useful|simple|single point of|major|hard|difficult|challenging|natural)\b/,
  isCalled: /^,? (?:is|are|was|were)(?: \w+ly)? (?:called|known as|termed|named)\b/,
  adverbial:
    /^(?:in|on|at|by|with|without|for|from|of|to|after|before|since|until|till|when|while|where|if|as|because|although|though|during|through|under|over|between|among|like|unlike|instead|despite|within|beyond|behind|beside|besides|near|about|around|against|along|across|once|unless|whether|than|upon|into|onto|per|via|due|given|together|how|why|what|whatever)\b/i,
  article: /^(?:the|an?|this|that|these|those|its|their|each|every|all|most|many|some|no)$/,
  leading:
    /^(?:the|an?|this|that|these|those|some|any|each|every|both|all|many|most|few|several|such|no|not|other|another|of|its|their|his|her|our|your|my|only|even|also|but|and|so|then|now|today|however|thus|therefore|moreover|still|yet|here|typical|typically|usually|often|sometimes|generally|modern|early|new|old|good|large|small|great|different|certain)$/,
  certain: /^(?:the|this|that|these|those|its|their|his|her|our|your|my|another|other)$/,
};

const GERMAN: DefinitionPatterns = {
  opening:
    /^(?:(?:der|die|das|eine?|unter|als|mit)\s)?(?:(?:der|die|das|eine[mrn]?|dem|den)\s)?(?:(?:begriff|ausdruck)\s)?"?$/i,
  definedAs:
    /^,? (?:(?:ist|sind|wird|werden) (?:definiert|beschrieben|bezeichnet) als|versteht man|bezeichnet man|(?:kann|können) als|lässt sich als)/,
  isA: /^,? (?:ist|sind|war|waren)(?: \w+)? (?:eine?[mnrs]?|der|die|das|jene[rs]?|ein\w*)\b/,
  does: /^ (?:bezeichne(?:t|n)|bedeute(?:t|n)|besteh(?:t|en) aus|beschreib(?:t|en)|umfass(?:t|en)|ermöglich(?:t|en)|erlaub(?:t|en)|dien(?:t|en)|entsteh(?:t|en)|meint)\b/,
  introduces: /(?:genannt|sogenannten?|bezeichnet als|heißt|nennt man)(?: \p{Ll}{1,15})? "?$/iu,
  introduced: /^"?(?:[.,;:]| ist\b| sind\b)/,
  apposition: /^, (?:(?:also|das heißt) )?(?:eine?[mnrs]?|der|die|das)\b/,
  pronounStart:
    /^(?:dies\w*|das|es|sie|er|hier|da|so|solche\w*|aber|und|doch|jedoch|auch|dabei|dadurch)\b/i,
  judgement:
    /\b(?:ist|sind|war) eine? (?:gute[rs]?|wichtige[rs]?|häufige[rs]?|einfache[rs]?|große[rs]?)\b/,
  isCalled: /^,? (?:heißt|heißen|wird \S+ genannt|werden \S+ genannt|nennt man)\b/,
  adverbial:
    /^(?:in|im|ins|an|am|auf|aus|bei|beim|mit|nach|seit|von|vom|vor|zu|zum|zur|durch|für|gegen|ohne|um|unter|über|zwischen|während|wegen|trotz|wenn|als|da|weil|obwohl|nachdem|bevor|bis|ob|wie|wo|wer|was|hier|dort)(?!\p{L})/iu,
  article: /^(?:der|die|das|dem|den|des|eine?[mnrs]?|jede[mnrs]?|alle[mnrs]?)$/,
  leading:
    /^(?:der|die|das|eine?|diese[rs]?|jede[rs]?|alle|viele|manche|einige|auch|doch|aber|und)$/,
  certain: /^(?:der|die|das|diese[rs]?)$/,
};

const CHINESE: DefinitionPatterns = {
  opening: /^(?:所谓)?["「“]?$/,
  definedAs: /^["」”]?(?:是指|指的是|可以?定义为|被定义为|可以?理解为)/,
  isA: /^["」”]?(?:是一|是[^否不]|就是)/,
  does: /^["」”]?(?:即|指|用于|用来|表示|包括|由[^。]{1,40}组成|也称|又称|，简称|，即)/,
  introduces: /(?:称为|叫做|称作|名为|称之为)["「“]?$/,
  introduced: /^["」”]?[。，；：]/,
  apposition: /^，(?:是一|一种|即)/,
  pronounStart: /^(?:这|那|它|他|她|其|此|该|因此|但|而且|所以)/,
  judgement: NEVER,
  isCalled: /^["」”]?(?:称为|叫做|称作|名为)/,
  adverbial: /^(?:在|从|当|对|为了|由于|如果|因为)/,
  article: NEVER,
  leading: /^(?:所谓|一个|每个|这|这个|该)$/,
  certain: /^(?:这|这个|该)$/,
};

/** Without a language of its own: the name, then a colon or a dash, or the lead of its own section. */
const ANY: DefinitionPatterns = {
  opening: /^\P{L}{0,3}(?:\p{L}{1,4}\s)?$/u,
  definedAs: NEVER,
  isA: /^ (?:est|sont|es|son|é|são|è|sono|is|zijn|är|er|jest|są) (?:une?|uma?|una|unos?|il|la|le|les|los|las|el|o|een|en|et|ett|den|det|de)\b/,
  does: NEVER,
  introduces: NEVER,
  introduced: NEVER,
  apposition: NEVER,
  pronounStart: NEVER,
  judgement: NEVER,
  isCalled: NEVER,
  adverbial: NEVER,
  article: NEVER,
  leading: /^\p{L}{1,4}$/u,
  certain: NEVER,
};

const BY_LANGUAGE: ReadonlyMap<Language, DefinitionPatterns> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
  ['zh', CHINESE],
]);

export function definitionPatterns(language: Language): DefinitionPatterns {
  return BY_LANGUAGE.get(language) ?? ANY;
}
