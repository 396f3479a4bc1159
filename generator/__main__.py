"""Runs the command line."""

import gc
import sys

from generator.cli import main

if __name__ == "__main__":  # a process that draws charts reads this file too
    if sys.argv[1:2] != ["serve"]:
        # What is read stays until the end and makes no rings: to look for garbage takes half the time of reading it.
        gc.disable()
    sys.exit(main())
