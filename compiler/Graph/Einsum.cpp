//===- Einsum.cpp - Sums of products by letters ---------------------------===//
#include "tactus/Contraction.h"
#include "tactus/Elementwise.h"
#include "tactus/Reduction.h"
#include "tactus/Shape.h"
#include <algorithm>
#include <map>

namespace tactus {
namespace {

/// A value whose dimension i is the letter i.
struct Term {
  Value value;
  std::string letters;
};

bool holds(const std::string &letters, char letter) {
  return letters.find(letter) != std::string::npos;
}

class Einsum {
public:
  Einsum(const std::source_location &where) : where(where) {}

  Value build(const std::string &equation,
              const std::vector<Operand> &operands) {
    parse(equation, operands);
    Term result = terms.front();
    for (size_t i = 1; i < terms.size(); ++i) {
      std::string needed = output;
      for (size_t j = i + 1; j < terms.size(); ++j)
        needed += terms[j].letters;
      result = join(result, terms[i], needed);
    }
    result = sumOver(result, output);
    return arranged(result, output);
  }

private:
  [[noreturn]] void refuse(const std::string &message) const {
    throw Error(where, message);
  }

  Operand operand(const Value &value) const { return Operand(value, where); }

  void parse(const std::string &equation,
             const std::vector<Operand> &operands) {
    std::string text;
    std::copy_if(equation.begin(), equation.end(), std::back_inserter(text),
                 [](char c) { return c != ' '; });
    size_t arrow = text.find("->");
    std::string left = text.substr(0, arrow);
    std::vector<std::string> words(1);
    for (char c : left)
      if (c == ',')
        words.emplace_back();
      else
        words.back() += c;
    if (words.size() != operands.size())
      refuse("expected an equation of " + std::to_string(operands.size()) +
             " operands, but got '" + equation + "'");
    for (size_t i = 0; i < words.size(); ++i)
      addTerm(words[i], operands[i], i);
    if (arrow != std::string::npos)
      output = text.substr(arrow + 2);
    else
      output = lettersThatOccurOnce();
    for (size_t i = 0; i < output.size(); ++i)
      if (!sizes.contains(output[i]) ||
          output.find(output[i], i + 1) != std::string::npos)
        refuse("expected a result of letters of the operands, each once, but "
               "got '" +
               output + "'");
  }

  void addTerm(const std::string &letters, const Operand &operand,
               size_t number) {
    const Value *value = operand.value();
    if (!value)
      refuse("expected operands that are values, but operand " +
             std::to_string(number) + " is a number");
    const std::vector<Dimension> dimensions = value->type().dimensions;
    if (letters.size() != dimensions.size())
      refuse("expected a letter for each of the " +
             std::to_string(dimensions.size()) + " dimensions of operand " +
             std::to_string(number) + ", but got '" + letters + "'");
    for (size_t d = 0; d < letters.size(); ++d) {
      char letter = letters[d];
      if (!std::isalpha(static_cast<unsigned char>(letter)) ||
          letters.find(letter, d + 1) != std::string::npos)
        refuse("expected letters, each once in an operand, but got '" +
               letters + "'");
      int64_t size = dimensions[d].isStatic() ? dimensions[d].size() : -1;
      auto [entry, isNew] = sizes.try_emplace(letter, size);
      if (entry->second < 0)
        entry->second = size;
      if (size >= 0 && entry->second != size)
        refuse(std::string("expected one size of '") + letter + "', but got " +
               std::to_string(entry->second) + " and " + std::to_string(size));
    }
    terms.push_back({*value, letters});
  }

  std::string lettersThatOccurOnce() const {
    std::string once;
    for (const auto &[letter, size] : sizes) {
      size_t count = 0;
      for (const Term &term : terms)
        count += holds(term.letters, letter);
      if (count == 1)
        once += letter;
    }
    return once;
  }

