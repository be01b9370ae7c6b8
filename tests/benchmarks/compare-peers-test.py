#!/usr/bin/env python3
"""Compares one small program, in one pair of turns, and looks at what is written; and
gives options that are refused.

    compare-peers-test.py <tactus-compare-peers> <folder>

Times are not looked at. Without a library there is nothing to compare, which the test
then expects to be told.
"""

import datetime
import pathlib
import re
import subprocess
import sys
import zlib

MARK = re.compile(r"<!-- CRC-32 of all before: ([0-9a-f]{8}) -->\n\Z")
NAME = "matmul_94x47x105"


def main():
    tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    refuse(tool, ["--turns=3"], "expected an option, but got '--turns=3'")
    refuse(tool, ["--pairs=0"], "expected a number from 1 to 100000 after --pairs, but got '0'")
    refuse(tool, ["--groups=odd,even"], "but got 'even'")
    refuse(tool, ["--groups=call", "--only=matmul"], "but got 'matmul'")
    refuse(tool, ["--onnxruntime=/dev/null"], "expected ONNX Runtime's shared library")

    run = start(
        tool, "--groups=odd", f"--only={NAME}", "--pairs=1", f"--write={folder}", f"--models={folder}"
    )
    # 2 says that a bar is missed, which is not looked at here.
    require(run.returncode in (0, 2), f"an exit status of 0 or 2, but got {run.returncode}", run)
    for library in ("oneDNN", "OpenBLAS"):
        known = f"beside {library} " in run.stderr or f"{library} is skipped: " in run.stderr
        require(known, f"to be told of {library}", run)
    require("ONNX Runtime is skipped: " in run.stderr, "to be told that one is missing", run)

    page, drawing = ((folder / f"threads-1.{kind}").read_text() for kind in ("md", "svg"))
    row = rf"\| {NAME} \| [\d.]+ \| [\d.]+ \| (oneDNN|OpenBLAS)[\w ]* \| [\d.]+ \| \d+% \|"
    if "beside " not in run.stderr:
        row = rf"\| {NAME} \| \| \| there is no library to compare with \|"
    require(re.search(row, page), f"a row of {NAME} in {page}", run)
    require(datetime.date.today().strftime("%Y-") in page, "the year", run)
    require("on this processor:" in page, "the processor", run)
    require(f">{NAME}<" in drawing, f"{NAME} in the drawing", run)
    for text in (page, drawing):
        mark = MARK.search(text)
        require(mark, "a checksum in the last line", run)
        sum = zlib.crc32(text[: mark.start()].encode())
        require(sum == int(mark.group(1), 16), f"a checksum of {sum:08x}", run)


def start(tool, *options):
    environment = {"PATH": "/usr/bin:/bin"}
    return subprocess.run([tool, *options], capture_output=True, text=True, env=environment)


def refuse(tool, options, message):
    run = start(tool, *options)
    require(run.returncode == 1 and message in run.stderr, f"{options} to be refused", run)


def require(condition, what, run):
    if not condition:
        sys.exit(f"compare-peers-test: expected {what}\n{run.args}\n{run.stdout}{run.stderr}")


if __name__ == "__main__":
    main()
