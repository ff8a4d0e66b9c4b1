/**
 * English words that end a phrase. A short list on purpose: general stop lists hold *system, page,
 * world*, which are parts of terms (measured: +0.6 and +1.7 points of F1 over the long list).
 */
import { wordSet } from './word-set.ts';

export const ENGLISH_FUNCTION_WORDS = wordSet(`
a an the this that these those some any each every either neither both all many much more most few fewer less least
several such same other others another own no none not nor only just very too so quite rather almost nearly already
also even still yet ever never always often sometimes usually seldom rarely again once twice here there where when
while whereas why how what which who whom whose whoever whatever whichever whether if unless until because since
though although despite however therefore thus hence moreover furthermore nevertheless nonetheless meanwhile
otherwise instead besides accordingly consequently then than as like unlike
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves one ones someone somebody something anyone anybody anything
everyone everybody everything nobody nothing nowhere somewhere anywhere everywhere
am is are was were be been being do does did doing done have has had having will would shall should can could may
might must ought need needs cannot can't won't don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't
wouldn't shouldn't couldn't let let's it's that's there's i'm we're you're they're i've we've you've they've i'll we'll
you'll they'll he's she's what's who's
about above across after against along amid among amongst around at before behind below beneath beside between beyond
by concerning down during except for from in inside into near of off on onto opposite out outside over past per
regarding round through throughout till to toward towards under underneath up upon versus via vs with within without
and or but plus minus etc e.g i.e eg ie cf viz al et
built held kept sent led lit begun chosen driven grown drawn written spoken broken worn sold bought brought caught taught fought lost won met paid laid
make makes made making take takes took taken taking get gets got gotten getting give gives gave given giving go goes
went gone going come comes came coming become becomes became becoming seem seems seemed seeming appear appears appeared
see sees saw seen say says said saying tell tells told know knows knew known think thinks thought want wants wanted
use uses used using keep keeps kept keeping put puts putting set sets find finds found finding show shows showed shown
showing help helps helped helping allow allows allowed allowing enable enables enabled enabling provide provides
provided providing include includes included including contain contains contained containing consist consists require
requires required requiring call calls called calling describe describes described propose proposes proposed present
presents presented denote denotes denoted define defines defined follow follows followed following depend depends
based according due able unable likely unlikely
next previous former latter various certain different similar new old good better best bad worse worst bigger larger
largest smaller smallest greater higher highest lower lowest longer shorter earlier later recent whole particular possible
available useful
now today yesterday tomorrow soon ago lately recently currently perhaps maybe indeed actually really simply
mainly mostly especially particularly generally typically commonly usually clearly easily well far away together
apart forward enough else
two three four five six seven eight nine ten hundred thousand million billion dozen
`);

/** Words that no English term begins with, though one may hold or end in them: *leap second*. */
export const ENGLISH_NO_BEGINNING = wordSet(`
first second third last main major minor full current entire typical important early late simple big great real certain
additional further single common modern actual
`);
