//===- ScheduleQuality.cpp - Chosen plans beside the others ---------------===//
#include "compiler/Tools/ScheduleQuality.h"
#include "compiler/Driver/SystolicCompile.h"
#include "compiler/Graph/GraphAccess.h"
#include "compiler/Transforms/Systolic/ProductPlan.h"
#include "compiler/Transforms/Systolic/ProgramPlan.h"
#include "runtime/Systolic/Simulator.h"
#include "tactus/tactus.h"
#include <algorithm>
#include <cmath>
#include <random>

using namespace tactus;

size_t PlannedProduct::best() const {
  return size_t(std::min_element(cycles.begin(), cycles.end()) -
                cycles.begin());
}

double PlannedProduct::ratio() const {
  return double(chosen) / double(cycles[best()]);
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

std::vector<PlannedProduct>
tactus::drawProducts(std::span<const systolic::Machine> machines,
                     uint64_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  // As many small sizes as large ones, and multiples of 8 among them.
  auto size = [&](int64_t most) {
    double part = double(random() >> 11) / double(uint64_t(1) << 53);
    auto drawn = int64_t(std::pow(double(most), part));
    return drawn > 8 && random() % 2 ? drawn / 8 * 8 : drawn;
  };
  std::vector<PlannedProduct> products;
  for (uint64_t i = 0; i < count; ++i) {
    PlannedProduct product;
    product.machine = machines[i % machines.size()];
    int64_t most = 24 * std::min<int64_t>(product.machine.rows, 100);
    product.rows = size(1500);
    product.depth = size(most);
    product.columns = size(most);
    product.hasBias = random() % 2;
    product.isActivated = random() % 2;
    products.push_back(std::move(product));
  }
  return products;
}

static Graph graphOf(const PlannedProduct &product) {
  bool isInteger = product.machine.supports(systolic::DataType::I8);
  ElementType type = isInteger ? ElementType::I8 : ElementType::BF16;
  ElementType sums = isInteger ? ElementType::I32 : ElementType::F32;
  ParameterStore store;
  store.set("w", Tensor::zeros({type, {product.depth, product.columns}}));
  store.set("b", Tensor::zeros({sums, {product.columns}}));
  Graph g;
  Value y = matmul(g.input("x", {type, {product.rows, product.depth}}),
                   g.parameter("w", store), sums);
  if (product.hasBias)
    y = y + g.parameter("b", store);
  if (product.isActivated)
    y = isInteger ? requantize(relu(y), {.scale = 0.01}) : cast(relu(y), type);
  g.output("y", y);
  return g;
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

/// How many plans the compiler weighs for the product of `module`, a list of
/// dispatches.
static size_t countPlans(mlir::ModuleOp module,
                         const systolic::Machine &machine) {
  size_t count = 1;
  auto main = module.lookupSymbol<mlir::func::FuncOp>("main");
  auto plan = systolic::planProgram(main, machine, 1);
  if (failed(plan))
    return count;
  for (const systolic::PlannedStep &step : plan->steps)
    if (step.placed && step.placed->kernel.product)
      count = std::max<size_t>(
          count, systolic::enumeratePlans(*step.placed, machine).size());
  return count;
}

void tactus::runPlans(PlannedProduct &product) {
  Graph graph = graphOf(product);
  DriverOptions driver;
  auto cycles = [&] {
    systolic::Simulator simulator(
        compileToSystolic(programOf(graph), product.machine, driver, {}));
    std::map<std::string, Tensor> inputs;
    for (const systolic::ProgramPort &port : simulator.program().inputs)
      inputs.emplace(port.name, Tensor::zeros(port.type));
    return simulator.run(inputs).report.totalCycles;
  };
  size_t count = 1;
  driver.afterPhase = [&](const Phase &phase, mlir::ModuleOp module) {
    if (phase.word == "outlined")
      count = countPlans(module, product.machine);
  };
  product.chosen = cycles();
  driver.afterPhase = nullptr;
  for (size_t plan = 0; plan < count; ++plan) {
    driver.plan = int64_t(plan);
    product.cycles.push_back(cycles());
  }
}
