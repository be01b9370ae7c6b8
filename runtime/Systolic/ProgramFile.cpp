//===- ProgramFile.cpp - Programs of the machine as files -----------------===//
#include "runtime/Systolic/ProgramFile.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/JsonObject.h"
#include "runtime/Systolic/MachineJson.h"
#include <bit>
#include <cstring>
#include <fstream>

using namespace tactus;
using namespace tactus::systolic;

static_assert(std::endian::native == std::endian::little,
              "the file is written as it stands in memory");

static constexpr char magic[8] = {'T', 'A', 'C', 'T', 'S', 'Y', 'S', '\n'};
static constexpr uint64_t preambleBytes = 64;

namespace {
struct Preamble {
  char magic[8];
  uint32_t version;
  uint32_t zero;
  uint64_t headerBytes;
  uint64_t numInstructions;
  uint64_t imageBytes;
  uint64_t checksum;
  uint64_t reserved[2];
};
static_assert(sizeof(Preamble) == preambleBytes);
} // namespace

static uint64_t roundUp(uint64_t value, uint64_t unit) {
  return (value + unit - 1) / unit * unit;
}

/// FNV-1a, a word at a time; `bytes` is a multiple of 8. Each step is a
/// bijection of the state, and of the word, so that one changed word always
/// gives another result.
static uint64_t hash(uint64_t state, const uint8_t *data, uint64_t bytes) {
  for (uint64_t i = 0; i < bytes; i += 8) {
    uint64_t word;
    std::memcpy(&word, data + i, 8);
    state = (state ^ word) * 0x100000001b3u;
    // A product moves bits up only; this brings them down again.
    state ^= state >> 32;
  }
  return state;
}

uint64_t systolic::programChecksum(std::span<const uint8_t> bytes) {
  constexpr uint64_t before = offsetof(Preamble, checksum);
  uint64_t state = hash(0xcbf29ce484222325u, bytes.data(), before);
  return hash(state, bytes.data() + before + 8, bytes.size() - before - 8);
}

//===----------------------------------------------------------------------===//
// Header
//===----------------------------------------------------------------------===//

static void writeType(json::Writer &writer, const TensorType &type) {
  writer.member("element_type", toString(type.elementType));
  writer.key("shape").beginArray();
  for (const Dimension &dimension : type.dimensions)
    writer.value(dimension.size());
  writer.endArray();
}

static void writePorts(json::Writer &writer, const char *key,
                       const std::vector<ProgramPort> &ports) {
  writer.key(key).beginArray(json::Writer::Layout::Block);
  for (const ProgramPort &port : ports) {
    writer.beginObject(json::Writer::Layout::Inline).member("name", port.name);
    writeType(writer, port.type);
    writer.member("address", port.address).endObject();
  }
  writer.endArray();
}

static void writeHostFunctions(json::Writer &writer,
                               const std::vector<HostFunction> &functions) {
  writer.key("host_functions").beginArray(json::Writer::Layout::Block);
  for (const HostFunction &function : functions) {
    writer.beginObject().member("name", function.name);
    writer.key("inputs").beginArray();
    for (const HostFunction::Input &input : function.inputs) {
      writer.beginObject(json::Writer::Layout::Inline);
      writeType(writer, input.type);
      writer.member("address", input.address).endObject();
    }
    writer.endArray();
    writer.key("output").beginObject(json::Writer::Layout::Inline);
    writeType(writer, function.output);
    writer.endObject().member("text", function.text).endObject();
  }
  writer.endArray();
}

void systolic::writeFacts(json::Writer &writer, const Program &program) {
  writer.key("machine");
  writeMachine(writer, program.machine);
  writer.key("layers").beginArray();
  for (const std::string &layer : program.layers)
    writer.value(layer);
  writer.endArray();
  writePorts(writer, "inputs", program.inputs);
  writePorts(writer, "outputs", program.outputs);
  if (!program.hostFunctions.empty())
    writeHostFunctions(writer, program.hostFunctions);
  writer.member("dram_bytes", program.dramBytes);
}

static std::string writeHeader(const Program &program) {
  json::Writer writer;
  writer.beginObject();
  writeFacts(writer, program);
  writer.endObject();
  return writer.take();
}

static TensorType readType(json::Object &object, Diagnostics &diagnostics) {
  TensorType result;
  if (auto type = object.required<json::Value>("element_type"))
    if (auto name = type->toString(diagnostics)) {
      if (auto parsed = parseElementType(*name))
        result.elementType = *parsed;
      else
        type->report(diagnostics,
                     "expected an element type, but got " + type->describe());
    }
  if (auto shape = object.required<json::Value>("shape"))
    if (shape->expectKind(json::Kind::Array, diagnostics))
      for (json::Value element : *shape)
        if (auto size = element.toInt64(diagnostics, 0, int64_t(1) << 40))
          result.dimensions.push_back(*size);
  return result;
}

