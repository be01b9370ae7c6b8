//===- BenchCommand.cpp - tactus bench ------------------------------------===//
#include "compiler/Target/TargetImpl.h"
#include "compiler/Tools/Commands.h"
#include "compiler/Tools/Progress.h"
#include "compiler/Tools/ScheduleQuality.h"
#include "runtime/Support/Text.h"
#include "tactus/Error.h"

using namespace tactus;

/// What the chosen plan may take over the best.
static constexpr double barOfRatio = 1.05;

static std::vector<systolic::Machine> machinesOf(const Arguments &arguments) {
  std::vector<systolic::Machine> machines;
  for (const std::string &name : arguments.all("--target")) {
    Target target = Target::parse(name);
    if (target.kind() != Target::Kind::Systolic)
      throw Error("expected --target=systolic:MACHINE, but got '" + name + "'");
    machines.push_back(
        std::get<systolic::Machine>(target.description().machine));
  }
  if (machines.empty())
    for (const systolic::Machine &preset : systolic::machinePresets())
      machines.push_back(preset);
  return machines;
}

static std::string rowOf(const PlannedProduct &product) {
  std::string shape = std::to_string(product.rows) + "x" +
                      std::to_string(product.depth) + "x" +
                      std::to_string(product.columns);
  return formatText(
      "%-10s %-16s %-5s %-5s %5d %10lld %10lld %5d %7.3f\n",
      product.machine.name.c_str(), shape.c_str(),
      product.hasBias ? "bias" : "-", product.isActivated ? "relu" : "-",
      int(product.cycles.size()), static_cast<long long>(product.chosen),
      static_cast<long long>(product.cycles[product.best()]),
      int(product.best()), product.ratio());
}

static int bench(const Arguments &arguments) {
  if (!arguments.has("--schedule-quality"))
    throw Error("expected --schedule-quality, which is all that is measured");
  uint64_t count = arguments.count("--shapes").value_or(50);
  if (count < 1 || count > 100'000)
    throw Error("expected --shapes from 1 to 100000, but got " +
                std::to_string(count));
  uint64_t share = arguments.count("--share").value_or(100);
  if (share > 100)
    throw Error("expected --share up to 100, but got " + std::to_string(share));
  std::vector<PlannedProduct> products = drawProducts(
      machinesOf(arguments), count, arguments.count("--seed").value_or(1));
  {
    Progress progress("products", products.size());
    for (PlannedProduct &product : products) {
      runPlans(product);
      progress.advance();
    }
  }
  std::string text = formatText("%-10s %-16s %-5s %-5s %5s %10s %10s %5s %7s\n",
                                "machine", "product", "bias", "relu", "plans",
                                "chosen", "best", "is", "ratio");
  size_t within = 0;
  double worst = 1;
  for (const PlannedProduct &product : products) {
    text += rowOf(product);
    within += product.ratio() <= barOfRatio;
    worst = std::max(worst, product.ratio());
  }
  text += formatText("%zu of %zu chosen plans within %.0f%% of the best; the "
                     "worst takes %.3f times its cycles\n",
                     within, products.size(), 100 * (barOfRatio - 1), worst);
  print(text);
  return 100 * within >= share * products.size() ? 0 : 2;
}

static constexpr OptionInfo options[] = {
    {"--schedule-quality", "",
     "compare the plans that are chosen for products with all others"},
    {"--target", "systolic:MACHINE", "on this machine; all presets in turn",
     true},
    {"--shapes", "N", "how many products; 50"},
    {"--seed", "N", "draws them; 1"},
    {"--share", "PERCENT", "how many must be within 5% of the best; 100"}};

const CommandInfo tactus::benchCommand = {
    "bench",
    "",
    "Measures how good the compiler's choices are.",
    options,
    bench,
    "Each product is compiled and simulated with every plan: order of loops "
    "and\n"
    "size of chunks. A row gives the cycles of the plan that is chosen beside "
    "those\n"
    "of the best. Exit status 2: too many take over 5% more."};
