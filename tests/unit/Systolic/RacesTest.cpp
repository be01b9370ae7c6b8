//===- RacesTest.cpp - Accesses that nothing orders -----------------------===//
#include "tests/unit/Systolic/SmallPrograms.h"

using namespace tactus;
using namespace tactus::systolic;

TEST(RacesTest, RaceOfReadAfterWrite) {
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

TEST(RacesTest, RaceOfWriteAfterRead) {
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

TEST(RacesTest, RaceOfAccumulators) {
  Assembler a = assembler();
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)});
  // A token of the load does not order it after the product.
  a.add(drain(), {after(0, 1)});
  std::string error = errorOf(a);
  EXPECT_EQ(error.find("'main' (activate): instruction 3: expected"), 0u)
      << error;
}

// A load overwrites sums that are still to be drained.
TEST(RacesTest, RaceOfABiasWithADrain) {
  Assembler a = assembler();
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)}, 1);
  a.add(drain(), {after(1, 1)});
  DmaLoad bias = load(0);
  bias.space = Space::Accumulators;
  a.add(bias, {after(1, 1)});
  EXPECT_EQ(errorOf(a),
            "'main' (dma_load): instruction 4: expected a token between it, "
            "which writes accumulator row 0, and instruction 3 (activate), "
            "which reads it, but got none");
}

TEST(RacesTest, RaceOfTwoWrites) {
  Assembler a = assembler();
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)}, 1);
  a.add(drain(), {after(1, 1)});
  a.add(load(100));
  std::string error = errorOf(a);
  // Whichever comes second.
  EXPECT_NE(error.find("writes unified buffer row 100, and"), std::string::npos)
      << error;
  EXPECT_NE(error.find(", which writes it, but got none"), std::string::npos)
      << error;
}

// A store still reads what the next drain writes.
TEST(RacesTest, RaceOfADrainWithAStore) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4}));
  a.add(load(3), {}, 0);
  a.add(weights());
  a.add(product(3), {after(0, 1)}, 1);
  a.add(drain(), {after(1, 1)}, 2);
  a.add(store(c, 100), {after(2, 1)});
  a.add(drain());
  std::string error = errorOf(a);
  EXPECT_NE(error.find("unified buffer row 100"), std::string::npos) << error;
  EXPECT_NE(error.find("dma_store"), std::string::npos) << error;
}

// Weights that stand in the unified buffer, as of attention.
TEST(RacesTest, RaceOfWeightsInTheUnifiedBuffer) {
  Assembler a = assembler();
  a.add(load(0, 4), {}, 0);
  // The tile comes second.
  a.add(Nop()).queue = Queue::WL;
  LoadWeights tile = weights();
  tile.source = WeightSource::UnifiedBuffer;
  tile.stride = 1;
  a.add(tile);
  a.add(product(0), {after(0, 1)});
  EXPECT_EQ(errorOf(a),
            "'main' (load_weights): instruction 2: expected a token between "
            "it, which reads unified buffer row 0, and instruction 0 "
            "(dma_load), which writes it, but got none");
}

TEST(RacesTest, RaceNamesTheLayerOfTheOther) {
  Assembler a = assembler();
  a.program.layers = {"first", "second"};
  a.add(load(3));
  a.add(weights()).layer = 1;
  a.add(product(3)).layer = 1;
  EXPECT_EQ(errorOf(a),
            "'second' (matmul): instruction 2: expected a token between it, "
            "which reads unified buffer row 3, and instruction 0 (dma_load) of "
            "'first', which writes it, but got none");
}

TEST(RacesTest, RaceOfAStoreWithALoad) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({8}));
  DmaLoad again = load(1);
  again.dramAddress = c;
  a.add(load(0), {}, 0);
  a.add(store(c, 0), {after(0, 1)}, 1);
  a.add(again, {after(1, 1)});
  // Overwrites what the load reads.
  a.add(store(c, 0));
  std::string error = errorOf(a);
  EXPECT_NE(error.find("DRAM"), std::string::npos) << error;
  a = assembler();
  c = a.output("c", i8({8}));
  again.dramAddress = c;
  a.add(load(0), {}, 0);
  a.add(store(c, 0), {after(0, 1)}, 1);
  a.add(again, {after(1, 1)});
  // Beside it.
  a.add(store(c + 4, 0));
  EXPECT_EQ(errorOf(a), "no error");
}

// A tile that is read from a tensor that the program stores.
TEST(RacesTest, RaceOfWeightsInDram) {
  Assembler a = assembler();
  uint64_t c = a.output("c", i8({4, 4}));
  a.add(load(0), {}, 0);
  for (int i = 0; i < 4; ++i)
    a.add(store(c + 4 * i, 0), {after(0, 1)}, 1);
  LoadWeights tile = weights();
  tile.address = c;
  Assembler b = a;
  // The last store is not waited for.
  a.add(tile, {after(1, 3)});
  a.add(product(0), {after(0, 1)});
  std::string error = errorOf(a);
  EXPECT_NE(error.find("instruction 4 (dma_store)"), std::string::npos)
      << error;
  b.add(tile, {after(1, 4)});
  b.add(product(0), {after(0, 1)});
  EXPECT_EQ(errorOf(b), "no error");
}

TEST(RacesTest, RaceInDram) {
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

// Fences order everything, so no token is needed across one.
TEST(RacesTest, FenceOrdersWithoutTokens) {
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
TEST(RacesTest, DroppingAnyTokenIsCaught) {
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
TEST(RacesTest, WaitingForOneSignalLessIsCaught) {
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
