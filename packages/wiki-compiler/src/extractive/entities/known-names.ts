/** Names so common that a document rarely says what they are. Short on purpose: the text's own words come first. */
import type { EntityType } from '../shapes.ts';

const NAMES: Readonly<Partial<Record<EntityType, string>>> = {
  organization: `google|microsoft|apple|amazon|meta|facebook|ibm|intel|nvidia|oracle|cisco|hewlett-packard|hp|dell|sony|samsung|siemens|bosch
    sap|xerox|netflix|twitter|uber|airbnb|linkedin|openai|anthropic|deepmind|mozilla|red hat|vmware|alibaba|tencent|baidu|huawei|toyota|honda
    volkswagen|bmw|daimler|boeing|airbus|nasa|esa|cern|mit|eth|w3c|ietf|ieee|acm|iso|nist|darpa|fbi|cia|nsa|fda|epa|unesco|unicef|nato|who|opec
    united nations|european union|world bank|bell labs|at&t|motorola|nokia|ericsson|philips|texas instruments|general electric
    mcdonald's|coca-cola|pepsi|walmart|disney|pfizer|bayer|reuters|bbc|cnn|wikipedia|reddit|netgear|qantas`,
  product: `linux|windows|macos|android|ios|unix|debian|ubuntu|git|docker|kubernetes|redis|memcached|postgresql|mysql|sqlite|mongodb|cassandra
    kafka|hadoop|spark|tensorflow|pytorch|numpy|python|java|javascript|typescript|rust|golang|haskell|ruby|perl|php|swift|kotlin|scala|fortran
    cobol|excel|powerpoint|photoshop|latex|chrome|firefox|safari|node.js|react|nginx|spanner|bigtable|mapreduce|dynamodb|elasticsearch|emacs|vim`,
};

const TYPE_OF_NAME: ReadonlyMap<string, EntityType> = new Map(
  Object.entries(NAMES).flatMap(([type, names]) =>
    names.split(/[|\n]/).map((name): [string, EntityType] => [name.trim(), type as EntityType]),
  ),
);

/** The type of a well-known name in lower case, if it is one. */
export function knownType(lower: string): EntityType | undefined {
  return TYPE_OF_NAME.get(lower);
}
