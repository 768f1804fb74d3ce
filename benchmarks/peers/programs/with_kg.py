"""This project's extractor. Articles come as JSON lines, figures go as JSON lines."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))  # run as a file, as the peers are

from kg import __version__, reference
from kg.extract import Extractor
from kg.model import Document
from kg.settings import ROOT

articles = [json.loads(line) for line in sys.stdin]
extractor = Extractor(reference.load(ROOT / "seeds" / "reference"), ROOT / "ontology" / "lexicon" / "fr")
extractor.extract(Document("first", "Une phrase pour commencer.", "first"))
documents = [Document(article["id"], article["text"], article["id"]) for article in articles]
begun = time.process_time()
for found in extractor.pipe(documents):
    told = {
        "names": len(found.mentions),
        "events": len(found.events),
        "arguments": sum(len(event.fillers) for event in found.events),
        "claimants": sum(1 for claim in found.claims if claim.claimant),
        "dates": sum(1 for event in found.events if event.when),
    }
    print(json.dumps(told))
print(json.dumps({"seconds": time.process_time() - begun, "version": __version__}))
