//===- TargetsCommand.cpp - tactus targets --------------------------------===//
#include "compiler/Target/CpuMachineJson.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/SystolicText.h"
#include "runtime/Systolic/Energy.h"
#include "runtime/Systolic/MachineJson.h"
#include "tactus/Error.h"

using namespace tactus;

static std::string line(const std::string &name, const std::string &what) {
  return name +
         std::string(std::max<size_t>(name.size() + 1, 20) - name.size(), ' ') +
         what + "\n";
}

static std::string describe(const CpuMachine &machine) {
  return std::to_string(machine.vectorBits) + "-bit vectors, " +
         std::to_string(machine.vectorRegisters) + " registers" +
         (machine.fma ? ", fused multiply-add" : "");
}

static std::string list() {
  std::string text = line("interpreter", "what every op means");
  text += line("cpu", "this machine's processor: " + hostCpu().processor +
                          ", " + describe(hostCpu()));
  for (const CpuMachine &machine : cpuPresets())
    text += line("cpu:" + machine.name, describe(machine));
  for (const systolic::Machine &machine : systolic::machinePresets())
    text += line("systolic:" + machine.name, factsOf(machine));
  return text;
}

/// The description of a machine by its name alone, as `edge` or `x86-64-v3`.
static std::string description(const std::string &name) {
  if (name == "cpu" || name == "host")
    return toJson(hostCpu());
  std::string known = "cpu";
  for (const CpuMachine &machine : cpuPresets()) {
    if (machine.name == name)
      return toJson(machine);
    known += ", " + machine.name;
  }
  for (const systolic::Machine &machine : systolic::machinePresets()) {
    if (machine.name == name)
      return systolic::toJson(machine);
    known += ", " + machine.name;
  }
  const systolic::EnergyTable &energy = systolic::defaultEnergyTable();
  if (energy.name == name)
    return systolic::toJson(energy);
  throw Error("expected a machine of " + known + ", or the table " +
              energy.name + ", but got '" + name + "'");
}

static int targets(const Arguments &arguments) {
  auto name = arguments.get("--print");
  print(name ? description(*name) : list());
  return 0;
}

static constexpr OptionInfo options[] = {
    {"--print", "NAME",
     "print a machine's description, or energy-45nm, to start one's own"}};

const CommandInfo tactus::targetsCommand = {
    "targets", "", "Lists what graphs can be compiled for.", options, targets};
