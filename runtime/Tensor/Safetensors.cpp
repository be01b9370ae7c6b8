//===- Safetensors.cpp - Files of named tensors ---------------------------===//
//
// The format: the length of the header in 8 bytes, little-endian; the header, a
// JSON object of names with type, shape and the range of bytes each tensor
// takes; the data, which the ranges cover without overlap or hole.
//
//===----------------------------------------------------------------------===//
#include "runtime/Tensor/Safetensors.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Support/JsonWriter.h"
#include "runtime/Support/Limits.h"
#include "runtime/Support/Suggest.h"
#include "runtime/Support/Utf8.h"
#include "runtime/Tensor/Shape.h"
#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

using namespace tactus;

static_assert(std::endian::native == std::endian::little,
              "tensors are read and written as the machine holds them");

static constexpr std::string_view metadataKey = "__metadata__";

/// In the order of ElementType.
static constexpr std::string_view typeNames[numElementTypes] = {
    "F32", "F64", "F16", "BF16", "BOOL", "I8", "U8", "I16", "I32", "I64"};

namespace {
struct Entry {
  json::Value value;
  ElementType type;
  std::vector<int64_t> shape;
  uint64_t begin;
  uint64_t end;
};

class Reader {
public:
  Reader(std::span<const std::byte> bytes, std::shared_ptr<const void> owner,
         const std::string &file)
      : bytes(bytes), owner(std::move(owner)), file(file) {}

  Safetensors read() {
    json::ReadOptions options;
    options.maxBytes = limits::maxSafetensorsHeaderBytes;
    options.hasLines = false;
    json::Document document =
        json::Document::parse(readHeader(), file, options);
    json::Value root = document.root();
    root.expectKind(json::Kind::Object, diagnostics);
    for (json::Value member : root) {
      if (member.key() == metadataKey)
        readMetadata(member);
      else
        readEntry(member);
    }
    // Ranges are compared only where all of them are known.
    if (!diagnostics.hasErrors())
      checkCoverage();
    if (!diagnostics.hasErrors())
      makeTensors();
    diagnostics.throwIfErrors();
    return std::move(result);
  }

private:
  [[noreturn]] void fail(std::string message) const {
    throw Error(Error::Place{.file = file}, std::move(message));
  }

  /// The text of the header; leaves the rest in `data`.
  std::string readHeader() {
    if (bytes.size() < 8)
      fail("expected 8 bytes or more in a safetensors file, but got " +
           std::to_string(bytes.size()));
    uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    const uint64_t rest = bytes.size() - 8;
    if (length > limits::maxSafetensorsHeaderBytes)
      fail("expected a header of " +
           std::to_string(limits::maxSafetensorsHeaderBytes) +
           " bytes or less, but got " + std::to_string(length));
    if (length > rest)
      fail("expected a header within the file, but got one of " +
           std::to_string(length) + " bytes where only " +
           std::to_string(rest) + " follow");
    std::string text(reinterpret_cast<const char *>(bytes.data()) + 8, length);
    if (!text.starts_with('{'))
      fail("expected a header that begins with '{', but got " +
           (text.empty() ? "an empty one"
                         : describeByte(static_cast<unsigned char>(text[0]))));
    data = bytes.subspan(8 + length);
    return text;
  }

  void readMetadata(json::Value value) {
    if (!value.expectKind(json::Kind::Object, diagnostics))
      return;
    for (json::Value member : value)
      if (auto text = member.toString(diagnostics))
        result.metadata.emplace(member.key(), *text);
  }

  std::optional<ElementType> readType(json::Value value) {
    std::optional<std::string_view> name = value.toString(diagnostics);
    if (!name)
      return std::nullopt;
    for (int i = 0; i < numElementTypes; ++i)
      if (typeNames[i] == *name)
        return ElementType(i);
    value.report(diagnostics, "expected one of the types " +
                                  quotedList(typeNames) + ", but got '" +
                                  std::string(*name) + "'");
    return std::nullopt;
  }

  /// An array of integers that are 0 or more.
  std::optional<std::vector<int64_t>> readSizes(json::Value value) {
    if (!value.expectKind(json::Kind::Array, diagnostics))
      return std::nullopt;
    std::vector<int64_t> sizes;
    for (json::Value element : value) {
      std::optional<int64_t> size = element.toInt64(diagnostics, 0);
      if (!size)
        return std::nullopt;
      sizes.push_back(*size);
    }
    return sizes;
  }

  void readEntry(json::Value value) {
    json::Object object(value, diagnostics);
    auto typeValue = object.required<json::Value>("dtype");
    auto shapeValue = object.required<json::Value>("shape");
    auto rangeValue = object.required<json::Value>("data_offsets");
    object.finish();
    auto type = typeValue ? readType(*typeValue) : std::nullopt;
    auto shape = shapeValue ? readSizes(*shapeValue) : std::nullopt;
    auto range = rangeValue ? readSizes(*rangeValue) : std::nullopt;
    if (value.key().find('\0') != std::string_view::npos)
      value.reportKey(diagnostics,
                      "expected a name without NUL, but got one that has it");
    if (range && range->size() != 2) {
      rangeValue->report(diagnostics, "expected two offsets, but got " +
                                          std::to_string(range->size()));
      return;
    }
    if (!type || !shape || !range)
      return;

    const uint64_t begin = uint64_t((*range)[0]), end = uint64_t((*range)[1]);
    const std::string text =
        "[" + std::to_string(begin) + ", " + std::to_string(end) + "]";
    if (begin > end) {
      rangeValue->report(diagnostics,
                         "expected a begin that is not past the end, but got " +
                             text);
      return;
    }
    if (end > data.size()) {
      rangeValue->report(diagnostics, "expected offsets within the " +
                                          std::to_string(data.size()) +
                                          " bytes of data, but got " + text);
      return;
    }
    try {
      const uint64_t wanted =
          uint64_t(checkedNumElements(*type, *shape) * byteSize(*type));
      if (wanted != end - begin) {
        value.report(diagnostics, "expected " + std::to_string(wanted) +
                                      " bytes for " +
                                      typeString(*type, *shape) + ", but got " +
                                      std::to_string(end - begin));
        return;
      }
    } catch (const Error &error) {
      value.report(diagnostics, error.message());
      return;
    }
    entries.push_back({value, *type, std::move(*shape), begin, end});
  }

