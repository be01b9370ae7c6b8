//===- EncodingTest.cpp - Instructions, words and text --------------------===//
#include "dialects/Systolic/Encoding.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Systolic/RandomInstruction.h"
#include <set>

using namespace tactus;
using namespace tactus::systolic;

namespace {
Instruction sampleMatmul() {
  Matmul op;
  op.switchWeights = true;
  op.ubRow = 0x10;
  op.counts = {1, 2, 64};
  op.strides = {0, -3, 1};
  op.k = 16;
  op.accumulatorRow = 512;
  Instruction instruction(op);
  instruction.waits[0] = Wait{3, 7};
  instruction.signal = 5;
  instruction.layer = 2;
  return instruction;
}
} // namespace

// Worked by hand from the layout in Encoding.h.
TEST(EncodingTest, MatmulHasTheDocumentedWords) {
  Words words = encode(sampleMatmul());
  // opcode 0x30, queue 2, flag 0, wait semaphore 3, signal 5, layer 2, present
  // bits 52 and 54.
  EXPECT_EQ(words[0], 0x30u | 0x200u | 0x1000u | 0x3000000u |
                          (uint64_t(5) << 32) | (uint64_t(2) << 36) |
                          (uint64_t(5) << 52));
  EXPECT_EQ(words[1], 7u);
  EXPECT_EQ(words[2], 0x0000020000000010u);
  EXPECT_EQ(words[3], 0x0010004000020001u);
  EXPECT_EQ(words[4], 0xfffffffd00000000u);
  EXPECT_EQ(words[5], 0x0000000100000001u);
  EXPECT_EQ(words[6], 0u);
  EXPECT_EQ(words[7], 0u);
}

TEST(EncodingTest, DisassemblesToOneLine) {
  EXPECT_EQ(disassemble(sampleMatmul()),
            "MM  matmul switch ub_row=16 acc_row=512 count0=1 count1=2 "
            "count2=64 k=16 stride0=0 stride1=-3 stride2=1 acc_stride=1 "
            "type=i8 wait=s3>=7 signal=s5 layer=2");
  EXPECT_EQ(disassemble(Instruction(Halt())), "LD  halt layer=0");
  Activate op;
  op.function = Function::Clip;
  op.alpha = -1.5f;
  op.beta = 0.1f;
  op.columns = 4;
  EXPECT_EQ(disassemble(Instruction(op)),
            "ACT activate function=clip input=i32 output=i8 zero_point=0 "
            "acc_row=0 rows=1 row=0 stride=1 columns=4 scale=1 output_scale=1 "
            "alpha=-1.5 beta=0.1 layer=0");
}

TEST(EncodingTest, RandomInstructionsRoundTrip) {
  RandomInstruction random(1);
  std::set<Opcode> seen;
  for (int i = 0; i < 20000; ++i) {
    Instruction instruction = random.next();
    seen.insert(instruction.opcode());
    Words words = encode(instruction);
    ASSERT_EQ(decode(words), instruction) << disassemble(instruction);
    ASSERT_EQ(encode(decode(words)), words) << disassemble(instruction);
  }
  EXPECT_EQ(seen.size(), 12u);
}

