#!/usr/bin/env python3
"""Runs the listings of a document and compares what they print with what it shows.

    run-listings.py <document.md> <folder> --build <build folder> [--update]

In a ```console block, `$ command` is run in <folder> and must print the lines below
it, standard error included; where there are none, anything may be printed. A line
`...` stands for any lines. A command must succeed unless it ends in `# status 2`.
Commands find the project's programs, plain or as build/bin/<program>.

    <!-- file: mlp.json -->    the next block is the text of that file
    <!-- not run -->           the next block is not run

--update writes the output of each command with an exact listing into the document.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

NOTE = re.compile(r"<!-- (?:file: (?P<file>[\w.-]+)|(?P<skip>not run)) -->$")
STATUS = re.compile(r"\s+# status (\d+)$")


class Listing:
    """One command of a console block, with the lines that it should print."""

    def __init__(self, line, command):
        self.line = line
        status = STATUS.search(command)
        self.status = int(status.group(1)) if status else 0
        self.command = STATUS.sub("", command)
        self.length = 1
        self.expected = []


def main():
    parser = argparse.ArgumentParser(description="Runs the listings of a document.")
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()

    lines = arguments.document.read_text().splitlines()
    shutil.rmtree(arguments.folder, ignore_errors=True)
    arguments.folder.mkdir(parents=True)
    (arguments.folder / "build").symlink_to(arguments.build.resolve())

    count, failures = 0, 0
    updated, last = [], 0
    for start, end, language, note in blocks(lines):
        if note.get("skip"):
            continue
        if note.get("file"):
            (arguments.folder / note["file"]).write_text("\n".join(lines[start:end]) + "\n")
        elif language == "console":
            listings = parse(lines, start, end)
            count += len(listings)
            for listing in listings:
                output, status = run(listing, arguments.folder)
                exact = listing.expected and "..." not in listing.expected
                if arguments.update and exact and status == listing.status:
                    first = listing.line + listing.length
                    updated += lines[last:first] + output
                    last = first + len(listing.expected)
                elif problem := judge(listing, output, status):
                    failures += 1
                    print(f"{arguments.document}:{listing.line + 1}: {problem}")
    if arguments.update:
        arguments.document.write_text("\n".join(updated + lines[last:]) + "\n")
    if not count:
        print(f"{arguments.document}: expected a listing, but got none")
    print(f"{count} listings, {failures} wrong")
    return 1 if failures or not count else 0


def blocks(lines):
    """Yields first and last line, language and note of each fenced block."""
    note, start = {}, None
    for number, line in enumerate(lines):
        if start is None and line.startswith("```"):
            start, language = number + 1, line[3:].strip()
        elif start is not None and line.startswith("```"):
            yield start, number, language, note
            note, start = {}, None
        elif start is None and line.strip():
            match = NOTE.match(line.strip())
            note = match.groupdict() if match else {}


def parse(lines, start, end):
    listings = []
    number = start
    while number < end:
        if lines[number].startswith("$ "):
            first, command = number, lines[number][2:]
            while command.endswith("\\") and number + 1 < end:
                number += 1
                command = command[:-1] + lines[number].strip()
            listings.append(Listing(first, command))
            listings[-1].length = number + 1 - first
        elif listings:
            listings[-1].expected.append(lines[number])
        number += 1
    return listings


def run(listing, folder):
    path = os.pathsep.join([str((folder / "build" / "bin").resolve()), os.environ["PATH"]])
    process = subprocess.run(
        ["bash", "-c", listing.command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # Blank lines at the end, as MLIR prints them, would not be seen in a document.
    lines = [line.rstrip() for line in process.stdout.rstrip().splitlines()]
    return lines, process.returncode


def judge(listing, output, status):
    """Says how a command did other than its listing; None where it did not."""
    told = "".join(f"\n    {line}" for line in output)
    if status != listing.status:
        return f"expected status {listing.status}, but got {status}: {listing.command}{told}"
    expected = [line.rstrip() for line in listing.expected]
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in expected)
    if expected and not re.fullmatch(pattern, "".join(line + "\n" for line in output)):
        return f"expected what is listed, but got{told or ' nothing'}"
    return None


if __name__ == "__main__":
    sys.exit(main())
