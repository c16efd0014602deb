"""`python -m framdrift.cli`: the same command where its script is not on the path."""

from framdrift.cli import main

main()
