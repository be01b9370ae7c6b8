//===- NpyTest.cpp - NumPy's files of one array ---------------------------===//
#include "runtime/Tensor/Npy.h"
#include "runtime/Support/Files.h"
#include "runtime/Tensor/Random.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Support/Mutate.h"
#include <gtest/gtest.h>

using namespace tactus;

static Tensor read(const std::string &content) {
  return parseNpy(std::as_bytes(std::span(content)), "x.npy");
}

static std::string errorOf(const std::string &content) {
  return test::errorOf([&] { read(content); });
}

/// A file of version 1.0 with that dictionary and data.
static std::string file(const std::string &header, const std::string &data,
                        char major = 1, char minor = 0) {
  std::string out = "\x93NUMPY";
  out += {major, minor, char(header.size() & 0xff), char(header.size() >> 8)};
  if (major > 1)
    out += {0, 0};
  return out + header + data;
}

static std::string dictionary(const std::string &descr,
                              const std::string &shape,
                              const std::string &fortran = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + fortran +
         ", 'shape': " + shape + ", }\n";
}

TEST(NpyTest, HeaderIsNumPys) {
  // np.save(file, np.zeros((2, 3), np.float32)), up to the padding.
  EXPECT_EQ(npyHeader(Tensor::zeros(f32({2, 3}))),
            std::string("\x93NUMPY\x01\0v\0", 10) +
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" +
                std::string(58, ' ') + "\n");
  for (const TensorType &type : {f32(), u8({5}), bf16({1, 2, 3})})
    EXPECT_EQ(npyHeader(Tensor::zeros(type)).size() % 64, 0u);
  EXPECT_NE(npyHeader(Tensor::zeros(f32())).find("'shape': (), "),
            std::string::npos);
  EXPECT_NE(npyHeader(Tensor::zeros(u8({5}))).find("'|u1'"), std::string::npos);
  EXPECT_NE(npyHeader(Tensor::zeros(u8({5}))).find("(5,)"), std::string::npos);
  EXPECT_NE(npyHeader(Tensor::zeros(bf16({5}))).find("'|V2'"),
            std::string::npos);
}

TEST(NpyTest, EveryElementTypeRoundTrips) {
  const std::string path = testing::TempDir() + "tactus-npy-test.npy";
  for (int i = 0; i < numElementTypes; ++i) {
    for (const std::vector<Dimension> &shape :
         {std::vector<Dimension>{}, {7}, {2, 3}, {2, 0, 3}}) {
      Tensor tensor = Tensor::random({ElementType(i), shape}, Seed(5));
      writeNpy(path, tensor);
      EXPECT_TRUE(readNpy(path).bitwiseEquals(tensor)) << tensor.type().str();
    }
  }
  std::remove(path.c_str());
}

TEST(NpyTest, VersionsKeyOrderAndSpacingVary) {
  const std::string one("\x01\x02", 2);
  for (char major : {1, 2, 3})
    EXPECT_EQ(
        read(file(dictionary("|i1", "(2,)"), one, major)).data<int8_t>()[1], 2);
  EXPECT_EQ(
      read(file("{\"shape\" : ( 2 , ),\n'descr':'|i1' , 'fortran_order':False}",
                one))
          .rank(),
      1);
}

// Values of which a misread order of bytes or axes would show.
TEST(NpyTest, Hostile39BigEndianIsConverted) {
  Tensor tensor = read(file(dictionary(">i4", "(2,)"),
                            std::string("\0\0\x01\x02\xff\xff\xff\xfe", 8)));
  EXPECT_EQ(tensor.data<int32_t>()[0], 258);
  EXPECT_EQ(tensor.data<int32_t>()[1], -2);
  Tensor half = read(file(dictionary(">f2", "()"), std::string("\x3c\0", 2)));
  EXPECT_EQ(float(half.data<Float16>()[0]), 1.0f);
}

TEST(NpyTest, Hostile39FortranOrderIsConverted) {
  Tensor tensor = read(
      file(dictionary("|u1", "(2, 3)", "True"), "\x01\x04\x02\x05\x03\x06"));
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(tensor.data<uint8_t>()[i], i + 1);
  // [i, j, k] stands at i + 2 j + 6 k.
  std::string data(24, 0);
  for (int i = 0; i < 24; ++i)
    data[i] = char(i);
  Tensor deep = read(file(dictionary("|u1", "(2, 3, 4)", "True"), data));
  EXPECT_EQ(deep.data<uint8_t>()[1 * 12 + 2 * 4 + 3], 1 + 2 * 2 + 6 * 3);
  Tensor both = read(file(dictionary(">i2", "(2, 2)", "True"),
                          std::string("\0\1\0\2\0\3\0\4", 8)));
  EXPECT_EQ(both.data<int16_t>()[1], 3);
}

