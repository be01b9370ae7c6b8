//===- Kinds.cpp - The kinds of files that are mutated --------------------===//
#include "tests/fuzz/Kinds.h"
#include "runtime/Support/Files.h"
#include "tactus/ParameterStore.h"
#include "tests/fuzz/Readers.h"
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
  return {"run", "product.json", "--random-inputs=1", memory,
          (isCpu ? "--target=cpu:" : "--target=systolic:") + file};
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

constexpr std::array<Kind, 6> table = {
    {{"json-graph", readsJsonGraph, mutateJsonText, useGraph},
     {"mlir-graph", readsMlirGraph, mutateMlirText, useGraph},
     {"npy", readsNpy, mutateNpy, useNpy},
     {"report-json", readsReportJson, mutateJsonText, useReport},
     {"safetensors", readsSafetensors, mutateSafetensors, useSafetensors},
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
