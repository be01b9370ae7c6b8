//===- JsonAttributes.cpp - Attributes of nodes in JSON -------------------===//
#include "compiler/Import/JsonAttributes.h"
#include "compiler/Import/JsonElements.h"
#include "compiler/Import/TypeText.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Operation.h"
#include "runtime/Interpreter/TensorAttributes.h"
#include "runtime/Support/Suggest.h"

using namespace mlir;
using namespace tactus;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static void reportUnknownKey(json::Value member,
                             ArrayRef<std::string_view> known,
                             const std::string &what,
                             Diagnostics &diagnostics) {
  std::string message = "expected " + what + ", but got '" +
                        std::string(member.key()) + "'" +
                        didYouMean(member.key(), {known.data(), known.size()});
  member.reportKey(diagnostics, std::move(message));
}

static Attribute enumAttribute(const AttributeInfo &info, StringRef word,
                               MLIRContext *context) {
  std::string text = "#tactus." + info.mnemonic.str() + "<" + word.str() + ">";
  return parseAttribute(text, context);
}

static Attribute readEnum(json::Value value, const AttributeInfo &info,
                          MLIRContext *context, Diagnostics &diagnostics) {
  auto word = value.toString(diagnostics);
  if (!word)
    return {};
  if (llvm::is_contained(info.cases, StringRef(*word)))
    return enumAttribute(info, *word, context);
  std::vector<std::string_view> cases(info.cases.begin(), info.cases.end());
  value.report(diagnostics, "expected one of " + quotedList(cases) +
                                ", but got " + value.describe());
  return {};
}

static Attribute readIntegers(json::Value value, MLIRContext *context,
                              Diagnostics &diagnostics) {
  if (!value.expectKind(json::Kind::Array, diagnostics))
    return {};
  SmallVector<int64_t> integers;
  bool isRight = true;
  for (json::Value element : value) {
    auto integer = element.toInt64(diagnostics);
    isRight &= integer.has_value();
    integers.push_back(integer.value_or(0));
  }
  return isRight ? Builder(context).getDenseI64ArrayAttr(integers)
                 : Attribute();
}

static Attribute readElementType(json::Value value, MLIRContext *context,
                                 Diagnostics &diagnostics) {
  auto text = value.toString(diagnostics);
  if (!text)
    return {};
  if (auto type = parseElementType(*text))
    return TypeAttr::get(toMlirType(context, *type));
  value.report(diagnostics,
               "expected an element type (f32, f64, f16, bf16, i1, i8, u8, "
               "i16, i32 or i64), but got " +
                   value.describe());
  return {};
}

/// Nodes have no names for dimensions, so their types are static.
static std::optional<tactus::TensorType>
readStaticType(json::Value value, Diagnostics &diagnostics) {
  auto text = value.toString(diagnostics);
  if (!text)
    return std::nullopt;
  std::string problem;
  auto type = parseTensorType(*text, problem);
  if (!type) {
    value.report(diagnostics, problem);
    return std::nullopt;
  }
  if (!type->isStatic()) {
    value.report(diagnostics, "expected a type whose dimensions are sizes, but "
                              "got '" +
                                  type->str() + "'");
    return std::nullopt;
  }
  return type;
}

/// Reads an attribute that stands alone; Elements have their type beside them.
static Attribute readAttribute(json::Value value, const AttributeInfo &info,
                               MLIRContext *context, Diagnostics &diagnostics) {
  Builder builder(context);
  switch (info.kind) {
  case AttributeKind::Integer:
    if (auto integer = value.toInt64(diagnostics))
      return builder.getI64IntegerAttr(*integer);
    return {};
  case AttributeKind::Float:
    if (auto number = value.toElement<double>(diagnostics))
      return builder.getF64FloatAttr(*number);
    return {};
  case AttributeKind::Bool:
    if (auto flag = value.toBool(diagnostics))
      return builder.getBoolAttr(*flag);
    return {};
  case AttributeKind::IntegerArray:
    return readIntegers(value, context, diagnostics);
  case AttributeKind::Enum:
    return readEnum(value, info, context, diagnostics);
  case AttributeKind::ElementType:
    return readElementType(value, context, diagnostics);
  case AttributeKind::TensorType:
    if (auto type = readStaticType(value, diagnostics))
      return TypeAttr::get(toMlirType(context, *type));
    return {};
  case AttributeKind::Elements:
  case AttributeKind::TypeOfElements:
    break;
  }
  return {};
}

