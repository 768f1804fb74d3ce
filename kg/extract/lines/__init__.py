"""From a document's text to lines that are parsed: labels, offsets, quantities, sentence boundaries, tags."""