  /// Without the letters that nothing needs any more.
  Term sumOver(const Term &term, const std::string &needed) const {
    std::vector<int64_t> axes;
    std::string kept;
    for (size_t d = 0; d < term.letters.size(); ++d)
      if (holds(needed, term.letters[d]))
        kept += term.letters[d];
      else
        axes.push_back(int64_t(d));
    if (axes.empty())
      return term;
    return {sum(operand(term.value), axes), kept};
  }

  /// The value with its dimensions in the order of `letters`.
  Value arranged(const Term &term, const std::string &letters) const {
    if (term.letters == letters)
      return term.value;
    std::vector<int64_t> order;
    for (char letter : letters)
      order.push_back(int64_t(term.letters.find(letter)));
    return transpose(operand(term.value), order);
  }

  /// Sizes for a reshape, in which one may be unknown.
  std::vector<int64_t> sizesOf(const std::string &letters) const {
    std::vector<int64_t> result;
    for (char letter : letters)
      result.push_back(sizes.at(letter));
    return result;
  }

  Value reshaped(const Value &value, const std::vector<int64_t> &shape) const {
    if (std::count(shape.begin(), shape.end(), -1) > 1)
      refuse("expected letters of known sizes where several become one "
             "dimension");
    return reshape(operand(value), shape);
  }

  /// The product of known sizes; -1 where one is unknown.
  int64_t product(const std::string &letters) const {
    int64_t result = 1;
    for (char letter : letters)
      result =
          sizes.at(letter) < 0 || result < 0 ? -1 : result * sizes.at(letter);
    return result;
  }

  /// A batch of matrices [batch..., rows, columns].
  Value asMatrix(const Term &term, const std::string &batch,
                 const std::string &rows, const std::string &columns) const {
    Value value = arranged(term, batch + rows + columns);
    if (rows.size() == 1 && columns.size() == 1)
      return value;
    std::vector<int64_t> shape = sizesOf(batch);
    shape.push_back(product(rows));
    shape.push_back(product(columns));
    return reshaped(value, shape);
  }

  Term join(const Term &first, const Term &second,
            const std::string &needed) const {
    Term lhs = sumOver(first, needed + second.letters);
    Term rhs = sumOver(second, needed + first.letters);
    std::string batch, contracted, left, right;
    for (char letter : lhs.letters)
      (!holds(rhs.letters, letter) ? left
       : holds(needed, letter)     ? batch
                                   : contracted) += letter;
    for (char letter : rhs.letters)
      if (!holds(lhs.letters, letter))
        right += letter;
    if (contracted.empty())
      return multiplied(lhs, rhs, batch, left, right);
    Value product = matmul(operand(asMatrix(lhs, batch, left, contracted)),
                           operand(asMatrix(rhs, batch, contracted, right)));
    Term result{product, batch + left + right};
    if (left.size() != 1 || right.size() != 1)
      result.value = reshaped(product, sizesOf(result.letters));
    return result;
  }

  /// All products, of which dimensions that one operand lacks broadcast.
  Term multiplied(const Term &lhs, const Term &rhs, const std::string &batch,
                  const std::string &left, const std::string &right) const {
    Value x = arranged(lhs, batch + left), y = arranged(rhs, batch + right);
    auto expanded = [&](const Value &value, size_t first, size_t count) {
      std::vector<int64_t> axes;
      for (size_t i = 0; i < count; ++i)
        axes.push_back(int64_t(first + i));
      return axes.empty() ? value : expandDims(operand(value), axes);
    };
    x = expanded(x, batch.size() + left.size(), right.size());
    y = expanded(y, batch.size(), left.size());
    return {mul(operand(x), operand(y)), batch + left + right};
  }

  std::source_location where;
  std::vector<Term> terms;
  std::string output;
  /// -1 where unknown.
  std::map<char, int64_t> sizes;
};

} // namespace

Value einsum(const std::string &equation, const std::vector<Operand> &operands,
             const std::source_location &where) {
  return Einsum(where).build(equation, operands);
}

} // namespace tactus
