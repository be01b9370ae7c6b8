"""Each public header compiles alone, with nothing but the public headers beside it."""

import concurrent.futures
import os
import subprocess

from tree import Problem

ROOTS = ("runtime/include", "compiler/include")
FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror"]
FLAGS += ["-Wno-pragma-once-outside-header"]


def check(tree):
    headers = tree.under(*[f"{root}/" for root in ROOTS], suffixes=(".h",))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for problem in pool.map(lambda header: compile_alone(tree, header), headers):
            if problem:
                yield problem


def compile_alone(tree, header):
    # The C interface is C; all else is C++20.
    language = ["-x", "c", "-std=c11"] if header.endswith("_c.h") else ["-x", "c++", "-std=c++20"]
    includes = [f"-I{root}" for root in ROOTS]
    command = ["clang-22", *language, *FLAGS, *includes, header]
    run = subprocess.run(command, cwd=tree.root, capture_output=True, text=True)
    if run.returncode == 0:
        return None
    errors = [line for line in run.stderr.splitlines() if "error:" in line]
    return Problem(header, 0, f"does not compile alone: {errors[0] if errors else run.stderr}")
