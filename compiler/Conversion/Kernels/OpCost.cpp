//===- OpCost.cpp - What an op takes a processor --------------------------===//
#include "compiler/Conversion/Kernels/OpCost.h"
#include "compiler/Conversion/Kernels/KernelPlan.h"
#include "dialects/Tactus/TactusDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace tactus {

/// The width that the figures are for.
static constexpr double measuredBits = 512;

// Picoseconds an element.
static constexpr double free = 0, cheap = 20, division = 230, exponential = 240,
                        root = 400, function = 330, longFunction = 1100,
                        severalFunctions = 2500, power = 5500, lookup = 1000,
                        scan = 1000;

static double picoseconds(Operation *op) {
  return TypeSwitch<Operation *, double>(op)
      .Case<ir::ConstantOp, ir::ReshapeOp, ir::BroadcastOp, ir::SliceOp,
            ir::ConcatOp, ir::UnpackOp, ir::PackOp, ir::IotaOp>(
          [](auto) { return free; })
      .Case<ir::GatherOp, ir::GatherElementsOp, ir::GatherNdOp,
            ir::ScatterElementsOp, ir::ScatterNdOp>([](auto) { return lookup; })
      .Case<ir::CumsumOp, ir::CumprodOp>([](auto) { return scan; })
      .Case<ir::DivOp, ir::ReciprocalOp, ir::HardSwishOp, ir::QuantizeOp,
            ir::RequantizeOp>([](auto) { return division; })
      .Case<ir::ExpOp>([](auto) { return exponential; })
      .Case<ir::SqrtOp, ir::RsqrtOp, ir::SoftsignOp>([](auto) { return root; })
      .Case<ir::LeakyReluOp, ir::FloorOp, ir::CeilOp, ir::RoundOp, ir::TruncOp,
            ir::SignOp, ir::Relu6Op, ir::HardTanhOp, ir::DequantizeOp>(
          [](auto) { return cheap; })
      .Case<ir::LogOp, ir::Log1pOp, ir::Expm1Op, ir::EluOp, ir::SeluOp,
            ir::CeluOp, ir::CbrtOp, ir::ModOp, ir::AsinOp, ir::AcosOp,
            ir::AtanOp>([](auto) { return longFunction; })
      .Case<ir::SinOp, ir::CosOp, ir::TanOp, ir::SinhOp, ir::CoshOp,
            ir::AtanhOp, ir::ErfcOp, ir::SoftplusOp, ir::MishOp>(
          [](auto) { return severalFunctions; })
      .Case<ir::PowOp, ir::AsinhOp, ir::AcoshOp>([](auto) { return power; })
      .Default(
          [](Operation *other) { return isCheap(other) ? cheap : function; });
}

OpCost costOfElement(Operation *op, const VectorMachine &machine) {
  double cost = picoseconds(op);
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  // Narrow floats are computed in f32; those of 64 bits fill two vectors.
  double vectors = element.getIntOrFloatBitWidth() > 32 ? 2 : 1;
  // A lookup goes element by element in any case.
  if (cost == lookup)
    return {cost, false};
  return {cost * vectors * measuredBits / double(machine.vectorBits),
          cost >= exponential && cost != root};
}

double crowding(unsigned functions) {
  return functions <= 2 ? 1.0 : std::min(1 + (functions - 1) / 8.0, 2.5);
}

double crowdingOfStreams(unsigned streams) {
  // Ops are asked for one by one, and the first too many is worth a kernel only
  // with those that follow it, so what these take counts at once.
  constexpr unsigned mostStreams = 34;
  return streams > mostStreams ? 2 : 1;
}

bool isStream(double bytes, const VectorMachine &machine) {
  return bytes > double(machine.l2Bytes) / 8;
}

double costOfBytes(double bytes, double tensorBytes,
                   const VectorMachine &machine) {
  // A kernel has about three tensors at hand.
  if (tensorBytes <= double(machine.l1Bytes) / 3)
    return bytes * 5;
  return bytes * (tensorBytes <= double(machine.l2Bytes) / 3 ? 13 : 45);
}

double costOfProduct(double bits, const VectorMachine &machine) {
  return 18 * std::max(bits / 32, 1.0) * measuredBits /
         double(machine.vectorBits);
}

double costOfReduced(const VectorMachine &machine) {
  // The sums of a row wait for one another, and each pass reads the row again:
  // softmax of 100 x 333 took 17.6 us.
  constexpr double reduced = 75;
  return reduced * measuredBits / double(machine.vectorBits);
}

} // namespace tactus
