#!/usr/bin/env python3
"""Checks the bytes that graph-to-onnx.py writes against ones worked out by hand.

    graph-to-onnx-test.py <folder>
"""

import json
import pathlib
import struct
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).with_name("graph-to-onnx.py")

GRAPH = {
    "tactus": 1,
    "name": "g",
    "inputs": [{"name": "x", "type": "f32[1,2]"}],
    "parameters": {"file": "w.safetensors", "tensors": [{"name": "w", "type": "f32[2,1]"}]},
    "nodes": [
        {"name": "m", "op": "matmul", "inputs": ["x", "w"]},
        {"name": "s", "op": "softmax", "inputs": ["m"]},
    ],
    "outputs": [{"name": "y", "value": "s"}],
}

# A field of bytes is its number times 8 plus 2, its length, then itself; a number's
# is its number times 8, then the number, seven bits to a byte.
EXPECTED = b"".join(
    [
        b"\x08\x09",  # ir_version 9
        b"\x12\x06tactus",  # producer
        b"\x3a\x8d\x01",  # the graph, of 141 bytes: 22 + 42 + 21 + 3 + 21 + 21 + 11
        # node: inputs x and w, output m, name m, MatMul
        b"\x0a\x14\x0a\x01x\x0a\x01w\x12\x01m\x1a\x01m\x22\x06MatMul",
        # node: input m, output s, name s, Softmax, axis -1 (an integer, type 2)
        b"\x0a\x28\x0a\x01m\x12\x01s\x1a\x01s\x22\x07Softmax",
        b"\x2a\x14\x0a\x04axis\x18" + b"\xff" * 9 + b"\x01\xa0\x01\x02",
        b"\x0a\x13\x0a\x01s\x12\x01y\x1a\x01y\x22\x08Identity",
        b"\x12\x01g",  # name
        # initializer: dimensions 2 and 1, f32, name w, then 1 and -2
        b"\x2a\x13\x08\x02\x08\x01\x10\x01\x42\x01w\x4a\x08\x00\x00\x80\x3f\x00\x00\x00\xc0",
        # input x: a tensor of f32, dimensions 1 and 2
        b"\x5a\x13\x0a\x01x\x12\x0e\x0a\x0c\x08\x01\x12\x08\x0a\x02\x08\x01\x0a\x02\x08\x02",
        b"\x62\x09\x0a\x01y\x12\x04\x0a\x02\x08\x01",  # output y: a tensor of f32
        b"\x42\x04\x0a\x00\x10\x14",  # the default operator set, 20
    ]
)


BYTES = {
    "tactus": 1,
    "name": "g",
    "inputs": [{"name": "x", "type": "u8[1,2]"}],
    "parameters": {"file": "b.safetensors", "tensors": [{"name": "w", "type": "i8[2,1]"}]},
    "nodes": [{"name": "m", "op": "matmul", "inputs": ["x", "w"]}],
    "outputs": ["m"],
}

EXPECTED_BYTES = b"".join(
    [
        b"\x08\x09\x12\x06tactus",
        b"\x3a\x4f",  # the graph, of 79 bytes: 29 + 3 + 15 + 21 + 11
        b"\x0a\x1b\x0a\x01x\x0a\x01w\x12\x01m\x1a\x01m\x22\x0dMatMulInteger",
        b"\x12\x01g",
        # initializer: dimensions 2 and 1, i8, name w, then 1 and -2
        b"\x2a\x0d\x08\x02\x08\x01\x10\x03\x42\x01w\x4a\x02\x01\xfe",
        # input x: a tensor of u8, dimensions 1 and 2
        b"\x5a\x13\x0a\x01x\x12\x0e\x0a\x0c\x08\x02\x12\x08\x0a\x02\x08\x01\x0a\x02\x08\x02",
        b"\x62\x09\x0a\x01m\x12\x04\x0a\x02\x08\x06",  # output m: a tensor of i32
        b"\x42\x04\x0a\x00\x10\x14",
    ]
)

# SiLU is no operator of the set, but the product of x with its sigmoid.
SILU = (
    b"\x0a\x22\x0a\x01x\x12\x09s/sigmoid\x1a\x09s/sigmoid\x22\x07Sigmoid"
    b"\x0a\x19\x0a\x01x\x0a\x09s/sigmoid\x12\x01s\x1a\x01s\x22\x03Mul"
)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(folder / "w.safetensors", "F32", struct.pack("<2f", 1, -2))
    write_weights(folder / "b.safetensors", "I8", struct.pack("<2b", 1, -2))
    require(folder, GRAPH, EXPECTED)
    require(folder, BYTES, EXPECTED_BYTES)

    silu = convert(folder, GRAPH | {"nodes": [{"name": "s", "op": "silu", "inputs": ["x"]}]})
    if SILU not in silu:
        sys.exit(f"graph-to-onnx-test: expected {SILU.hex(' ')} in {silu.hex(' ')}")

    other = GRAPH | {"inputs": [{"name": "x", "type": "f64[1,2]"}]}
    message = "graph-to-onnx: expected a static type that is converted, but got 'f64[1,2]'\n"
    if convert(folder, other) != message:
        sys.exit("graph-to-onnx-test: expected f64 to be refused")

    unknown = GRAPH | {"nodes": [{"name": "s", "op": "argmax", "inputs": ["x"]}]}
    if convert(folder, unknown) != "graph-to-onnx: 's' (argmax) is not among what is converted\n":
        sys.exit("graph-to-onnx-test: expected argmax to be refused")


def write_weights(path, element_type, data):
    header = {"w": {"dtype": element_type, "shape": [2, 1], "data_offsets": [0, len(data)]}}
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def require(folder, graph, expected):
    actual = convert(folder, graph)
    if actual != expected:
        sys.exit(f"graph-to-onnx-test: expected\n{expected.hex(' ')}\nbut got\n{actual.hex(' ')}")


def convert(folder, graph):
    """The model's bytes, or the message that refuses it."""
    (folder / "g.json").write_text(json.dumps(graph))
    command = [sys.executable, SCRIPT, folder / "g.json", folder / "g.onnx"]
    run = subprocess.run(command, capture_output=True, text=True)
    return run.stderr if run.returncode else (folder / "g.onnx").read_bytes()


if __name__ == "__main__":
    main()
