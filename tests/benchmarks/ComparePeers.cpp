//===- ComparePeers.cpp - Times our programs beside other libraries' ------===//
#include "tests/benchmarks/Compare.h"
#include "tests/benchmarks/Page.h"
#include "tests/benchmarks/Quiet.h"
#include <algorithm>
#include <cstdio>

using namespace tactus;
using namespace tactus::benchmarks;

namespace {

bool isListed(const Group &group, const Options &options) {
  return options.groups.empty() ||
         std::find(options.groups.begin(), options.groups.end(), group.name) !=
             options.groups.end();
}

/// Throws where an option names a group that there is not.
void requireGroups(const Options &options, const std::vector<Group> &groups) {
  std::string known;
  for (const Group &group : groups)
    known += (known.empty() ? "" : ", ") + group.name;
  for (const std::string &name : options.groups)
    if (std::none_of(groups.begin(), groups.end(),
                     [&](const Group &group) { return group.name == name; }))
      throw Error("expected groups out of " + known + ", but got '" + name +
                  "'");
}

int run(const Options &options) {
  std::vector<Group> groups = allGroups(options.threads);
  requireGroups(options, groups);
  stayOnProcessors(options.threads);
  Peers peers = openPeers(options);
  for (const auto &peer : peers)
    std::fprintf(stderr, "beside %s\n", peer->description().c_str());

  Comparer comparer(options, peers);
  Page page(options, peers);
  for (const Group &group : groups) {
    if (!isListed(group, options))
      continue;
    std::vector<Comparison> comparisons;
    for (size_t i = 0; i < group.workloads.size(); ++i) {
      if (group.workloads[i].name.find(options.only) == std::string::npos)
        continue;
      comparisons.push_back(comparer.compare(group, i));
      std::printf("%s\n", lineOf(comparisons.back()).c_str());
      std::fflush(stdout);
    }
    if (!comparisons.empty())
      page.add(group, std::move(comparisons));
  }
  if (page.isEmpty())
    throw Error("expected part of a program's name, but got '" + options.only +
                "'");
  std::printf("\n%s", page.summary().c_str());
  if (!options.write.empty())
    page.write();
  return page.isMissed() ? 2 : 0;
}

} // namespace

int main(int argc, char **argv) try {
  restartWithoutHandicaps(argv);
  Options options = parseOptions(argc, argv);
  if (options.asksForHelp) {
    std::fputs(usage, stdout);
    return 0;
  }
  return run(options);
} catch (const Error &error) {
  std::fprintf(stderr, "tactus-compare-peers: %s\n", error.what());
  return 1;
}
