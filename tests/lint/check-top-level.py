"""The top of the tree holds a fixed list, and nothing else."""

from tree import Problem

FILES = {
    "CMakeLists.txt", "README.md", "LICENSE", "dev", ".ci/run", ".clang-format", ".clang-tidy",
    ".gitignore",
}  # fmt: skip
FOLDERS = ("dialects/", "runtime/", "compiler/", "tests/", "docs/")


def check(tree):
    for path in tree.files:
        if path not in FILES and not path.startswith(FOLDERS):
            yield Problem(path, 0, "nothing but the listed files may stand at the top of the tree")
    for path in sorted(FILES - set(tree.files)):
        yield Problem(path, 0, "expected this file at the top of the tree")
