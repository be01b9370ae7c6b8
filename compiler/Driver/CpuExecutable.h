//===- CpuExecutable.h - Programs compiled for this processor ---*- C++ -*-===//
#ifndef TACTUS_COMPILER_DRIVER_CPUEXECUTABLE_H
#define TACTUS_COMPILER_DRIVER_CPUEXECUTABLE_H

#include "compiler/Driver/Compile.h"
#include "compiler/Driver/RangeSizes.h"
#include "runtime/Core/BoundSteps.h"
#include "runtime/Core/ExecutableImpl.h"
#include "runtime/Core/Profile.h"
#include "runtime/JIT/ObjectCache.h"
#include "llvm/ADT/StringMap.h"
#include <list>
#include <mutex>

namespace tactus {

class KernelLibrary;

/// Code for one set of input shapes.
struct CpuVariant {
  StepList steps;
  std::shared_ptr<const KernelLibrary> library;
  /// Of its calls, what the step list does not know.
  CallMemory memory;
};

/// Compiles a variant for each set of input shapes that is asked for, and for
/// each set of sizes of ranges whose bounds the program computes, and keeps the
/// last 16 that were used. What @prepare computes is shared between
/// variants whose @prepare is the same.
class CpuExecutable final : public Executable::Impl {
public:
  /// Throws where the processor cannot run here.
  CpuExecutable(const Program &program, CpuMachine machine,
                DriverOptions options);

  std::vector<Tensor> run(std::vector<Tensor> inputs) const override;
  std::vector<TensorType>
  outputTypes(std::span<const TensorType> inputTypes) const override;
  std::unique_ptr<BoundProgram>
  bindTo(std::vector<Tensor> inputs,
         std::vector<Tensor> outputs) const override;

  /// The code for inputs of these static types, compiled if need be.
  /// `rangeSizes` are of the ranges whose bounds the program computes.
  std::shared_ptr<const CpuVariant>
  variant(std::span<const TensorType> inputTypes,
          const std::vector<int64_t> &rangeSizes = {}) const;
  /// The code for these inputs, whose values ranges may depend on.
  std::shared_ptr<const CpuVariant>
  variantFor(std::span<const Tensor> inputs) const;

  /// Compiles the code for these inputs once more, and gives the instructions
  /// of one of its kernels as text. Throws `Error`, with the names of all,
  /// where there is no `kernel`.
  std::string assembly(std::span<const Tensor> inputs,
                       const std::string &kernel) const;
  const CpuMachine &processor() const { return machine; }

private:
  using Prepared = std::shared_ptr<const std::vector<Tensor>>;

  /// The program for inputs of these types, at the level 3c.
  mlir::OwningOpRef<mlir::ModuleOp>
  outline(std::span<const TensorType> inputTypes,
          const std::vector<int64_t> &rangeSizes,
          const AfterPhase &afterPhase) const;
  /// Takes `module` from a level to another. Throws Error.
  void lower(mlir::ModuleOp module, llvm::StringRef from, llvm::StringRef to,
             const AfterPhase &afterPhase) const;
  /// Code of `module`, which goes from the level 3c to 5c, made a kernel at a
  /// time. Gives null where that fails, and leaves `module` as it was.
  std::shared_ptr<const KernelLibrary>
  compileByKernel(mlir::ModuleOp module) const;
  /// The same, all kernels at once. Throws Error.
  std::shared_ptr<const KernelLibrary>
  compileWhole(mlir::ModuleOp module, const AfterPhase &afterPhase) const;
  std::shared_ptr<const CpuVariant>
  compile(std::span<const TensorType> inputTypes,
          const std::vector<int64_t> &rangeSizes) const;
  std::vector<int64_t> rangeSizesOf(std::span<const Tensor> inputs) const;

  CpuMachine machine;
  std::vector<Phase> phases;
  DriverOptions options;
  int64_t threads;
  ParameterStore parameters;
  std::optional<ObjectCache> cache;

  // Everything below is used by one thread at a time.
  mutable std::mutex mutex;
  Program program;
  RangeSizes ranges;
  struct CachedVariant {
    std::vector<TensorType> inputTypes;
    std::vector<int64_t> rangeSizes;
    std::shared_ptr<const CpuVariant> variant;
  };
  /// The last used first.
  mutable std::list<CachedVariant> variants;
  /// By the text of @prepare and its kernels.
  mutable llvm::StringMap<Prepared> prepared;
  mutable bool dumped = false;
};

/// What is behind a program compiled for a processor. Throws `Error` where it
/// is compiled for another target.
const CpuExecutable &cpuProgram(const Executable &program);

} // namespace tactus

#endif // TACTUS_COMPILER_DRIVER_CPUEXECUTABLE_H
