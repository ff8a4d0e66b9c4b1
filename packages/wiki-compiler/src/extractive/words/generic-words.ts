/** English words that name nothing by themselves: a phrase made of them alone is no concept. */
import { wordSet } from './word-set.ts';

export const ENGLISH_GENERIC_WORDS = wordSet(`
ability action activity addition advantage age agreement aim amount analysis answer appendix application approach area
argument article aspect assumption attempt author basis behavior behaviour benefit bit body book bottom
call case category cause center challenge chance change chapter character characteristic choice circumstance class
collection column comment comparison complexity component concept concern conclusion condition consequence
consideration contact content context contribution control copy core cost count country couple course criterion
current data date day deal decade decision definition degree description design detail development difference
difficulty direction discussion document effect effort element end entry environment error evaluation event evidence
example exception existence expectation experience experiment explanation extent face fact factor failure feature field
figure file focus form format foundation fraction framework function future gain general goal group growth half hand
head help history hour idea impact implementation importance improvement increase indication individual influence
information input instance interest introduction issue item job key kind lack law lead length level life
limit limitation line list literature look lot majority manner material matter maximum mean meaning means
measure mechanism member method middle mind minimum minute mode moment month motivation move name nature need note
notion number object objective observation one opportunity option order origin outcome output overview page pair paper
paragraph part participant past path people percent percentage performance period person perspective phase place plan
point portion position possibility potential practice presence present principle problem procedure process product
progress project property proportion proposal purpose quality quantity question range rate ratio reader reason
recommendation record reduction reference region relation relationship report request requirement research resource
respect response result review right risk role row rule sample scenario scheme scope second section sense sentence
sequence series set setting shape share side sign similarity situation size solution sort source space stage standard
start state statement step strategy strength structure study style subject success suggestion summary support system
table target task team technique technology term test text theme thing thought time title tool top topic total trend
trial true turn type understanding unit usage use user value variable variation variety version view volume way week
weight word work world year zone
code program programming software computer wide broad lot fact need return listing holiday north south east west northeast northwest southeast southwest language string large small high low long short early late simple single common real full main major minor second first third
`);

/** Heads that a concept's name can lose without losing its meaning: *attention mechanism* is *attention*. */
export const GENERIC_HEADS = wordSet(`
mechanism model method algorithm architecture layer process system task theory technique approach framework function
operation strategy scheme procedure module component unit structure pattern concept principle problem protocol
`);

/** Heads that make the better page name than the bare root: *attention mechanism*, *cache pattern*. */
export const NAMING_HEADS = wordSet(`
mechanism model theory algorithm architecture protocol pattern principle theorem equation method
`);

/** Adverb-looking nouns. */
export const LY_NOUNS = wordSet(`
family assembly anomaly reply supply monopoly italy july butterfly homily ally bully jelly belly rally tally lily
panoply anomaly doily melancholy
`);

/** Words that end like adjectives or participles and are nouns all the same. */
export const ADJECTIVE_LIKE_NOUNS = wordSet(`
table variable cable fable vegetable timetable bible crucible archive adjective objective perspective alternative
initiative incentive native executive detective collective representative derivative motive additive olive dive drive
hive five live handful spoonful bed seed feed speed breed need weed shed thread bread head embed red hundred
method period word sword world record cloud wood food good radical chemical vertical critical medical rascal canonical
dish fish wish english polish danish spanish finnish swedish rubbish bus virus status corpus nexus focus genus census
consensus campus radius apparatus stimulus nucleus bonus dataset testbed
`);
