//===- SafetensorsTest.cpp - Files of named tensors -----------------------===//
#include "runtime/Tensor/Safetensors.h"
#include "runtime/Support/Files.h"
#include "tactus/ParameterStore.h"
#include "tests/unit/Support/ExpectError.h"
#include "tests/unit/Support/Mutate.h"
#include <cstring>
#include <gtest/gtest.h>

using namespace tactus;
namespace fs = std::filesystem;

/// A file of that header and as many bytes of data, 0, 1, 2 and so on.
static std::string file(const std::string &header, size_t dataBytes = 0) {
  uint64_t length = header.size();
  std::string out(8, '\0');
  std::memcpy(out.data(), &length, 8);
  out += header;
  for (size_t i = 0; i < dataBytes; ++i)
    out += char(i);
  return out;
}

static Safetensors read(const std::string &content) {
  // At an address that fits every type, as a mapping has it.
  auto owner = std::make_shared<std::vector<double>>(content.size() / 8 + 1);
  if (!content.empty())
    std::memcpy(owner->data(), content.data(), content.size());
  return parseSafetensors(
      std::as_bytes(std::span(*owner)).first(content.size()), owner, "w");
}

static std::string errorOf(const std::string &content) {
  return test::errorOf([&] { read(content); });
}

/// `"name":{...}` for f32 elements.
static std::string entry(const std::string &name, const std::string &shape,
                         const std::string &range,
                         const std::string &type = "F32") {
  return "\"" + name + "\":{\"dtype\":\"" + type + "\",\"shape\":[" + shape +
         "],\"data_offsets\":[" + range + "]}";
}

TEST(SafetensorsTest, ReadsNamesShapesAndData) {
  Safetensors content = read(file("{\"__metadata__\":{\"k\":\"v\"}," +
                                      entry("b", "2", "4,6", "U8") + "," +
                                      entry("a", "1", "0,4", "I32") + "," +
                                      entry("e", "0,3", "6,6") + "}   ",
                                  6));
  EXPECT_EQ(content.tensors.size(), 3u);
  EXPECT_EQ(content.tensors.at("a").data<int32_t>()[0], 0x03020100);
  EXPECT_EQ(content.tensors.at("b").data<uint8_t>()[1], 5);
  EXPECT_EQ(content.tensors.at("e").type().str(), "f32[0,3]");
  EXPECT_EQ(content.metadata.at("k"), "v");
  EXPECT_TRUE(read(file("{}")).tensors.empty());
}

TEST(SafetensorsTest, TensorsViewTheFileUnlessMisaligned) {
  std::string content =
      file("{" + entry("a", "1", "0,1", "U8") + "," + entry("b", "1", "1,5") +
               "," + entry("c", "1", "5,6", "U8") + "}",
           6);
  auto owner = std::make_shared<std::string>(content);
  const std::byte *begin = std::as_bytes(std::span(*owner)).data();
  Safetensors tensors = parseSafetensors({begin, owner->size()}, owner, "w");
  EXPECT_EQ(tensors.tensors.at("c").rawData(), begin + content.size() - 1);
  EXPECT_EQ(std::memcmp(tensors.tensors.at("b").rawData(),
                        begin + content.size() - 5, 4),
            0);
  EXPECT_GT(owner.use_count(), 1);
}

//===----------------------------------------------------------------------===//
// Inputs to be refused
//===----------------------------------------------------------------------===//

TEST(SafetensorsTest, Hostile27Under8Bytes) {
  EXPECT_EQ(errorOf("1234567"), "w: expected 8 bytes or more in a safetensors "
                                "file, but got 7");
  EXPECT_EQ(errorOf(""), "w: expected 8 bytes or more in a safetensors file, "
                         "but got 0");
}

TEST(SafetensorsTest, Hostile28HeaderLongerThanTheFile) {
  EXPECT_EQ(errorOf(std::string("\x63\0\0\0\0\0\0\0{}", 10)),
            "w: expected a header within the file, but got one of 99 bytes "
            "where only 2 follow");
  EXPECT_EQ(errorOf(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10)),
            "w: expected a header of 100000000 bytes or less, but got "
            "18446744073709551615");
}

TEST(SafetensorsTest, Hostile29HeaderDoesNotBeginWithABrace) {
  EXPECT_EQ(errorOf(file(" {}")),
            "w: expected a header that begins with '{', but got byte 0x20");
  EXPECT_EQ(errorOf(file("")),
            "w: expected a header that begins with '{', but got an empty one");
}

TEST(SafetensorsTest, Hostile30DuplicateTensor) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "0,4") + "," +
                             entry("a", "1", "4,8") + "}",
                         8)),
            "w: expected each key once, but got 'a' twice");
}

