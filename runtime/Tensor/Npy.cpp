//===- Npy.cpp - NumPy's files of one array -------------------------------===//
#include "runtime/Tensor/Npy.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/Limits.h"
#include "runtime/Support/Utf8.h"
#include "runtime/Tensor/Shape.h"
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <optional>

using namespace tactus;

static_assert(std::endian::native == std::endian::little,
              "tensors are read and written as the machine holds them");

static constexpr std::string_view magic = "\x93NUMPY";

namespace {
struct TypeName {
  ElementType type;
  /// Without the byte order.
  std::string_view name;
};

struct Header {
  std::optional<std::string> descr;
  std::optional<bool> isFortran;
  std::optional<std::vector<int64_t>> shape;
};
} // namespace

static constexpr TypeName typeNames[] = {
    {ElementType::F32, "f4"}, {ElementType::F64, "f8"},
    {ElementType::F16, "f2"}, {ElementType::BF16, "V2"},
    {ElementType::I1, "b1"},  {ElementType::I8, "i1"},
    {ElementType::U8, "u1"},  {ElementType::I16, "i2"},
    {ElementType::I32, "i4"}, {ElementType::I64, "i8"},
};

//===----------------------------------------------------------------------===//
// The header
//===----------------------------------------------------------------------===//

namespace {
/// Reads the one Python dictionary that a header is:
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : text(text) {}

  Header parse() {
    Header header;
    expect('{');
    while (!accept('}')) {
      const std::string key = parseString("a key of the header");
      expect(':');
      if (key == "descr")
        setOnce(header.descr, key, parseDescr());
      else if (key == "fortran_order")
        setOnce(header.isFortran, key, parseBool());
      else if (key == "shape")
        setOnce(header.shape, key, parseTuple());
      else
        throw Error("expected one of the keys 'descr', 'fortran_order', "
                    "'shape', but got '" +
                    key + "'");
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (peek())
      fail("the end of the header");
    require(header.descr.has_value(), "descr");
    require(header.isFortran.has_value(), "fortran_order");
    require(header.shape.has_value(), "shape");
    return header;
  }

private:
  template <typename T>
  static void setOnce(std::optional<T> &slot, const std::string &key, T value) {
    if (slot)
      throw Error("expected each key once, but got '" + key + "' twice");
    slot = std::move(value);
  }

  static void require(bool isPresent, const std::string &key) {
    if (!isPresent)
      throw Error("expected a key '" + key + "' in the header, but got none");
  }

  [[noreturn]] void fail(const std::string &expected) const {
    std::string found = "the end of the header";
    if (at < text.size()) {
      const unsigned char c = static_cast<unsigned char>(text[at]);
      found = c > 0x20 && c < 0x7f ? std::string("'") + text[at] + "'"
                                   : describeByte(c);
    }
    throw Error("expected " + expected + ", but got " + found);
  }

  /// The next character that is not white space; 0 at the end.
  char peek() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n'))
      ++at;
    return at < text.size() ? text[at] : '\0';
  }

  bool accept(char c) {
    if (peek() != c || at == text.size())
      return false;
    ++at;
    return true;
  }

  void expect(char c) {
    if (!accept(c))
      fail(std::string("'") + c + "' in the header");
  }

  bool acceptWord(std::string_view word) {
    peek();
    if (text.substr(at, word.size()) != word)
      return false;
    at += word.size();
    return true;
  }

  std::string parseString(const char *what) {
    const char quote = peek();
    if (quote != '\'' && quote != '"')
      fail(what);
    const size_t end = text.find(quote, at + 1);
    const std::string_view content = text.substr(at + 1, end - at - 1);
    // None of our keys and types needs an escape or more characters.
    if (end == std::string_view::npos || content.size() > 64)
      fail(what);
    for (char c : content)
      if (c < 0x20 || c > 0x7e)
        throw Error("expected printable characters in the header, but got " +
                    describeByte(static_cast<unsigned char>(c)));
    at = end + 1;
    return std::string(content);
  }

  std::string parseDescr() {
    if (peek() == '[')
      throw Error("expected one element type, but got a structured type");
    return parseString("an element type");
  }

