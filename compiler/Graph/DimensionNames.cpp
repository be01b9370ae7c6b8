//===- DimensionNames.cpp - Which sizes are those of inputs ---------------===//
//
// Shape functions give sizes, and say nothing of names. So they are asked
// twice, with other numbers in the place of the names: a size that is the
// number of a name both times has the name. Sizes follow from others by
// multiplication and addition, and no such formula gives two numbers of the
// lists below twice but the one that gives the size itself. What a slice leaves
// of a dimension may be a size only up to a bound, so it never has its name.
//
//===----------------------------------------------------------------------===//
#include "compiler/Graph/DimensionNames.h"
#include "compiler/Graph/Program.h"
#include "dialects/Tactus/ShapeInference.h"
#include "dialects/Tactus/TactusDialect.h"
#include "mlir/IR/Diagnostics.h"

using namespace mlir;

namespace tactus {
namespace {

/// Number `i` is `base + i * distance`. Both lists are small, so that tensors
/// of several such sizes stay within the limits, and larger than the factors of
/// common shapes.
struct Numbers {
  int64_t base, distance;

  int64_t at(int64_t i) const { return base + i * distance; }
  /// -1 where `size` is none of the first `count`.
  int64_t find(int64_t size, int64_t count) const {
    int64_t i = (size - base) / distance;
    return size >= base && i < count && at(i) == size ? i : -1;
  }
};
constexpr Numbers lists[] = {{257, 2}, {1021, 6}};

bool isStatic(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return !tensor || tensor.hasStaticShape();
}

/// Gives the values of a copy of a function sizes of one list.
class Sizes {
public:
  Sizes(const Numbers &list, int64_t numNames)
      : list(list), nextNumber(numNames) {}

  /// The type with a number that is no name's for each unknown size.
  Type known(Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor || tensor.hasStaticShape())
      return type;
    SmallVector<int64_t> shape(tensor.getShape());
    for (int64_t &size : shape)
      if (ShapedType::isDynamic(size))
        size = list.at(nextNumber++);
    return tensor.clone(shape);
  }

  void infer(Operation &op) {
    SmallVector<Type> before(op.getResultTypes());
    bool isKnown = !cutsUnknownSizes(op) && succeeded(ir::inferAgain(&op)) &&
                   llvm::all_of(op.getResultTypes(), isStatic);
    if (isKnown && op.getNumRegions() != 0)
      op.walk([&](Operation *inner) {
        isKnown &= llvm::all_of(inner->getResultTypes(), isStatic);
      });
    if (isKnown)
      return;
    for (auto [result, type] : llvm::zip(op.getResults(), before))
      result.setType(known(type));
  }

private:
  /// Whether there is a slice of what was dynamic in it.
  static bool cutsUnknownSizes(Operation &op) {
    return op
        .walk([](ir::SliceOp slice) {
          return isStatic(slice.getType()) ? WalkResult::advance()
                                           : WalkResult::interrupt();
        })
        .wasInterrupted();
  }

  const Numbers &list;
  int64_t nextNumber;
};

} // namespace

DimensionNames::DimensionNames(func::FuncOp main) {
  // What cannot be is no error here.
  ScopedDiagnosticHandler silent(main.getContext(),
                                 [](Diagnostic &) { return success(); });
  std::vector<Port> ports = inputPorts(main);
  SmallVector<SmallVector<int64_t>> inputs;
  for (const Port &port : ports) {
    SmallVector<int64_t> &numbersOfPort = inputs.emplace_back();
    for (const Dimension &dimension : port.type.dimensions) {
      numbersOfPort.push_back(-1);
      if (dimension.isStatic())
        continue;
      auto found = llvm::find(names, dimension.name());
      numbersOfPort.back() = found - names.begin();
      if (found == names.end())
        names.push_back(dimension.name());
    }
  }

  Block &body = main.getBody().front();
  auto note = [&](Value value, Value copy, const Numbers &list) {
    if (isStatic(value.getType()))
      return;
    SmallVector<int64_t> found;
    for (int64_t size : cast<RankedTensorType>(copy.getType()).getShape())
      found.push_back(list.find(size, int64_t(names.size())));
    auto [entry, isNew] = numbers.try_emplace(value, found);
    for (auto [number, again] : llvm::zip(entry->second, found))
      if (number != again)
        number = -1;
  };
  for (const Numbers &list : lists) {
    OwningOpRef<func::FuncOp> owner(main.clone());
    Block &copy = owner->getBody().front();
    Sizes sizes(list, int64_t(names.size()));
    for (auto [i, argument] : llvm::enumerate(copy.getArguments())) {
      auto type = cast<RankedTensorType>(argument.getType());
      if (i >= inputs.size() || type.hasStaticShape())
        continue;
      SmallVector<int64_t> shape(type.getShape());
      for (auto [size, number] : llvm::zip(shape, inputs[i]))
        size = number < 0 ? size : list.at(number);
      argument.setType(type.clone(shape));
      note(body.getArgument(unsigned(i)), argument, list);
    }
    for (auto [op, copied] :
         llvm::zip(body.without_terminator(), copy.without_terminator())) {
      sizes.infer(copied);
      for (auto [value, result] :
           llvm::zip(op.getResults(), copied.getResults()))
        note(value, result, list);
    }
  }
}

std::string DimensionNames::of(Value value, int64_t dim) const {
  auto entry = numbers.find(value);
  if (entry == numbers.end() || entry->second[size_t(dim)] < 0)
    return "";
  return names[size_t(entry->second[size_t(dim)])];
}

} // namespace tactus
