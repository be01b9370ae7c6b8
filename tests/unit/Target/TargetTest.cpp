//===- TargetTest.cpp - Targets by name and by file -----------------------===//
#include "compiler/Target/CpuMachineJson.h"
#include "compiler/Target/TargetImpl.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

const CpuMachine &cpuOf(const Target &target) {
  return std::get<CpuMachine>(target.description().machine);
}

TEST(TargetTest, NamesStandForMachines) {
  EXPECT_EQ(Target::parse("interpreter").kind(), Target::Kind::Interpreter);
  EXPECT_EQ(Target::parse("cpu").kind(), Target::Kind::Cpu);
  EXPECT_EQ(cpuOf(Target::parse("cpu")), hostCpu());
  EXPECT_EQ(cpuOf(Target::parse("cpu:x86-64-v4")).vectorBits, 512);
  EXPECT_EQ(cpuOf(Target::parse("cpu:x86-64-v2")).fma, false);
  Target gemmini = Target::parse("systolic:gemmini");
  EXPECT_EQ(gemmini.kind(), Target::Kind::Systolic);
  EXPECT_EQ(gemmini.name(), "systolic:gemmini");
  EXPECT_EQ(std::get<systolic::Machine>(gemmini.description().machine).rows,
            16);
}

TEST(TargetTest, OtherNamesAreRefused) {
  const char *expected = "expected a target 'interpreter', 'cpu', "
                         "'cpu:MACHINE' or 'systolic:MACHINE', but got '";
  for (std::string name : {"gpu", "", "cpu:", "interpreter:x", ":"})
    EXPECT_ERROR(Target::parse(name), expected + name + "'");
  EXPECT_ERROR(Target::parse("cpu:arm"),
               "expected a processor of x86-64-v2, x86-64-v3, x86-64-v4, or a "
               ".json file, but got 'arm'");
}

TEST(CpuMachineJsonTest, RoundTrips) {
  for (const CpuMachine &machine : cpuPresets())
    EXPECT_EQ(parseCpuJson(toJson(machine), "cpu.json"), machine);
  EXPECT_EQ(parseCpuJson(toJson(hostCpu()), "cpu.json"), hostCpu());
}

std::string edited(std::string from, std::string to) {
  std::string text = toJson(cpuPresets()[0]);
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(CpuMachineJsonTest, RefusesWhatNoMachineIs) {
  EXPECT_ERROR(parseCpuJson(edited("\"tactus_cpu\": 1", "\"tactus_cpu\": 2"),
                            "cpu.json"),
               "cpu.json:2:17: /tactus_cpu: expected version 1, but got 2");
  EXPECT_ERROR(
      parseCpuJson(edited("\"vector_bits\": 128", "\"vector_bits\": 96"),
                   "cpu.json"),
      "cpu.json:6:18: /vector_bits: expected one of 128, 256, 512, "
      "but got 96");
  EXPECT_ERROR(
      parseCpuJson(edited("\"features\": \"\"", "\"features\": \"+warp\""),
                   "cpu.json"),
      "cpu.json:4:16: /processor: expected a processor and features "
      "that LLVM knows for x86-64, but got '+warp'");
  EXPECT_ERROR(
      parseCpuJson(edited("\"fma\": false", "\"fma\": true"), "cpu.json"),
      "cpu.json:8:10: /fma: expected false for 'x86-64-v2', which has "
      "no such instruction, but got true");
  EXPECT_ERROR(
      parseCpuJson(
          edited("\"byte_products\": false", "\"byte_products\": true"),
          "cpu.json"),
      "cpu.json:10:20: /byte_products: expected false for 'x86-64-v2', which "
      "has no such instruction, but got true");
  EXPECT_FALSE(
      parseCpuJson(edited("  \"byte_products\": false,\n", ""), "cpu.json")
          .byteProducts);
  EXPECT_ERROR(parseCpuJson(edited("\"vector_registers\": 16",
                                   "\"vector_registers\": 0"),
                            "cpu.json"),
               "cpu.json:7:23: /vector_registers: expected one of 16, 32, but "
               "got 0");
  for (std::string bytes : {"-1", "0", "9223372036854775807"})
    EXPECT_ERROR(
        parseCpuJson(edited("\"l1_bytes\": 32768", "\"l1_bytes\": " + bytes),
                     "cpu.json"),
        "cpu.json:11:15: /l1_bytes: expected an integer from 1024 to "
        "1099511627776, but got " +
            bytes);
  EXPECT_ERROR(
      parseCpuJson(edited("\"l1_bytes\": 32768", "\"l1\": 32768"), "cpu.json"),
      "cpu.json:1:1: expected a key 'l1_bytes', but got none\n"
      "cpu.json:11:3: /l1: expected one of the keys 'byte_products', "
      "'features', 'fma', 'half_floats', "
      "'l1_bytes', 'l2_bytes', 'name', 'processor', 'tactus_cpu', "
      "'vector_bits', 'vector_registers', but got 'l1'");
}

} // namespace
