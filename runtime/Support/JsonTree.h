//===- JsonTree.h - What a document holds -----------------------*- C++ -*-===//
//
// Private to the reader and to Value. The tree is flat: a node is 32 bytes, and
// places are worked out only when a message asks for them.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SUPPORT_JSONTREE_H
#define TACTUS_RUNTIME_SUPPORT_JSONTREE_H

#include "runtime/Support/Json.h"
#include <string>
#include <vector>

namespace tactus::json {

inline constexpr uint32_t noNode = 0xffffffff;

struct Node {
  /// Where the token begins in the text, and its length; a container's token is
  /// its opening bracket.
  uint32_t begin = 0;
  uint32_t length = 0;
  uint32_t parent = noNode;
  uint32_t next = noNode;
  /// The first child of a container; the number of a string in `strings`; the
  /// value of a bool.
  uint32_t content = noNode;
  /// Children of a container.
  uint32_t size = 0;
  /// Its index in the array around it, or the number of its key in `keys`.
  uint32_t position = 0;
  Kind kind = Kind::Null;
};

struct Key {
  std::string text;
  uint32_t begin = 0;
};

/// What stands before an offset of the text.
struct TextMark {
  uint32_t lines = 0;
  uint32_t lineStart = 0;
  /// Bytes that continue a character of UTF-8, and are no columns of their own.
  uint32_t continuations = 0;
};

struct Tree {
  std::string file;
  std::string text;
  /// One for every marksApart bytes, so that places are found in short time.
  std::vector<TextMark> marks;
  bool hasLines = true;
  /// In the order of the text; the root is first.
  std::vector<Node> nodes;
  std::vector<std::string> strings;
  std::vector<Key> keys;

  /// Makes the marks; comes once, when the text is there.
  void markText();
  /// File, line and column of an offset, without a pointer.
  Error::Place placeAt(size_t offset) const;
};

/// The length of the longest number of JSON's grammar that `text` begins with;
/// 0 where there is none.
size_t numberLength(std::string_view text);

enum class SyntaxContext { Start, AfterKey, InArray, InObject, End };

/// What the valid tokens before an error leave open.
struct SyntaxState {
  SyntaxContext context = SyntaxContext::Start;
  /// No element or member of the innermost container has come.
  bool isFirst = true;
  /// Of the innermost container.
  std::string pointer;
};

/// Throws the Error for a text that the parser refused, where its first `done`
/// bytes are valid tokens.
[[noreturn]] void throwSyntaxError(const Tree &tree, size_t done,
                                   const SyntaxState &state);

} // namespace tactus::json

#endif // TACTUS_RUNTIME_SUPPORT_JSONTREE_H
