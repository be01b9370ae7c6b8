//===- Kinds.cpp - The kinds of files that are mutated --------------------===//
#include "tests/fuzz/Kinds.h"
#include "runtime/Support/Files.h"
#include "runtime/Systolic/ProgramFile.h"
#include "tactus/ParameterStore.h"
#include "tests/fuzz/Readers.h"
#include <algorithm>
#include <array>

using namespace tactus;
using namespace tactus::fuzz;

namespace {

using Arguments = std::vector<std::string>;

//===----------------------------------------------------------------------===//
// Mutations
//===----------------------------------------------------------------------===//

std::string mutateJsonText(std::string text, Random &random) {
  text = random.percent(80) ? mutateJson(std::move(text), random)
                            : mutateTokens(std::move(text), random);
  return random.percent(15) ? mutateBytes(std::move(text), random) : text;
}

std::string mutateMlirText(std::string text, Random &random) {
  text = mutateTokens(std::move(text), random);
  return random.percent(15) ? mutateBytes(std::move(text), random) : text;
}

/// Puts `size` into the `width` bytes at `at`, the least significant first.
void putSize(std::string &bytes, size_t at, size_t width, uint64_t size) {
  for (size_t i = 0; i < width; ++i)
    bytes[at + i] = char(size >> 8 * i);
}

/// Mutates the header, whose size stands in the `width` bytes before `begin`.
/// That is mostly corrected, so that the reader goes on to the header.
std::string mutateHeader(std::string bytes, size_t begin, size_t width,
                         std::string (*mutate)(std::string, Random &),
                         Random &random) {
  uint64_t size = 0;
  for (size_t i = 0; i < width; ++i)
    size |= uint64_t(uint8_t(bytes[begin - width + i])) << 8 * i;
  std::string header = mutate(bytes.substr(begin, size), random);
  bytes.replace(begin, size, header);
  if (random.percent(85))
    putSize(bytes, begin - width, width, header.size());
  else if (random.percent(50))
    putSize(bytes, begin - width, width, random.seed() >> random.below(64));
  return bytes;
}

std::string mutateSafetensors(std::string bytes, Random &random) {
  if (random.percent(35))
    return mutateBytes(std::move(bytes), random);
  return mutateHeader(std::move(bytes), 8, 8, mutateJson, random);
}

std::string mutateNpy(std::string bytes, Random &random) {
  if (random.percent(50))
    return mutateBytes(std::move(bytes), random);
  return mutateHeader(std::move(bytes), 10, 2, mutateTokens, random);
}

uint64_t getSize(const std::string &bytes, size_t at) {
  uint64_t size = 0;
  for (size_t i = 0; i < 8; ++i)
    size |= uint64_t(uint8_t(bytes[at + i])) << 8 * i;
  return size;
}

/// Changes the instructions, which begin at `begin`: doubles, removes and swaps
/// them, and flips bits of their words.
void mutateInstructions(std::string &bytes, size_t begin, Random &random) {
  constexpr size_t width = 64;
  for (int64_t edits = countEdits(random); edits > 0; --edits) {
    uint64_t count = getSize(bytes, 24);
    if (count == 0)
      return;
    size_t at = begin + width * size_t(random.below(int64_t(count)));
    size_t other = begin + width * size_t(random.below(int64_t(count)));
    switch (random.below(6)) {
    case 0:
      bytes.insert(at, bytes.substr(other, width));
      putSize(bytes, 24, 8, count + 1);
      break;
    case 1:
      bytes.erase(at, width);
      putSize(bytes, 24, 8, count - 1);
      break;
    case 2:
      std::swap_ranges(bytes.begin() + at, bytes.begin() + at + width,
                       bytes.begin() + other);
      break;
    default:
      size_t byte = at + size_t(random.below(width));
      bytes[byte] = char(bytes[byte] ^ (1 << random.below(8)));
    }
  }
}

/// Half of the mutations have a right checksum, and go on to what it covers.
std::string mutateSystolicProgram(std::string bytes, Random &random) {
  size_t headerBytes = getSize(bytes, 16);
  size_t headerEnd = 64 + (headerBytes + 63) / 64 * 64;
  if (random.percent(30)) {
    bytes = mutateBytes(std::move(bytes), random);
  } else if (random.percent(50)) {
    std::string header = mutateJson(bytes.substr(64, headerBytes), random);
    putSize(bytes, 16, 8, header.size());
    header.resize((header.size() + 63) / 64 * 64);
    bytes.replace(64, headerEnd - 64, header);
  } else {
    mutateInstructions(bytes, headerEnd, random);
  }
  if (random.percent(50) && bytes.size() >= 64) {
    // The checksum takes words.
    bytes.resize((bytes.size() + 7) / 8 * 8);
    putSize(
        bytes, 40, 8,
        systolic::programChecksum(
            {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}));
  }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Uses
//===----------------------------------------------------------------------===//

// Little memory also bounds how long what was accepted may run.
constexpr const char *memory = "--max-memory=1M";

std::string target(Random &random) {
  return random.percent(50) ? "--target=cpu" : "--target=interpreter";
}

Arguments useGraph(const std::string &file, const std::string &,
                   Random &random) {
  if (random.percent(20))
    return {"check", file};
  Arguments arguments = {"run", file, "--random-inputs=1", memory,
                         target(random)};
  // For the graph with a batch; the others refuse it.
  if (random.percent(40))
    arguments.push_back("--shape=x=2x3");
  return arguments;
}

Arguments useNpy(const std::string &file, const std::string &, Random &random) {
  return {"run", "layer.json", "--input=x=@" + file, memory, target(random)};
}

Arguments useSafetensors(const std::string &, const std::string &,
                         Random &random) {
  return {"run", "weights.json", memory, target(random)};
}

Arguments useTarget(const std::string &file, const std::string &original,
                    Random &) {
  bool isCpu = original.starts_with("cpu");
  return {"run", "product.json", "--random-inputs=1",
          isCpu ? memory : "--max-memory=64M",
          (isCpu ? "--target=cpu:" : "--target=systolic:") + file};
}

Arguments useProgram(const std::string &file, const std::string &,
                     Random &random) {
  if (random.percent(20))
    return {"check", file};
  if (random.percent(20))
    return {"show", file};
  return {"run", file, "--random-inputs=1", "--max-memory=64M",
          "--max-steps=100000000"};
}

Arguments compileProgram(const std::string &file, const std::string &result) {
  // Machines differ from file to file.
  bool isLayer = file.ends_with("layer.json");
  return {"compile", file,
          isLayer ? "--target=systolic:edge" : "--target=systolic:gemmini",
          "-o", result};
}

Arguments useReport(const std::string &file, const std::string &original,
                    Random &) {
  if (original.starts_with("energy"))
    return {"run",
            "product.json",
            "--random-inputs=1",
            memory,
            "--target=systolic:gemmini",
            "--report",
            "--energy=" + file};
  return {"show", "--diff", file, file};
}

constexpr std::array<Kind, 7> table = {
    {{"json-graph", readsJsonGraph, mutateJsonText, useGraph},
     {"mlir-graph", readsMlirGraph, mutateMlirText, useGraph},
     {"npy", readsNpy, mutateNpy, useNpy},
     {"report-json", readsReportJson, mutateJsonText, useReport},
     {"safetensors", readsSafetensors, mutateSafetensors, useSafetensors},
     {"sys", readsSystolicProgram, mutateSystolicProgram, useProgram,
      compileProgram},
     {"target-json", readsTargetJson, mutateJsonText, useTarget}}};

const char layer[] = R"({"tactus": 1,
 "inputs": [{"name": "x", "type": "f32[2,3]"}],
 "nodes": [{"name": "y", "op": "gelu", "inputs": ["x"]}],
 "outputs": ["y"]}
)";

const char weights[] = R"({"tactus": 1,
 "parameters": {"file": "mutated.safetensors", "tensors": [
   {"name": "w", "type": "f32[2,3]"}]},
 "nodes": [{"name": "y", "op": "exp", "inputs": ["w"]}],
 "outputs": ["y"]}
)";

const char product[] = R"({"tactus": 1,
 "inputs": [{"name": "x", "type": "i8[5,40]"}, {"name": "w", "type": "i8[40,9]"}],
 "nodes": [
   {"name": "h", "op": "matmul", "inputs": ["x", "w"]},
   {"name": "y", "op": "requantize", "inputs": ["h", 0.01],
    "attributes": {"to": "i8"}}],
 "outputs": ["y"]}
)";

} // namespace

std::span<const Kind> fuzz::kinds() {
  return table;
}

void fuzz::writeCompanions(const std::filesystem::path &folder) {
  writeFile(folder / "layer.json", layer);
  writeFile(folder / "weights.json", weights);
  writeFile(folder / "product.json", product);
  ParameterStore store;
  store.set("w", Tensor::random(bf16({3}), Seed(1)));
  store.save(folder / "w.safetensors");
}
