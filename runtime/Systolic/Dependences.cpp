//===- Dependences.cpp - What each instruction waits for ------------------===//
#include "runtime/Systolic/Dependences.h"
#include "tactus/Error.h"

using namespace tactus;
using namespace tactus::systolic;

static std::string text(std::string_view view) {
  return std::string(view);
}

/// A matmul may use the k rows of its tile, and multiplies the tile's type.
static void checkTile(const Program &program, uint32_t product, uint32_t push) {
  auto &matmul = std::get<Matmul>(program.instructions[product].operands);
  auto &tile = std::get<LoadWeights>(program.instructions[push].operands);
  if (matmul.type != tile.type)
    fail(program, product,
         "expected weights of type " + text(toString(matmul.type)) +
             ", but got " + text(toString(tile.type)) + " from " +
             describe(program, push));
  if (matmul.k > tile.k)
    fail(program, product,
         "expected k of at most " + std::to_string(tile.k) + ", the rows of " +
             describe(program, push) + ", but got " + std::to_string(matmul.k));
}

Dependences::Dependences(const Program &program) {
  size_t count = program.instructions.size();
  position.resize(count);
  tile.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    const Instruction &instruction = program.instructions[i];
    if (instruction.isBarrier())
      continue;
    std::vector<uint32_t> &queue = queues[size_t(instruction.queue)];
    position[i] = queue.size();
    queue.push_back(i);
    if (instruction.signal) {
      std::vector<uint32_t> &list = signalers[*instruction.signal];
      if (!list.empty()) {
        Queue owner = program.instructions[list.front()].queue;
        if (owner != instruction.queue)
          fail(program, i,
               "expected semaphore " + std::to_string(*instruction.signal) +
                   " to be signalled from queue " + text(toString(owner)) +
                   " alone, as by " + describe(program, list.front()) +
                   ", but got " + text(toString(instruction.queue)));
      }
      list.push_back(i);
    }
    if (instruction.opcode() == Opcode::LoadWeights) {
      tile[i] = pushes.size();
      pushes.push_back(i);
    }
    if (auto *matmul = std::get_if<Matmul>(&instruction.operands)) {
      if (matmul->switchWeights)
        switches.push_back(i);
      else if (switches.empty())
        fail(
            program, i,
            "expected the first matmul to switch weights, but got none in use");
      tile[i] = switches.size() - 1;
    }
  }

  for (uint32_t i : queues[size_t(Queue::MM)]) {
    if (program.instructions[i].opcode() != Opcode::Matmul)
      continue;
    if (tile[i] >= pushes.size())
      fail(program, i,
           "expected weight tile " + std::to_string(tile[i]) +
               " in the FIFO, but the program loads only " +
               std::to_string(pushes.size()));
    checkTile(program, i, pushes[tile[i]]);
  }
  if (pushes.size() > switches.size())
    fail(program, pushes[switches.size()],
         "expected a matmul to use the weight tile, but the program switches "
         "weights only " +
             std::to_string(switches.size()) + " times");
}
