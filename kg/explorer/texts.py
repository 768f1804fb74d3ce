"""All words of the pages, in English and French. Names of things and classes come from the graph."""

from __future__ import annotations

LANGUAGES = {"en": "English", "fr": "Français"}

_TEXTS: dict[str, tuple[str, str]] = {
    # Frame
    "title": ("Arms-control knowledge graph", "Graphe de connaissances sur la maîtrise des armements"),
    "short title": ("Arms control", "Maîtrise des armements"),
    "home": ("Home", "Accueil"),
    "sparql": ("Questions and SPARQL", "Questions et SPARQL"),
    "language": ("Language", "Langue"),
    "graph of": ("Graph of {date}", "Graphe du {date}"),
    "no graph": ("There is no graph to show.", "Il n’y a pas de graphe à afficher."),
    # Home
    "promise": (
        "Who signed, broke, sold or tested what, and when: each claim with the sentence that says it.",
        "Qui a signé, violé, vendu ou testé quoi, et quand : chaque affirmation avec la phrase qui la dit.",
    ),
    "search": (
        "Search states, persons, treaties, weapons, documents, sentences",
        "Chercher États, personnes, traités, armes, documents, phrases",
    ),
    "search hint": ("New START, Lavrov, hypersonic …", "New START, Lavrov, hypersonique …"),
    "no hits": ("Nothing holds “{text}”.", "Rien ne contient « {text} »."),
    "sentences": ("Sentences", "Phrases"),
    "hits": ("{count} found", "{count} trouvés"),
    "in the graph": ("In the graph", "Dans le graphe"),
    "newest": ("Reported last", "Rapporté en dernier"),
    "no claims yet": ("No document has been added yet.", "Aucun document n’a encore été ajouté."),
    "ask": ("Ask", "Demander"),
    "all questions": ("All {count} questions", "Les {count} questions"),
    # Entity
    "search title": ("Look up", "Recherche"),
    "unknown iri": (
        "The graph knows nothing under this address.",
        "Le graphe ne connaît rien à cette adresse.",
    ),
    "unknown iri hint": (
        "It may have been withdrawn with its document, or the link is incomplete. Search from the home page.",
        "La chose a pu être retirée avec son document, ou le lien est incomplet. Cherchez depuis l’accueil.",
    ),
    "no iri": ("No thing is named in the address.", "L’adresse ne nomme rien."),
    "also": ("also", "aussi"),
    "only in texts": ("known from texts only", "connu par les textes seulement"),
    "only in texts help": (
        "The reference data does not know it; its name and kind come from a document.",
        "Les données de référence ne le connaissent pas ; son nom et son genre viennent d’un document.",
    ),
    "curated": ("Reference facts", "Faits de référence"),
    "curated help": (
        "Kept by hand, each with the basis that it stands on.",
        "Tenus à la main, chacun avec la base sur laquelle il repose.",
    ),
    "property": ("Property", "Propriété"),
    "value": ("Value", "Valeur"),
    "basis": ("Basis", "Base"),
    "source": ("Source", "Source"),
    "date": ("Date", "Date"),
    "what": ("What", "Quoi"),
    "status computed": ("Legal status, computed", "Statut juridique, calculé"),
    "treaty": ("Treaty", "Traité"),
    "status": ("Status", "Statut"),
    "treaty record": ("Acts on treaties", "Actes relatifs aux traités"),
    "offices": ("Offices", "Fonctions"),
    "office": ("Office", "Fonction"),
    "person": ("Person", "Personne"),
    "of": ("Of", "De"),
    "since": ("Since", "Depuis"),
    "until": ("Until", "Jusqu’au"),
    "claims": ("Claims", "Affirmations"),
    "claims help": (
        "What documents say, as they say it; the graph does not decide who is right.",
        "Ce que disent les documents, comme ils le disent ; le graphe ne tranche pas.",
    ),
    "no claims": ("No document says anything of it.", "Aucun document n’en dit rien."),
    "said by": ("Said by {name}", "Propos de {name}"),
    "contested": ("contested", "contesté"),
    "affirmed side": ("Affirmed", "Affirmé"),
    "denied side": ("Denied", "Nié"),
    "more claims": (
        "Shown: the {shown} newest of {all} claims.",
        "Affichées : les {shown} plus récentes de {all} affirmations.",
    ),
    "ask for all": ("Ask for all of them", "Les demander toutes"),
    "turtle": ("Download as Turtle", "Télécharger en Turtle"),
    "more names": ("all {count} names", "les {count} noms"),
    "elsewhere": ("Elsewhere", "Ailleurs"),
    "on behalf of": ("on behalf of", "au nom de"),
    # Claims
    "own voice": ("the text itself", "le texte lui-même"),
    "according to": ("according to", "selon"),
    "relayed by": ("relayed by", "relayé par"),
    "confidence": ("confidence", "confiance"),
    "why": ("Why it was read so", "Pourquoi cette lecture"),
    "rule": ("Rule", "Règle"),
    "original": ("original", "original"),
    "undated": ("undated", "sans date"),
    "unknown publisher": ("unknown publisher", "éditeur inconnu"),
    # Document
    "document": ("Document", "Document"),
    "not a document": (
        "There is no document under this address.",
        "Il n’y a pas de document à cette adresse.",
    ),
    "publisher": ("Publisher", "Éditeur"),
    "characters": ("{count} characters", "{count} caractères"),
    "hash": ("SHA-256 of the text", "SHA-256 du texte"),
    "legend": ("Legend", "Légende"),
    "legend claim": (
        "a sentence with claims, their numbers after it",
        "une phrase avec affirmations, leurs numéros à la suite",
    ),
    "legend trigger": ("the word that says the event", "le mot qui dit l’événement"),
    "legend Person": ("person", "personne"),
    "legend Treaty": ("treaty", "traité"),
    "legend Armament": ("weapon", "arme"),
    "legend other": ("state, organisation, place, …", "État, organisation, lieu, …"),
    "claims of document": ("claims: {count}", "affirmations : {count}"),
    "no claims in document": (
        "No claim was found in this text.",
        "Aucune affirmation n’a été trouvée dans ce texte.",
    ),
    "to the sentence": ("to the sentence", "vers la phrase"),
    "what it says": ("Ask what it says, as a table", "Demander ce qu’il dit, en tableau"),
    # Questions and SPARQL
    "saved question": ("Question", "Question"),
    "own query": ("Your own query", "Votre propre requête"),
    "any": ("any", "tous"),
    "date help": ("a day: 2019-08-01", "un jour : 2019-08-01"),
    "number help": ("a number: 2019", "un nombre : 2019"),
    "entity help": ("a name, acr:state/RUS or an address", "un nom, acr:state/RUS ou une adresse"),
    "query": ("Query", "Requête"),
    "run": ("Run", "Exécuter"),
    "stop": ("Stop", "Arrêter"),
    "stopped": ("Stopped.", "Arrêtée."),
    "running": (
        "Running for {seconds} s; at most {limit} s.",
        "En cours depuis {seconds} s ; {limit} s au plus.",
    ),
    "rows": ("rows: {count} · {seconds} s", "lignes : {count} · {seconds} s"),
    "truncated": (
        "Cut at {count} rows; narrow the query to see the rest.",
        "Coupé à {count} lignes ; précisez la requête pour voir le reste.",
    ),
    "first rows": (
        "The first {shown} rows are shown; the download holds all {all}.",
        "Les {shown} premières lignes sont affichées ; le téléchargement les contient toutes ({all}).",
    ),
    "no rows": ("No rows: nothing in the graph fits.", "Aucune ligne : rien dans le graphe ne correspond."),
    "yes": ("Yes", "Oui"),
    "no": ("No", "Non"),
    "csv": ("CSV", "CSV"),
    "csv names": ("CSV with names", "CSV avec les noms"),
    "json": ("JSON", "JSON"),
    "prefixes": (
        "Prefixes ac:, acr:, dcterms:, nif:, prov:, skos: and the other usual ones need no declaration.",
        "Les préfixes ac:, acr:, dcterms:, nif:, prov:, skos: et les autres usuels sont déjà déclarés.",
    ),
}

