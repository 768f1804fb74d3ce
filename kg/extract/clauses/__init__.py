"""The parse as the other steps see it: relations, subjects that stand elsewhere, mood, modality and polarity."""
