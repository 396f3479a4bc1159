"""Runs the command line."""

import sys

from generator.cli import main

if __name__ == "__main__":  # a process that draws charts reads this file too
    sys.exit(main())
