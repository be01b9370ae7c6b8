//===- SystolicText.cpp - Machines and their programs as text -------------===//
#include "compiler/Tools/SystolicText.h"
#include "runtime/Support/Text.h"
#include "runtime/Systolic/ProgramFile.h"

using namespace tactus;

std::string tactus::bytesText(int64_t bytes) {
  static constexpr const char *units[] = {" B", " KiB", " MiB", " GiB"};
  size_t unit = 0;
  double value = double(bytes);
  for (; value >= 1024 && unit < 3; ++unit)
    value /= 1024;
  return formatText("%.6g", value) + units[unit];
}

std::string tactus::rateText(const systolic::Channel &channel) {
  return formatText("%.6g GB/s", double(channel.bytesPerSecond) / 1e9);
}

std::string tactus::factsOf(const systolic::Machine &machine) {
  std::string types;
  for (systolic::DataType type : machine.elementTypes)
    types += (types.empty() ? "" : "/") + std::string(toString(type));
  std::string text = std::to_string(machine.rows) + " x " +
                     std::to_string(machine.columns) + " " + types + ", " +
                     formatText("%.6g", double(machine.clockHz) / 1e6) +
                     " MHz, buffer " + bytesText(machine.unifiedBufferBytes) +
                     ", " + std::to_string(machine.accumulatorRows) +
                     " sums, DRAM " + rateText(machine.dram);
  return machine.host ? text + ", host " + rateText(*machine.host) : text;
}

static std::string portsText(const char *title,
                             const std::vector<systolic::ProgramPort> &ports) {
  std::string text;
  for (const systolic::ProgramPort &port : ports)
    text += std::string(title) + port.name + ": " + port.type.str() +
            " at DRAM byte " + std::to_string(port.address) + "\n";
  return text;
}

std::string tactus::programText(const systolic::Program &program) {
  const systolic::Machine &machine = program.machine;
  std::string text = "machine " + machine.name + ": " + factsOf(machine) + "\n";
  text += portsText("input   ", program.inputs);
  text += portsText("output  ", program.outputs);
  text += "DRAM    " + std::to_string(program.dramBytes) +
          " bytes, an image of " + std::to_string(program.image.size()) + "\n";
  for (size_t i = 0; i < program.layers.size(); ++i)
    // A name in a file of others may hold anything.
    text += "layer   " + std::to_string(i) + " " +
            json::quoteString(program.layers[i]) + "\n";
  return text + std::to_string(program.instructions.size()) +
         " instructions\n" + systolic::disassemble(program);
}

std::string tactus::programJson(const systolic::Program &program) {
  json::Writer writer;
  writer.beginObject();
  systolic::writeFacts(writer, program);
  writer.member("image_bytes", program.image.size());
  writer.key("instructions").beginArray(json::Writer::Layout::Block);
  for (const systolic::Instruction &instruction : program.instructions)
    writer.value(systolic::disassemble(instruction));
  writer.endArray().endObject();
  return writer.take();
}
