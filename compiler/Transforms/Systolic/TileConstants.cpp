//===- TileConstants.cpp - Weights tile by tile ---------------------------===//
#include "compiler/Transforms/Systolic/TileConstants.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace tactus::systolic {

/// The tiles in which a product reads all of its weights; none where they are
/// no matrices of the tensor's rows.
static std::optional<Tiling> tilingOf(const PlacedKernel &placed,
                                      const Machine &machine) {
  const MachineKernel &kernel = placed.kernel;
  unsigned loops = kernel.numLoops();
  Access access = placed.accessOf(kernel.product->rhs, 1);
  const Storage &storage = *access.storage;
  int64_t depth = kernel.product->depth, columns = kernel.columns();
  int64_t alongColumns = access.strides[loops - 1];
  int64_t alongDepth = access.strides[loops];
  Tiling tiling;
  if (alongColumns == 1 && alongDepth == storage.columns &&
      columns == storage.columns)
    tiling = {depth, machine.rows, machine.columns};
  else if (alongDepth == 1 && alongColumns == storage.columns &&
           depth == storage.columns)
    tiling = {columns, machine.columns, machine.rows};
  else
    return std::nullopt;
  int64_t piece = tiling.height * storage.columns;
  bool isWhole =
      storage.rows % tiling.height == 0 && access.offset % piece == 0;
  for (unsigned l = 0; l + 2 < loops; ++l)
    isWhole &= kernel.sizes[l] == 1 || access.strides[l] % piece == 0;
  // Tiles as wide as the tensor are runs of bytes as it is.
  if (!isWhole || storage.columns <= tiling.columns)
    return std::nullopt;
  return tiling;
}

void tileConstants(ProgramPlan &plan, const Machine &machine) {
  llvm::SmallMapVector<Storage *, std::optional<Tiling>, 16> constants;
  for (ProgramPlan::Port &port : plan.ports)
    if (port.role == RoleKind::constant)
      constants.insert({port.storage, std::nullopt});
  // Every reader must want the same tiles.
  auto note = [&](Storage *storage, std::optional<Tiling> tiling) {
    auto it = constants.find(storage);
    if (it == constants.end())
      return;
    if (tiling && (!it->second || it->second == tiling))
      it->second = tiling;
    else
      constants.erase(it);
  };
  for (const PlannedStep &step : plan.steps) {
    if (step.host)
      for (Storage *input : step.host->inputs)
        note(input, std::nullopt);
    if (!step.placed) {
      note(step.from.storage, std::nullopt);
      continue;
    }
    const MachineKernel &kernel = step.placed->kernel;
    auto noteRead = [&](const Read &read) {
      note(step.placed->arguments[read.argument].storage, std::nullopt);
    };
    if (kernel.product) {
      const Product &product = *kernel.product;
      noteRead(product.lhs);
      note(step.placed->arguments[product.rhs.argument].storage,
           tilingOf(*step.placed, machine));
      for (const std::optional<Read> *read :
           {&product.init, &product.drain.scales, &product.drain.slopes,
            &product.drain.residual})
        if (*read)
          noteRead(**read);
    }
    for (const VectorValue &value : kernel.vector.values)
      if (value.read)
        noteRead(*value.read);
  }
  for (auto &[storage, tiling] : constants)
    storage->tiling = tiling;
}

} // namespace tactus::systolic
