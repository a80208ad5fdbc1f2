"""`python -m asnpolicy.cli`: the command line, where no script is installed."""

from asnpolicy.cli.app import main

main()
