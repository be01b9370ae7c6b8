//===- Encoding.cpp - Instructions to words and back ----------------------===//
#include "dialects/Systolic/Encoding.h"
#include "dialects/Systolic/Fields.h"
#include "tactus/Error.h"
#include <bit>

using namespace tactus;
using namespace tactus::systolic;

//===----------------------------------------------------------------------===//
// Layout of word 0
//===----------------------------------------------------------------------===//

static constexpr int opcodeBits = 8, queueShift = 8, queueBits = 4;
static constexpr int flagShift = 12, numFlags = 12;
static constexpr int waitShift = 24, signalShift = 32, semaphoreBits = 4;
static constexpr int layerShift = 36, layerBits = 16;
static constexpr int waitPresentShift = 52, signalPresentShift = 54;
static constexpr int headerEnd = 55;

static constexpr uint64_t lowBits(int count) {
  return count == 64 ? ~uint64_t(0) : (uint64_t(1) << count) - 1;
}

static std::string hex(uint64_t value) {
  static const char digits[] = "0123456789abcdef";
  std::string out;
  do
    out.insert(out.begin(), digits[value & 15]);
  while (value >>= 4);
  return "0x" + out;
}

//===----------------------------------------------------------------------===//
// Visitors
//===----------------------------------------------------------------------===//

namespace {
/// Where the next field goes.
class Cursor {
public:
  void word(int index) { wordAt(index, 0); }
  void wordAt(int index, int shift) {
    current = index;
    bit = shift;
  }
  void skip(int width) { bit += width; }

protected:
  int current = 2, bit = 0, flags = 0;
};

class Encoder : public Cursor {
public:
  explicit Encoder(Words &words) : words(words) {}

  void flag(const char *, const bool &value) {
    words[0] |= uint64_t(value) << (flagShift + flags++);
  }
  template <typename T>
  bool present(const char *name, const std::optional<T> &value) {
    bool has = value.has_value();
    flag(name, has);
    return has;
  }
  template <typename T> void bits(const char *name, const T &value, int width) {
    if (uint64_t(value) > lowBits(width))
      throw Error(std::string("expected ") + name + " of at most " +
                  std::to_string(lowBits(width)) + ", but got " +
                  std::to_string(value));
    words[current] |= uint64_t(value) << bit;
    bit += width;
  }
  template <typename T>
  void signedBits(const char *, const T &value, int width) {
    words[current] |= (uint64_t(int64_t(value)) & lowBits(width)) << bit;
    bit += width;
  }
  void real(const char *, const float &value) {
    words[current] |= uint64_t(std::bit_cast<uint32_t>(value)) << bit;
    bit += 32;
  }
  template <typename T, size_t count>
  void choice(const char *name, const T &value, int width,
              const std::array<std::string_view, count> &) {
    if (size_t(value) >= count)
      throw Error(std::string("expected a ") + name + " below " +
                  std::to_string(count) + ", but got " +
                  std::to_string(int(value)));
    words[current] |= uint64_t(value) << bit;
    bit += width;
  }

private:
  Words &words;
};

/// Takes the fields from words and remembers which bits were theirs.
class Decoder : public Cursor {
public:
  explicit Decoder(const Words &words) : words(words) {
    // Waits, signal, layer and counts are checked where they are read.
    claimed[0] = lowBits(headerEnd) & ~(lowBits(numFlags) << flagShift);
    claimed[1] = lowBits(64);
  }

  void flag(const char *, bool &value) {
    value = take(0, flagShift + flags++, 1);
  }
  template <typename T>
  bool present(const char *name, std::optional<T> &value) {
    bool has = false;
    flag(name, has);
    if (has)
      value.emplace();
    return has;
  }
  template <typename T> void bits(const char *, T &value, int width) {
    value = T(take(current, bit, width));
    bit += width;
  }
  template <typename T> void signedBits(const char *, T &value, int width) {
    uint64_t raw = take(current, bit, width);
    value = T(int64_t(raw << (64 - width)) >> (64 - width));
    bit += width;
  }
  void real(const char *, float &value) {
    value = std::bit_cast<float>(uint32_t(take(current, bit, 32)));
    bit += 32;
  }
  template <typename T, size_t count>
  void choice(const char *name, T &value, int width,
              const std::array<std::string_view, count> &) {
    uint64_t raw = take(current, bit, width);
    if (raw >= count)
      throw Error(std::string("expected a ") + name + " below " +
                  std::to_string(count) + ", but got " + std::to_string(raw));
    value = T(raw);
    bit += width;
  }
  /// Throws where a bit is set that no field claimed.
  void finish() const {
    for (size_t i = 0; i < words.size(); ++i)
      if (uint64_t extra = words[i] & ~claimed[i])
        throw Error("expected reserved bits of word " + std::to_string(i) +
                    " to be 0, but got " + hex(extra));
  }

private:
  uint64_t take(int word, int shift, int width) {
    claimed[word] |= lowBits(width) << shift;
    return (words[word] >> shift) & lowBits(width);
  }

  const Words &words;
  Words claimed = {};
};
} // namespace

//===----------------------------------------------------------------------===//
// Instructions
//===----------------------------------------------------------------------===//

std::optional<Queue> systolic::queueOf(Opcode opcode) {
  switch (opcode) {
  case Opcode::Nop:
  case Opcode::Tag:
    return std::nullopt;
  case Opcode::Halt:
  case Opcode::Config:
  case Opcode::Fence:
  case Opcode::HostCall:
  case Opcode::DmaLoad:
    return Queue::LD;
  case Opcode::DmaStore:
    return Queue::ST;
  case Opcode::LoadWeights:
    return Queue::WL;
  case Opcode::Matmul:
    return Queue::MM;
  case Opcode::Activate:
  case Opcode::Vec:
    return Queue::ACT;
  }
  __builtin_unreachable();
}

