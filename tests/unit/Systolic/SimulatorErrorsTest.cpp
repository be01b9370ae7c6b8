//===- SimulatorErrorsTest.cpp - Programs that are refused ----------------===//
#include "tests/unit/Systolic/SmallPrograms.h"

using namespace tactus;
using namespace tactus::systolic;

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

TEST(SimulatorErrorsTest, DrainOfUnwrittenRow) {
  Assembler a = assembler();
  a.add(drain());
  EXPECT_EQ(errorOf(a),
            "'main' (activate): instruction 0: expected accumulator row 0 to "
            "be written before it is read, but got a row that is not");
}

// Of four bytes that the drain wants, three are there.
TEST(SimulatorErrorsTest, ReadOfRowThatIsWrittenInPart) {
  Assembler a = assembler();
  DmaLoad op = load(5);
  op.rowBytes = 3;
  a.add(op, {}, 0);
  a.add(weights());
  a.add(product(5), {after(0, 1)});
  EXPECT_EQ(errorOf(a),
            "'main' (matmul): instruction 2: expected unified buffer row 5 to "
            "be written before it is read, but got a row that is not");
}

TEST(SimulatorErrorsTest, ReadOfUnwrittenScalesSlopesResidualsAndWeights) {
  auto errorOfDrain = [](auto change) {
    Assembler a = assembler();
    DmaLoad sums = load(0);
    sums.space = Space::Accumulators;
    sums.rowBytes = 16;
    a.add(sums, {}, 0);
    Activate op = drain();
    change(op);
    a.add(op, {after(0, 1)});
    return errorOf(a);
  };
  std::string rest = " to be written before it is read, but got a row that is "
                     "not";
  std::string begin =
      "'main' (activate): instruction 1: expected unified buffer row ";
  EXPECT_EQ(errorOfDrain([](Activate &) {}), "no error");
  EXPECT_EQ(errorOfDrain([](Activate &op) {
              op.perChannelScale = true;
              op.scaleRow = 7;
            }),
            begin + "7" + rest);
  EXPECT_EQ(errorOfDrain([](Activate &op) {
              op.function = Function::Prelu;
              op.slopeRow = 8;
            }),
            begin + "8" + rest);
  EXPECT_EQ(
      errorOfDrain([](Activate &op) { op.residual = Residual{9, 1, 1, true}; }),
      begin + "9" + rest);
  Assembler a = assembler();
  a.add(load(0), {}, 0);
  LoadWeights tile = weights();
  tile.source = WeightSource::UnifiedBuffer;
  tile.address = 40;
  tile.stride = 1;
  a.add(tile);
  a.add(product(0), {after(0, 1)});
  EXPECT_EQ(errorOf(a), "'main' (load_weights): instruction 1: expected "
                        "unified buffer row 40" +
                            rest);
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

// The signal comes after the fence that waits for who waits for it.
TEST(SimulatorErrorsTest, DeadlockAcrossAFence) {
  Assembler a = assembler();
  a.program.layers = {"first", "second"};
  a.add(load(0), {after(1, 1)}).layer = 1;
  a.add(Fence());
  a.add(Nop(), {}, 1).queue = Queue::ST;
  EXPECT_EQ(errorOf(a),
            "'second' (dma_load): instruction 0: expected a queue that can go "
            "on, but got a deadlock: LD is at instruction 0 (dma_load), which "
            "waits for signal 1 of semaphore 1 by instruction 2 (nop)");
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
                       "room in the weight FIFO, after instruction 4 "
                       "(matmul)"),
            std::string::npos)
      << error;
}

TEST(SimulatorErrorsTest, HostCallWithoutHost) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  a.program.hostFunctions = {{"k", "", {}, i8({4})}};
  a.add(HostCall{0, c, 4});
  EXPECT_EQ(errorOf(a),
            "'main' (host_call): instruction 0: expected a host that "
            "serves function 0, but got none");
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
