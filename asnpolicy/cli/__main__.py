"""`python -m asnpolicy.cli`: the command line, where no script is installed."""

from asnpolicy.cli.app import main

if __name__ == "__main__":  # not in a process that `--jobs` starts
    main()