Instruction::Instruction(Operands operands) : operands(std::move(operands)) {
  queue = queueOf(opcode()).value_or(Queue::LD);
}

Opcode Instruction::opcode() const {
  return std::visit([](const auto &op) { return op.opcode; }, operands);
}

bool Instruction::isBarrier() const {
  Opcode op = opcode();
  return op == Opcode::Fence || op == Opcode::HostCall || op == Opcode::Halt;
}

int64_t Activate::outputRows() const {
  if (!pooling)
    return rows;
  int64_t height = rows / pooling->inputWidth;
  int64_t outputHeight = (height - pooling->height) / pooling->strideY + 1;
  int64_t outputWidth =
      (pooling->inputWidth - pooling->width) / pooling->strideX + 1;
  return outputHeight * outputWidth;
}

static void checkQueue(Opcode opcode, uint64_t queue) {
  if (queue >= numQueues)
    throw Error("expected a queue below " + std::to_string(numQueues) +
                ", but got " + std::to_string(queue));
  std::optional<Queue> only = queueOf(opcode);
  if (only && *only != Queue(queue))
    throw Error("expected queue " + std::string(toString(*only)) + " for " +
                std::string(toString(opcode)) + ", but got " +
                std::string(toString(Queue(queue))));
}

Words systolic::encode(const Instruction &instruction) {
  Words words = {};
  Opcode opcode = instruction.opcode();
  checkQueue(opcode, uint64_t(instruction.queue));
  words[0] = uint64_t(opcode) | uint64_t(instruction.queue) << queueShift |
             uint64_t(instruction.layer) << layerShift;
  for (int i = 0; i < 2; ++i) {
    const std::optional<Wait> &wait = instruction.waits[i];
    if (!wait)
      continue;
    if (wait->count == 0)
      throw Error("expected a wait for 1 signal or more, but got 0");
    if (wait->semaphore >= numSemaphores)
      throw Error("expected a wait semaphore below " +
                  std::to_string(numSemaphores) + ", but got " +
                  std::to_string(wait->semaphore));
    words[0] |= uint64_t(wait->semaphore) << (waitShift + i * semaphoreBits);
    words[0] |= uint64_t(1) << (waitPresentShift + i);
    words[1] |= uint64_t(wait->count) << (32 * i);
  }
  if (instruction.signal) {
    if (*instruction.signal >= numSemaphores)
      throw Error("expected a signal semaphore below " +
                  std::to_string(numSemaphores) + ", but got " +
                  std::to_string(*instruction.signal));
    words[0] |= uint64_t(*instruction.signal) << signalShift;
    words[0] |= uint64_t(1) << signalPresentShift;
  }
  Encoder encoder(words);
  std::visit([&](const auto &op) { detail::visitFields(encoder, op); },
             instruction.operands);
  return words;
}

/// Default operands of `opcode`; throws for an unknown one.
static Operands operandsFor(uint64_t opcode) {
  switch (Opcode(opcode)) {
  case Opcode::Nop:
    return Nop();
  case Opcode::Halt:
    return Halt();
  case Opcode::Config:
    return Config();
  case Opcode::Fence:
    return Fence();
  case Opcode::HostCall:
    return HostCall();
  case Opcode::Tag:
    return Tag();
  case Opcode::DmaLoad:
    return DmaLoad();
  case Opcode::DmaStore:
    return DmaStore();
  case Opcode::LoadWeights:
    return LoadWeights();
  case Opcode::Matmul:
    return Matmul();
  case Opcode::Activate:
    return Activate();
  case Opcode::Vec:
    return Vec();
  }
  throw Error("expected a known opcode, but got " + hex(opcode));
}

Instruction systolic::decode(const Words &words) {
  Instruction instruction(operandsFor(words[0] & lowBits(opcodeBits)));
  uint64_t queue = (words[0] >> queueShift) & lowBits(queueBits);
  checkQueue(instruction.opcode(), queue);
  instruction.queue = Queue(queue);
  instruction.layer = uint16_t(words[0] >> layerShift & lowBits(layerBits));

  for (int i = 0; i < 2; ++i) {
    uint8_t semaphore =
        words[0] >> (waitShift + i * semaphoreBits) & lowBits(semaphoreBits);
    uint32_t count = uint32_t(words[1] >> (32 * i));
    bool present = words[0] >> (waitPresentShift + i) & 1;
    if (present && count == 0)
      throw Error("expected a wait for 1 signal or more, but got 0");
    if (!present && (semaphore || count))
      throw Error("expected wait " + std::to_string(i) +
                  ", which is absent, to be 0, but got semaphore " +
                  std::to_string(semaphore) + " and count " +
                  std::to_string(count));
    if (present)
      instruction.waits[i] = Wait{semaphore, count};
  }
  uint8_t signal = words[0] >> signalShift & lowBits(semaphoreBits);
  if (words[0] >> signalPresentShift & 1)
    instruction.signal = signal;
  else if (signal)
    throw Error("expected the signal, which is absent, to be 0, but got " +
                std::to_string(signal));

  Decoder decoder(words);
  std::visit([&](auto &op) { detail::visitFields(decoder, op); },
             instruction.operands);
  decoder.finish();
  return instruction;
}
