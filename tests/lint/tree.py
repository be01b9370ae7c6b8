"""The tree that lint looks at, and what a check reports."""

import dataclasses
import functools
import importlib.util
import pathlib
import subprocess
import sys

# What describes the ops to lint is the code beside it, whatever tree it looks at.
HERE = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(HERE / "dialects"), str(HERE / "docs")]
import generate
import ods

CODE = (".h", ".cpp", ".td")
TEXT = CODE + (".c", ".py", ".mlir", ".md", ".txt", ".cmake", ".in", ".json", ".test", ".sv", "")


@dataclasses.dataclass(order=True)
class Problem:
    path: str
    line: int
    message: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)

    @functools.cached_property
    def files(self):
        """The paths of all files that are in git, or would be once added."""
        if (self.root / ".git").exists():
            # A tree may belong to another user, as in a container.
            command = ["git", "-c", f"safe.directory={self.root.resolve()}", "ls-files"]
            command += ["--cached", "--others", "--exclude-standard"]
            run = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
            names = set(run.stdout.splitlines())
        else:
            names = {p.relative_to(self.root).as_posix() for p in self.root.rglob("*")}
        return sorted(name for name in names if (self.root / name).is_file())

    def under(self, *prefixes, suffixes=TEXT):
        """The files whose path begins with one of `prefixes`."""
        return [
            name
            for name in self.files
            if name.startswith(prefixes) and pathlib.PurePath(name).suffix in suffixes
        ]

    @functools.lru_cache(maxsize=None)
    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def lines(self, name):
        """The lines of a file with their numbers."""
        return enumerate(self.text(name).splitlines(), 1)

    @functools.lru_cache(maxsize=None)
    def ops(self, dialect):
        return ods.ops(self.root, dialect)

    @functools.cached_property
    def passes(self):
        return ods.passes(self.root)


def load(path):
    """Imports a file whose name is no Python identifier, such as check-sizes.py."""
    spec = importlib.util.spec_from_file_location(path.stem.replace("-", "_"), path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checks():
    """Returns each check of this folder by name: `sizes` is check-sizes.py."""
    folder = pathlib.Path(__file__).resolve().parent
    found = sorted(folder.glob("check-*.py"))
    return {path.stem.removeprefix("check-"): load(path).check for path in found}