// Any bit that is flipped gives other valid words, which encode to themselves,
// or an error: never words that decode to what encodes differently.
TEST(EncodingTest, EveryBitIsAFieldOrReserved) {
  RandomInstruction random(2);
  int refused = 0, accepted = 0;
  for (int i = 0; i < 200; ++i) {
    Words words = encode(random.next());
    for (int bit = 0; bit < 512; ++bit) {
      Words flipped = words;
      flipped[bit / 64] ^= uint64_t(1) << (bit % 64);
      try {
        Instruction instruction = decode(flipped);
        ASSERT_EQ(encode(instruction), flipped) << disassemble(instruction);
        ++accepted;
      } catch (const Error &) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 10000);
  EXPECT_GT(accepted, 10000);
}

TEST(EncodingTest, RefusesUnknownOpcodes) {
  EXPECT_ERROR(decode(Words{}), "expected a known opcode, but got 0x0");
  Words words = {};
  int known = 0;
  for (int opcode = 0; opcode < 256; ++opcode) {
    words[0] = opcode;
    std::string error = tactus::test::errorOf([&] { decode(words); });
    known += error.find("expected a known opcode") == std::string::npos;
  }
  EXPECT_EQ(known, 12);
}

TEST(EncodingTest, RefusesQueuesThatDoNotExistOrDoNotExecuteIt) {
  Words words = encode(Instruction(Nop()));
  words[0] |= 5 << 8;
  EXPECT_ERROR(decode(words), "expected a queue below 5, but got 5");
  words = encode(Instruction(Fence()));
  words[0] |= 2 << 8;
  EXPECT_ERROR(decode(words), "expected queue LD for fence, but got MM");
  Instruction wrong{Halt()};
  wrong.queue = Queue::ST;
  EXPECT_ERROR(encode(wrong), "expected queue LD for halt, but got ST");
}

TEST(EncodingTest, RefusesReservedBits) {
  // Header, a flag the opcode lacks, a word it does not use, the rest of one.
  Words words = encode(Instruction(Halt()));
  words[0] |= uint64_t(1) << 55;
  EXPECT_ERROR(decode(words), "expected reserved bits of word 0 to be 0, but "
                              "got 0x80000000000000");
  words = encode(Instruction(Halt()));
  words[0] |= 1 << 12;
  EXPECT_ERROR(decode(words),
               "expected reserved bits of word 0 to be 0, but got 0x1000");
  words = encode(Instruction(Halt()));
  words[6] = 8;
  EXPECT_ERROR(decode(words),
               "expected reserved bits of word 6 to be 0, but got 0x8");
  words = encode(Instruction(Tag{9}));
  words[2] |= uint64_t(1) << 32;
  EXPECT_ERROR(decode(words),
               "expected reserved bits of word 2 to be 0, but got 0x100000000");
}

TEST(EncodingTest, RefusesFieldsThatTheChoicesLeaveUnused) {
  Words words = encode(Instruction(Activate()));
  words[5] = 1;
  EXPECT_ERROR(decode(words),
               "expected reserved bits of word 5 to be 0, but got 0x1");
}

TEST(EncodingTest, RefusesAbsentWaitsAndSignalsThatAreNotZero) {
  Words words = encode(Instruction(Nop()));
  words[0] |= 1 << 24;
  EXPECT_ERROR(decode(words), "expected wait 0, which is absent, to be 0, but "
                              "got semaphore 1 and count 0");
  words = encode(Instruction(Nop()));
  words[1] |= uint64_t(3) << 32;
  EXPECT_ERROR(decode(words), "expected wait 1, which is absent, to be 0, but "
                              "got semaphore 0 and count 3");
  words = encode(Instruction(Nop()));
  words[0] |= uint64_t(2) << 32;
  EXPECT_ERROR(decode(words),
               "expected the signal, which is absent, to be 0, but got 2");
  words = encode(Instruction(Nop()));
  words[0] |= uint64_t(1) << 52;
  EXPECT_ERROR(decode(words),
               "expected a wait for 1 signal or more, but got 0");
}

TEST(EncodingTest, RefusesChoicesThatDoNotExist) {
  Words words = encode(Instruction(Activate()));
  words[7] |= 15;
  EXPECT_ERROR(decode(words), "expected a function below 10, but got 15");
  words = encode(Instruction(Config()));
  words[2] = 1;
  EXPECT_ERROR(decode(words), "expected a register below 1, but got 1");
}

TEST(EncodingTest, EncodingRefusesFieldsThatDoNotFit) {
  DmaLoad load;
  load.dramAddress = uint64_t(1) << 40;
  EXPECT_ERROR(encode(Instruction(load)),
               "expected dram of at most 1099511627775, but got 1099511627776");
  Instruction instruction{Nop()};
  instruction.signal = 16;
  EXPECT_ERROR(encode(instruction),
               "expected a signal semaphore below 16, but got 16");
  instruction = Instruction(Nop());
  instruction.waits[1] = Wait{16, 1};
  EXPECT_ERROR(encode(instruction),
               "expected a wait semaphore below 16, but got 16");
  instruction.waits[1] = Wait{1, 0};
  EXPECT_ERROR(encode(instruction),
               "expected a wait for 1 signal or more, but got 0");
}
