//===- CpuMachine.cpp - Processors by name --------------------------------===//
#include "compiler/Target/CpuMachine.h"
#include "compiler/Target/CpuMachineJson.h"
#include "runtime/JIT/ObjectCode.h"
#include "tactus/Error.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/TargetParser/Host.h"
#include <unistd.h>

using namespace tactus;

std::span<const CpuMachine> tactus::cpuPresets() {
  // The psABI's levels, with the caches of the smallest machines of each.
  static const CpuMachine presets[] = {
      {"x86-64-v2", "x86-64-v2", "", 128, 16, false, false, false, 32 << 10,
       256 << 10},
      {"x86-64-v3", "x86-64-v3", "", 256, 16, true, true, false, 32 << 10,
       256 << 10},
      {"x86-64-v4", "x86-64-v4", "", 512, 32, true, true, false, 32 << 10,
       1 << 20},
  };
  return presets;
}

static CpuMachine findHost() {
  CpuMachine machine;
  machine.name = "host";
  CodegenTarget resolved = resolveHost({});
  machine.processor = resolved.cpu;
  machine.features = resolved.features;
  llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  // 16-lane masks and 32 registers come with the VL and BW parts of AVX-512.
  bool avx512 = features.lookup("avx512f") && features.lookup("avx512vl") &&
                features.lookup("avx512bw") && features.lookup("avx512dq");
  machine.fma = features.lookup("fma");
  machine.halfFloats = features.lookup("f16c");
  machine.byteProducts = features.lookup(avx512 ? "avx512vnni" : "avxvnni");
  machine.vectorBits = avx512 ? 512 : features.lookup("avx2") ? 256 : 128;
  machine.vectorRegisters = avx512 ? 32 : 16;
  auto cache = [](int name, int64_t otherwise) {
    long bytes = sysconf(name);
    return bytes > 0 ? int64_t(bytes) : otherwise;
  };
  machine.l1Bytes = cache(_SC_LEVEL1_DCACHE_SIZE, 32 << 10);
  machine.l2Bytes = cache(_SC_LEVEL2_CACHE_SIZE, 256 << 10);
  return machine;
}

const CpuMachine &tactus::hostCpu() {
  static const CpuMachine machine = findHost();
  return machine;
}

CpuMachine tactus::resolveCpu(std::string_view name) {
  if (name.empty())
    return hostCpu();
  std::string known;
  for (const CpuMachine &preset : cpuPresets()) {
    if (preset.name == name)
      return preset;
    known += preset.name + ", ";
  }
  if (name.ends_with(".json"))
    return readCpuJson(std::filesystem::path(name));
  throw Error("expected a processor of " + known +
              "or a .json file, but got '" + std::string(name) + "'");
}
