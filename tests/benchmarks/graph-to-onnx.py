#!/usr/bin/env python3
"""Writes a JSON graph as an ONNX model with the same weights.

    graph-to-onnx.py <graph.json> <model.onnx>

Only what the benchmarks use is known: matmul, elementwise ops, activations,
softmax, layer norm, reshape and transpose, all of f32, and matmul of bytes, f16 or bf16.
Anything else is refused. The model is
written without the onnx package: a message of protobuf is its fields, one after
another.
"""

import json
import math
import pathlib
import re
import struct
import sys

OPSET = 20
IR_VERSION = 9
FLOAT, INT64 = 1, 7
# ONNX's number of each element type, and its bytes.
TYPES = {"f32": (FLOAT, 4), "u8": (2, 1), "i8": (3, 1), "i32": (6, 4), "f16": (10, 2), "bf16": (16, 2)}

PLAIN = {
    "add": "Add", "sub": "Sub", "mul": "Mul", "div": "Div", "matmul": "MatMul",
    "relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid",
}  # fmt: skip


class Message:
    """A protobuf message under construction."""

    def __init__(self):
        self.bytes = bytearray()

    def number(self, field, value):
        self.bytes += varint(field << 3) + varint(value)
        return self

    def float(self, field, value):
        self.bytes += varint(field << 3 | 5) + struct.pack("<f", value)
        return self

    def data(self, field, value):
        if isinstance(value, Message):
            value = value.bytes
        elif isinstance(value, str):
            value = value.encode()
        self.bytes += varint(field << 3 | 2) + varint(len(value))
        self.bytes += value
        return self


def varint(value):
    value &= (1 << 64) - 1
    result = bytearray()
    while value > 127:
        result.append(value & 127 | 128)
        value >>= 7
    result.append(value)
    return bytes(result)


def tensor(name, element_type, shape, data):
    message = Message()
    for size in shape:
        message.number(1, size)
    return message.number(2, element_type).data(8, name).data(9, data)


def attribute(name, value):
    message = Message().data(1, name)
    if isinstance(value, float):
        return message.float(2, value).number(20, 1)
    if isinstance(value, int):
        return message.number(3, value).number(20, 2)
    if isinstance(value, str):
        return message.data(4, value).number(20, 3)
    for element in value:
        message.number(8, element)
    return message.number(20, 7)


def port(name, element_type, shape=None):
    kind = Message().number(1, TYPES[element_type][0])
    if shape is not None:
        dimensions = Message()
        for size in shape:
            dimensions.data(1, Message().number(1, size))
        kind.data(2, dimensions)
    return Message().data(1, name).data(2, Message().data(1, kind))


def parse_type(text):
    """The element type and the shape of `f32[2,3]`."""
    match = re.fullmatch(r"(\w+)\[([\d,]*)\]", text)
    if not match or match.group(1) not in TYPES:
        sys.exit(f"graph-to-onnx: expected a static type that is converted, but got '{text}'")
    return match.group(1), [int(size) for size in match.group(2).split(",") if size]


class Model:
    def __init__(self, graph):
        self.graph = graph
        # The element types of values that are not f32.
        self.types = {}
        self.nodes = []
        self.initializers = []

    def initializer(self, name, element_type, shape, data):
        self.initializers.append(tensor(name, element_type, shape, data))
        return name

    def operand(self, node, index):
        """The name of an operand; numbers written inline become initializers."""
        operand = node["inputs"][index]
        if isinstance(operand, str):
            return operand
        if not isinstance(operand, (int, float)):
            sys.exit(f"graph-to-onnx: '{node['name']}' has an operand that is no name or number")
        return self.initializer(f"{node['name']}/{index}", FLOAT, [], struct.pack("<f", operand))

    def add(self, kind, inputs, output, **attributes):
        message = Message()
        for name in inputs:
            message.data(1, name)
        message.data(2, output).data(3, output).data(4, kind)
        for name, value in attributes.items():
            message.data(5, attribute(name, value))
        self.nodes.append(message)

    def type_of(self, name):
        return self.types.get(name, "f32")

    def convert(self, node):
        name, op, given = node["name"], node["op"], node.get("attributes", {})
        inputs = [self.operand(node, i) for i in range(len(node["inputs"]))]
        if op == "silu":
            self.add("Sigmoid", inputs, f"{name}/sigmoid")
            self.add("Mul", [*inputs, f"{name}/sigmoid"], name)
        elif op == "matmul" and not given and self.type_of(inputs[0]) in ("i8", "u8"):
            self.add("MatMulInteger", inputs, name)
            self.types[name] = "i32"
        elif op in PLAIN and not given:
            self.types[name] = self.type_of(inputs[0])
            self.add(PLAIN[op], inputs, name)
        elif op == "gelu":
            self.add("Gelu", inputs, name, approximate=given.get("approximate", "none"))
        elif op == "softmax":
            self.add("Softmax", inputs, name, axis=given.get("axis", -1))
        elif op == "layer_norm" and len(inputs) == 3:
            epsilon = float(given.get("epsilon", 1e-5))
            self.add("LayerNormalization", inputs, name, axis=given.get("axis", -1), epsilon=epsilon)
        elif op == "reshape":
            shape = given["shape"]
            data = struct.pack(f"<{len(shape)}q", *shape)
            inputs.append(self.initializer(f"{name}/shape", INT64, [len(shape)], data))
            self.add("Reshape", inputs, name)
        elif op == "transpose":
            self.add("Transpose", inputs, name, perm=given["perm"])
        else:
            sys.exit(f"graph-to-onnx: '{name}' ({op}) is not among what is converted")

    def add_parameters(self, folder):
        parameters = self.graph.get("parameters")
        if not parameters:
            return
        file = (folder / parameters["file"]).read_bytes()
        (length,) = struct.unpack_from("<Q", file)
        header, start = json.loads(file[8 : 8 + length]), 8 + length
        for entry in parameters["tensors"]:
            element_type, shape = parse_type(entry["type"])
            number, size = TYPES[element_type]
            first, last = header[entry["name"]]["data_offsets"]
            if last - first != size * math.prod(shape):
                sys.exit(f"graph-to-onnx: '{entry['name']}' is not of type {entry['type']}")
            self.types[entry["name"]] = element_type
            self.initializer(entry["name"], number, shape, file[start + first : start + last])

    def message(self, folder):
        self.add_parameters(folder)
        inputs = [(entry["name"], *parse_type(entry["type"])) for entry in self.graph["inputs"]]
        self.types.update((name, element_type) for name, element_type, _ in inputs)
        for node in self.graph["nodes"]:
            self.convert(node)
        outputs = []
        for output in self.graph["outputs"]:
            if isinstance(output, dict):
                self.add("Identity", [output["value"]], output["name"])
                self.types[output["name"]] = self.type_of(output["value"])
                output = output["name"]
            outputs.append(output)

        graph = Message()
        for node in self.nodes:
            graph.data(1, node)
        graph.data(2, self.graph.get("name", "graph"))
        for initializer in self.initializers:
            graph.data(5, initializer)
        for entry in inputs:
            graph.data(11, port(*entry))
        for name in outputs:
            graph.data(12, port(name, self.type_of(name)))
        opset = Message().data(1, "").number(2, OPSET)
        return Message().number(1, IR_VERSION).data(2, "tactus").data(7, graph).data(8, opset)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, result = map(pathlib.Path, sys.argv[1:])
    model = Model(json.loads(source.read_text()))
    result.write_bytes(model.message(source.parent).bytes)


if __name__ == "__main__":
    main()
