//===- JsonReader.cpp - Strict JSON: from text to a tree ------------------===//
//
// nlohmann's parser checks the grammar and decodes strings. It does not say
// where a value stands, so the handler walks the text beside it: each event is
// the next token, and what lies between two tokens is white space, commas and
// colons that the parser has accepted.
//
//===----------------------------------------------------------------------===//
#include "runtime/Support/Assert.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/JsonTree.h"
#include "runtime/Support/Utf8.h"
#include <nlohmann/json.hpp>
#include <unordered_set>

using namespace tactus;
using namespace tactus::json;

namespace {
/// The keys of an object that is being read. Objects are small as a rule, and
/// then a look at all keys is quicker than a table.
class SeenKeys {
public:
  /// False where the key was there.
  bool insert(const std::vector<Key> &keys, uint32_t index) {
    constexpr size_t few = 16;
    const std::string &text = keys[index].text;
    if (table.empty() && list.size() < few) {
      for (uint32_t other : list)
        if (keys[other].text == text)
          return false;
      list.push_back(index);
      return true;
    }
    if (table.empty())
      for (uint32_t other : list)
        table.insert(keys[other].text);
    return table.insert(text).second;
  }

private:
  std::vector<uint32_t> list;
  std::unordered_set<std::string> table;
};

class Handler {
public:
  Handler(Tree &tree, const ReadOptions &options)
      : tree(tree), options(options) {}

  // The events of nlohmann's SAX interface. They throw rather than return
  // false, so that the message is made where the problem is known.
  bool null() { return scalar(Kind::Null), true; }
  bool boolean(bool value) {
    scalar(Kind::Bool).content = value;
    return true;
  }
  bool number_integer(int64_t) { return scalar(Kind::Number), true; }
  bool number_unsigned(uint64_t) { return scalar(Kind::Number), true; }
  bool number_float(double, const std::string &) {
    return scalar(Kind::Number), true;
  }
  bool string(std::string &value) {
    scalar(Kind::String).content = uint32_t(tree.strings.size());
    tree.strings.push_back(std::move(value));
    return true;
  }
  template <typename Bytes> bool binary(Bytes &) {
    TACTUS_UNREACHABLE("JSON text has no binary values");
  }
  bool start_object(size_t) { return open(Kind::Object), true; }
  bool start_array(size_t) { return open(Kind::Array), true; }
  bool end_object() { return close(), true; }
  bool end_array() { return close(), true; }

  bool key(std::string &value) {
    const size_t begin = nextToken();
    cursor = endOfString(begin);
    Level &level = levels.back();
    level.key = uint32_t(tree.keys.size());
    tree.keys.push_back({std::move(value), uint32_t(begin)});
    if (!level.seen.insert(tree.keys, level.key)) {
      Error::Place place = tree.placeAt(begin);
      place.pointer = Value(tree, level.node).pointer();
      throw Error(std::move(place), "expected each key once, but got '" +
                                        tree.keys.back().text + "' twice");
    }
    afterKey = true;
    return true;
  }

  template <typename Exception>
  bool parse_error(size_t, const std::string &, const Exception &) {
    fail();
  }

  /// Called when the parser is content: it takes a NUL for the end of the text,
  /// which is checked before, and what follows the value for itself.
  void finish() {
    if (nextToken() != tree.text.size())
      fail();
  }

private:
  struct Level {
    uint32_t node;
    uint32_t last = noNode;
    uint32_t key = 0;
    SeenKeys seen;
  };

  [[noreturn]] void fail() {
    SyntaxState state;
    if (!levels.empty()) {
      const Node &node = tree.nodes[levels.back().node];
      state.context = afterKey                    ? SyntaxContext::AfterKey
                      : node.kind == Kind::Object ? SyntaxContext::InObject
                                                  : SyntaxContext::InArray;
      state.isFirst = node.size == 0;
      state.pointer = Value(tree, levels.back().node).pointer();
    } else if (!tree.nodes.empty()) {
      state.context = SyntaxContext::End;
    }
    throwSyntaxError(tree, cursor, state);
  }

  /// Moves to the next token and returns where it begins. Within `fail` and
  /// `finish` nothing else may be skipped than white space.
  size_t nextToken() {
    const char *skipped = levels.empty() ? " \t\n\r" : " \t\n\r,:";
    size_t at = tree.text.find_first_not_of(skipped, cursor);
    return at == std::string::npos ? tree.text.size() : at;
  }

