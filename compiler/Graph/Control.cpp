//===- Control.cpp - Choice and repetition --------------------------------===//
#include "tactus/Control.h"
#include "compiler/Graph/GraphState.h"
#include "compiler/Graph/OpCall.h"
#include "dialects/Tactus/TactusDialect.h"

namespace tactus {
namespace {

/// A region while the caller's function adds to it, and until its op has taken
/// it. It is dropped where the function throws or the op refuses it, and its
/// names are then free again.
class RegionScope {
public:
  RegionScope(std::shared_ptr<GraphState> graph,
              llvm::ArrayRef<mlir::Type> types,
              const std::source_location &where)
      : state(std::move(graph)), where(where) {
    llvm::SmallVector<mlir::Location> locations(types.size(),
                                                callerLocation(*state, where));
    for (mlir::Value value : state->builder.beginRegion(types, locations))
      arguments.push_back(GraphAccess::makeValue(state, value));
  }
  RegionScope(const RegionScope &) = delete;
  RegionScope &operator=(const RegionScope &) = delete;
  ~RegionScope() {
    if (isOpen) {
      collectNames(state->builder.openRegion());
      state->builder.dropRegion();
    }
    for (const std::string &name : names)
      state->names.erase(name);
  }

  /// Ends the region.
  void yield(const std::vector<Value> &results, llvm::StringRef op) {
    llvm::SmallVector<mlir::Value> values;
    for (const Value &result : results) {
      if (GraphAccess::stateOf(result) != state ||
          !state->builder.isVisible(GraphAccess::valueOf(result)))
        throw Error(
            callerPlace(where, op),
            "expected a region to return values that are seen in it, "
            "but result " +
                std::to_string(values.size()) +
                (GraphAccess::stateOf(result) ? " is not" : " is empty"));
      values.push_back(GraphAccess::valueOf(result));
    }
    isOpen = false;
    content = state->builder.endRegion(values, callerLocation(*state, where));
    collectNames(*content);
  }

  /// Gives the region away.
  std::unique_ptr<mlir::Region> take() { return std::move(content); }
  /// The op has taken it.
  void keepNames() { names.clear(); }

  std::vector<Value> arguments;

private:
  void collectNames(mlir::Region &region) {
    auto collect = [&](mlir::Location location) {
      if (auto named = mlir::dyn_cast<mlir::NameLoc>(location))
        names.push_back(named.getName().str());
    };
    for (mlir::BlockArgument argument : region.getArguments())
      collect(argument.getLoc());
    region.walk([&](mlir::Operation *op) {
      collect(op->getLoc());
      for (mlir::Region &inner : op->getRegions())
        for (mlir::BlockArgument argument : inner.getArguments())
          collect(argument.getLoc());
    });
  }

  std::shared_ptr<GraphState> state;
  std::source_location where;
  std::unique_ptr<mlir::Region> content;
  std::vector<std::string> names;
  bool isOpen = true;
};

/// Adds an op with its regions.
std::vector<Value> addWith(OpCall call,
                           std::initializer_list<RegionScope *> regions) {
  for (RegionScope *region : regions)
    std::move(call).region(region->take());
  std::vector<Value> values = std::move(call).values();
  for (RegionScope *region : regions)
    region->keepNames();
  return values;
}

std::shared_ptr<GraphState> stateOf(const std::vector<Value> &values,
                                    llvm::StringRef op,
                                    const std::source_location &where) {
  for (const Value &value : values)
    if (!GraphAccess::stateOf(value))
      throw Error(callerPlace(where, op),
                  "expected values, but one of them is empty");
  if (values.empty())
    throw Error(callerPlace(where, op), "expected a value, but got none");
  return GraphAccess::stateOf(values.front());
}

/// Throws unless each function is one that can be called.
void requireFunctions(std::initializer_list<bool> areThere, llvm::StringRef op,
                      const std::source_location &where) {
  if (llvm::is_contained(areThere, false))
    throw Error(callerPlace(where, op),
                "expected functions, but one of them is empty");
}

/// Operands that record the caller's place.
std::vector<Operand> operandsOf(const std::vector<Value> &values,
                                const std::source_location &where) {
  std::vector<Operand> operands;
  for (const Value &value : values)
    operands.emplace_back(value, where);
  return operands;
}

std::vector<const Operand *> pointersTo(const std::vector<Operand> &operands) {
  std::vector<const Operand *> pointers;
  for (const Operand &operand : operands)
    pointers.push_back(&operand);
  return pointers;
}

} // namespace

std::vector<Value> cond(Operand condition,
                        const std::function<std::vector<Value>()> &then,
                        const std::function<std::vector<Value>()> &otherwise) {
  const std::source_location &where = condition.where();
  if (!condition.value())
    throw Error(callerPlace(where, "if"),
                "expected a value as condition, but got a number");
  requireFunctions({bool(then), bool(otherwise)}, "if", where);
  auto state = stateOf({*condition.value()}, "if", where);
  OpCall call = OpCall::on<ir::IfOp>({&condition});
  RegionScope thenRegion(state, {}, where);
  thenRegion.yield(then(), "if");
  RegionScope elseRegion(state, {}, where);
  elseRegion.yield(otherwise(), "if");
  return addWith(std::move(call), {&thenRegion, &elseRegion});
}

std::vector<Value> whileLoop(
    const std::vector<Value> &initial,
    const std::function<Value(const std::vector<Value> &)> &condition,
    const std::function<std::vector<Value>(const std::vector<Value> &)> &body,
    const std::source_location &where) {
  requireFunctions({bool(condition), bool(body)}, "while", where);
  auto state = stateOf(initial, "while", where);
  std::vector<Operand> operands = operandsOf(initial, where);
  OpCall call = OpCall::on<ir::WhileOp>(pointersTo(operands));
  RegionScope conditionRegion(state, call.regionArguments(0), where);
  conditionRegion.yield({condition(conditionRegion.arguments)}, "while");
  RegionScope bodyRegion(state, call.regionArguments(1), where);
  bodyRegion.yield(body(bodyRegion.arguments), "while");
  return addWith(std::move(call), {&conditionRegion, &bodyRegion});
}

std::vector<Value>
scan(const std::vector<Value> &initial, const std::vector<Value> &sequences,
     const std::function<std::vector<Value>(const std::vector<Value> &,
                                            const std::vector<Value> &)> &body,
     ScanOrder order, const std::source_location &where) {
  requireFunctions({bool(body)}, "scan", where);
  std::vector<Value> inputs = initial;
  inputs.insert(inputs.end(), sequences.begin(), sequences.end());
  auto state = stateOf(inputs, "scan", where);
  std::vector<Operand> operands = operandsOf(inputs, where);
  OpCall call = OpCall::on<ir::ScanOp>(pointersTo(operands))
                    .set("num_scan_inputs", int64_t(sequences.size()))
                    .set("reverse", order == ScanOrder::Reverse);
  RegionScope region(state, call.regionArguments(0), where);
  auto split = region.arguments.begin() + std::ptrdiff_t(initial.size());
  region.yield(
      body({region.arguments.begin(), split}, {split, region.arguments.end()}),
      "scan");
  return addWith(std::move(call), {&region});
}

} // namespace tactus
