"""Who may include whom: dialects <- runtime <- compiler <- tests.

A file includes project headers from its own layer and from those that its row of
TABLE names. Only the layers in LLVM_USERS include LLVM and MLIR: what is left,
the library tactus_core and every public header, works where LLVM is absent.
"""

import pathlib
import re

from tree import CODE, Problem

# The first pattern that matches a path gives its layer.
LAYERS = (
    ("base", r"runtime/include/tactus/(Error|ElementType)\.h|runtime/Support/Assert\."),
    ("machine", r"dialects/Systolic/(AccessHistory|Encoding|Fields|Footprint|Machine)\w*\.(h|cpp)"),
    ("dialects", r"dialects/"),
    ("public runtime", r"runtime/include/"),
    ("core", r"runtime/(Support|Tensor|Core|Systolic)/"),
    ("interpreter", r"runtime/Interpreter/"),
    ("jit", r"runtime/JIT/"),
    ("public compiler", r"compiler/include/"),
    ("compiler", r"compiler/(Graph|Import|Target|Transforms|Conversion|Emit)/"),
    ("pipelines", r"compiler/Pipelines/"),
    ("driver", r"compiler/(Bisect|Driver)/"),
    ("tools", r"compiler/Tools/"),
    ("examples", r"docs/examples/"),
    ("tests", r"tests/"),
)

RUNTIME = {"base", "machine", "public runtime", "core"}
COMPILER = RUNTIME | {"dialects", "interpreter", "jit", "public compiler", "compiler"}
TABLE = {
    "base": set(),
    "machine": {"base"},
    "dialects": {"base", "machine"},
    "public runtime": {"base"},
    "core": RUNTIME,
    "interpreter": RUNTIME | {"dialects"},
    "jit": RUNTIME | {"dialects"},
    "public compiler": {"base", "public runtime"},
    "compiler": COMPILER,
    "pipelines": COMPILER,
    "driver": COMPILER | {"pipelines"},
    "tools": COMPILER | {"pipelines", "driver"},
    "examples": {"base", "public runtime", "public compiler"},
    "tests": COMPILER | {"pipelines", "driver", "tools", "examples"},
}

LLVM_USERS = {
    "dialects", "interpreter", "jit", "compiler", "pipelines", "driver", "tools", "tests"
}  # fmt: skip

# Headers of other projects, and the paths that may include them. JSON has one
# strict reader; its library is not used beside it.
THIRD_PARTY = (
    (r"nlohmann/", r"runtime/Support/"),
    (r"(gtest|gmock|benchmark)/", r"tests/"),
    (r"(dnnl|oneapi|mpfr|gmp)", r"tests/"),
)

INCLUDE = re.compile(r'^\s*(?:#\s*)?include\s+(["<])([^">]+)[">]')
PUBLIC_ROOTS = ("runtime/include", "compiler/include")


def layer_of(path):
    return next((name for name, pattern in LAYERS if re.match(pattern, path)), None)


def resolve(tree, path, included, quoted):
    """Returns the path below the root of an include of ours, or None."""
    beside = (pathlib.PurePosixPath(path).parent / included).as_posix()
    places = [included] + [f"{root}/{included}" for root in PUBLIC_ROOTS]
    for place in places + ([beside] if quoted else []):
        if (tree.root / place).is_file():
            return place
    # What TableGen writes stands in the build folder, under the path of its source.
    if included.endswith(".inc") and layer_of(included):
        return included
    return None


def check(tree):
    for path in tree.under("dialects/", "runtime/", "compiler/", "tests/", "docs/", suffixes=CODE):
        layer = layer_of(path)
        if layer is None:
            yield Problem(path, 0, "expected a folder that the layering table knows")
            continue
        for number, line in tree.lines(path):
            match = INCLUDE.match(line)
            if match:
                message = judge(tree, path, layer, match.group(2), match.group(1) == '"')
                if message:
                    yield Problem(path, number, message)


def judge(tree, path, layer, included, quoted):
    """Says what is wrong with an include; None where nothing is."""
    if included.startswith("../") or "/../" in included:
        return f"expected a path from the top of the tree, but got '{included}'"
    for pattern, allowed in THIRD_PARTY:
        if re.match(pattern, included) and not re.match(allowed, path):
            return f"'{included}' may be included only below {allowed}"
    if re.match(r"(llvm|mlir|clang)(-c)?/", included):
        if layer not in LLVM_USERS:
            return f"{layer} is free of LLVM and MLIR, but includes '{included}'"
        return None
    target = resolve(tree, path, included, quoted)
    if target is None:
        ours = quoted or included.startswith("tactus/")
        foreign = any(re.match(pattern, included) for pattern, _ in THIRD_PARTY)
        if ours and not foreign:
            return f"there is no file '{included}'"
        return None
    of = layer_of(target)
    if of != layer and of not in TABLE[layer]:
        return f"{layer} may not include '{included}', which belongs to {of or 'no layer'}"
    return None
