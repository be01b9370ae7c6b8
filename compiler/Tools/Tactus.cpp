//===- Tactus.cpp - The tool of users -------------------------------------===//
//
// tactus <command>: options are kept by hand, since those of LLVM would bring
// dozens of its own into every --help.
//
//===----------------------------------------------------------------------===//
#include "compiler/Tools/Commands.h"
#include "runtime/Support/Suggest.h"
#include "tactus/Error.h"
#include "llvm/Config/llvm-config.h"
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace tactus;

static const CommandInfo *const commands[] = {
    &runCommand,     &compileCommand, &checkCommand,
    &showCommand,    &sweepCommand,   &explainCommand,
    &targetsCommand, &benchCommand,   &bisectCommand};

void tactus::print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
      std::fflush(stdout) != 0)
    throw Error(std::string("cannot write to standard output: ") +
                std::strerror(errno));
}

static std::string help() {
  std::string text = "usage: tactus <command> [options] [GRAPH]\n\n";
  for (const CommandInfo *command : commands) {
    std::string name(command->name);
    text += "  " + name + std::string(10 - name.size(), ' ') +
            std::string(command->summary) + "\n";
  }
  return text + "\nGRAPH is a .json or .mlir file, or - for standard input. "
                "FILE is that, or a\n"
                "program that tactus compile has written.\n"
                "tactus <command> --help says more; tactus --version.\n";
}

static int run(std::span<const std::string> words) {
  if (words.empty())
    throw Error("expected a command, but got nothing; see tactus --help");
  const std::string &first = words.front();
  if (first == "--help" || first == "-h" || first == "help") {
    print(help());
    return 0;
  }
  if (first == "--version") {
    print("tactus " TACTUS_VERSION " (LLVM " LLVM_VERSION_STRING ")\n");
    return 0;
  }
  std::vector<std::string_view> known;
  for (const CommandInfo *command : commands) {
    known.push_back(command->name);
    if (command->name != first)
      continue;
    auto rest = words.subspan(1);
    for (const std::string &word : rest)
      if (word == "--help" || word == "-h") {
        print(helpOf(*command));
        return 0;
      }
    return command->run(Arguments::parse(*command, rest));
  }
  throw Error("expected a command (" + quotedList(known) + "), but got '" +
              first + "'" + didYouMean(first, known));
}

int main(int argc, char **argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  try {
    return run(words);
  } catch (const Error &error) {
    // What lies in a file says so itself.
    std::fprintf(stderr, "%s%s\n", error.file().empty() ? "tactus: " : "",
                 error.what());
  } catch (const std::exception &error) {
    std::fprintf(stderr, "tactus: %s\n", error.what());
  }
  return 1;
}
