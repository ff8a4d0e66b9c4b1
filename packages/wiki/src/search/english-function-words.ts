/**
 * English words that say nothing about what a text is about. Short on purpose: the usual long lists hold "system",
 * "page" and "world" too, which are things that people look for.
 */
export const ENGLISH_FUNCTION_WORDS = `
a an the this that these those such same other another each every either neither both all any some none no not nor
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
it its itself they them their theirs themselves one ones oneself someone somebody something anyone anybody anything
everyone everybody everything nobody nothing who whom whose which what whatever whichever whoever
am is are was were be been being have has had having do does did doing done will would shall should can could may might
must ought need dare cannot let lets
and or but if then else than as because since unless until while whereas although though whether so yet for
about above across after against along amid among amongst around at before behind below beneath beside besides between
beyond by despite down during except from in inside into like near of off on onto out outside over past per regarding
through throughout till to toward towards under underneath unlike up upon versus via with within without
how when where why here there now ever never always often sometimes usually once again already also just only even still
too very quite rather much many more most less least few fewer several enough almost nearly perhaps maybe however
therefore thus hence moreover furthermore otherwise instead indeed namely meanwhile nevertheless nonetheless
accordingly consequently additionally respectively eg ie etc cf vs et al ibid
get gets got getting give gives gave given make makes made making take takes took taken go goes went gone come comes came
say says said see sees seen saw know known think use uses used using want
own well yes ok okay really actually simply mainly mostly largely generally particularly especially
don't doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't shan't shouldn't can't couldn't
mustn't i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll
he'll she'll we'll they'll that's there's what's who's let's where's when's why's how's
whereby wherein whereof thereof therein thereby hereby herein whenever wherever somewhere anywhere everywhere nowhere
somehow anyhow anyway
`;
