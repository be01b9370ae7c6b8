//===- SimulatorErrorsTest.cpp - Programs that are refused ----------------===//
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/Assembler.h"

using namespace tactus;
using namespace tactus::systolic;

namespace {
DmaLoad load(uint32_t row, uint32_t rows = 1) {
  DmaLoad op;
  op.rows = rows;
  op.rowBytes = 4;
  op.dramStride = 4;
  op.localRow = row;
  return op;
}

DmaStore store(uint64_t address, uint32_t row) {
  DmaStore op;
  op.rowBytes = 4;
  op.dramAddress = address;
  op.localRow = row;
  return op;
}

LoadWeights weights(uint16_t k = 4) {
  LoadWeights op;
  op.k = k;
  op.n = 4;
  op.stride = 4;
  return op;
}

Matmul product(uint32_t row, uint16_t k = 4) {
  Matmul op;
  op.switchWeights = true;
  op.ubRow = row;
  op.k = k;
  return op;
}

/// 4 x 4 cells, 64 bytes of image.
Assembler assembler() {
  Assembler result(testMachine({4, 4}, 8));
  result.constant(std::vector<int8_t>(64, 1));
  return result;
}

std::string errorOf(Assembler &assembler) {
  return test::errorOf([&] { Simulator(assembler.finish()).run({}); });
}
} // namespace

TEST(SimulatorErrorsTest, RaceOfReadAfterWrite) {
  Assembler a = assembler();
  a.add(load(3));
  a.add(weights());
  a.add(product(3));
  EXPECT_EQ(
      errorOf(a),
      "'main' (matmul): instruction 2: expected a token between it, which "
      "reads unified buffer row 3, and instruction 0 (dma_load), which "
      "writes it, but got none");
}

TEST(SimulatorErrorsTest, RaceOfWriteAfterRead) {
  Assembler a = assembler();
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)}, 1);
  Vec vec;
  vec.operation = VectorOperation::Exp;
  vec.inputType = DataType::I8;
  vec.lhs.row = 9;
  vec.destination.row = 3;
  vec.columns = 1;
  a.add(load(9), {}, 0);
  a.add(vec, {after(0, 2)});
  EXPECT_EQ(errorOf(a),
            "'main' (vec): instruction 4: expected a token between it, which "
            "writes unified buffer row 3, and instruction 2 (matmul), which "
            "reads it, but got none");
}

TEST(SimulatorErrorsTest, RaceOfAccumulators) {
  Assembler a = assembler();
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)});
  Activate drain;
  drain.columns = 4;
  drain.destinationRow = 100;
  // A token of the load does not order it after the product.
  a.add(drain, {after(0, 1)});
  std::string error = errorOf(a);
  EXPECT_EQ(error.find("'main' (activate): instruction 3: expected"), 0u)
      << error;
}

TEST(SimulatorErrorsTest, RaceInDram) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  a.add(load(0), {}, 0);
  a.add(store(c, 0), {after(0, 1)});
  DmaLoad again = load(1);
  again.dramAddress = c;
  // Without a token from the store.
  a.add(again, {after(0, 1)});
  std::string error = errorOf(a);
  EXPECT_NE(error.find("instruction 2"), std::string::npos) << error;
}

TEST(SimulatorErrorsTest, ReadOfUnwrittenRow) {
  Assembler a = assembler();
  a.add(load(0), {}, 0);
  a.add(weights());
  a.add(product(7), {after(0, 1)});
  EXPECT_EQ(errorOf(a),
            "'main' (matmul): instruction 2: expected unified buffer "
            "row 7 to be written before it is read, but got a row "
            "that is not");
}

TEST(SimulatorErrorsTest, AccumulationOnUnwrittenRow) {
  Assembler a = assembler();
  a.add(load(0), {}, 0);
  a.add(weights());
  Matmul op = product(0);
  op.accumulate = true;
  op.accumulatorRow = 5;
  a.add(op, {after(0, 1)});
  EXPECT_EQ(errorOf(a), "'main' (matmul): instruction 2: expected accumulator "
                        "row 5 to be written before it is read, but got a row "
                        "that is not");
}

