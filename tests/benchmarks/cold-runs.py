#!/usr/bin/env python3
"""Times whole processes: `tactus run`, from start to exit.

    cold-runs.py <tactus> <tactus-write-graph> <folder> [runs]

Each run reads, packs and runs; it compiles as well, or finds all kernels where an
earlier run has left them. The second is also held against a process that does
nothing. The exit status is 1 where a median is above its bar.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

# Milliseconds: without a cache, and with a warm one beyond the start of a process.
# The encoder layer's first bar is for compiling it alone; a whole run that stays
# below says more.
BARS = {
    "one_element": (400, 15),
    "mlp_batch_1": (400, 15),
    "mlp_batch_64": (400, 15),
    "encoder_layer": (1500, None),
    "encoder_12_layers": (None, None),
}


def main():
    tool, writer, folder = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 11
    subprocess.run([writer, folder, *BARS], check=True)
    cache = folder / "kernels"
    shutil.rmtree(cache, ignore_errors=True)
    environment = {**os.environ, "TACTUS_CACHE_DIR": str(cache)}

    def times(arguments):
        found = []
        for _ in range(runs):
            start = time.monotonic()
            subprocess.run(
                [tool, *arguments], cwd=folder, env=environment,
                stdout=subprocess.DEVNULL, check=True,
            )  # fmt: skip
            found.append(1000 * (time.monotonic() - start))
        return found

    start = statistics.median(times(["--version"]))
    print(f"medians of {runs} runs; a process that does nothing takes {start:.0f} ms\n")
    print("| Program | Cold run ms | Bar | Cached ms beyond the start | Bar |")
    print("|---|---|---|---|---|")
    missed = False
    for name, bars in BARS.items():
        command = ["run", f"{name}.json", "--random-inputs=1", f"--output={name}"]
        cold = statistics.median(times([*command, "--no-cache"]))
        times(command)
        cached = statistics.median(times(command)) - start
        row = f"| {name} "
        for median, bar in zip((cold, cached), bars):
            isMissed = bar is not None and median > bar
            missed |= isMissed
            row += f"| {median:.0f} | {bar or ''}{', missed' if isMissed else ''} "
        print(row + "|", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