static uint64_t readAddress(json::Object &object) {
  return uint64_t(
      object.requiredInt64("address", 0, int64_t(1) << 40).value_or(0));
}

static ProgramPort readPort(json::Value value, Diagnostics &diagnostics) {
  ProgramPort port;
  json::Object object(value, diagnostics);
  port.name = object.required<std::string>("name").value_or("");
  port.type = readType(object, diagnostics);
  port.address = readAddress(object);
  object.finish();
  return port;
}

static HostFunction readHostFunction(json::Value value,
                                     Diagnostics &diagnostics) {
  HostFunction function;
  json::Object object(value, diagnostics);
  function.name = object.required<std::string>("name").value_or("");
  function.text = object.required<std::string>("text").value_or("");
  if (auto inputs = object.required<json::Value>("inputs"))
    if (inputs->expectKind(json::Kind::Array, diagnostics))
      for (json::Value each : *inputs) {
        json::Object input(each, diagnostics);
        TensorType type = readType(input, diagnostics);
        function.inputs.push_back({std::move(type), readAddress(input)});
        input.finish();
      }
  if (auto output = object.required<json::Value>("output")) {
    json::Object tensor(*output, diagnostics);
    function.output = readType(tensor, diagnostics);
    tensor.finish();
  }
  object.finish();
  return function;
}

static void readHeader(std::string text, const std::string &file,
                       Program &program) {
  json::ReadOptions options;
  options.hasLines = false;
  json::Document document =
      json::Document::parse(std::move(text), file, options);
  Diagnostics diagnostics;
  json::Object object(document.root(), diagnostics);
  if (auto machine = object.required<json::Value>("machine"))
    program.machine = readMachine(*machine, diagnostics);
  if (auto layers = object.required<json::Value>("layers"))
    if (layers->expectKind(json::Kind::Array, diagnostics))
      for (json::Value layer : *layers)
        if (auto name = layer.toString(diagnostics))
          program.layers.emplace_back(*name);
  for (auto [key, ports] : {std::pair("inputs", &program.inputs),
                            std::pair("outputs", &program.outputs)})
    if (auto list = object.required<json::Value>(key))
      if (list->expectKind(json::Kind::Array, diagnostics))
        for (json::Value port : *list)
          ports->push_back(readPort(port, diagnostics));
  if (auto functions = object.optional<json::Value>("host_functions"))
    if (functions->expectKind(json::Kind::Array, diagnostics))
      for (json::Value function : *functions)
        program.hostFunctions.push_back(
            readHostFunction(function, diagnostics));
  program.dramBytes =
      object.requiredInt64("dram_bytes", 0, int64_t(1) << 40).value_or(0);
  object.finish();
  diagnostics.throwIfErrors();
}

//===----------------------------------------------------------------------===//
// Bytes
//===----------------------------------------------------------------------===//

std::string systolic::serialize(const Program &program) {
  std::string header = writeHeader(program);
  uint64_t headerEnd = preambleBytes + roundUp(header.size(), 64);
  uint64_t imageBegin = headerEnd + 64 * program.instructions.size();
  std::string out(imageBegin + roundUp(program.image.size(), 8), '\0');
  header.copy(out.data() + preambleBytes, header.size());
  for (size_t i = 0; i < program.instructions.size(); ++i) {
    Words words = encode(program.instructions[i]);
    std::memcpy(out.data() + headerEnd + 64 * i, words.data(), 64);
  }
  if (!program.image.empty())
    std::memcpy(out.data() + imageBegin, program.image.data(),
                program.image.size());
  Preamble preamble = {};
  std::memcpy(preamble.magic, magic, sizeof(magic));
  preamble.version = programFormatVersion;
  preamble.headerBytes = header.size();
  preamble.numInstructions = program.instructions.size();
  preamble.imageBytes = program.image.size();
  std::memcpy(out.data(), &preamble, preambleBytes);
  preamble.checksum = programChecksum(
      {reinterpret_cast<const uint8_t *>(out.data()), out.size()});
  std::memcpy(out.data(), &preamble, preambleBytes);
  return out;
}

namespace {
/// Takes a file's bytes apart, front to back.
class FileReader {
public:
  FileReader(std::span<const uint8_t> bytes, const std::string &file)
      : bytes(bytes), file(file) {}