TEST(SimulatorErrorsTest, ReadOfUnwrittenDram) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  DmaLoad op = load(0);
  op.dramAddress = c;
  a.add(op);
  EXPECT_EQ(errorOf(a),
            "'main' (dma_load): instruction 0: expected DRAM byte " +
                std::to_string(c) +
                " to be written before it is read, but got one that is not");
}

TEST(SimulatorErrorsTest, OutputThatNothingWrites) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  EXPECT_EQ(errorOf(a), "'c': expected the program to write DRAM byte " +
                            std::to_string(c) +
                            " of the output, but got none that does");
}

TEST(SimulatorErrorsTest, OutOfBounds) {
  Assembler a = assembler();
  a.add(load(32768));
  EXPECT_EQ(errorOf(a), "'main' (dma_load): instruction 0: expected local rows "
                        "below 32768 of the unified buffer, but got 32768");
  a = assembler();
  DmaLoad op = load(0);
  op.dramAddress = 61;
  a.add(op);
  EXPECT_EQ(errorOf(a), "'main' (dma_load): instruction 0: expected DRAM bytes "
                        "below 64 of the program, but got 64");
  a = assembler();
  a.add(store(0, 0));
  EXPECT_EQ(errorOf(a),
            "'main' (dma_store): instruction 0: expected writes past "
            "the image (64), but got 0");
}

TEST(SimulatorErrorsTest, FifoMisuse) {
  Assembler a = assembler();
  a.add(load(0), {}, 0);
  a.add(product(0), {after(0, 1)});
  EXPECT_EQ(errorOf(a),
            "'main' (matmul): instruction 1: expected weight tile 0 "
            "in the FIFO, but the program loads only 0");
  a = assembler();
  a.add(weights());
  EXPECT_EQ(errorOf(a),
            "'main' (load_weights): instruction 0: expected a matmul "
            "to use the weight tile, but the program switches "
            "weights only 0 times");
  a = assembler();
  a.add(load(0), {}, 0);
  Matmul op = product(0);
  op.switchWeights = false;
  a.add(op, {after(0, 1)});
  EXPECT_EQ(errorOf(a), "'main' (matmul): instruction 1: expected the first "
                        "matmul to switch weights, but got none in use");
  a = assembler();
  a.add(load(0), {}, 0);
  a.add(weights(3));
  a.add(product(0), {after(0, 1)});
  EXPECT_EQ(errorOf(a), "'main' (matmul): instruction 2: expected k of at most "
                        "3, the rows of instruction 1 (load_weights), but got "
                        "4");
}

TEST(SimulatorErrorsTest, SemaphoreSignalledFromTwoQueues) {
  Assembler a = assembler();
  a.add(load(0), {}, 0);
  a.add(Nop(), {}, 0).queue = Queue::ST;
  EXPECT_EQ(errorOf(a),
            "'main' (nop): instruction 1: expected semaphore 0 to be signalled "
            "from queue LD alone, as by instruction 0 (dma_load), but got ST");
}

TEST(SimulatorErrorsTest, DeadlockSaysWhoWaitsForWhat) {
  Assembler a = assembler();
  a.add(Nop(), {after(1, 1)}, 0);
  a.add(Nop(), {after(0, 1)}, 1).queue = Queue::ST;
  EXPECT_EQ(errorOf(a),
            "'main' (nop): instruction 0: expected a queue that can go on, but "
            "got a deadlock: LD is at instruction 0 (nop), which waits for "
            "signal 1 of semaphore 1 by instruction 1 (nop); ST is at "
            "instruction 1 (nop), which waits for signal 1 of semaphore 0 by "
            "instruction 0 (nop)");
  a = assembler();
  a.add(Nop(), {after(1, 3)});
  EXPECT_EQ(errorOf(a),
            "'main' (nop): instruction 0: expected a queue that can go on, but "
            "got a deadlock: LD is at instruction 0 (nop), which waits for "
            "signal 3 of semaphore 1, which is signalled only 0 times");
}

