"""The cues of evidence status, grouped by what they tell; ``status.py`` weighs them.

Every pattern runs over one clause or one line, in lower case. Repeats are bounded or end at a word,
so matching stays linear in the text.
"""

from __future__ import annotations

import re

from assess.score.patterns import word_cues

_WE = (
    r"\b(?:we|group|company|organisation|organization|firm|business|board|university|council|trust"
    r"|committee|team|teams|department|division)"
)
_ADVERBS = r"(?: also| now| all| already| recently| since| just| successfully| further| therefore)?"
# Beginnings of verbs of change (in any form) and of usual work, as they follow "committed to".
_CHANGE = (
    r"(?:introduc|launch|extend|expand|develop|implement|enhanc|strengthen|improv|increas|publish"
    r"|establish|creat|updat|revis|broaden|deepen|pilot|trial|adopt|incorporat|embed|refin|evolv"
    r"|roll|widen|build|continu|further|invest|formali|explor|reduc|grow|appoint|recruit)\w*"
)
_WORK = (
    r"(?:train|review|audit|assess|map|report|provid|deliver|conduct|carry|undertak|complet|engag"
    r"|work|rais|visit|monitor|collaborat|shar|educat|measur|set|hold|evaluat)\w*"
)
# What one cannot do and be done with.
_PRINCIPLE = (
    r"(?:ensur|prevent|act|eradicat|combat|tackl|eliminat|operat|promot|uphold|be|treat|do|respect"
    r"|protect|maintain|comply|fight|meet|keep|adher|observ|trad|runn|sourc|achiev|address"
    r"|pay|hav|fulfil|abid|safeguard)ing\b"
)
_REACH = (
    r"(?:train|review|audit|map|complete|reach|achieve|conduct|carry|deliver|have|visit|hold|engage"
    r"|assess|undertake|set|report|evaluate|move|make|put)\b"
)
_WRONG = (
    r"fail|breach|violat|complian|compl(?:y|ies)\b|conform|discover|unable|unwilling|refus|declin"
    r"|satisf|deficien|aris(?:e|ing)\b|infring|disregard|uphold|substantiat|critical|weak|wrong"
    r"|instance|incident|allegation|modern slavery (?:is|was|were)|slavery or|issues?\b"
)
_SUSPECTED = _WRONG + (
    r"|identif|found|find|detect|suspect|suspicio|concern|exist|become|raise|report|meet|remed"
    r"|resolv|improv|believe|determin|case|victim|aware"
)

