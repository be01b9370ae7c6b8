"""C++ files are as clang-format leaves them."""

import concurrent.futures
import os
import subprocess

from tree import Problem

BATCH = 16


def check(tree):
    paths = tree.under("dialects/", "runtime/", "compiler/", "tests/", "docs/", suffixes=(".h", ".cpp"))
    batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for problems in pool.map(lambda batch: unformatted(tree, batch), batches):
            yield from problems


def unformatted(tree, batch):
    command = ["clang-format-22", "--dry-run", "--ferror-limit=1", *batch]
    run = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    places = [line.split(":")[:2] for line in run.stderr.splitlines() if "-Wclang-format" in line]
    return [Problem(path, int(line), "is not formatted: ./dev format") for path, line in places]
