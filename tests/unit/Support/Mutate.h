//===- Mutate.h - Seeded mutations of an input ------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SUPPORT_MUTATE_H
#define TACTUS_TESTS_UNIT_SUPPORT_MUTATE_H

#include <random>
#include <string>
#include <string_view>

namespace tactus::test {

/// One to four edits of `text` at random places, drawn from `alphabet` or from
/// the text itself.
inline std::string mutate(std::string text, std::string_view alphabet,
                          std::mt19937 &random) {
  for (unsigned edits = 1 + random() % 4; edits > 0 && !text.empty(); --edits) {
    const size_t at = random() % text.size();
    const char c = alphabet[random() % alphabet.size()];
    switch (random() % 5) {
    case 0:
      text[at] = c;
      break;
    case 1:
      text.insert(at, 1, c);
      break;
    case 2:
      text.erase(at, 1 + random() % 5);
      break;
    case 3:
      text.resize(at + 1);
      break;
    case 4: {
      const size_t from = random() % text.size();
      text.insert(at, text.substr(from, random() % 40));
      break;
    }
    }
  }
  return text;
}

} // namespace tactus::test

#endif // TACTUS_TESTS_UNIT_SUPPORT_MUTATE_H
