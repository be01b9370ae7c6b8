//===- EinsumTest.cpp - Sums of products by letters -----------------------===//
#include "tactus/tactus.h"
#include "tests/unit/Support/ExpectError.h"
#include <gtest/gtest.h>

using namespace tactus;

namespace {

struct Case {
  const char *equation;
  std::vector<std::vector<int64_t>> shapes;
};

/// Small integers, so that sums are exact in any order.
Tensor numbers(const std::vector<int64_t> &shape) {
  Tensor tensor =
      Tensor::zeros({ElementType::F32, {shape.begin(), shape.end()}});
  int number = 0;
  for (float &element : tensor.mutableData<float>())
    element = float(number++ % 7 - 3);
  return tensor;
}

/// The sum over all values of all letters, one by one.
std::map<std::vector<int64_t>, float>
expected(const std::string &left, const std::string &result,
         const std::vector<Tensor> &tensors) {
  std::vector<std::string> words(1);
  for (char c : left)
    if (c == ',')
      words.emplace_back();
    else
      words.back() += c;
  std::map<char, int64_t> sizes;
  for (size_t i = 0; i < words.size(); ++i)
    for (size_t d = 0; d < words[i].size(); ++d)
      sizes[words[i][d]] = tensors[i].shape()[d];
  int64_t count = 1;
  for (auto &[letter, size] : sizes)
    count *= size;
  std::map<std::vector<int64_t>, float> sums;
  for (int64_t point = 0; point < count; ++point) {
    std::map<char, int64_t> at;
    int64_t rest = point;
    for (auto &[letter, size] : sizes) {
      at[letter] = rest % size;
      rest /= size;
    }
    float product = 1;
    for (size_t i = 0; i < words.size(); ++i) {
      int64_t offset = 0;
      for (size_t d = 0; d < words[i].size(); ++d)
        offset = offset * tensors[i].shape()[d] + at[words[i][d]];
      product *= tensors[i].data<float>()[size_t(offset)];
    }
    std::vector<int64_t> place;
    for (char letter : result)
      place.push_back(at[letter]);
    sums[place] += product;
  }
  return sums;
}

class EinsumTest : public testing::TestWithParam<Case> {};

TEST_P(EinsumTest, SumsAllProducts) {
  std::string equation = GetParam().equation;
  Graph g("einsum");
  std::vector<Tensor> tensors;
  std::vector<Operand> operands;
  std::map<std::string, Tensor> inputs;
  for (const std::vector<int64_t> &shape : GetParam().shapes) {
    tensors.push_back(numbers(shape));
    std::string name = "x" + std::to_string(tensors.size());
    operands.emplace_back(g.input(name, tensors.back().type()));
    inputs.emplace(name, tensors.back());
  }
  g.output("y", einsum(equation, operands));
  size_t arrow = equation.find("->");
  auto sums =
      expected(equation.substr(0, arrow), equation.substr(arrow + 2), tensors);
  for (const char *target : {"interpreter", "cpu"}) {
    Tensor y = compile(g, Target::parse(target)).run(inputs).at("y");
    ASSERT_EQ(size_t(y.numElements()), sums.size());
    size_t i = 0;
    for (const auto &[place, sum] : sums)
      EXPECT_EQ(y.data<float>()[i++], sum) << equation << " on " << target;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Equations, EinsumTest,
    testing::Values(Case{"ij,jk->ik", {{2, 3}, {3, 4}}},
                    Case{"bij,bkj->bik", {{2, 3, 4}, {2, 5, 4}}},
                    Case{"bhqd,bhkd->bhqk", {{2, 3, 4, 5}, {2, 3, 6, 5}}},
                    Case{"ijk,klj->il", {{2, 3, 4}, {4, 5, 3}}},
                    Case{"i,j->ij", {{3}, {4}}}, Case{"i,i->", {{5}, {5}}},
                    Case{"ij->ji", {{2, 3}}}, Case{"ijk->j", {{2, 3, 4}}},
                    Case{"ij,ij->ij", {{2, 3}, {2, 3}}},
                    Case{"ij,j,jk->ki", {{2, 3}, {3}, {3, 4}}},
                    Case{"abc,cd,e->ade", {{2, 3, 4}, {4, 5}, {2}}}));

TEST(EinsumTest, HasTheLettersThatOccurOnceWhereNoneAreNamed) {
  Graph g("einsum");
  Value x = g.input("x", f32({2, 3})), y = g.input("y", f32({3, 4}));
  EXPECT_EQ(einsum("kj, ja", {x, y}).type(), f32({4, 2}));
}

TEST(EinsumTest, KeepsSizesThatAreUnknown) {
  Graph g("einsum");
  Value x = g.input("x", f32({"batch", 3, 4})), y = g.input("y", f32({4, 5}));
  g.output("y", einsum("bij,jk->bik", {x, y}));
  Tensor in = numbers({2, 3, 4});
  auto out =
      compile(g, Target::parse("cpu")).run({{"x", in}, {"y", numbers({4, 5})}});
  EXPECT_EQ(out.at("y").shape(), (std::vector<int64_t>{2, 3, 5}));
}

TEST(EinsumTest, RefusesWhatDoesNotMatch) {
  Graph g("einsum");
  Value x = g.input("x", f32({2, 3}));
  auto refused = [&](const char *equation, std::vector<Operand> operands) {
    try {
      einsum(equation, operands);
    } catch (const Error &error) {
      return error.message();
    }
    return std::string();
  };
  EXPECT_EQ(refused("ij,jk->ik", {x}),
            "expected an equation of 1 operands, but got 'ij,jk->ik'");
  EXPECT_EQ(refused("ijk->i", {x}), "expected a letter for each of the 2 "
                                    "dimensions of operand 0, but got 'ijk'");
  EXPECT_EQ(refused("ii->i", {x}),
            "expected letters, each once in an operand, but got 'ii'");
  EXPECT_EQ(refused("ij,jk->ik", {x, x}),
            "expected one size of 'j', but got 3 and 2");
  EXPECT_EQ(refused("ij->ik", {x}),
            "expected a result of letters of the operands, each once, but got "
            "'ik'");
}

} // namespace
