"""Says whether a JSON file is what a JSON Schema allows: `validate.py schema.json file.json`.

Knows the words that our schemas use, and refuses a schema with others."""

import json
import sys

TYPES = {"object": dict, "array": list, "string": str, "integer": int}


def check(schema, value, place=""):
    """Yields what is wrong with `value`."""
    for word, content in schema.items():
        if word in ("$schema", "title", "description"):
            continue
        elif word == "type":
            if not isinstance(value, TYPES[content]) or isinstance(value, bool):
                yield f"{place}: expected {content}, but got {value!r}"
                return
        elif word == "const":
            if value != content:
                yield f"{place}: expected {content!r}, but got {value!r}"
        elif word == "enum":
            if value not in content:
                yield f"{place}: expected one of {content}, but got {value!r}"
        elif word == "minimum":
            if value < content:
                yield f"{place}: expected at least {content}, but got {value}"
        elif word == "maximum":
            if value > content:
                yield f"{place}: expected at most {content}, but got {value}"
        elif word == "multipleOf":
            if value % content:
                yield f"{place}: expected a multiple of {content}, but got {value}"
        elif word in ("minLength", "minItems"):
            if len(value) < content:
                yield f"{place}: expected {content} or more, but got {len(value)}"
        elif word == "maxLength":
            if len(value) > content:
                yield f"{place}: expected {content} or fewer, but got {len(value)}"
        elif word == "uniqueItems":
            if len(set(value)) != len(value):
                yield f"{place}: expected each once, but got {value}"
        elif word == "items":
            for i, item in enumerate(value):
                yield from check(content, item, f"{place}/{i}")
        elif word == "properties":
            for key, inner in content.items():
                if key in value:
                    yield from check(inner, value[key], f"{place}/{key}")
        elif word == "required":
            for key in content:
                if key not in value:
                    yield f"{place}: expected a key {key!r}, but got none"
        elif word == "additionalProperties" and content is False:
            for key in value:
                if key not in schema["properties"]:
                    yield f"{place}: expected no key {key!r}, but got it"
        else:
            raise SystemExit(f"a schema with the unknown word {word!r}")


def main():
    schema, value = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
    problems = list(check(schema, value))
    print("\n".join(problems) or "valid")


main()
