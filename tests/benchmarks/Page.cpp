//===- Page.cpp - The results of a comparison as a page -------------------===//
#include "tests/benchmarks/Page.h"
#include "runtime/Support/Files.h"
#include "runtime/Support/Text.h"
#include "tests/benchmarks/Quiet.h"
#include <algorithm>
#include <cmath>
#include <ctime>

namespace tactus::benchmarks {

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

std::optional<double> GroupResult::mean() const {
  double sum = 0;
  int count = 0;
  for (const Comparison &each : comparisons)
    if (each.problem.empty()) {
      sum += std::log(each.ratio);
      ++count;
    }
  return count == 0 ? std::optional<double>() : std::exp(sum / count);
}

const Comparison *GroupResult::worst() const {
  const Comparison *worst = nullptr;
  for (const Comparison &each : comparisons)
    if (each.problem.empty() && (!worst || each.ratio > worst->ratio))
      worst = &each;
  return worst;
}

std::optional<double> GroupResult::leastPeakShare() const {
  std::optional<double> least;
  if (!group.peakBar)
    return least;
  for (const Comparison &each : comparisons)
    for (const Workload &workload : group.workloads)
      if (workload.name == each.name && isLargeProduct(workload) &&
          each.peakShare && (!least || *each.peakShare < *least))
        least = each.peakShare;
  return least;
}

bool GroupResult::isMissed() const {
  if (!group.meanBar && !group.worstBar)
    return false;
  for (const Comparison &each : comparisons)
    if (!each.problem.empty() && each.hasRival)
      return true;
  if (!worst())
    return false;
  return (group.meanBar && *mean() > *group.meanBar) ||
         (group.worstBar && worst()->ratio > *group.worstBar) ||
         (leastPeakShare() && *leastPeakShare() < *group.peakBar);
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

std::string lineOf(const Comparison &each) {
  if (!each.problem.empty())
    return each.name + ": not compared: " + each.problem;
  std::string share =
      each.peakShare ? formatText(", %.0f%% of peak", *each.peakShare * 100)
                     : "";
  return formatText("%s: %.3f (%.5f ms beside %.5f of %s%s)", each.name.c_str(),
                    each.ratio, each.ours, each.theirs, each.rival.c_str(),
                    share.c_str());
}

static std::string barText(const char *format, std::optional<double> bar) {
  return bar ? formatText(format, *bar) : "";
}

static std::string percent(std::optional<double> share) {
  return share ? formatText("%.0f%%", *share * 100) : "";
}

/// One line for a table's cell.
static std::string inCell(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::replace(text.begin(), text.end(), '|', '/');
  return text;
}

static std::string rowOf(const GroupResult &result) {
  const Group &group = result.group;
  std::string row = "| " + group.name + ": " + group.title + " | " +
                    std::to_string(result.comparisons.size()) + " | ";
  if (const Comparison *worst = result.worst()) {
    row += formatText("%.3f | %s | %.3f | %s | %s | ", *result.mean(),
                      barText("%.2f", group.meanBar).c_str(), worst->ratio,
                      barText("%.2f", group.worstBar).c_str(),
                      worst->name.c_str());
    row += percent(result.leastPeakShare()) +
           (group.peakBar ? " (bar " + percent(group.peakBar) + ")" : "");
  } else {
    row += "| | | | | not compared";
  }
  bool hasVerdict = (group.meanBar || group.worstBar) &&
                    (result.worst() || result.isMissed());
  return row + " | " +
         (!hasVerdict         ? ""
          : result.isMissed() ? "missed"
                              : "met") +
         " |\n";
}

static std::string detailsOf(const GroupResult &result) {
  std::string text = "\n## " + result.group.name + "\n\n" +
                     "| Program | Tactus ms | Rival ms | Rival | Ratio | Of "
                     "peak |\n|---|---|---|---|---|---|\n";
  for (const Comparison &each : result.comparisons) {
    if (!each.problem.empty()) {
      text += "| " + each.name + " | | | " + inCell(each.problem) + " | | |\n";
      continue;
    }
    text +=
        formatText("| %s | %.5f | %.5f | %s | %.3f | %s |\n", each.name.c_str(),
                   each.ours, each.theirs, each.rival.c_str(), each.ratio,
                   percent(each.peakShare).c_str());
  }
  return text;
}

static std::string today() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%d", &parts);
  return text;
}

//===----------------------------------------------------------------------===//
// Page
//===----------------------------------------------------------------------===//

static constexpr char explanation[] = R"(
A ratio is our time divided by that of the fastest library, or of the one that the
group's title names; below 1 we take less. Both sides run in one process, in turns of a
few milliseconds, and the ratio is the median of %d pairs of turns. Results are compared
first. The share of the peak is that of multiply-adds in registers on each of the
threads, which have a turn before each pair; its bar is for products from 256 up.

)";

Page::Page(const Options &options, const Peers &peers) : options(options) {
  for (const auto &peer : peers)
    libraries.push_back(peer->description());
}

void Page::add(const Group &group, std::vector<Comparison> comparisons) {
  results.push_back({group, std::move(comparisons)});
}

bool Page::isMissed() const {
  return std::any_of(results.begin(), results.end(),
                     [](const GroupResult &each) { return each.isMissed(); });
}

std::string Page::summary() const {
  std::string text =
      "| Group | Programs | Geometric mean | Bar | Worst | Bar | Which | Least "
      "of peak | |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const GroupResult &result : results)
    text += rowOf(result);
  return text;
}

std::string Page::text() const {
  std::string number = std::to_string(options.threads);
  std::string text =
      "<!-- Measured by `./dev bench`, which writes this page; lint tells "
      "where "
      "it was edited. -->\n\n# Beside other libraries, on " +
      (options.threads == 1 ? "one thread" : number + " threads") + "\n\n";
  std::string selection;
  for (const std::string &group : options.groups)
    selection += (selection.empty() ? " --groups=" : ",") + group;
  if (!options.only.empty())
    selection += " --only=" + options.only;
  text += formatText(
      "Made by `tactus-compare-peers --threads=%d --pairs=%d%s` on %s on this "
      "processor:\n%s, %s.\n\n",
      options.threads, options.pairs, selection.c_str(), today().c_str(),
      describeProcessor().c_str(), describeScheduling().c_str());
  for (const std::string &library : libraries)
    text += "- " + library + "\n";
  text += formatText(explanation, options.pairs) + summary() +
          "\n![Ratio of each program](threads-" + number + ".svg)\n";
  for (const GroupResult &result : results)
    text += detailsOf(result);
  return text;
}

/// CRC-32, by which lint knows that nobody edited the text.
static uint32_t checksumOf(std::string_view text) {
  uint32_t sum = ~0u;
  for (char c : text) {
    sum ^= uint8_t(c);
    for (int bit = 0; bit < 8; ++bit)
      sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320u : 0);
  }
  return ~sum;
}

static void writeMarked(const std::filesystem::path &path, std::string text) {
  text += formatText("<!-- CRC-32 of all before: %08x -->\n", checksumOf(text));
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

void Page::write() const {
  std::filesystem::create_directories(options.write);
  std::string name = "threads-" + std::to_string(options.threads);
  writeMarked(options.write / (name + ".md"), text());
  writeMarked(options.write / (name + ".svg"),
              drawRatios("Time beside the fastest library, " + name, results));
}

} // namespace tactus::benchmarks