std::optional<NamedAttrList> tactus::readAttributes(json::Value node,
                                                    const OpInfo &op,
                                                    MLIRContext *context,
                                                    Diagnostics &diagnostics) {
  NamedAttrList attributes;
  size_t errorsBefore = diagnostics.numErrors();
  auto object = node.find("attributes");
  if (object && !object->expectKind(json::Kind::Object, diagnostics))
    return std::nullopt;

  std::vector<std::string_view> known;
  for (const AttributeInfo &info : op.attributes)
    known.push_back(info.name);
  std::string what = known.empty()
                         ? "no attributes"
                         : "one of the attributes " + quotedList(known);
  if (object)
    for (json::Value member : *object)
      if (!op.findAttribute(member.key()))
        reportUnknownKey(member, known, what + " of " + op.name.str(),
                         diagnostics);

  std::optional<tactus::TensorType> typeOfElements;
  for (const AttributeInfo &info : op.attributes) {
    auto value = object ? object->find(std::string_view(info.name))
                        : std::optional<json::Value>();
    if (!value) {
      if (info.isRequired)
        (object ? *object : node)
            .report(diagnostics,
                    "expected the attribute '" + info.name.str() + "'");
      continue;
    }
    if (info.kind == AttributeKind::TypeOfElements) {
      typeOfElements = readStaticType(*value, diagnostics);
    } else if (info.kind == AttributeKind::Elements) {
      // Without a type there is nothing to hold the elements to.
      if (typeOfElements)
        if (auto tensor = readElements(*value, *typeOfElements, diagnostics))
          attributes.set(info.name, attributeOfTensor(context, *tensor));
    } else if (Attribute attribute =
                   readAttribute(*value, info, context, diagnostics)) {
      attributes.set(info.name, attribute);
    }
  }
  if (diagnostics.numErrors() > errorsBefore)
    return std::nullopt;
  return attributes;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// Null where there is no default.
static Attribute defaultAttribute(const AttributeInfo &info,
                                  MLIRContext *context) {
  if (info.defaultText.empty())
    return {};
  // The table's texts are ours, so nothing is reported.
  Diagnostics none;
  auto document = json::Document::parse(info.defaultText.str(), "");
  return readAttribute(document.root(), info, context, none);
}

static void writeAttribute(json::Writer &writer, const AttributeInfo &info,
                           Attribute attribute) {
  switch (info.kind) {
  case AttributeKind::Integer:
    writer.value(cast<IntegerAttr>(attribute).getInt());
    return;
  case AttributeKind::Float:
    writer.value(cast<FloatAttr>(attribute).getValueAsDouble());
    return;
  case AttributeKind::Bool:
    writer.value(cast<BoolAttr>(attribute).getValue());
    return;
  case AttributeKind::IntegerArray:
    writer.beginArray();
    for (int64_t integer : cast<DenseI64ArrayAttr>(attribute).asArrayRef())
      writer.value(integer);
    writer.endArray();
    return;
  case AttributeKind::Enum:
    for (StringRef word : info.cases)
      if (enumAttribute(info, word, attribute.getContext()) == attribute)
        writer.value(std::string_view(word));
    return;
  case AttributeKind::ElementType: {
    Type type = cast<TypeAttr>(attribute).getValue();
    writer.value(toString(elementTypeOf(type)));
    return;
  }
  case AttributeKind::TensorType: {
    Type type = cast<TypeAttr>(attribute).getValue();
    writer.value(tensorTypeOf(cast<RankedTensorType>(type)).str());
    return;
  }
  case AttributeKind::Elements:
    writeElements(writer,
                  tensorOfAttribute(cast<DenseElementsAttr>(attribute)));
    return;
  case AttributeKind::TypeOfElements: {
    auto type =
        cast<RankedTensorType>(cast<DenseElementsAttr>(attribute).getType());
    writer.value(tensorTypeOf(type).str());
    return;
  }
  }
}

/// Calls `fn` with each attribute that is not the default.
template <typename Fn>
static void forEachAttribute(const OpInfo &op, Operation *operation, Fn fn) {
  DictionaryAttr present = operation->getAttrDictionary();
  for (const AttributeInfo &info : op.attributes) {
    StringRef name = info.name;
    // The type is part of the elements in the dialect.
    if (info.kind == AttributeKind::TypeOfElements)
      for (const AttributeInfo &other : op.attributes)
        if (other.kind == AttributeKind::Elements)
          name = other.name;
    Attribute attribute = present.get(name);
    if (attribute &&
        attribute != defaultAttribute(info, operation->getContext()))
      fn(info, attribute);
  }
}

std::vector<std::pair<std::string, std::string>>
tactus::attributeTexts(const OpInfo &op, Operation *operation) {
  std::vector<std::pair<std::string, std::string>> texts;
  forEachAttribute(op, operation,
                   [&](const AttributeInfo &info, Attribute attribute) {
                     json::Writer writer;
                     writeAttribute(writer, info, attribute);
                     std::string text = writer.take();
                     // It ends in a newline, and long ones wrap.
                     text = StringRef(text).rtrim().str();
                     llvm::replace(text, '\n', ' ');
                     texts.emplace_back(info.name.str(), std::move(text));
                   });
  return texts;
}

void tactus::writeAttributes(json::Writer &writer, const OpInfo &op,
                             Operation *operation) {
  bool isOpen = false;
  forEachAttribute(
      op, operation, [&](const AttributeInfo &info, Attribute attribute) {
        if (!isOpen)
          writer.key("attributes").beginObject(json::Writer::Layout::Inline);
        isOpen = true;
        writer.key(std::string_view(info.name));
        writeAttribute(writer, info, attribute);
      });
  if (isOpen)
    writer.endObject();
}
