#!/usr/bin/env python3
"""Runs the checks of this folder over the tree and prints what they find.

    tests/lint/run.py [check...]      all, or those named: sizes is check-sizes.py

The exit status is 1 where there is a problem.
"""

import argparse
import pathlib
import sys

import tree


def main():
    parser = argparse.ArgumentParser(description="Checks the tree against the project's rules.")
    parser.add_argument("checks", nargs="*", help="names of checks; all by default")
    parser.add_argument(
        "--root", default=pathlib.Path(__file__).resolve().parents[2], help="the tree to look at"
    )
    arguments = parser.parse_args()
    known = tree.checks()
    for name in arguments.checks:
        if name not in known:
            sys.exit(f"lint: expected one of {', '.join(known)}, but got '{name}'")

    looked_at = tree.Tree(arguments.root)
    total = 0
    for name in arguments.checks or known:
        try:
            problems = sorted(known[name](looked_at))
        except tree.ods.OdsError as error:
            problems = [f"the .td files cannot be read: {error}"]
        for problem in problems:
            print(f"{problem} [{name}]")
        total += len(problems)
    print(f"lint: {total} problem{'' if total == 1 else 's'}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
