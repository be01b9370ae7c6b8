//===- Calibrate.cpp - Ranges from sample inputs --------------------------===//
#include "compiler/Driver/Calibrate.h"
#include "compiler/Driver/InterpreterExecutable.h"
#include "compiler/Driver/OwnContext.h"
#include "compiler/Graph/DiagnosticCollector.h"
#include "compiler/Target/TargetImpl.h"
#include "compiler/Transforms/Ranges.h"
#include "mlir/IR/Builders.h"
#include "runtime/Interpreter/Interpreter.h"
#include "runtime/Support/FloatText.h"
#include "runtime/Tensor/MagnitudeRange.h"

using namespace mlir;

namespace tactus {
namespace {

/// On a matmul while it is calibrated: its number.
constexpr StringLiteral numberAttribute = "tactus.calibrated";

/// A matmul and what its operands were.
struct Operands {
  ir::MatmulOp op;
  bool ran = false;
  std::array<MagnitudeRange, 2> ranges = {};
};

class Calibrator {
public:
  Calibrator(Program &program, const DriverOptions &options)
      : program(program), options(options), ports(program, options) {
    program.module->walk([&](ir::MatmulOp op) {
      if (!isCalibrated(op))
        return;
      op->setAttr(numberAttribute,
                  Builder(op->getContext()).getI64IntegerAttr(measured.size()));
      measured.push_back({op});
    });
  }

  void run(const std::map<std::string, Tensor> &sample) {
    DiagnosticCollector collector(program.context.get());
    if (failed(interpretProgram(
            *program.module, ports.inOrder(sample), program.parameters,
            {options.maxMemory, options.maxIterations},
            [&](Operation *op, ArrayRef<Tensor> in) { observe(op, in); })))
      throw collector.toError();
  }

  /// Writes the ranges to the program.
  void finish(const Calibration &calibration) {
    for (Operands &operands : measured) {
      operands.op->removeAttr(numberAttribute);
      if (!operands.ran)
        continue;
      SmallVector<float> ranges;
      for (const MagnitudeRange &range : operands.ranges)
        ranges.push_back(calibration.method == Calibration::Method::MinMax
                             ? range.greatest()
                             : range.percentile(calibration.percentile));
      operands.op->setAttr(
          rangesAttribute,
          DenseF32ArrayAttr::get(operands.op->getContext(), ranges));
    }
  }

private:
  void observe(Operation *op, ArrayRef<Tensor> in) {
    auto number = op->getAttrOfType<IntegerAttr>(numberAttribute);
    if (!number)
      return;
    Operands &operands = measured[size_t(number.getInt())];
    operands.ran = true;
    for (size_t i = 0; i < operands.ranges.size(); ++i)
      if (!isPrepared(operands.op->getOperand(unsigned(i)))) {
        try {
          operands.ranges[i].add(in[i]);
        } catch (const Error &error) {
          throw Error(std::string(i == 0 ? "lhs" : "rhs") + ": " +
                      error.message());
        }
      }
  }

  Program &program;
  const DriverOptions &options;
  /// Only to check the samples.
  InterpreterExecutable ports;
  std::vector<Operands> measured;
};

bool multipliesBytes(const Target &target) {
  auto *machine = std::get_if<systolic::Machine>(&target.description().machine);
  return machine && machine->supports(systolic::DataType::I8);
}

} // namespace

Program calibrate(const Program &source, const Target &target,
                  const Calibration &calibration,
                  const DriverOptions &options) {
  if (!multipliesBytes(target))
    throw Error("expected a systolic machine that multiplies i8 as the target "
                "of a calibration, but got '" +
                target.name() + "'");
  if (calibration.samples.empty())
    throw Error("expected one sample or more to calibrate with, but got none");
  if (!(calibration.percentile > 0 && calibration.percentile <= 100))
    throw Error("expected a percentile above 0 and at most 100, but got " +
                toShortestString(calibration.percentile));
  Program program = inOwnContext(source);
  Calibrator calibrator(program, options);
  for (size_t i = 0; i < calibration.samples.size(); ++i)
    try {
      calibrator.run(calibration.samples[i]);
    } catch (const Error &error) {
      throw Error(error.place(), "calibration sample " + std::to_string(i) +
                                     ": " + error.message());
    }
  calibrator.finish(calibration);
  return program;
}

} // namespace tactus
