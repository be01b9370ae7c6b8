#!/usr/bin/env python3
"""Tests each check of lint on a small tree: silent where it is right, and for each
thing that a check forbids, a change that makes it speak. Those of ops are in
selftest_ops.py."""

import unittest

import selftest_ops
from small_tree import ADD, ALL, REPLACE, SmallTree, banner, guarded, spoil

# The check, the file, its text (or what is appended to it; None removes the file),
# and what the check says.
BAD = [
    ("layering", "dialects/Tactus/Shape.h", ADD, '#include "runtime/Core/Arena.h"\n', "belongs to core"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "dialects/Tactus/Shape.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <llvm/ADT/APInt.h>\n", "free of LLVM"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "mlir/IR/Value.h"\n', "free of LLVM"),
    ("layering", "dialects/Systolic/Machine.h", ADD, '#include "mlir/IR/Value.h"\n', "free of LLVM"),
    ("layering", "dialects/Systolic/Machine.h", ADD, '#include "dialects/Tactus/Shape.h"\n', "machine may"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "compiler/Driver/Driver.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <nlohmann/json.hpp>\n", "only below runtime/Support/"),
    ("layering", "runtime/Core/Arena.h", ADD, "#include <gtest/gtest.h>\n", "only below tests/"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "runtime/Interpreter/Eval.h"\n', "core may not"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "../Support/Json.h"\n', "from the top of the tree"),
    ("layering", "runtime/Core/Arena.h", ADD, '#include "runtime/Core/Gone.h"\n', "there is no file"),
    ("layering", "runtime/Interpreter/Eval.h", ADD, '#include "compiler/Transforms/Fuse.h"\n', "interpreter may"),
    ("layering", "runtime/include/tactus/Tensor.h", ADD, '#include "tactus/Graph.h"\n', "public runtime may"),
    ("layering", "runtime/include/tactus/Tensor.h", ADD, '#include "runtime/Core/Arena.h"\n', "public runtime may"),
    ("layering", "compiler/include/tactus/Graph.h", ADD, "#include <mlir/IR/Value.h>\n", "free of LLVM"),
    ("layering", "compiler/include/tactus/Graph.h", ADD, '#include "compiler/Driver/Driver.h"\n', "public compiler may"),
    ("layering", "compiler/Transforms/Fuse.h", ADD, '#include "compiler/Driver/Driver.h"\n', "compiler may not"),
    ("layering", "docs/examples/readme.cpp", ADD, '#include "runtime/Core/Arena.h"\n', "examples may not"),
    ("layering", "dialects/Tactus/TactusOps.td", ADD, 'include "compiler/Transforms/Passes.td"\n', "dialects may"),
    ("layering", "runtime/Elsewhere/New.h", REPLACE, "\n", "a folder that the layering table knows"),
    ("public-headers", "runtime/include/tactus/Tensor.h", ADD, "std::vector<int> f();\n", "not compile alone"),
    ("public-headers", "runtime/include/tactus/tactus_c.h", REPLACE, "class A;\n", "not compile alone"),
    ("sizes", "dialects/Tactus/Shape.h", REPLACE, "\n" * 801, "at most 800 lines, but got 801"),
    ("top-level", "setup.sh", REPLACE, "\n", "nothing but the listed files"),
    ("top-level", "LICENSE", REPLACE, None, "expected this file"),
    ("headers", "dialects/Tactus/Shape.h", REPLACE, "#pragma once\n", "===- Shape.h - <purpose>"),
    ("headers", "dialects/Tactus/Shape.h", REPLACE, banner("Shape.h"), "expected an include guard"),
    ("headers", "runtime/Core/Shape.h", REPLACE, guarded("Shape.h", ""), "is that of dialects/"),
    ("headers", "tests/unit/DriverTest.cpp", REPLACE, "int x;\n", "===- DriverTest.cpp - <purpose>"),
    ("marks", "dialects/Tactus/Shape.h", ADD, "// TO" + "DO: later\n", "neither issue nor decision"),
    ("marks", "docs/glossary.md", ADD, "see /wo" + "rk/notes\n", "a path of one machine"),
    ("marks", "tests/unit/DriverTest.cpp", ADD, "EXPECT_TRUE(tr" + "ue);\n", "unable to fail"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, 'if (name == "tactus.add")\n', "op name 'tactus.add'"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, '  .Case("add", 1)\n', "op name 'add'"),
    ("dispatch", "compiler/Transforms/Fuse.h", ADD, "x->getName().getStringRef() == y\n", "by an op's name"),
    ("style", "dialects/Tactus/Shape.h", ADD, "using namespace mlir;\n", "opens no namespace"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "cl::opt<bool> fast;\n", "not to globals"),
    ("style", "compiler/Transforms/Fuse.h", ADD, 'report_fatal_error("x");\n', "never fatal"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "auto v = json::parse(text);\n", "strict reader"),
    ("style", "tests/unit/DriverTest.cpp", ADD, "namespace mlir {\n", "MLIR's namespace"),
    ("style", "compiler/Transforms/Fuse.h", ADD, "struct P : impl::PBase<P> {};\n", "tactus::impl::"),
    ("style", "docs/glossary.md", ADD, "the behav" + "iour\n", "American spelling"),
    ("style", "docs/glossary.md", ADD, "is initial" + "ised\n", "American spelling"),
    ("format", "tests/unit/DriverTest.cpp", ADD, "int   x ;\n", "not formatted"),
    ("passes", "compiler/Transforms/Passes.td", "Fuses things.", "", "summary that is a sentence"),
    ("passes", "compiler/Transforms/Passes.td", "Moves one thing into another, so that both are one.", "", "expected a description"),
    ("passes", "compiler/Transforms/Passes.td", "tactus-fuse-things", "fuse-things", "begins with one of"),
    ("passes", "compiler/Transforms/Passes.td", "How many to move.", "", "option 'most' has no description"),
    ("passes", "tests/compiler/Transforms/fuse-things.mlir", "RUN: tactus-opt", "tactus-opt", "runs it"),
    ("generated", "dialects/Tactus/TactusOps.td", "rounded once", "rounded twice", "tactus-ops.md:"),
    ("generated", "docs/generated/more.md", REPLACE, "text\n", "does not write this file"),
    ("generated", "docs/generated/passes.md", REPLACE, None, "is missing"),
    ("generated", "docs/generated/benchmarks/threads-1.md", ADD, "better\n", "is not as it was measured"),
    ("generated", "docs/generated/benchmarks/threads-1.md", "text", "test", "is not as it was measured"),
    ("generated", "docs/generated/benchmarks/more.svg", REPLACE, "<svg/>\n", "is not as it was measured"),
    ("sources", "tests/unit/CMakeLists.txt", "DriverTest.cpp", "", "no CMakeLists.txt names it"),
    ("sources", "runtime/Core/Arena.cpp", REPLACE, "int x;\n", "no CMakeLists.txt names it"),
    ("docs", "docs/glossary.md", ADD, "[gone](gone.md)\n", "no 'gone.md' to link to"),
    ("docs", "README.md", ADD, "```cpp\nint x;\n```\n", "one block of C++, but got 2"),
    ("docs", "docs/examples/readme.cpp", ADD, "int x;\n", "to equal docs/examples/readme.cpp"),
    ("docs", "docs/examples/readme.cpp", REPLACE, None, "a file that tests compile"),
]


class SelfTest(SmallTree):
    def test_silent_on_good_tree(self):
        for check in ALL:
            with self.subTest(check=check):
                self.assertEqual(self.problems(check), [])

    def test_every_check_has_a_bad_tree(self):
        self.assertEqual(set(ALL), {case[0] for case in BAD + selftest_ops.BAD})


def bad_case(check, path, how, text, says):
    def test(self):
        spoil(self.root, path, how, text)
        problems = list(map(str, self.problems(check)))
        self.assertTrue(any(says in problem for problem in problems), problems)

    return test


for index, case in enumerate(BAD):
    setattr(SelfTest, f"test_{index:02}_{case[0].replace('-', '_')}", bad_case(*case))

if __name__ == "__main__":
    unittest.main()
