#!/usr/bin/env python3
"""Times whole processes: `tactus run`, from start to exit.

    cold-runs.py <tactus> <tactus-write-graph> <folder> [runs]

Nothing is kept from one run to the next, so each reads, compiles, packs and runs.
The exit status is 1 where a median is above its bar.
"""

import pathlib
import statistics
import subprocess
import sys
import time

# Milliseconds. The encoder layer's bar is for compiling it alone; a whole run that
# stays below says more.
BARS = {"mlp_batch_1": 400, "mlp_batch_64": 400, "encoder_layer": 1500}


def main():
    tool, writer, folder = (pathlib.Path(path).resolve() for path in sys.argv[1:4])
    runs = int(sys.argv[4]) if len(sys.argv) > 4 else 11
    subprocess.run([writer, folder, *BARS], check=True)
    print(f"medians of {runs} runs\n\n| Program | Cold run ms | Bar |\n|---|---|---|")
    missed = False
    for name, bar in BARS.items():
        command = [tool, "run", f"{name}.json", "--random-inputs=1", f"--output={name}"]
        times = []
        for _ in range(runs):
            start = time.monotonic()
            subprocess.run(command, cwd=folder, check=True)
            times.append(1000 * (time.monotonic() - start))
        median = statistics.median(times)
        missed |= median > bar
        print(f"| {name} | {median:.0f} | {bar}{', missed' if median > bar else ''} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