  size_t endOfString(size_t begin) const {
    for (size_t i = begin + 1; i < tree.text.size(); ++i) {
      if (tree.text[i] == '"')
        return i + 1;
      if (tree.text[i] == '\\')
        ++i;
    }
    TACTUS_UNREACHABLE("the parser accepted a string without end");
  }

  Node &add(Kind kind, size_t begin, size_t end) {
    if (tree.nodes.size() >= options.maxValues)
      throw Error(tree.placeAt(begin), "expected " +
                                           std::to_string(options.maxValues) +
                                           " values or less, but got more");
    const uint32_t index = uint32_t(tree.nodes.size());
    Node node;
    node.kind = kind;
    node.begin = uint32_t(begin);
    node.length = uint32_t(end - begin);
    if (!levels.empty()) {
      Level &level = levels.back();
      Node &parent = tree.nodes[level.node];
      node.parent = level.node;
      node.position = parent.kind == Kind::Object ? level.key : parent.size;
      ++parent.size;
      (level.last == noNode ? parent.content : tree.nodes[level.last].next) =
          index;
      level.last = index;
    }
    afterKey = false;
    cursor = end;
    tree.nodes.push_back(node);
    return tree.nodes.back();
  }

  size_t endOfScalar(Kind kind, size_t begin) const {
    if (kind == Kind::String)
      return endOfString(begin);
    if (kind == Kind::Number)
      return begin + numberLength(std::string_view(tree.text).substr(begin));
    return begin + (tree.text[begin] == 'f' ? 5 : 4);
  }

  Node &scalar(Kind kind) {
    const size_t begin = nextToken();
    return add(kind, begin, endOfScalar(kind, begin));
  }

  void open(Kind kind) {
    const size_t begin = nextToken();
    add(kind, begin, begin + 1);
    levels.push_back({uint32_t(tree.nodes.size() - 1), noNode, 0, {}});
    if (int(levels.size()) > options.maxNesting)
      throw Error(tree.placeAt(begin), "expected brackets nested " +
                                           std::to_string(options.maxNesting) +
                                           " deep or less, but got more");
  }

  void close() {
    cursor = nextToken() + 1;
    levels.pop_back();
  }

  Tree &tree;
  const ReadOptions &options;
  /// The end of the last token.
  size_t cursor = 0;
  bool afterKey = false;
  std::vector<Level> levels;
};
} // namespace

/// Refuses what no JSON text may hold anywhere, and what the parser would pass
/// over in silence.
static void checkBytes(const Tree &tree) {
  if (tree.text.starts_with("\xef\xbb\xbf"))
    throw Error(tree.placeAt(0),
                "expected JSON text, but got a byte order mark");
  if (auto offset = findInvalidUtf8(tree.text))
    throw Error(
        tree.placeAt(*offset),
        "expected valid UTF-8, but got " +
            describeByte(static_cast<unsigned char>(tree.text[*offset])));
  for (size_t i = 0; i < tree.text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(tree.text[i]);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
      throw Error(tree.placeAt(i), "expected no control character in JSON "
                                   "text, but got " +
                                       describeByte(c));
  }
}

Document Document::parse(std::string text, std::string file,
                         const ReadOptions &options) {
  TACTUS_ASSERT(options.maxBytes < noNode && options.maxValues < noNode,
                "offsets and node numbers take 32 bits");
  auto tree = std::make_shared<Tree>();
  tree->file = std::move(file);
  tree->text = std::move(text);
  tree->hasLines = options.hasLines;
  if (tree->text.size() > options.maxBytes)
    throw Error(Error::Place{.file = tree->file},
                "expected " + std::to_string(options.maxBytes) +
                    " bytes of JSON or less, but got " +
                    std::to_string(tree->text.size()));
  tree->markText();
  checkBytes(*tree);

  Handler handler(*tree, options);
  nlohmann::json::sax_parse(tree->text, &handler);
  handler.finish();
  Document document;
  document.tree = std::move(tree);
  return document;
}

Document Document::read(const std::filesystem::path &file,
                        const ReadOptions &options) {
  return parse(readFile(file, options.maxBytes), file.string(), options);
}