// One tile fits the FIFO; the second is asked for before the first matmul,
// which waits for a load that comes after the second tile in the same way.
TEST(SimulatorErrorsTest, DeadlockOfTheFifo) {
  Assembler a = assembler();
  a.add(load(0), {after(1, 1)}, 0);
  a.add(weights());
  a.add(weights());
  a.add(weights(), {}, 1);
  a.add(product(0), {after(0, 1)});
  a.add(product(0));
  a.add(product(0));
  std::string error = errorOf(a);
  EXPECT_NE(error.find("WL is at instruction 3 (load_weights), which waits for "
                       "room in the weight FIFO"),
            std::string::npos)
      << error;
}

TEST(SimulatorErrorsTest, HostCallWithoutHost) {
  Assembler a = assembler();
  a.output("c", i8({4}));
  a.add(HostCall{7, 64, 4});
  EXPECT_EQ(errorOf(a),
            "'main' (host_call): instruction 0: expected a host that "
            "serves function 7, but got none");
}

TEST(SimulatorErrorsTest, ProgramWithoutHaltOrWithTwo) {
  Assembler a = assembler();
  a.add(load(0));
  EXPECT_ERROR(Simulator(a.program),
               "'main' (dma_load): instruction 0: expected "
               "the program to end with halt");
  a = assembler();
  a.add(Halt());
  EXPECT_EQ(errorOf(a),
            "'main' (halt): instruction 0: expected halt as the last "
            "instruction, but got instructions after it");
}

// Fences order everything, so no token is needed across one.
TEST(SimulatorErrorsTest, FenceOrdersWithoutTokens) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  a.add(load(0));
  a.add(Fence());
  a.add(store(c, 0));
  a.add(Fence());
  a.add(load(0));
  EXPECT_EQ(errorOf(a), "no error");
}

// What is left after implied tokens are removed is needed, each one of them:
// the assembler of products leaves no implied token.
TEST(SimulatorErrorsTest, DroppingAnyTokenIsCaught) {
  Machine machine = testMachine({4, 4}, 16);
  ProductShape shape = {11, 10, 18};
  Tensor b = wideRandom({shape.k, shape.n}, 1);
  Program program =
      assembleProduct(machine, shape, DataType::I8, {5, 6}, bytesOf(b));
  Tensor a = wideRandom({shape.m, shape.k}, 2);
  EXPECT_NO_THROW(Simulator(program).run({{"a", a}}));
  int dropped = 0;
  for (size_t i = 0; i < program.instructions.size(); ++i)
    for (int j = 0; j < 2; ++j) {
      if (!program.instructions[i].waits[j])
        continue;
      Program broken = program;
      broken.instructions[i].waits[j].reset();
      EXPECT_THROW(Simulator(broken).run({{"a", a}}), Error)
          << i << ": " << disassemble(program.instructions[i]);
      ++dropped;
    }
  // 3 loads, then per block of 10: a drain waits, a store waits, and from the
  // third on a product and a drain wait for their halves.
  EXPECT_EQ(dropped, 3 + 2 * 10 + 2 * 8);
}

// Asking for one signal less is as wrong as not asking.
TEST(SimulatorErrorsTest, WaitingForOneSignalLessIsCaught) {
  Machine machine = testMachine({4, 4}, 16);
  ProductShape shape = {5, 10, 18};
  Tensor b = wideRandom({shape.k, shape.n}, 1);
  Program program =
      assembleProduct(machine, shape, DataType::I8, {5}, bytesOf(b));
  Tensor a = wideRandom({shape.m, shape.k}, 2);
  for (size_t i = 0; i < program.instructions.size(); ++i)
    for (auto &wait : program.instructions[i].waits) {
      if (!wait || wait->count < 2)
        continue;
      --wait->count;
      EXPECT_THROW(Simulator(program).run({{"a", a}}), Error) << i;
      ++wait->count;
    }
}