TEST(SafetensorsTest, Hostile31BeginPastEndOrPastTheBuffer) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "4,0") + "}", 4)),
            "w: /a/data_offsets: expected a begin that is not past the end, "
            "but got [4, 0]");
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "4,8") + "}", 4)),
            "w: /a/data_offsets: expected offsets within the 4 bytes of data, "
            "but got [4, 8]");
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "-4,0") + "}", 4)),
            "w: /a/data_offsets/0: expected an integer of 0 or more, but got "
            "-4");
  EXPECT_EQ(
      errorOf(file("{" + entry("a", "1", "0,18446744073709551620") + "}", 4)),
      "w: /a/data_offsets/1: expected an integer from 0 to "
      "9223372036854775807, but got 18446744073709551620");
}

TEST(SafetensorsTest, Hostile32OverlapHoleAndUncoveredTail) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "0,4") + "," +
                             entry("b", "1", "2,6") + "}",
                         6)),
            "w: /b: expected tensors without overlap, this one beginning at 4, "
            "but got 2");
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "0,4") + "," +
                             entry("b", "1", "8,12") + "}",
                         12)),
            "w: /b: expected tensors without hole, this one beginning at 4, "
            "but got 8");
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "0,4") + "}", 5)),
            "w: expected tensors to cover all 5 bytes of data, but got 4");
  EXPECT_EQ(errorOf(file("{}", 1)),
            "w: expected tensors to cover all 1 bytes of data, but got 0");
}

TEST(SafetensorsTest, Hostile33TypeTimesShapeIsNotTheByteCount) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "2,2", "0,8") + "}", 8)),
            "w: /a: expected 16 bytes for f32[2,2], but got 8");
}

TEST(SafetensorsTest, Hostile34ProductOverflows) {
  EXPECT_EQ(
      errorOf(file("{" + entry("a", "4294967296,4294967296,4294967296", "0,0") +
                   "}")),
      "w: /a: expected a tensor of 2^40 bytes or less, but got "
      "f32[4294967296,4294967296,4294967296]");
  std::string shape = "1";
  for (int i = 0; i < 32; ++i)
    shape += ",1";
  EXPECT_EQ(errorOf(file("{" + entry("a", shape, "0,4") + "}", 4)),
            "w: /a: expected a tensor of rank 32 or less, but got rank 33");
}

TEST(SafetensorsTest, Hostile35MetadataIsNotStrings) {
  EXPECT_EQ(errorOf(file("{\"__metadata__\":{\"k\":3}}")),
            "w: /__metadata__/k: expected a string, but got 3");
  EXPECT_EQ(errorOf(file("{\"__metadata__\":[]}")),
            "w: /__metadata__: expected an object, but got an array of 0");
}

TEST(SafetensorsTest, AllProblemsAreReported) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "1", "0,4", "F8_E4M3") +
                             ",\"b\":{\"dtyp\":\"F32\",\"shape\":[1],"
                             "\"data_offsets\":[0]},\"c\":7}",
                         4)),
            "w: /a/dtype: expected one of the types 'F32', 'F64', 'F16', "
            "'BF16', 'BOOL', 'I8', 'U8', 'I16', 'I32', 'I64', but got "
            "'F8_E4M3'\n"
            "w: /b: expected a key 'dtype', but got none\n"
            "w: /b/dtyp: expected one of the keys 'data_offsets', 'dtype', "
            "'shape', but got 'dtyp' (did you mean 'dtype'?)\n"
            "w: /b/data_offsets: expected two offsets, but got 1\n"
            "w: /c: expected an object, but got 7");
}

TEST(SafetensorsTest, BoolsAreZeroOrOne) {
  EXPECT_EQ(errorOf(file("{" + entry("a", "3", "0,3", "BOOL") + "}", 3)),
            "w: /a: expected bools of 0 or 1, but got byte 0x02");
}

TEST(SafetensorsTest, HeaderMustBeJson) {
  EXPECT_EQ(errorOf(file("{\"a\":}")), "w: expected a value, but got '}'");
  EXPECT_EQ(errorOf(file("{} x")),
            "w: expected the end of the text, but got 'x'");
}

TEST(SafetensorsTest, MutationsGiveTensorsOrAnError) {
  std::mt19937 random(3);
  const std::string seed =
      file("{\"__metadata__\":{\"k\":\"v\"}," + entry("a", "1,2", "0,8") + "," +
               entry("b", "3", "8,11", "U8") + "," +
               entry("c", "1", "11,12", "BOOL") + "}",
           0) +
      std::string("abcdefghijk\x01");
  const std::string alphabet =
      std::string(1, '\0') + "\x01\xff{}[]\",:0123456789-FIUB.e ";
  int accepted = 0;
  for (int i = 0; i < 2000; ++i) {
    std::string content = test::mutate(seed, alphabet, random);
    // Most mutations change the length of the header: half are given the right
    // one again, so that what is behind it is reached.
    if (i % 2 && content.size() > 20) {
      uint64_t length = content.rfind('}') - 7;
      if (length < content.size())
        std::memcpy(content.data(), &length, 8);
    }
    std::string message = errorOf(content);
    accepted += message == "no error";
    if (message != "no error") {
      ASSERT_TRUE(message.starts_with("w: ")) << message;
      ASSERT_NE(message.find("expected "), std::string::npos) << message;
    }
  }
  EXPECT_GT(accepted, 20);
  EXPECT_LT(accepted, 1500);
}

