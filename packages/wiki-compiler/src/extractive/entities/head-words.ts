/** Words that tell the type of a name by standing at its end, at its beginning, or beside it. */
import type { EntityType } from '../shapes.ts';
import { wordSet } from '../words/word-set.ts';

export const ORGANIZATION_HEADS = wordSet(`
university institute college school academy faculty laboratory laboratories lab labs corporation corp inc ltd llc plc
gmbh ag company group bank ministry department agency commission committee council court association society
foundation federation union organization organisation party congress parliament senate army navy force police museum
library hospital clinic center centre press news airlines airways motors technologies software electric pharmaceuticals
records studios pictures entertainment media networks partners holdings consortium alliance board bureau office
authority administration reserve fund trust club league research industries instruments observatory
publishers brothers guild orchestra church monastery initiative project
universität hochschule institut akademie fakultät stiftung gesellschaft verein verband bundesamt ministerium
bundesministerium behörde bibliothek museum verlag bund kammer kommission zentrum werke
`);

/** Heads that may be followed by *for* or *of* and a name: *Institute for Advanced Study*. */
export const FOLLOWED_BY_OF = wordSet(`
university institute college school academy faculty laboratory bank ministry department agency commission committee
council court association society foundation federation union organization organisation congress museum library
hospital center centre board bureau office authority church house
universität hochschule institut akademie gesellschaft ministerium bundesamt bundesministerium
republic kingdom gulf bay isle cape strait tower temple statue palace city state commonwealth empire duchy
battle war treaty siege declaration convention conference festival council bureau history journal
`);

export const PLACE_HEADS = wordSet(`
river lake mountain mountains island islands bay valley city county province street avenue road sea ocean desert
peninsula park bridge airport forest coast gulf republic kingdom hills harbor harbour canal strait square castle palace
empire district rock reef lighthouse tower foreland headland temple straße platz brücke fluss see insel berg gebirge schloss
`);

export const PLACE_PREFIXES = wordSet('mount lake cape gulf isle san saint fort port');

export const EVENT_HEADS = wordSet(`
war battle cup conference olympics games revolution summit festival championship championships symposium workshop expo
crisis pandemic earthquake hurricane uprising siege exhibition fair congress renaissance krieg schlacht konferenz messe
`);

export const WORK_HEADS = wordSet(`
act treaty constitution declaration journal review magazine times gazette handbook manual encyclopedia encyclopaedia dictionary
symphony bible directive proceedings chronicle tribune herald transactions
`);

export const PRODUCT_HEADS = wordSet(
  'suite os linux sdk browser toolkit compiler studio engine docs',
);

export const HONORIFICS = wordSet(`
mr mrs ms dr prof professor sir lord lady president chancellor minister senator general captain king queen emperor pope
saint father reverend herr frau doktor kaiser könig
`);

/** Nouns beside a name that say what it is: *the German physicist X*, *X is a library*. */
const TYPE_NOUNS: readonly (readonly [EntityType, string])[] = [
  [
    'person',
    `scientist engineer author philosopher mathematician physicist professor researcher politician footballer inventor novelist
    poet writer composer chemist botanist biologist economist historian architect designer developer programmer artist painter
    journalist lawyer physician doctor nurse psychologist linguist astronomer king queen emperor president minister founder
    director chairman entrepreneur businessman explorer missionary printer goldsmith clockmaker watchmaker theologian monk
    abolitionist activist singer musician actor actress poetess student statistician geologist meteorologist computerist
    physiker mathematiker philosoph chemiker ingenieur erfinder dichter schriftsteller komponist biologe arzt forscher
    forscherin professorin physikerin mathematikerin wissenschaftler wissenschaftlerin buchdrucker goldschmied autor autorin
    astronom astronomin unternehmer kaufmann botaniker historiker`,
  ],
  [
    'organization',
    `company corporation organization organisation university startup institute agency nonprofit charity bank manufacturer
    publisher club institution firm consortium laboratory committee vendor retailer association foundation
    ministry museum school college hospital union party newspaper authority board council brotherhood court army navy orchestra society unternehmen firma hersteller stiftung behörde universität
    verein gesellschaft verlag institut`,
  ],
  [
    'place',
    `city town village country river region province capital island mountain continent county district lake reef rock lighthouse
    headland harbour harbor strait bay sea cape tower castle bridge
    stadt dorf fluss insel land region hauptstadt gemeinde berg provinz`,
  ],
  [
    'product',
    `library framework tool software program programme application database platform product device browser editor processor
    toolkit package computer machine phone console app compiler interpreter simulator engine database store broker cluster-manager
    programmiersprache bibliothek software werkzeug programm datenbank betriebssystem gerät`,
  ],
  [
    'work',
    `book novel film movie painting journal magazine song album poem article essay play opera treatise monograph textbook
    buch roman zeitschrift aufsatz gedicht lehrbuch`,
  ],
  [
    'event',
    'war battle conference workshop competition festival revolution ceremony tournament symposium konferenz krieg schlacht',
  ],
];

export const TYPE_OF_NOUN: ReadonlyMap<string, EntityType> = new Map(
  TYPE_NOUNS.flatMap(([type, nouns]) =>
    nouns
      .trim()
      .split(/\s+/)
      .map((noun): [string, EntityType] => [noun, type]),
  ),
);

/** Verbs after a name that a person, or an organisation, is the subject of. */
export const PERSON_VERBS =
  /^ (?:argued|wrote|invented|discovered|proved|observed|suggested|believed|studied|died|was born|thought|noticed|coined|formulated|recalled|explained|erfand|schrieb|entdeckte|bewies|studierte|starb|wurde (?:\d{4} )?in)\b/;
export const ORGANIZATION_VERBS =
  /^ (?:announced|acquired|released|launched|reported|sells|manufactures|employs|published|operates|standardi[sz]ed|funded|sponsors|sponsored|veröffentlichte|gründete|betreibt|produziert)\b/;
