"""The parts of the codebook that hold for all classes: steps, roles, security, modality, polarity, claimant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.modality_words import ModalityWords
from kg.ids import fold
from kg.vocabulary import Term, Vocabulary
from kg.ways import realisations


def opening(words: Vocabulary) -> Iterator[str]:
    """Title, what is coded, and the steps."""
    yield "# Codebook"
    yield ""
    yield "Generated from the ontology and the French lexicon by `kg codebook`; edit those, not this."
    yield ""
    yield "It says how a French press text is coded, so that an analyst codes by hand what the program codes. What is coded"
    yield f"are claims: {_lower(words.terms['Claim'].definition['en'])} Events are of {len(words.events)} classes, all of them about"
    yield "arms, military or security matters; nothing else is coded."
    yield ""
    yield "Take the text sentence by sentence, the title, captions and links to related articles included:"
    yield ""
    yield from (f"{number}. {step}" for number, step in enumerate(_STEPS, start=1))


_STEPS = (
    "**Names.** Mark every state, person, organisation, treaty, weapon, place and gathering. A state’s adjective (“russe”) "
    "points to the state. A capital, palace or ministry (“Moscou”, “le Kremlin”) is the state, unless the text means the "
    "place (“à Moscou”, “près de Moscou”; but “livrer à Moscou” is the state). A pronoun, or a noun such as “le ministre” "
    "or “le missile”, is whom or what the text last spoke of that fits. What no reference knows is coded under its own name.",
    "**Trigger.** Find the words that each class lists. A verb counts in every form, its participles and its infinitive "
    "included, a noun in every number. A phrase counts where its words follow one another in this order, with at most three "
    "others between two of them and no punctuation. A verb listed with “se” counts only with its pronoun.",
    "**Guards.** Keep the trigger only where all its conditions hold. At least one of agent, participant, supplier, recipient, "
    "target, item and treaty must be filled. A meeting needs two participants, or one and a gathering or an international "
    "organisation; a security cooperation needs two participants. Where several classes or entries fit one word, the one "
    "that takes in another event comes first, then the longest phrase with the most roles by their place.",
    "**Roles.** Fill each role from the places that its pattern names, in the order given: the first that holds a fitting "
    "name counts. All that is enumerated with it fills the role too. Nobody fills two roles of one event, place and topic "
    "apart. Then fill what is still empty with the nearest fitting name of the clause, and what is left by inference.",
    "**Modality and polarity.** As the text presents the event, whoever says so.",
    "**Claimant.** To whom the text attributes it, if to anyone.",
    "**Date.** The date of the event’s own clause, not that of the speech about it.",
    "**One event once.** Join what tells the same event.",
)


def roles(words: Vocabulary, lexicon: Lexicon) -> Iterator[str]:
    """What each role means and takes, and who is understood where nobody is named."""
    yield from ("", "## Roles", "", "| role | meaning | takes |", "| --- | --- | --- |")
    for role in words.roles.values():
        takes = _kind(words, role.range)
        yield f"| {role.label['en']} (*{role.label['fr']}*) | {role.definition['en']} | {takes} |"
    yield ""
    yield "A person who acts for a state fills the role himself; his state follows from the office he held that day. An officer or"
    yield f"a body without a name is the state or organisation it belongs to: {_words(_offices(lexicon))};"
    yield f"{_words(lexicon.people.officials)}; {_words(lexicon.people.bodies)}."
    yield ""
    yield "What the infinitive leaves unsaid, the verb above tells. After these the one spoken to is understood as its subject (“demander"
    yield f"à Ankara d’acheter”: Ankara buys): {_words(lexicon.modality.object_control)}. After any other the subject of that verb is."
    yield ""
    yield "A noun takes the subject of the verb that it completes (“Pékin a procédé à un essai”) where that verb is one of these:"
    yield f"{_words(sorted({*lexicon.modality.support, *lexicon.modality.transparent}, key=fold))}."
    yield ""
    yield "After these its subject undergoes what the noun says (“recevoir une livraison”), and is its recipient, target or"
    yield "participant only:"
    yield f"{_words(lexicon.modality.undergoing)}."
    yield ""
    yield "Nouns that only count, group or carry stand for what they govern (“une série d’essais”, “la reprise des livraisons”):"
    yield f"{_words((*lexicon.syntax.quantities, *lexicon.syntax.carriers))}."
    yield ""
    yield "Inferred at last, and marked so: whose a weapon is by the state’s adjective on it (“missiles russes”) or, in a transfer or an"
    yield "offer of one, by its origin; who signed, by the parties of a treaty of at most four."


def security(lexicon: Lexicon) -> Iterator[str]:
    """When a sentence speaks of arms or security."""
    yield from ("", "## About arms or security", "")
    yield "Many words are coded only where the sentence or its document speaks of arms or security. A sentence does where it names a"
    yield "weapon, a treaty or a conflict, or holds one of these words, or a word that begins with one of these beginnings (neither case"
    yield "nor accents count). A document does throughout where at least two such words or names come on a hundred words."
    yield ""
    yield f"- Words: {_words(sorted(lexicon.security.words))}."
    yield f"- Beginnings: {_words(sorted(f'{stem}…' for stem in lexicon.security.stems))}."
    yield ""
    yield "A document that uses many words of other fields, one for every four of these or more, is of another field: there only sentences"
    yield "that name a weapon system, a treaty, an armed group, a conflict or an arms maker are coded. Such words, or their beginnings:"
    yield ""
    for field, words in sorted(lexicon.security.elsewhere.items()):
        yield f"- {field}: {_words(sorted(words))}."


def modality(words: Vocabulary, lexicon: Lexicon) -> Iterator[str]:
    """The values, and what decides them."""
    operators = lexicon.modality
    yield from ("", "## Modality and polarity", "")
    yield from (_value(term) for term in (*words.modalities.values(), *words.polarities.values()))
    yield ""
    yield "Begin with *actual*, *affirmed*. Apply what stands at the trigger itself, then every word above it in turn, up to the verb"
    yield "that reports it, where the claim ends. *Possible* outweighs *planned*, *planned* outweighs *actual*; each negation turns"
    yield "the polarity round, so that two make an affirmation (“ne refuse pas de livrer”); “ne pas exclure” makes possible and no more."
    yield from ("", "**At a verb**", "")
    yield from (f"- {rule}" for rule in _VERB)
    yield f"- One of these adverbs: possible. {_list(operators.adverbs_possible)}"
    yield f"- “ne” with one of these: negated. {_list(operators.negators)} Neither “ne … que” nor “ne” alone negates."
    yield f"  Only where they stand by the verb: {_words(operators.ambiguous_negators)}."
    yield f"- A subject or object with one of these: negated. {_list(operators.negative_determiners)}"
    yield from _clauses(operators)
    yield from ("", "**At a noun**", "")
    yield f"- One of these adjectives: possible. {_list(operators.adjectives_possible)}"
    yield f"- One of these adjectives: planned. {_list(operators.adjectives_planned)}"
    yield from _openings(operators)
    yield f"- One of these at the head of a headline: planned. {_list(operators.ahead)}"
    yield "- One of these before it, in a sentence without a past tense: planned, of these classes alone:"
    yield f"  {_words(sorted(operators.coming))}. {_list(sorted(operators.until))}"
    yield "- What failed took place all the same, of these classes, where one of these says that it did:"
    yield f"  {_words(sorted(operators.tried))}. {_list(sorted(operators.failing))}"
    yield "- What holds until it ends, of these classes: negated where it does one of these, or stands after one:"
    yield f"  {_words(sorted(operators.lasting))}. {_list(sorted(operators.ending))}"
    yield from (
        "",
        "**Above it**: the event stands in the infinitive, or as a noun, under one of these verbs, nouns or adjectives",
        "",
    )
    yield f"- Possible: {_words(operators.possible)}."
    yield f"- Planned: {_words(operators.planned)}."
    yield f"- Negated: {_words((*operators.negating, *lexicon.reporting.denying))}."
    yield "- The form of the verb above counts as well: “pourrait renoncer à livrer” is possible and negated."
    yield "- In a clause with “que”, a verb of denial negates as above, these make it possible, and others change nothing:"
    yield f"  {_words(operators.wishing)}."
    yield "- What is said of the event as a subject counts where the verb is one of those above or of these (“les essais n’ont pas eu"
    yield f"  lieu”): {_words(operators.occurring)}."
    yield f"  What follows one of these counts like a verb: {_words(operators.copulas)}. One of these predicates negates:"
    yield f"  {_words(operators.ruled_out)}."
    yield "- Under one of these in the past, negated, the event did not happen, and is not planned or possible:"
    yield f"  {_words(operators.unrealised)}."
    yield f"- The infinitive may stand far from these: {_words(operators.modals)}. “devrait” is planned; so is the conditional of these:"
    yield f"  {_words(operators.expected)}. Between an operator and its infinitive may stand: {_words(sorted(operators.between))}."
    yield f"- Only with an infinitive do these count (“tenir à”, not “tenir une réunion”): {_words(sorted(operators.with_infinitive))}."
    yield f"- These negate their object alone (“prévenir un tir”, not “prévenir X d’un tir”): {_words(operators.averting)}."
    yield f"- One mentions what happened: under one of these ({_words(sorted(operators.mentioning))}) a noun stays as it is where it tells"
    yield f"  an event of one of these classes: {_words(sorted(operators.mentioned))}."
    yield f"- Suspending, putting off or justifying changes neither: {_words((*operators.suspended, *sorted(operators.presupposing)))}."
    yield ""
    yield f"A yes-or-no question is possible; one that begins with one of these is not: {_words(operators.asking)}."
    yield "An offer, an accusation, a warning or a rejection told by a noun was made, even where it is refused or denied:"
    yield "“rejeter l’offre” leaves the offer affirmed."


def _openings(operators: ModalityWords) -> Iterator[str]:
    """What the phrase right before an event says of it."""
    yield f"- One of these phrases right before it, or before an infinitive or a clause: possible. {_list(operators.opening_possible)}"
    yield f"  A clause that opens so, with {_words(sorted(operators.opening_clauses))}, is not what the verb above it says."
    yield f"- One of these there: planned. {_list(operators.opening_planned)}"
    yield f"- One of these there: negated. {_list(operators.opening_negating)}"
    yield f"- “sans”, or one of these before it: negated. {_list(operators.negative_determiners)}"


def _clauses(operators: ModalityWords) -> Iterator[str]:
    """What conjunctions and conditions say."""
    yield f"- One of these opens a condition: possible. {_list(operators.conditional)} Not after one of these"
    yield f"  (“même si”): {_words(sorted(operators.unconditional))}. So do these phrases make possible what is planned:"
    yield f"  {_words(operators.conditions)}."
    yield f"- One of these with the infinitive: planned. {_list(operators.purpose)} Not where it tells what something was used for, after"
    yield f"  the past of one of these: {_words(operators.using)}."
    yield f"- What one of these asks for in a compound past or simple past came about (“a permis de livrer”): {_words(operators.achieved)}."
    yield "- Who is held to something (“est tenu de livrer”) plans it."
    yield "- What calls its clause untrue negates it (“il est faux que”), as does a denied verb of saying with one of these as its"
    yield f"  subject: {_words(sorted(operators.nothing))}."
    yield f"- The subjunctive in a clause with “que”: possible; not after one of these: {_words(operators.conceding)}; nor where someone"
    yield "  says, denies or regrets what the clause tells."


_VERB = (
    "The future: planned.",
    "The conditional: possible. Under a reporting verb in the past it is the future in the past, planned (“il a annoncé qu’elle "
    "livrerait”), unless it is a past conditional (“aurait livré”); “devrait” is planned as well.",
    "“sans” with the infinitive: negated.",
)


def claimant(words: Vocabulary, lexicon: Lexicon) -> Iterator[str]:
    """To whom a claim is attributed."""
    reporting = lexicon.reporting
    yield from ("", "## Claimant and relays", "")
    yield from (_value(words.terms[name]) for name in ("claimant", "relayedBy"))
    yield ""
    yield "In this order, from the inside out; the innermost is the claimant, those outside him are relays:"
    yield ""
    verbs = (*reporting.verbs, *(f"se {verb}" for verb in reporting.reflexive))
    yield f"- The subject of a reporting verb above the trigger: {_words(verbs)}."
    yield "- The same verbs in an incise, with the subject after them or a pronoun (“…, a déclaré le ministre”, “a-t-il ajouté”,"
    yield "  “assure-t-on à Varsovie”): for the clause that it interrupts or follows, not for a relative clause on the speaker."
    yield f"- A speaker before a colon, with one of those verbs or one of these: {_words((*reporting.certain, *reporting.colon))}."
    yield f"- Who asks for what the trigger says, which is then possible: {_words((*reporting.demanding, *reporting.proposing))}."
    yield f"- Who reports an event by a noun: {_words(reporting.nominal)}."
    yield f"- Who tells of an event after “de” (“avertir X d’un tir”): {_words(sorted(reporting.telling))}; and with these phrases (“faire"
    yield f"  état d’un tir”): {_words(reporting.telling_phrases)}."
    yield f"- “accuser X de”: what follows is the accuser’s claim, affirmed: {_words(reporting.accusing)}. As a noun it is after"
    yield f"  these: {_words(reporting.accusing_nominal)}."
    yield f"- “démentir avoir”, “nier que”: what follows is the denier’s claim, negated: {_words(reporting.denying)}."
    yield f"- “rejeter les informations selon lesquelles”, where the verb is one of denial or one of these: {_words(reporting.dismissing)},"
    yield f"  or one of these ({_words(reporting.calling)}) with one of the next words, or where these are said of the noun: the clause"
    yield f"  is the subject’s claim, negated: {_words(reporting.untrue)}. Else it is the claim of whoever the noun belongs to."
    yield "- In a quotation of more than four words, its speaker: who stands at the reporting verb beside it, else the speaker of the"
    yield "  quotation before, or an incise within it (“« Berlin, dit-il, livrera »”). A shorter one is a term in doubt, no speech."
    yield "- In the answers of an interview, whoever is interviewed. A text is one that has at least two questions as lines of their own"
    yield f"  and one of these phrases ({_words(reporting.interviews)}) or, in a heading, one of these words:"
    yield f"  {_words(sorted(reporting.interview_headings))}."
    yield "- Nobody, of what only stands beside a report: after a semicolon or a comma with a subject of its own (“X accuse Y, Z dément”),"
    yield "  or taking up what was told before (“…, ce que Z dément”); nor is who accuses, warns or rejects claimant of that act of his."
    yield f"- After one of these, for its own clause, or for the whole sentence where it opens it: {_words(reporting.prepositions)}."
    yield f"  Also after these at the head of a sentence, for one who takes no part in the event: {_words(reporting.views)}."
    yield f"- Who is named beside one of these with an indefinite subject: {_words(sorted(reporting.learning))} (“a-t-on appris de X”)."
    yield f"- The clause of one of these nouns (“dénonce le fait que”) is said as the noun would be: {_words(sorted(reporting.facts))}."
    yield "- The author of what is said to be written, for the writing: “un rapport de l’ONU conclut que”. Who is cited, before who"
    yield "  cites him: “RT, citant des responsables”."
    yield ""
    yield "An official without a name speaks for his state or institution. The author of the text, and the medium that publishes it,"
    yield "are no claimants: what the text says in its own voice has none."


def rest() -> Iterator[str]:
    """Dates and joining."""
    yield from ("", "## Dates", "")
    yield "Write the date as precisely as it is known, in the Extended Date/Time Format (`2019-09-05`, `2019-06`, `2018~`, a span as"
    yield "`2019-06-28/2019-06-29`), with its first and last day. “hier”, “mardi”, “le mois prochain” count from the date of the document,"
    yield "back where the event has happened and forward where it is still to come. A date that cannot be told stays empty."
    yield from ("", "## One event once", "")
    yield "Two tellings in a text are one event where class and dates agree (a meeting and a negotiation may be one), where the two fill at"
    yield "least one of agent, participant, supplier, recipient, target, item and treaty alike, and where no such role that both fill"
    yield "disagrees: one side’s fillers must all be among the other’s. A person in office agrees with his state, a weapon with its"
    yield "category. What is to come is not what has been, for tests, uses of weapons, inspections, sanctions, warnings, accusations and"
    yield "meetings; meetings at different places are different. The one event has the roles of both and the narrower date."
    yield ""
    yield "Code one claim for each difference in modality, polarity or claimant, with the sentence that says it most plainly."


def reading(words: Vocabulary) -> Iterator[str]:
    """How the sections on the classes are to be read."""
    yield from ("", "## How to read the classes", "")
    yield "Each class lists the patterns of its roles, then the words that say it with their conditions, then sentences that are coded"
    yield "and sentences that are not. Places in a pattern are tried in their order:"
    yield ""
    yield from (f"- *{words.partition(' (')[0].partition(';')[0]}*: {words}." for words in realisations().values())
    yield "- *after “à”*: the noun that the preposition governs, “à” standing for “au” and “aux”, “de” for “du” and “des” as well."
    yield from ("", "The classes:", "")
    yield from (f"- [{event.label['en']}](#{event.label['en'].replace(' ', '-')})" for event in words.events.values())


def _offices(lexicon: Lexicon) -> Iterator[str]:
    """The words of each office; those that need a complement as "patron, maître … du Kremlin, de l'Élysée"."""
    for office in lexicon.people.offices:
        yield from [f"{', '.join(office.words)} … {', '.join(office.of)}"] if office.of else office.words


def _value(term: Term) -> str:
    return f"- **{term.label['en']}** (*{term.label['fr']}*): {term.definition['en']}"


def _kind(words: Vocabulary, name: str) -> str:
    return "any entity" if name == "Entity" else words.kinds[name].label["en"]


def _words(listed: Iterable[str]) -> str:
    """The words, each once, in their order."""
    return ", ".join(dict.fromkeys(listed))


def _list(listed: Iterable[str]) -> str:
    return f"({_words(listed)}.)"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
