"""`python -m kg.cli`: the command kg where its script is not on the path."""

from kg.cli.command import main

main()