  void checkCoverage() {
    // An empty tensor comes before the one that begins where it stands.
    auto key = [](const Entry &entry) {
      return std::tuple(entry.begin, entry.end, entry.value.key());
    };
    std::sort(entries.begin(), entries.end(),
              [&](const Entry &x, const Entry &y) { return key(x) < key(y); });
    uint64_t covered = 0;
    for (const Entry &entry : entries) {
      if (entry.begin != covered)
        entry.value.report(diagnostics,
                           std::string("expected tensors without ") +
                               (entry.begin < covered ? "overlap" : "hole") +
                               ", this one beginning at " +
                               std::to_string(covered) + ", but got " +
                               std::to_string(entry.begin));
      covered = std::max(covered, entry.end);
    }
    if (covered != data.size())
      diagnostics.error({.file = file}, "expected tensors to cover all " +
                                            std::to_string(data.size()) +
                                            " bytes of data, but got " +
                                            std::to_string(covered));
  }

  void makeTensors() {
    for (Entry &entry : entries) {
      std::span<const std::byte> range =
          data.subspan(entry.begin, entry.end - entry.begin);
      if (entry.type == ElementType::I1) {
        auto wrong = std::find_if(range.begin(), range.end(),
                                  [](std::byte b) { return b > std::byte(1); });
        if (wrong != range.end()) {
          entry.value.report(
              diagnostics,
              "expected bools of 0 or 1, but got " +
                  describeByte(static_cast<unsigned char>(*wrong)));
          continue;
        }
      }
      result.tensors.emplace(entry.value.key(),
                             Tensor::adopt(range.data(), entry.type,
                                           std::move(entry.shape), owner));
    }
  }

  std::span<const std::byte> bytes, data;
  std::shared_ptr<const void> owner;
  const std::string &file;
  Diagnostics diagnostics;
  std::vector<Entry> entries;
  Safetensors result;
};
} // namespace

Safetensors tactus::parseSafetensors(std::span<const std::byte> bytes,
                                     std::shared_ptr<const void> owner,
                                     const std::string &file) {
  return Reader(bytes, std::move(owner), file).read();
}

Safetensors tactus::readSafetensors(const std::filesystem::path &file) {
  std::shared_ptr<const MappedFile> mapped = MappedFile::open(file);
  return parseSafetensors(mapped->bytes(), mapped, file.string());
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void tactus::writeSafetensors(
    const std::filesystem::path &file, const NamedTensors &tensors,
    const std::map<std::string, std::string> &metadata) {
  std::vector<const NamedTensors::value_type *> order;
  for (const auto &entry : tensors)
    order.push_back(&entry);
  auto key = [](const NamedTensors::value_type *entry) {
    return std::tuple(-byteSize(entry->second.elementType()),
                      std::string_view(entry->first));
  };
  std::sort(order.begin(), order.end(),
            [&](auto *a, auto *b) { return key(a) < key(b); });

  std::string header = "{";
  auto add = [&](std::string_view key, const std::string &value) {
    header +=
        (header.size() > 1 ? "," : "") + json::quoteString(key) + ":" + value;
  };
  if (!metadata.empty()) {
    std::string text;
    for (const auto &[key, value] : metadata)
      text += (text.empty() ? "" : ",") + json::quoteString(key) + ":" +
              json::quoteString(value);
    add(metadataKey, "{" + text + "}");
  }
  uint64_t offset = 0;
  for (const auto *entry : order) {
    const auto &[name, tensor] = *entry;
    if (name == metadataKey || name.find('\0') != std::string::npos)
      throw Error(Error::Place{.file = file.string()},
                  "expected a name of a tensor that safetensors can hold, but "
                  "got '" +
                      name.substr(0, name.find('\0')) + "'");
    const uint64_t end = offset + uint64_t(tensor.byteSize());
    add(name, "{\"dtype\":\"" +
                  std::string(typeNames[int(tensor.elementType())]) +
                  "\",\"shape\":[" + joinShape(tensor.shape()) +
                  "],\"data_offsets\":[" + std::to_string(offset) + "," +
                  std::to_string(end) + "]}");
    offset = end;
  }
  header += "}";
  // Spaces bring the data to a multiple of 64 bytes.
  header.append((64 - (8 + header.size()) % 64) % 64, ' ');
  if (header.size() > limits::maxSafetensorsHeaderBytes)
    throw Error(Error::Place{.file = file.string()},
                "expected a header of " +
                    std::to_string(limits::maxSafetensorsHeaderBytes) +
                    " bytes or less, but got " + std::to_string(header.size()));

  AtomicFile output(file);
  const uint64_t length = header.size();
  output.write(&length, 8);
  output.write(header);
  for (const auto *entry : order)
    output.write(entry->second.rawData(), size_t(entry->second.byteSize()));
  output.commit();
}
