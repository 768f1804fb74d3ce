"""The second extractor: a language model at an endpoint proposes, and what stands in the text is kept."""
