"""What other programs that need no language model service make of the same French texts, side by side: `python -m benchmarks.peers`."""
