"""Reads the ops and passes that the .td files declare.

llvm-tblgen prints its records as JSON; this module gives what documents, lint and
generated tables need of them, so that each says the same as the compiler.
"""

import dataclasses
import json
import pathlib
import subprocess
import textwrap

LLVM = pathlib.Path("/usr/lib/llvm-22")
DIALECTS = ("Tactus", "Systolic")
# What an op's record asks for, and the function that answers.
METHODS = {
    "hasVerifier": "verify",
    "hasRegionVerifier": "verifyRegions",
    "hasFolder": "fold",
    "hasCanonicalizer": "getCanonicalizationPatterns",
    "hasCanonicalizeMethod": "canonicalize",
}
FACTS = ("derivative", "range", "monotonicity", "saturation", "home", "choice")


class OdsError(Exception):
    """A .td file that llvm-tblgen refuses; the message is llvm-tblgen's."""


@dataclasses.dataclass
class Field:
    """An operand, attribute or result of an op, or an option of a pass."""

    name: str
    type: str
    default: str = ""
    optional: bool = False
    # The record of its constraint, without what qualifies it: `I64Attr`.
    kind: str = ""
    variadic: bool = False
    # The choices of an enum, and the mnemonic of its attribute.
    cases: tuple = ()
    mnemonic: str = ""
    # The element types that an operand or result may have, as MLIR's records: `UI8`.
    elements: tuple = ()


@dataclasses.dataclass
class Op:
    name: str
    family: str
    in_graphs: bool
    summary: str
    description: str
    operands: list
    attributes: list
    results: list
    # What files call its regions.
    regions: list
    facts: dict
    file: str
    line: int
    # `SoftplusOp`.
    cpp_class: str = ""
    # Its result's type comes from a shape function, which may stand in the .td file.
    infers: bool = False
    infers_in_td: bool = False
    is_elementwise: bool = False
    # The functions that its C++ class declares and leaves to be defined: `verify`.
    methods: tuple = ()

    @property
    def mnemonic(self):
        return self.name.split(".", 1)[1]

    @property
    def is_function(self):
        """Whether it is a function of one float."""
        floats = {"F32", "F64", "F16", "BF16"}
        types = self.operands + self.results
        return (
            self.is_elementwise
            and len(self.operands) == 1
            and all(type.elements and floats.issuperset(type.elements) for type in types)
        )


@dataclasses.dataclass
class Pass:
    argument: str
    summary: str
    description: str
    options: list
    file: str
    line: int


def records(root, file):
    """Returns the records of `file`, a path below `root`, by name."""
    command = [LLVM / "bin/llvm-tblgen", "--dump-json", "-I", ".", "-I", LLVM / "include", file]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if run.returncode:
        raise OdsError(run.stderr.strip())
    return json.loads(run.stdout)


def ops(root, dialect):
    """Returns the ops of dialects/<dialect>, by family and name; none where it is absent."""
    folder = f"dialects/{dialect}"
    file = f"{folder}/{dialect}Ops.td"
    if not (pathlib.Path(root) / file).exists():
        return []
    dump = records(root, file)
    read = [_op(dump, dump[name], folder) for name in dump["!instanceof"].get("Op", [])]
    return sorted(read, key=lambda op: (op.family, op.name))


def pass_files(root):
    return sorted(
        file.relative_to(root).as_posix() for file in pathlib.Path(root).glob("compiler/**/*Passes.td")
    )


def passes(root):
    """Returns the passes of every Passes.td of the compiler, by argument."""
    read = []
    for file in pass_files(root):
        dump = records(root, file)
        for name in dump["!instanceof"].get("PassBase", []):
            record = dump[name]
            read.append(
                Pass(
                    record["argument"],
                    record["summary"] or "",
                    _text(record["description"]),
                    [_option(dump[option["def"]]) for option in record["options"]],
                    file,
                    _line(record),
                )
            )
    return sorted(read, key=lambda p: p.argument)


def _op(dump, record, folder):
    operands, attributes = [], []
    for value, name in record["arguments"]["args"]:
        kind = dump[value["def"]]
        if "Attr" in kind["!superclasses"]:
            attributes.append(_attribute(dump, kind, name))
        else:
            operands.append(_value(dump, kind, name))
    results = [_value(dump, dump[value["def"]], name) for value, name in record["results"]["args"]]
    dialect = dump[record["opDialect"]["def"]]["name"]
    traits = {trait["def"] for trait in record["traits"]}
    defined = record["extraClassDefinition"] or ""
    return Op(
        f"{dialect}.{record['opName']}",
        record.get("family") or "",
        bool(record.get("inGraphs", 1)),
        record["summary"] or "",
        _text(record["description"]),
        operands,
        attributes,
        results,
        record.get("regionNames") or [],
        {fact: record[fact] for fact in FACTS if record.get(fact)},
        f"{folder}/{_place(record)[0]}",
        _line(record),
        record["!name"].split("_", 1)[1],
        "InferTypeOpAdaptor" in traits,
        "inferReturnTypes" in defined,
        any(trait.endswith("ElementwiseOpInterface") for trait in traits),
        tuple(m for asked, m in METHODS.items() if record.get(asked) and f"::{m}(" not in defined),
    )


def _value(dump, kind, name):
    base = kind
    while base.get("baseType"):
        base = dump[base["baseType"]["def"]]
    return Field(
        name or "",
        kind["summary"] or "",
        optional="Optional" in kind["!superclasses"],
        variadic="Variadic" in kind["!superclasses"],
        elements=tuple(element["def"] for element in base.get("elements", [])),
    )


def _attribute(dump, kind, name):
    default, optional = "", False
    # DefaultValuedAttr and OptionalAttr wrap the attribute that they qualify.
    while kind.get("baseAttr"):
        default = default or kind.get("defaultValue") or ""
        optional = optional or bool(kind.get("isOptional"))
        kind = dump[kind["baseAttr"]["def"]]
    field = Field(name, kind["summary"] or kind["description"] or "", default, optional)
    field.kind = kind["!name"]
    if "EnumAttr" in kind["!superclasses"]:
        cases = dump[kind["enum"]["def"]]["enumerants"]
        field.cases = tuple(dump[case["def"]]["str"] for case in cases)
        field.mnemonic = kind["mnemonic"]
    return field


def _option(record):
    return Field(record["argument"], record["description"], record.get("defaultValue") or "", False)


def _place(record):
    file, line = record["!locs"][0].rsplit(":", 1)
    return pathlib.PurePath(file).name, int(line)


def _line(record):
    return _place(record)[1]


def _text(description):
    return textwrap.dedent(description or "").strip()
