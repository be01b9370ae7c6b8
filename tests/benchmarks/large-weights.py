#!/usr/bin/env python3
"""Runs a model with 400 MB of weights and checks what they cost.

    large-weights.py <tactus> <folder>

Weights are mapped, never printed: no level that --dump-phases writes may be over
1 MB. A run may hold the parameters once and their packed copy once, beside what
the program needs without them. The folder is deleted at the end.
"""

import array
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time

# A multiple of 32, 48 and 64 columns, so that no packed panel is padded.
SIZE = 2688
LAYERS = 14
MATRIX_BYTES = SIZE * SIZE * 4
# The shared libraries, the compiler at work, and the program itself.
BESIDE_WEIGHTS = 150_000_000
LARGEST_DUMP = 1_000_000


def main():
    tool, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        write_weights(folder / "large.safetensors")
        (folder / "large.json").write_text(json.dumps(graph()))
        sys.exit(run(tool, folder))
    finally:
        shutil.rmtree(folder)


def write_weights(path):
    """Every matrix holds the same numbers, small enough for sums to stay finite."""
    row = [((column * 37) % 101 - 50) / 5000 for column in range(SIZE)]
    matrix = array.array("f", row).tobytes() * SIZE
    names = [f"w{layer}" for layer in range(LAYERS)]
    header = {
        name: {
            "dtype": "F32",
            "shape": [SIZE, SIZE],
            "data_offsets": [layer * MATRIX_BYTES, (layer + 1) * MATRIX_BYTES],
        }
        for layer, name in enumerate(names)
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for _ in names:
            file.write(matrix)


def graph():
    nodes, value = [], "x"
    for layer in range(LAYERS):
        nodes.append({"name": f"m{layer}", "op": "matmul", "inputs": [value, f"w{layer}"]})
        nodes.append({"name": f"r{layer}", "op": "relu", "inputs": [f"m{layer}"]})
        value = f"r{layer}"
    tensors = [{"name": f"w{layer}", "type": f"f32[{SIZE},{SIZE}]"} for layer in range(LAYERS)]
    return {
        "tactus": 1,
        "name": "large",
        "inputs": [{"name": "x", "type": f"f32[batch,{SIZE}]"}],
        "parameters": {"file": "large.safetensors", "tensors": tensors},
        "nodes": nodes,
        "outputs": [value],
    }


def run(tool, folder):
    command = [str(tool), "run", "large.json", f"--shape=x=1x{SIZE}", "--random-inputs=1"]
    command += ["--output=results", "--dump-phases=phases"]
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    child.returncode = os.waitstatus_to_exitcode(status)

    failures = []
    if child.returncode != 0:
        failures.append(f"expected exit status 0, but got {child.returncode}")
    dumps = {path.name: path.stat().st_size for path in (folder / "phases").glob("*")}
    if "6c.llvm.mlir" not in dumps:
        failures.append(f"expected dumps of each level, but got {sorted(dumps)}")
    for name, size in dumps.items():
        if size > LARGEST_DUMP:
            failures.append(f"expected {name} to have at most {LARGEST_DUMP} bytes, but got {size}")
    weights, peak = LAYERS * MATRIX_BYTES, usage.ru_maxrss * 1024
    allowed = 2 * weights + BESIDE_WEIGHTS
    if peak > allowed:
        failures.append(f"expected at most {allowed / 1e6:.0f} MB of memory, but got {peak / 1e6:.0f}")

    print(f"weights {weights / 1e6:.0f} MB, peak memory {peak / 1e6:.0f} MB of {allowed / 1e6:.0f}")
    print(f"largest dump {max(dumps.values(), default=0)} bytes; ran for {seconds:.2f} s")
    for failure in failures:
        print(f"large-weights: {failure}", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    main()