BASES: dict[str, tuple[str, str, str, str]] = {
    "sourced": ("sourced", "sourcé", "taken from the source named", "repris de la source nommée"),
    "checked": ("checked", "vérifié", "confirmed in the source named", "confirmé dans la source nommée"),
    "checked (weak)": (
        *("weakly checked", "peu vérifié"),
        *("seen in hobby catalogues only", "vu seulement dans des catalogues d’amateurs"),
    ),
    "recalled": ("from memory", "de mémoire", "not verified in any source", "vérifié dans aucune source"),
    "brief": ("given", "donné", "given with the task of the project", "donné avec la commande du projet"),
}
"""By code of the reference data: (English, French, what it means in English, in French)."""

PROPERTIES: dict[str, tuple[str, str]] = {
    "skos:notation": ("code", "code"),
    "skos:broader": ("broader kind", "genre supérieur"),
    "skos:definition": ("definition", "définition"),
    "dcterms:date": ("date", "date"),
    "dcterms:description": ("description", "description"),
    "dcterms:identifier": ("identifier", "identifiant"),
    "dcterms:isPartOf": ("part of", "fait partie de"),
    "dcterms:isReplacedBy": ("replaced by", "remplacé par"),
    "dcterms:language": ("language", "langue"),
    "dcterms:relation": ("related to", "en rapport avec"),
    "dcterms:replaces": ("replaces", "remplace"),
    "dcterms:title": ("title", "titre"),
    "schema:containedInPlace": ("lies in", "se trouve en"),
    "schema:location": ("seat", "siège"),
    "schema:url": ("address", "adresse"),
}
"""Properties that are not of our ontology: (English, French)."""