  bool parseBool() {
    if (acceptWord("True"))
      return true;
    if (acceptWord("False"))
      return false;
    fail("True or False");
  }

  int64_t parseInteger() {
    peek();
    int64_t value = 0;
    auto [end, error] =
        std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range)
      throw Error("expected a dimension of 64 bits, but got " +
                  std::string(text.substr(
                      at, std::min<size_t>(40, end - text.data() - at))));
    if (error != std::errc())
      fail("a dimension");
    at = size_t(end - text.data());
    return value;
  }

  std::vector<int64_t> parseTuple() {
    expect('(');
    std::vector<int64_t> shape;
    bool hasComma = true;
    while (!accept(')')) {
      if (!hasComma)
        fail("',' or ')' in the shape");
      shape.push_back(parseInteger());
      hasComma = accept(',');
    }
    if (shape.size() == 1 && !hasComma)
      throw Error("expected a tuple for the shape, but got (" +
                  std::to_string(shape[0]) + ")");
    return shape;
  }

  std::string_view text;
  size_t at = 0;
};
} // namespace

/// The element type of a descr such as `<f4`, and whether its bytes are
/// swapped.
static std::pair<ElementType, bool> parseDescr(const std::string &descr) {
  const char order = descr.empty() ? '\0' : descr[0];
  const std::string_view name =
      descr.empty() ? std::string_view() : std::string_view(descr).substr(1);
  if (name.starts_with('O'))
    throw Error("expected numbers, but got '" + descr +
                "', which is pickled Python objects");
  for (const TypeName &entry : typeNames) {
    if (entry.name != name)
      continue;
    const bool isWide = byteSize(entry.type) > 1;
    const bool isOpaque = entry.type == ElementType::BF16;
    if (order == '<' || order == '=' || (order == '|' && (!isWide || isOpaque)))
      return {entry.type, false};
    if (order == '>' && !isOpaque)
      return {entry.type, isWide};
  }
  throw Error("expected one of the types f2, f4, f8, V2 (bfloat16), b1, i1, "
              "u1, i2, i4, i8 after one of <, >, |, =, but got '" +
              descr + "'");
}

namespace {
/// A header and where the data begins.
struct Located {
  Header header;
  size_t dataBegin;
};
} // namespace

static Located readHeader(std::string_view text) {
  if (text.starts_with("PK\x03\x04"))
    throw Error("expected an npy file, but got a zip archive; an npz archive "
                "holds npy files, so extract those");
  if (!text.starts_with(magic))
    throw Error("expected an npy file, but got a file that does not begin with "
                "\\x93NUMPY");
  auto byte = [&](size_t i) { return uint32_t(uint8_t(text[i])); };
  if (text.size() < 8)
    throw Error("expected an npy file, but got only " +
                std::to_string(text.size()) + " bytes");
  const uint32_t major = byte(6), minor = byte(7);
  if (major < 1 || major > 3 || minor != 0)
    throw Error("expected npy version 1.0, 2.0 or 3.0, but got " +
                std::to_string(major) + "." + std::to_string(minor));
  const size_t begin = major == 1 ? 10 : 12;
  if (text.size() < begin)
    throw Error("expected an npy file, but got only " +
                std::to_string(text.size()) + " bytes");
  uint64_t length = byte(8) | byte(9) << 8;
  if (major > 1)
    length |= uint64_t(byte(10) | byte(11) << 8) << 16;
  if (length > text.size() - begin)
    throw Error("expected a header within the file, but got one of " +
                std::to_string(length) + " bytes where only " +
                std::to_string(text.size() - begin) + " follow");
  if (length > limits::maxNpyHeaderBytes)
    throw Error("expected a header of " +
                std::to_string(limits::maxNpyHeaderBytes) +
                " bytes or less, but got " + std::to_string(length));
  Header header = HeaderParser(text.substr(begin, length)).parse();
  return {std::move(header), begin + length};
}

//===----------------------------------------------------------------------===//
// The data
//===----------------------------------------------------------------------===//