  Program read() {
    readPreamble();
    uint64_t headerEnd = preambleBytes + roundUp(preamble.headerBytes, 64);
    uint64_t imageBegin = headerEnd + 64 * preamble.numInstructions;
    uint64_t imageEnd = imageBegin + preamble.imageBytes;
    expectZero(preambleBytes + preamble.headerBytes, headerEnd);
    expectZero(imageEnd, bytes.size());
    Program program;
    readHeader(std::string(text(preambleBytes, preamble.headerBytes)), file,
               program);
    readInstructions(headerEnd, program);
    program.image.assign(bytes.begin() + imageBegin, bytes.begin() + imageEnd);
    try {
      validate(program);
    } catch (const Error &error) {
      Error::Place place = error.place();
      place.file = file;
      throw Error(std::move(place), error.message());
    }
    return program;
  }

private:
  [[noreturn]] void refuse(std::string message) const {
    Error::Place place;
    place.file = file;
    throw Error(std::move(place), std::move(message));
  }

  void readPreamble() {
    if (bytes.size() < preambleBytes ||
        std::memcmp(bytes.data(), magic, sizeof(magic)) != 0)
      refuse("expected a program of the systolic machine, which begins with "
             "TACTSYS, but got something else");
    std::memcpy(&preamble, bytes.data(), preambleBytes);
    if (preamble.version != programFormatVersion)
      refuse("expected version " + std::to_string(programFormatVersion) +
             " of the format, but got " + std::to_string(preamble.version));
    // Each on its own first, so that the sum cannot wrap around.
    uint64_t size = bytes.size();
    uint64_t expected = 0;
    bool fits = preamble.headerBytes <= size && preamble.imageBytes <= size &&
                preamble.numInstructions <= size / 64;
    if (fits)
      expected = preambleBytes + roundUp(preamble.headerBytes, 64) +
                 64 * preamble.numInstructions +
                 roundUp(preamble.imageBytes, 8);
    if (expected != size)
      refuse("expected as many bytes as header, instructions and image take, "
             "but got a file of " +
             std::to_string(size));
    if (uint64_t sum = programChecksum(bytes); sum != preamble.checksum)
      refuse("expected checksum " + std::to_string(preamble.checksum) +
             ", but got " + std::to_string(sum));
    if (preamble.zero || preamble.reserved[0] || preamble.reserved[1])
      refuse("expected reserved bytes to be 0, but got others");
  }

  void expectZero(uint64_t begin, uint64_t end) const {
    for (uint64_t i = begin; i < end; ++i)
      if (bytes[i])
        refuse("expected padding of 0 at byte " + std::to_string(i) +
               ", but got " + std::to_string(bytes[i]));
  }

  void readInstructions(uint64_t begin, Program &program) const {
    program.instructions.reserve(preamble.numInstructions);
    for (uint64_t i = 0; i < preamble.numInstructions; ++i) {
      Words words;
      std::memcpy(words.data(), bytes.data() + begin + 64 * i, 64);
      try {
        program.instructions.push_back(decode(words));
      } catch (const Error &error) {
        refuse("instruction " + std::to_string(i) + ": " + error.message());
      }
    }
  }

  std::string_view text(uint64_t begin, uint64_t count) const {
    return {reinterpret_cast<const char *>(bytes.data()) + begin, count};
  }

  std::span<const uint8_t> bytes;
  const std::string &file;
  Preamble preamble = {};
};
} // namespace

Program systolic::deserialize(std::span<const uint8_t> bytes,
                              const std::string &file) {
  return FileReader(bytes, file).read();
}

void systolic::writeProgramFile(const std::filesystem::path &file,
                                const Program &program) {
  writeFile(file, serialize(program));
}

Program systolic::readProgramFile(const std::filesystem::path &file) {
  auto mapped = MappedFile::open(file);
  std::span<const std::byte> bytes = mapped->bytes();
  return deserialize(
      {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()},
      file.string());
}

bool systolic::isProgram(std::string_view bytes) {
  return bytes.starts_with(std::string_view(magic, sizeof(magic)));
}

bool systolic::isProgramFile(const std::filesystem::path &file) {
  // Opening a pipe would wait, and reading from it take what it holds.
  std::error_code code;
  if (!std::filesystem::is_regular_file(file, code))
    return false;
  std::ifstream stream(file, std::ios::binary);
  char begin[sizeof(magic)] = {};
  stream.read(begin, sizeof(begin));
  return isProgram({begin, size_t(stream.gcount())});
}
