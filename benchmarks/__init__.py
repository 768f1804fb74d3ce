"""Measurements: each prints ratios of things measured in one run."""
