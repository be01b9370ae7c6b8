//===- Disassembly.cpp - Instructions as text -----------------------------===//
#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/Fields.h"
#include <charconv>

using namespace tactus;
using namespace tactus::systolic;

std::string_view systolic::toString(Queue queue) {
  return detail::queueNames[size_t(queue)];
}

std::string_view systolic::toString(Opcode opcode) {
  switch (opcode) {
  case Opcode::Nop:
    return "nop";
  case Opcode::Halt:
    return "halt";
  case Opcode::Config:
    return "config";
  case Opcode::Fence:
    return "fence";
  case Opcode::HostCall:
    return "host_call";
  case Opcode::Tag:
    return "tag";
  case Opcode::DmaLoad:
    return "dma_load";
  case Opcode::DmaStore:
    return "dma_store";
  case Opcode::LoadWeights:
    return "load_weights";
  case Opcode::Matmul:
    return "matmul";
  case Opcode::Activate:
    return "activate";
  case Opcode::Vec:
    return "vec";
  }
  __builtin_unreachable();
}

std::string_view systolic::toString(Space space) {
  return space == Space::UnifiedBuffer ? "unified buffer" : "accumulator";
}

std::string_view systolic::toString(Function function) {
  return detail::functionNames[size_t(function)];
}

std::string_view systolic::toString(VectorOperation operation) {
  return detail::vectorNames[size_t(operation)];
}

std::string_view systolic::toString(RightOperand kind) {
  return detail::rightNames[size_t(kind)];
}

namespace {
/// Writes `name=value` for each field; of flags only those that are set.
class Printer {
public:
  explicit Printer(std::string &out) : out(out) {}

  void word(int) {}
  void wordAt(int, int) {}
  void skip(int) {}
  void flag(const char *name, const bool &value) {
    if (value)
      (out += ' ') += name;
  }
  template <typename T>
  bool present(const char *, const std::optional<T> &value) {
    return value.has_value();
  }
  template <typename T> void bits(const char *name, const T &value, int) {
    field(name, std::to_string(value));
  }
  template <typename T> void signedBits(const char *name, const T &value, int) {
    field(name, std::to_string(value));
  }
  void real(const char *name, const float &value) {
    char buffer[32];
    auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
    field(name, std::string_view(buffer, end - buffer));
  }
  template <typename T, size_t count>
  void choice(const char *name, const T &value, int,
              const std::array<std::string_view, count> &names) {
    field(name, names[size_t(value)]);
  }

private:
  void field(const char *name, std::string_view value) {
    ((out += ' ') += name) += '=';
    out += value;
  }

  std::string &out;
};
} // namespace

std::string systolic::disassemble(const Instruction &instruction) {
  std::string out(toString(instruction.queue));
  out.resize(4, ' ');
  out += toString(instruction.opcode());
  Printer printer(out);
  std::visit([&](const auto &op) { detail::visitFields(printer, op); },
             instruction.operands);
  for (const std::optional<Wait> &wait : instruction.waits)
    if (wait)
      out += " wait=s" + std::to_string(wait->semaphore) +
             ">=" + std::to_string(wait->count);
  if (instruction.signal)
    out += " signal=s" + std::to_string(*instruction.signal);
  return out + " layer=" + std::to_string(instruction.layer);
}
