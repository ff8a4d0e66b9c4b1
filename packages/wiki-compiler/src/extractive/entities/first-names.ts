/** Whether a word is used as a first name; the list is unpacked at the first question. */
import { FRONT_CODED_FIRST_NAMES } from './data/first-names.ts';

/** Names that are oftener something else at the head of a capitalised phrase. */
const RATHER_WORDS = new Set(
  `der will may april june august major royal mercy price max min son georgia israel carolina dakota asia china
  america india london paris victoria sydney florence prince king queen duke rich forest cliff star sky rain river
  summer autumn winter holiday genesis nevada montana arizona melody harmony season case lane miles pace reed ward
  wade page sage chase destiny justice love precious diamond crystal amber ginger pepper chance see
  west east north south washington lincoln madison austin houston dallas denver boston jackson
  do an so my in long young many data delta omega alpha gamma sigma beta echo sierra
  golf tango windows excel word access apple mint titan apollo spark kafka cassandra storm`.split(
    /\s+/,
  ),
);

/** Names that are common in Europe and missing in an English list. */
const MORE_NAMES = `alois andreas anton bernd birgit björn christoph dieter dietrich eckhard ernst ferdinand friedemann friedrich
  fritz gerd gerhard gottfried gottlieb günter günther hans-jürgen hans-peter heinrich heinz helmut hermann holger horst ilse
  ingrid jochen johann johannes jörg jürgen karl-heinz klaus konrad kurt ludwig lutz manfred martin matthias michael niklaus
  ottmar otto peter reinhard rolf rudolf siegfried stefan stephan thomas ulrich ursula ute uwe volker walter werner wilhelm
  wolfgang françois jean-pierre jean-luc andré étienne rené josé juan luis javier jesús pablo giovanni giuseppe leonardo
  galileo niccolò søren nils lars bjørn jörn åsa håkan zdeněk václav jiří stanisław władysław andrzej nikolai sergei dmitri
  wei xiaoming hiroshi kenji takeshi satoshi`;

let names: ReadonlySet<string> | undefined;

export function isFirstName(lower: string): boolean {
  names ??= unpack();
  return names.has(lower);
}

function unpack(): ReadonlySet<string> {
  const unpacked = new Set<string>();
  let name = '';
  for (const [, shared = '0', rest = ''] of FRONT_CODED_FIRST_NAMES.matchAll(
    /([0-9A-Z])([a-z'-]*)/g,
  )) {
    name = name.slice(0, Number.parseInt(shared, 36)) + rest;
    if (!RATHER_WORDS.has(name)) unpacked.add(name);
  }
  for (const more of MORE_NAMES.split(/\s+/)) unpacked.add(more);
  return unpacked;
}