/// Copies elements of `size` bytes from column-major to row-major order.
static void copyFromFortran(const std::byte *in, std::byte *out, size_t size,
                            const std::vector<int64_t> &shape, int64_t count) {
  const size_t rank = shape.size();
  std::vector<int64_t> strides(rank), index(rank, 0);
  int64_t stride = 1;
  for (size_t i = 0; i < rank; ++i) {
    strides[i] = stride;
    stride *= shape[i];
  }
  int64_t offset = 0;
  for (int64_t n = 0; n < count; ++n) {
    std::memcpy(out + size_t(n) * size, in + size_t(offset) * size, size);
    // The next index in row-major order.
    for (size_t axis = rank; axis-- > 0;) {
      offset += strides[axis];
      if (++index[axis] < shape[axis])
        break;
      offset -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
}

static Tensor parse(std::span<const std::byte> bytes) {
  const std::string_view text(reinterpret_cast<const char *>(bytes.data()),
                              bytes.size());
  const Located located = readHeader(text);
  const std::vector<int64_t> &shape = *located.header.shape;
  const auto [type, isSwapped] = parseDescr(*located.header.descr);

  // All that the header says is held against the file before memory is taken.
  const int64_t count = checkedNumElements(type, shape);
  const size_t size = size_t(byteSize(type));
  const std::span<const std::byte> data = bytes.subspan(located.dataBegin);
  if (uint64_t(count) * size != data.size())
    throw Error("expected " + std::to_string(uint64_t(count) * size) +
                " bytes of data for " + typeString(type, shape) + ", but got " +
                std::to_string(data.size()));
  if (type == ElementType::I1)
    for (std::byte value : data)
      if (value > std::byte(1))
        throw Error("expected bools of 0 or 1, but got " +
                    describeByte(static_cast<unsigned char>(value)));

  Tensor tensor = Tensor::zeros({type, {shape.begin(), shape.end()}});
  if (count == 0)
    return tensor;
  std::byte *out = static_cast<std::byte *>(tensor.mutableRawData());
  if (*located.header.isFortran)
    copyFromFortran(data.data(), out, size, shape, count);
  else
    std::memcpy(out, data.data(), data.size());
  if (isSwapped)
    for (size_t i = 0; i < data.size(); i += size)
      std::reverse(out + i, out + i + size);
  return tensor;
}

Tensor tactus::parseNpy(std::span<const std::byte> bytes,
                        const std::string &file) {
  try {
    return parse(bytes);
  } catch (const Error &error) {
    throw Error(Error::Place{.file = file}, error.message());
  }
}

Tensor tactus::readNpy(const std::filesystem::path &file) {
  return parseNpy(MappedFile::open(file)->bytes(), file.string());
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

std::string tactus::npyHeader(const Tensor &tensor) {
  std::string descr;
  for (const TypeName &entry : typeNames)
    if (entry.type == tensor.elementType())
      descr = entry.name;
  const bool hasOrder = tensor.elementType() != ElementType::BF16 &&
                        byteSize(tensor.elementType()) > 1;
  std::string text = std::string("{'descr': '") + (hasOrder ? "<" : "|") +
                     descr + "', 'fortran_order': False, 'shape': (";
  for (int64_t size : tensor.shape())
    text += std::to_string(size) + (tensor.rank() == 1 ? "," : ", ");
  if (tensor.rank() > 1)
    text.resize(text.size() - 2);
  text += "), }";
  // Magic, version and length take 10 bytes; a newline ends the header.
  const size_t total = (10 + text.size() + 1 + 63) / 64 * 64;
  text.append(total - 10 - text.size() - 1, ' ');
  text += '\n';
  std::string out(magic);
  out += '\x01';
  out += '\0';
  out += char(text.size() & 0xff);
  out += char(text.size() >> 8);
  return out + text;
}

void tactus::writeNpy(const std::filesystem::path &file, const Tensor &tensor) {
  AtomicFile output(file);
  output.write(npyHeader(tensor));
  output.write(tensor.rawData(), size_t(tensor.byteSize()));
  output.commit();
}