TEST(NpyTest, Hostile36WrongMagicOrVersion) {
  EXPECT_EQ(errorOf("hello"), "x.npy: expected an npy file, but got a file "
                              "that does not begin with \\x93NUMPY");
  EXPECT_EQ(errorOf(""), "x.npy: expected an npy file, but got a file that "
                         "does not begin with \\x93NUMPY");
  EXPECT_EQ(errorOf("\x93NUMPY"),
            "x.npy: expected an npy file, but got only 6 bytes");
  EXPECT_EQ(errorOf(std::string("\x93NUMPY\x02\0v\0", 10)),
            "x.npy: expected an npy file, but got only 10 bytes");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "()"), "1234", 4)),
            "x.npy: expected npy version 1.0, 2.0 or 3.0, but got 4.0");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "()"), "1234", 1, 1)),
            "x.npy: expected npy version 1.0, 2.0 or 3.0, but got 1.1");
}

TEST(NpyTest, Hostile37HeaderPastTheEnd) {
  EXPECT_EQ(errorOf(std::string("\x93NUMPY\x01\0\x10\x27{", 11)),
            "x.npy: expected a header within the file, but got one of 10000 "
            "bytes where only 1 follow");
  EXPECT_EQ(errorOf(std::string("\x93NUMPY\x02\0\xff\xff\xff\xff", 12)),
            "x.npy: expected a header within the file, but got one of "
            "4294967295 bytes where only 0 follow");
}

TEST(NpyTest, Hostile38ObjectTypes) {
  EXPECT_EQ(errorOf(file(dictionary("|O", "(1,)"), "12345678")),
            "x.npy: expected numbers, but got '|O', which is pickled Python "
            "objects");
  EXPECT_EQ(errorOf(file("{'descr': [('a', '<f4')], 'fortran_order': False, "
                         "'shape': (1,), }",
                         "1234")),
            "x.npy: expected one element type, but got a structured type");
  EXPECT_EQ(errorOf(file(dictionary("<c8", "(1,)"), "12345678")),
            "x.npy: expected one of the types f2, f4, f8, V2 (bfloat16), b1, "
            "i1, u1, i2, i4, i8 after one of <, >, |, =, but got '<c8'");
}

TEST(NpyTest, Hostile40ZipArchives) {
  EXPECT_EQ(errorOf("PK\x03\x04 and so on"),
            "x.npy: expected an npy file, but got a zip archive; an npz "
            "archive holds npy files, so extract those");
}

TEST(NpyTest, Hostile16SizesAreCheckedBeforeMemoryIsTaken) {
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(4294967296, 4294967296)"), "")),
            "x.npy: expected a tensor of 2^40 bytes or less, but got "
            "f32[4294967296,4294967296]");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(99999999999999999999,)"), "")),
            "x.npy: expected a dimension of 64 bits, but got "
            "99999999999999999999");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(-1,)"), "")),
            "x.npy: expected dim 0 to be 0 or more, but got -1");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(100000000,)"), "1234")),
            "x.npy: expected 400000000 bytes of data for f32[100000000], but "
            "got 4");
}

TEST(NpyTest, DataIsJustWhatTheHeaderSays) {
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(2,)"), "123456789")),
            "x.npy: expected 8 bytes of data for f32[2], but got 9");
  EXPECT_EQ(errorOf(file(dictionary("|b1", "(2,)"), "\x01\x02")),
            "x.npy: expected bools of 0 or 1, but got byte 0x02");
}

TEST(NpyTest, MalformedHeaders) {
  EXPECT_EQ(errorOf(file("{'descr': '<f4', 'shape': (), }", "1234")),
            "x.npy: expected a key 'fortran_order' in the header, but got "
            "none");
  EXPECT_EQ(errorOf(file("{'descr': '<f4', 'descr': '<f4'}", "1234")),
            "x.npy: expected each key once, but got 'descr' twice");
  EXPECT_EQ(errorOf(file("{'order': 1}", "")),
            "x.npy: expected one of the keys 'descr', 'fortran_order', "
            "'shape', but got 'order'");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(1)"), "1234")),
            "x.npy: expected a tuple for the shape, but got (1)");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "(1 2)"), "1234")),
            "x.npy: expected ',' or ')' in the shape, but got '2'");
  EXPECT_EQ(errorOf(file(dictionary("<f4", "()") + "x", "")),
            "x.npy: expected the end of the header, but got 'x'");
  EXPECT_EQ(errorOf(file("{'descr': '<f4", "")),
            "x.npy: expected an element type, but got '''");
  EXPECT_EQ(errorOf(file("", "")),
            "x.npy: expected '{' in the header, but got the end of the header");
}

TEST(NpyTest, MutationsGiveATensorOrAnError) {
  std::mt19937 random(2);
  const std::string alphabet =
      std::string(1, '\0') + "\x01\x02\xff{}()'\",:<>|=fiuObV0123456789 ";
  int accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string content =
        file(dictionary(i % 2 ? "<f4" : ">i2", i % 3 ? "(2, 3)" : "(3, 2, 1)",
                        i % 5 ? "False" : "True"),
             std::string(i % 2 ? 24 : 12, '\x07'));
    std::string message = errorOf(test::mutate(content, alphabet, random));
    accepted += message == "no error";
    if (message != "no error")
      ASSERT_TRUE(message.starts_with("x.npy: expected ")) << message;
  }
  EXPECT_GT(accepted, 20);
  EXPECT_LT(accepted, 1500);
}