//===----------------------------------------------------------------------===//
// Writing, and the store
//===----------------------------------------------------------------------===//

namespace {
class ParameterStoreTest : public testing::Test {
protected:
  void SetUp() override {
    directory = fs::path(testing::TempDir()) / "tactus-store-test";
    fs::remove_all(directory);
    fs::create_directories(directory);
  }
  void TearDown() override { fs::remove_all(directory); }

  fs::path directory;
};
} // namespace

TEST_F(ParameterStoreTest, EveryElementTypeRoundTripsWithoutCopy) {
  ParameterStore store;
  for (int i = 0; i < numElementTypes; ++i)
    store.set("w" + std::to_string(i),
              Tensor::random({ElementType(i), {3, i}}, Seed(7)));
  store.set("scalar", Tensor::random(f64(), Seed(1)));
  store.save(directory / "w.safetensors");
  ParameterStore opened = ParameterStore::open(directory / "w.safetensors");
  EXPECT_EQ(opened.names(), store.names());
  EXPECT_EQ(opened.file(), directory / "w.safetensors");
  EXPECT_TRUE(store.file().empty());
  for (const std::string &name : store.names()) {
    EXPECT_TRUE(opened.get(name).bitwiseEquals(store.get(name))) << name;
    // A view of the mapping: the same memory each time, and never written to.
    Tensor tensor = opened.get(name);
    EXPECT_EQ(tensor.rawData(), opened.get(name).rawData());
    if (tensor.numElements())
      EXPECT_NE(test::errorOf([&] { tensor.mutableRawData(); }), "no error");
  }
}

TEST_F(ParameterStoreTest, FileIsTheSameBytesEachTime) {
  NamedTensors tensors = {
      {"b", Tensor::fromVector<uint8_t>({2}, {8, 9})},
      {"a", Tensor::fromVector<int8_t>({}, {7})},
      {"z", Tensor::fromVector<int16_t>({1}, {258})},
  };
  writeSafetensors(directory / "w", tensors, {{"format", "pt"}});
  const std::string header =
      "{\"__metadata__\":{\"format\":\"pt\"},"
      "\"z\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]},"
      "\"a\":{\"dtype\":\"I8\",\"shape\":[],\"data_offsets\":[2,3]},"
      "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[3,5]}}";
  const size_t padded = (8 + header.size() + 63) / 64 * 64 - 8;
  EXPECT_EQ(readFile(directory / "w", 1000),
            std::string(1, char(padded)) + std::string(7, '\0') + header +
                std::string(padded - header.size(), ' ') +
                "\x02\x01\x07\x08\x09");
}

TEST_F(ParameterStoreTest, UnknownNamesListNearOnes) {
  ParameterStore store;
  store.set("layer0.weight", Tensor::zeros(f32({1})));
  store.set("bias", Tensor::zeros(f32({1})));
  EXPECT_TRUE(store.contains("bias"));
  EXPECT_FALSE(store.contains("bia"));
  EXPECT_ERROR(store.get("layer0.wieght"),
               "expected the name of a parameter, but got 'layer0.wieght' (did "
               "you mean 'layer0.weight'?)");
  store.save(directory / "w");
  EXPECT_ERROR(ParameterStore::open(directory / "w").get("x"),
               (directory / "w").string() +
                   ": expected the name of a parameter, but got 'x'");
}

TEST_F(ParameterStoreTest, CopiesShareOneStore) {
  ParameterStore store, copy = store;
  copy.set("w", Tensor::zeros(f32({1})));
  EXPECT_TRUE(store.contains("w"));
}

TEST_F(ParameterStoreTest, TensorsOutliveStoreAndFile) {
  ParameterStore store;
  store.set("w", Tensor::fromVector<float>({2}, {1, 2}));
  store.save(directory / "w");
  Tensor tensor = ParameterStore::open(directory / "w").get("w");
  fs::remove(directory / "w");
  EXPECT_EQ(tensor.data<float>()[1], 2.0f);
}

TEST_F(ParameterStoreTest, NamesThatTheFormatCannotHold) {
  for (const std::string &name :
       {std::string("__metadata__"), std::string("a\0b", 3)}) {
    ParameterStore store;
    store.set(name, Tensor::zeros(f32({1})));
    EXPECT_NE(test::errorOf([&] { store.save(directory / "w"); }), "no error");
  }
  EXPECT_TRUE(fs::is_empty(directory));
}