INVERSES: dict[str, tuple[str, str]] = {
    "ac:category": ("weapon systems of this kind", "systèmes d’armes de ce genre"),
    "ac:limits": ("limited by", "limité par"),
    "ac:manufacturer": ("makes", "fabrique"),
    "ac:memberOf": ("members", "membres"),
    "ac:originState": ("weapon systems from here", "systèmes d’armes d’ici"),
    "ac:place": ("took place here", "ont eu lieu ici"),
    "ac:prohibits": ("prohibited by", "interdit par"),
    "dcterms:isPartOf": ("its parts", "ses composantes"),
    "dcterms:isReplacedBy": ("replaces", "remplace"),
    "dcterms:relation": ("related", "en rapport"),
    "dcterms:replaces": ("replaced by", "remplacé par"),
    "schema:containedInPlace": ("places in it", "lieux qui s’y trouvent"),
    "schema:location": ("seated there", "y ont leur siège"),
    "skos:broader": ("kinds below it", "genres au-dessous"),
}
"""What stands at the other end of a property, seen from its object: (English, French)."""

_COLUMNS: dict[str, tuple[str, str]] = {
    "action": ("act", "acte"),
    "actor": ("actor", "acteur"),
    "affirmation": ("affirmation", "affirmation"),
    "affirmedBy": ("affirmed by", "affirmé par"),
    "affirmedIn": ("affirmed in", "affirmé dans"),
    "agency": ("credited agency", "agence créditée"),
    "agent": ("actor", "acteur"),
    "armament": ("armament", "armement"),
    "article": ("article", "article"),
    "category": ("category", "catégorie"),
    "certain": ("certain", "certain"),
    "claimant": ("according to", "selon"),
    "claims": ("claims", "affirmations"),
    "denial": ("denial", "démenti"),
    "denials": ("denials", "démentis"),
    "denied": ("denied", "niées"),
    "deniedBy": ("denied by", "nié par"),
    "deniedIn": ("denied in", "nié dans"),
    "documents": ("documents", "documents"),
    "earlier": ("earlier", "d’abord"),
    "earlierIn": ("earlier in", "d’abord dans"),
    "ended": ("ended", "fin"),
    "entity": ("name", "nom"),
    "event": ("event", "événement"),
    "events": ("events", "événements"),
    "fact": ("fact", "fait"),
    "filler": ("who or what", "qui ou quoi"),
    "first": ("first", "premier"),
    "from": ("from", "du"),
    "gathering": ("gathering", "rencontre"),
    "greatest": ("up to (km)", "jusqu’à (km)"),
    "how": ("how", "comment"),
    "issued": ("published", "publié"),
    "item": ("weapon", "arme"),
    "kind": ("kind", "genre"),
    "last": ("last", "dernier"),
    "later": ("later", "ensuite"),
    "laterIn": ("later in", "ensuite dans"),
    "laterIssued": ("later published", "ensuite publié"),
    "least": ("from (km)", "à partir de (km)"),
    "left": ("left", "quitté"),
    "maker": ("maker", "fabricant"),
    "mentions": ("mentions", "mentions"),
    "method": ("rule", "règle"),
    "modality": ("modality", "modalité"),
    "notified": ("notified on", "notifié le"),
    "object": ("object", "objet"),
    "obligation": ("obligation", "obligation"),
    "officeOf": ("of", "de"),
    "one": ("one side", "un côté"),
    "oneRole": ("role of the one", "rôle de l’un"),
    "organization": ("organisation", "organisation"),
    "origin": ("origin", "origine"),
    "other": ("other side", "autre côté"),
    "otherRole": ("role of the other", "rôle de l’autre"),
    "participant": ("participant", "participant"),
    "per": ("counted per", "compté par"),
    "place": ("place", "lieu"),
    "polarity": ("polarity", "polarité"),
    "quantity": ("quantity", "quantité"),
    "range": ("range", "portée"),
    "recipient": ("recipient", "destinataire"),
    "relay": ("relayed by", "relayé par"),
    "role": ("role", "rôle"),
    "sentence": ("sentence", "phrase"),
    "signed": ("signed", "signé"),
    "since": ("since", "depuis"),
    "standing": ("standing that day", "situation ce jour-là"),
    "state": ("state", "État"),
    "status": ("status", "statut"),
    "subject": ("subject", "sujet"),
    "supplier": ("supplier", "fournisseur"),
    "target": ("target", "cible"),
    "tellings": ("tellings", "récits"),
    "through": ("by the kind", "par le genre"),
    "title": ("title", "titre"),
    "topic": ("topic", "sujet"),
    "treaty": ("treaty", "traité"),
    "treatyKind": ("kind of treaty", "genre de traité"),
    "unit": ("unit", "unité"),
    "until": ("until", "jusqu’au"),
    "weapon": ("weapon", "arme"),
}


def text(key: str, language: str, **values: object) -> str:
    """The text with this key, `{name}` in it replaced by values."""
    return _TEXTS[key][_index(language)].format(**values)


def column(name: str, language: str) -> str:
    """How a column of a result is called; a variable that no text knows keeps its name."""
    if name in _COLUMNS:
        return _COLUMNS[name][_index(language)]
    return _TEXTS[name][_index(language)].lower() if name in _TEXTS else name


def number(value: int, language: str) -> str:
    """The number with its thousands apart, as the language writes it."""
    return f"{value:,}".replace(",", "\u202f") if language == "fr" else f"{value:,}"


def _index(language: str) -> int:
    return list(LANGUAGES).index(language)