CONTINUES = word_cues(
    # What goes on was there before; going on to improve or widen it is a plan.
    r"\b(?:will|shall|plans? to|intends? to|aims? to)(?: also| always)? (?:continue|keep|maintain"
    r"|remain)\b(?! to (?:develop|improv|enhanc|strengthen|expand|extend|build|roll|embed|evolve"
    r"|explore|work (?:on|towards)|look|seek|increase|refine|focus|deepen|broaden))",
    r"\bcontinu(?:e|es|ed) to (?:be|have|hold|train|provide|conduct|carry|audit|require|use)\b",
)
DONE = word_cues(
    r"\b(?<!to )(?:have|has|had)(?: \w+ly| now| also| already| since| both| all| each| been"
    r"| then){0,2} (?!set (?:an? |our |the |ourselves |new )*(?:\w+ )?(?:goal|target|kpi|ambition"
    r"|aim\b)|planned|scheduled|proposed|committed to|pledged to|yet\b|agreed to\b|need"
    r"|decided to\b|been\b)\w+"
    r"(?:ed|en|un|ut|lt|ld|one|ade|et|ought|aught|ept|wn|iven)\b",
    r"\b(?:was|were)(?: \w+ly| also| all| then)? (?!planned|scheduled)(?:\w+ed|given|held|made|put"
    r"|taken|sent|set"
    r"|built)",
    _WE
    + _ADVERBS
    + r" (?:\w+ed|held|took|made(?! a commitment)|ran|sent|set|began|gave|built|wrote|became"
    r"|met)\b",
    r"\b(?:is|are) (?:now |already |currently )?in (?:place|force|operation|use)\b|\balready\b"
    r"|\b(?:our|its) (?:ongoing|existing|current)\b",
)
PLANNED = word_cues(
    # A bare "will"; what it must not be is taken out by RULE.
    r"\bwill\b|\bwe shall\b|\b(?:we|it)'ll\b",
    r"(?<!action )(?<!response )(?<!corrective )(?<!improvement )(?<!mitigation )(?<!remediation )"
    r"(?<!\ba )(?<!\bthe )\b(?:plan|plans|planning|planned|intend|intends|intending|intention"
    r"|propose|proposes|hope"
    r"|hopes"
    r"|ambition|goal|target|expects|envisages?|anticipates?|anticipating|pledges?|pledged)(?: is"
    r"| are| was)?(?: now)? to (?!ensure\b|prevent\b|act\b)|\b(?:we|and|also) expect to\b",
    r"\bour (?:\w+ )?(?:aim|goal|objective|ambition|target|priority|priorities|focus)s?"
    r"(?: for [\w/ ]{1,30})? (?:is|are|will)\b|\bwould like to\b|\bwe (?:now |also )?need to"
    r" (?:" + _CHANGE + r"|do more|take|put|go further)",
    # A commitment to an action is a plan; to a principle ("committed to ensuring") it is none.
    r"\bcommit(?:s|ted|ting|ment)? to (?:(?:further|also|continually|continuously|annually"
    r"|regularly) )?(?!continu(?:ous|al)\b|conduct(?:ing)? (?:our|all|its|the|business))"
    r"(?:(?!" + _PRINCIPLE + r")\w+ing\b|" + _CHANGE + r"|" + _WORK + r")",
    # Goals that were set, and what is being decided.
    r"\b(?:goals?|targets?|objectives?|kpis?)\b[^.;]{0,40}?\b(?:(?:we have )?set ourselves|for"
    r" (?:the )?(?:20\d\d|fy ?\d\d|next|coming))"
    r"|\bset the following (?:kpi|goal|target|objective)s?\b"
    r"|\bour commitment is to (?:have\b|" + _CHANGE + r"|" + _REACH + r")"
    r"|\bmade a commitment (?:to " + _CHANGE + r"|that\b)|\bplans? on \w+ing\b"
    r"|\befforts are under ?way to\b",
    r"\bintention (?:is|for|that|of)\b|\b(?:is|are) intended (?:that|to " + _CHANGE + r")",
    r"\b\d+ ?%[^.;]{0,80}? by (?:the end of |end of |\w+ )?20\d\d\b|\bto (?:have|be) \w+ed\b"
    r"[^.;]{0,60}? by (?:the end of |end of |\w+ ){0,2}20\d\d\b",
    # Not "the policy aims to", which tells what it is for.
    r"(?<!policy )(?<!training )(?<!programme )(?<!program )(?<!code )(?<!which )(?<!that )"
    r"(?<!statement )(?<!process )(?<!project )(?<!initiative )\b(?:aims?|seeks?) to (?:(?:also"
    r"|further|periodically|regularly) )?(?:" + _CHANGE + r"|" + _REACH + r")",
    r"\b(?:once|until|when) (?:this|these|the|it|they|our|complet|finali|implement|approv|agreed"
    r"|launch|develop|in place)[^.;,]{0,50}?\b(?:in place|complete|completed|finali[sz]ed|approved"
    r"|agreed|launched|implemented|ready|developed|rolled out)\b",
    r"\bin (?:the )?(?:near )?future\b(?! is\b| are\b| generations?)|\b(?:later|from|by"
    r"|during) this"
    r" (?:coming )?year,? we\b",
    _WE + r"(?: also)? (?:aims?|looks?) to (?!ensure\b|prevent\b|uphold\b|be\b|act\b|encourage\b"
    r"|treat\b|identify\b|only\b|respect\b|create\b)|\b(?:are|is)(?: also| now)? aiming to\b",
    r"\b(?:planning|intend) (?:on|for) \w+|\bworking (?:towards|to (?:develop|introduc"
    r"|implement|establish|expand|roll|creat|incorporat|improv))|\b(?:we|to)(?: also)? (?:want"
    r"|mean) to\b",
    r"\b(?:going|scheduled) to \w+|\bdue to (?:be|start|begin|commence|launch|complete|finish|take"
    r"|conclude|go|report|undergo|receive)\b|\b(?:is|are|have|has) yet to\b|\blooking (?:to"
    r"|forward to)\b",
    r"\bto be (?:introduced|rolled|launched|completed|developed|delivered|implemented|issued"
    r"|undertaken|conducted|carried out|mapped|audited|assessed|held|established|reviewed|updated"
    r"|published|trained|extended|agreed|sent)\b",
    r"\b(?:next|coming|forthcoming|upcoming) (?:(?:\S+nancial|reporting|fiscal|calendar|business"
    r"|few|two|three|five|academic) )?"
    r"(?:year|years|twelve|12|months|period|statement|update)\b|\bgoing forwards?\b"
    r"|\bmoving forwards?\b",
    r"\b(?:in|under) (?:development|consideration|preparation)\b|\bin draft\b|\bin due course\b"
    r"|\b(?:is|are) (?:\w+ )?being (?:developed|created|introduced|drafted|rolled|established"
    r"|designed|prepared|finali[sz]ed|planned|considered|built|extended|piloted|explored|scoped)",
    r"(?<!who )(?<!that )(?<!which )(?<!suppliers )(?<!they )\b(?:are|is) (?:(?:currently|now|also"
    r"|actively|presently) )?(?:creating|amending|establishing|extending|expanding|introducing"
    r"|setting up|rolling|trialling"
    r"|looking (?:at|into|to)|in discussions?|building|working (?:on|with \w+ to develop)|revising"
    r"|updating|reviewing (?:our|the|its|all|how|whether))\b",
    r"\b(?:are|is)(?: currently| now| also)? (?:developing|designing|drafting|planning|preparing"
    r"|considering|exploring|investigating|defining|finalising|engaged in|scoping|evolving|deciding"
    r"|progressing)\b|\b(?:are|is) (?:currently|presently) (?:identifying|joining|selecting"
    r"|reviewing|adding|assessing|seeking)\b",
    r"\bin the process of (?:\w+ly )?(?:develop|creat|establish|introduc|implement|draft|updat"
    r"|writ|revis|roll|set|extend|expand|train|recruit|map|amend"
    r"|design|prepar|finalis|review|organis|arrang|adopt|build|produc|putting|join|evaluat|identif)"
    r"|\bcontinuing to develop\b",
    r"\b(?:is|are|been) (?:planned|proposed|scheduled|anticipated|envisaged)\b"
    r"|\bexpected to be (?:completed?|launched|in place|published|introduced|finali|rolled"
    r"|implement)",
    r"\b(?:planned|proposed|envisaged) (?:for|activit|action|training|audit|step|initiativ)",
    r"\b(?:training|audits?|visits|surveys?|programme|roll-?out|hotline|course|workshops"
    r"|interviews)"
    r"(?: \w+){0,5} (?:starts?|begins?|commences?|launch(?:es)?) (?:in|on"
    r"|from) (?:\w+ ){0,3}20\d\d\b"
    r"|\bsoon we\b|\bwe will soon\b",
    r"\b(?:next|a further) (?:stage|step|phase|priority)s? (?:is|are|will|in)\b|\bwhat'?s next\b",
)
# Only in whole sentences: a list item that starts with a verb of change, with no line above it.
PLANNED_ITEM = word_cues(
    r"^\W*(?:\d{1,2}\W+)?(?:continue|review|update|carry out|complete|develop|introduce|extend"
    r"|expand|roll out|launch|establish"
    r"|enhance|strengthen|improve|increase|create|publish|broaden|deepen|refresh|build|embed"
    r"|implement"
    r"|continuing|extending|expanding|introducing|rolling out)\b (?!use|used|risk)",
    r"\bcontinuing to\b",
    r"\b(?:is|are|remain|remains|we|company|group)(?: \w+ly| also)? commit(?:ted|s)? to (?:\w+ly )?"
    r"(?:improv|better|reduc|address|eliminat|identif|rais|ensur\w+ that all our (?:staff"
    r"|suppliers)"
    r"|support|help)\w*",
    r"\b(?:we|company|group) aims? to\b(?! only| be )",
)
RULE = word_cues(
    # Standing rules and procedures written with "will": a code, a contract, a promise not to do.
    r"\b(?:will|shall) (?:not|never|only|always|at (?:least|all)|in no|automatically|normally"
    r"|ensure that no)\b",
    r"\b(?:suppliers?|contractors?|sub-?contractors?|vendors?|they|who|you|employers?|workers?|pay"
    r"|wages|hours|parties|party|agenc(?:y|ies)|candidates?|overtime|anyone|concerns|complaints"
    r"|reports|allegations|recruitment|there|chain|chains|code)(?: also| therefore| then)? will\b"
    # What we do with them is a plan all the same.
    r"(?! (?:all )?have been| have (?:agreed|signed|completed))(?! (?:(?:also|then|all"
    r"|now) )?be (?:risk|asked|requested|contacted|assessed|audited|invited"
    r"|trained|rolled|issued|reviewed|updated|extended|introduced|launched|monitored|visited|sent"
    r"|surveyed|added|published|regular|a|an|further|new|increased|provided)\b)",
    # What follows of itself, what others have agreed to, an item of a code.
    r"\b(?:this|which|that|these|it|programme|training)(?: \w+)? will (?:\w+ )?(?:help|allow|enable"
    r"|ensure|mean|make)\b|\bunder no circumstances? will\b",
    r"\b(?:confirm\w*|agree|agrees|states?|warrant\w*|guarantees?|undertakings?)(?: that)?"
    r"(?: \w+){0,3} will\b",
    r"\bwill be (?:treated|kept|held|protected|taken seriously|responsible|investigated|handled"
    r"|in line|overseen|ongoing|dealt|required to (?:respond|sign))\b|\b(?:against|free) will\b",
    r"\bplanned (?:and|or) un|\bun ?planned\b|\bany planned\b|\bas planned\b|\btheir will\b",
)
FUTURE_YEAR = word_cues(
    r"^(?:in|during|by|throughout|for|from|over)(?: the)? (?:next|coming)\b",
)
_MAY_BE = (
    r"\b(?:may|might|could)(?: also| then| therefore| sometimes)? be (?:\w+ly )?(?:perform|conduct"
    r"|carried|undertak|request|audit|visit|inspect|commission|rejected|disqualif|removed|subject"
    r"|arranged|applied|appointed|terminat|required|asked|invited|made (?:by|to the supplier))"
)
# Just behind a match: "audits may be performed".
MAY_BEHIND = word_cues(r"^(?: \w+){0,3} " + _MAY_BE)
CONDITIONAL = word_cues(
    # "If you / if employees suspect ..., report it" describes a channel that is open now.
    r"\b(?:if|unless|should (?=a |an |any |we |this |there |such |it |the ))(?! you| they| employ"
    r"| anyone| any ?(?:one|employee|colleague|staff|worker)| staff| colleagues| a (?:member"
    r"|worker))"
    r"[^.;]{0,70}?\b(?:" + _SUSPECTED + r")",
    r"\b(?:where|when|once|wherever|whenever)\b[^.;,]{0,60}?\b(?:" + _WRONG + r")",
    r"^\W*were\b[^.;]{0,80}? to be \w+",
    r"^\W*(?:any|if|where)\b[^.;]{0,100}? would\b|\b(?:this|that|it|which|case|cases|concern|they"
    r"|report|reports|issue|issues|matter|breach|supplier|contract)s? would(?: then| also| be)*"
    r" (?!like|hope|expect)\w",
    _MAY_BE,
    r"\b(?:audit|audits|visits?|inspections?|checks?|reviews?|assessments?|training|interviews?)"
    r" (?:may|might|could)\b|\bmay (?:periodically|occasionally|choose to|elect to|decide to)\b",
    r"\bin the (?:\w+ )?event\b|\bin such (?:a case|cases|circumstances|an event)\b",
    # "... said that we would" tells of an earlier plan.
    r"(?<!that )\b(?:we|company|group|business|organisation|limited|plc) (?:would|might)\b",
    r"\b(?:can|may|could|might|would|will)(?: \w+)? (?:result in|lead to|terminat|suspend|withdraw"
    r"|be terminated|be subject to discip|cease|insist|no longer be|face|delist|exclude)",
    r"(?:we|company|group|also|and|business|firm|ltd|limited) may (?!have|be |not be|pose|use)",
    r"\b(?:we|company|group) reserves? (?:the|its|our) rights?\b|^\W*reserve the right",
    r"\b(?:we|company|group) (?:have|has|retains?) the right to (?:terminat|end|cancel|withdraw)",
    r"(?<!report )(?<!raise )(?<!disclose )(?<!investigate )\bany (?:\w+ ){0,3}(?:found|suspected"
    r"|discovered|who (?:fail|breach)|that fail|who cannot)[^.;]{0,100}?\b(?:will|would|may|shall"
    r"|must"
    r"|can|could)\b",
    r"\b(?:failure|violations?|breach(?:es)?|non-?complian\w+)[^.;]{0,60}?\b(?:may|will|can|could"
    r"|would)\b|\bsuppliers (?:that|who) (?:fail|do not|are unable)",
    r"\bprepared to (?:terminat|end|cease|take)|\bcould see\b|\bup to and including\b",
)
# Verbs of action whose denial is an admitted lack; not finding cases and not tolerating slavery
# are not in the list on purpose.
DENIED = word_cues(
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )(?<!workers )\b(?:do|does|did|have|has|had"
    r"|are"
    r"|is|was|were|been|could|can|would)(?: not|n't)(?: currently| yet| as yet| at present"
    r"| typically"
    r"| generally| presently| therefore| at this time| to date| necessarily){0,2}(?: been)?"
    r"(?: explicitly| formally| specifically| routinely| any| to){0,2} (?:conducted|conduct\b|carr"
    r"|undert|require (?:our|all|any|its|a\b|this)|required (?:this|of|to (?:cert|underg))"
    r"|provided"
    r"|provide (?:any|spec|train)|train|audit|monitor|assess|map|publish|track|measur|cover|feel"
    r"|yet"
    r"|formal|introduc|pursu|exercis|planning|plan\b|complet|deliver|establish|perform|develop"
    r"|adopt"
    r"|review|consider it|practical|appropriate|taken any|able to|envisage|possible|agreed|set\b"
    r"|have (?:a|an|any|specific|kpi|key|separate|dedicat|agreed|sufficient|full|this)\b"
    r"(?! (?:\w+ )?(?:concerns?|reports|cases|incidents|evidence|instances|knowledge|reason)))",
    # Admissions with any main verb, but for verbs of finding and receiving.
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )(?<!workers )\b(?:have|has|had)(?: not|n't)"
    r"(?: yet| to date| so far| currently| also| \w+ly)?(?: been)? (?!found\b(?! a way)|identified"
    r"|discovered"
    r"|been"
    r"|received|had\b|uncovered|detected|seen|experienced|encountered|become|come|made aware"
    r"|knowingly"
    r"|changed|needed|uncovered|recorded|observed|raised|reported|resulted|lost|disclosed|occurred"
    r"|altered|breached|tolerated|revealed|highlighted|materially|signed|informed|notified|alerted"
    r"|joined up|met\b|complied|only)(?:\w+ed|undertaken|held|taken|set|begun|done|put|written"
    r"|sought"
    r"|run|made (?:any )?progress|gone|given|built|spoken)\b",
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )(?<!workers )\b(?:do|does|did)(?: not"
    r"|n't)(?: yet"
    r"| currently| at present| routinely| formally| directly| \w+ly)? (?:interview|visit|survey"
    r"|test\b"
    r"|benchmark|collect|verify|screen|evaluat|hold (?:any|data|a\b)|ask\b|consult|belong"
    r"|participat"
    r"|inspect|engage (?:with|directly|an?y?\b|third)|offer|run\b|know (?:who|where|how|which)|use"
    # To do without agencies is no lack.
    r" (?:an?\b|any|third|external)(?! (?:\w+ ){0,4}(?:agenc|labour|workers|gangmaster)))",
    r"(?<!suppliers )(?<!supplier )(?<!who )(?<!they )\b(?:are|is|am)(?: not|n't)(?: yet| currently"
    r"| presently| at present)? (?:an? )?(?:\w+ )?(?:members?|signator(?:y|ies)|participants?"
    r"|accredited|part|party|affiliated|enrolled|in a position|able to)\b",
    r"\bno (?:\w+ ){0,2}(?:audits?|training|assessments?|visits?|workshops?|interviews?|surveys?"
    r"|inspections?|kpis?|targets|indicators)(?: \w+){0,4} (?:was|were|has been|have been|took|is"
    r"|are)\b"
    r"(?! found| identified| raised)",
    r"\bworkers (?:have|has|were)(?: not|n't)(?: yet)?(?: been)? (?:interview|survey|ask|consult"
    r"|train)",
    r"\b(?:have|has) therefore not (?:been )?\w+ed\b|\bdid not (?:yet )?implement\b"
    r"|\bsuppliers (?:have|has) not (?:yet )?(?:all )?been (?:\w+ly )?(?:required|audited|assessed"
    r"|mapped|asked|contacted|visited|screened)\b|\b(?:is|are) not always (?:possible|practical"
    r"|feasible)\b|\bwill not be (?:subject to (?:an? )?(?:more |further |any )?(?:\w+ )?"
    r"(?:assessment|audit|review)|audited|assessed|trained)\b",
    r"\bnone of (?:our|the|its|these)\b[^.;]{0,30}\b(?:audited|trained|assessed|visited|inspected"
    r"|screened|mapped|surveyed|interviewed)\b",
    r"\b(?:not yet|not currently|no longer (?:have|conduct|provide|require)|do not (?:currently"
    r"|presently))\b|\bhad to pause\b|\bbeen paused\b|\bnot formally\b",
    r"\b(?:have|has|had|were|was|is|are|there|provided|takes?|taken|took|conducted|set|gave"
    r"|given|and)"
    r"(?: been| currently)? no (?:\w+ ){0,3}(?:training|polic(?:y|ies)|audits?|kpis?|indicators?"
    r"|steps|verification|process(?:es)?|procedures?|mechanism|assessments?|programme|system"
    r"|targets?|actions?|measures|requirement|contracts)\b",
    r"\bno (?:formal|specific|dedicated|separate|further|additional|third)\b[^.;]{0,50}\b(?:taken"
    r"|in place|provided|undertaken|conducted|carried|set)\b|\bunnecessary for\b",
)
# Done things that are only mentioned ("the steps we have taken"), or supposed ("if a case were").
ASIDE = word_cues(
    r"\b(?:steps?|actions?|measures?|what|progress|work|policies|processes|training|audits?|risks?"
    r"|areas?)(?: that| which)? (?:we|it|the (?:company|group|business)) (?:have|has|had)(?: \w+)?"
    r" \w+|\b(?:if|unless|should|were|where|when|once|until|after|now that)\b[^.;,]{0,80}",
    # Not done: "will have audited", "would have trained".
    r"\b(?:will|would|should|could|might|shall)(?: \w+ly| also| all| not)? have\b",
)
# The clause that a denial stands in is itself only a supposition or a description of others.
SUPPOSED = word_cues(r"\b(?:if|where|when|whenever|unless|until|should)\b[^.;,]*$|\b(?:who|that) $")
NO_DIRECTLY = word_cues(
    r"\b(?:no(?! of\b)|without|nor|neither|instead of) (?:\w+ )?$",
)
NOT_NEGATED = word_cues(
    r"\bnot (?:only|just|limited|restricted|merely)\b", r"\bno (?:less|fewer)\b"
)
# Belief, aspiration and encouragement. "We recognise that there is a risk" says something.
VAGUE = word_cues(
    r"\b(?:are|is|remain|remains)(?: \w+ly| also)? committed to\b|\bstriv(?:e|es)\b"
    r"|\bendeavou?rs?\b"
    r"|\baspires?\b|\b(?:we|company|group) (?:want|seek|try|hope|commit)s?\b"
    r"|\b(?:we|company|group)(?: also| \w+ly)? (?:believe|consider)s?\b(?! (?:that )?(?:the|our"
    r"|there|it)"
    r" [^.;]{0,50}?\brisk)"
    r"|\bencourag(?:e|es|ing) (?:\w+ ){0,2}(?:suppliers|partners|customers|contractors)"
    r"|\b(?:we|group|company) recogni[sz]es? (?:the importance|our responsib|its responsib"
    r"|that we have"
    r" a)|\bit is (?:important|vital)\b"
    r"|\b(?:we|company|group) (?:aim|work)s? to (?:ensure|prevent|uphold|act|respect)\b",
)
# What is done besides: a sentence that tells of an action is more than a wish.
ACTION = word_cues(
    r"\b(?:audit|train|screen|assess|questionnaire|polic(?:y|ies)|code|contract|clause|procedure"
    r"|require|monitor|review|check|visit|report|regular|annual|implement|process|through|by \w+ing"
    r"|via|sedex|member|hotline|whistleblow|investigat|supplier selection|steps|measures|risks?\b"
    r"|zero.tolerance|work(?:s|ing)? with)",
)
COMMITMENT = word_cues(r"\b(?:commit(?:ted|ment|ments)?|aims?|expects?)\b[^.;]{0,20}?(?: to)?\W*$")
EXPECTS = word_cues(r"\bexpect(?:s|ed|ation|ations)?\b")
IN_FORCE = word_cues(
    r"\b(?:code|policy|policies|contract\w*|terms|standards?|agreement|sign|require[sd]?|must"
    r"|mandatory|clause|guideline\w*|charter)\b"
)
LEGAL_PROSE = word_cues(
    r"^\W*(?:modern |human |forced )?(?:slavery|trafficking|servitude|labour"
    r"|exploitation)[\w ,]{0,40}?"
    r" (?:is an? (?:crime|term|\w+ (?:crime|violation))|means|includes|can take|takes (?:many"
    r"|various"
    r"|different)|occurs when|refers to|encompasses)\b",
    r"\bact (?:of )?2015(?: \w+){0,12} requires\b",
    r"\bthe act (?:requires|defines|makes|came|consolidates|introduc|also)|\bis (?:a crime|defined"
    r" as|an offence)\b|\bhome office (?:estimate|defin)",
)
FUTURE_HEADING = word_cues(
    r"\bnext steps?\b|\b(?:the|our|future) (?:future|plans?|steps|goals|actions?|priorities"
    r"|developments?|intentions)\b|\bfuture (?:commitments|focus|objectives)\b|\blooking (?:ahead"
    r"|forward)\b"
    r"|\bplans? for\b"
    r"|\bforward (?:look|plan)|\bfurther (?:steps|actions?|improvements?)\b|\bgoing forward\b"
    r"|\bahead\b"
    r"|\b(?:plans?|goals?|targets?|priorities|actions?|commitments?|objectives?|steps|focus)"
    r"(?: areas)? (?:for|in)(?: the)? (?:20|fy|coming|next|year ahead|future)|\bcoming year\b"
    r"|^(?:future|plans|goals for|what'?s next)\b|^\W*(?:\d+(?:\.\d+)*\W+)?(?:our )?(?:goals|plans"
    r"|targets|priorities"
    r"|ambitions|next|intentions|outlook)\W*$|^next (?:season|year|on|in)\b|^what we (?:will|plan"
    r"|intend)\b|\bnext (?:year|12|twelve)\b"
    r"|\b20\d\d(?:/\d\d)? (?:priorities|plans|goals|targets|objectives|actions|commitments)\b"
    r"|\b(?:priorities|objectives|targets)\W+20\d\d|\b(?:actions?|work|steps|activities) (?:planned"
    # Not the usual line above a list of policies in force, "steps to be taken to prevent slavery".
    r"|to be taken(?! to (?:prevent|avoid|combat|reduce|mitigate)))\b"
    r"|\bplanned (?:actions?|work|steps|activities)\b"
    r"|\bfuture (?:efforts|work|steps)\b|\bfy ?\d\d targets?\b"
    r"|\bcommitments? (?:of|to|for) improvement\b|\baction plan\b"
)
PAST_HEADING = word_cues(r"\b(?:progress|achiev|review of|actions taken|steps taken|past)")
# A sentence with a subject and verb of its own says itself whether it speaks of the future.
# A date with nothing that says it is over: "By May 2024: every boat boarded", "ten visits by June".
BY_DATE = re.compile(
    r"^\W*(?:by|before|for the (?:year|period) to|until)\b[\w ,]{0,30}?\b20\d\d\W*:"
    r"|^\W*by (?:\w+ ){0,4}?20\d\d,? (?:all|every|each|\d)(?![^.;]{0,80}\b(?:had|has|have|was"
    r"|were)\b)"
    r"|^\W*(?:(?:our|the) )?20\d\d(?:[/–-]\d\d)? (?:\w+ )?(?:plans?|goals?|targets?"
    r"|priorities)\W{0,2}:"
    r"|^\W*\d+ [\w -]{1,40}? (?:by|before) (?:\w+ ){0,4}?20\d\d\b"
    r"|\b(?:to|by|next) (?:pass|be|have|complete|reach)\b[^.;]{0,60}? by (?:\w+ ){0,4}?20\d\d\b"
)
FULL_SENTENCE = word_cues(
    r"^\W*(?:we|our|this|these|it|they|such|in addition|furthermore|additionally)\b"
    r"|^\W*(?:the|all|each|every)\b[^.;]{0,60}? (?:is|are|has|have|was|were|appl(?:y|ies)|includes?"
    r"|requires?|provides?|covers?|sets?|receives?)\b",
)
CLAUSE_END = re.compile(
    r"[;:•—]| - |, (?:but|however|while|whilst|although|though|which|with|and)\b|\bbut\b"
    r"|\bhowever\b"
    r"| and (?=(?:we|will|shall|plan|plans|intend|intends|aim|aims|have|has|are|is|now|to|in)\b)"
)
# "As members of Sedex, we will audit ...": what follows is said of the clause behind.
MAIN_CLAUSE = re.compile(r", (?:we|the company|the group)\b")
LEAD_IN = word_cues(
    r"^(?:if|where|should|when|once|in|during|for|as|to|since|following|by|after)\b",
)
