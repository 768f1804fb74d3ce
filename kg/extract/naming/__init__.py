"""Names and what stands for them: the gazetteer, patterns for what no list holds, places, coreference."""
