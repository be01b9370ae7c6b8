//===- MagnitudeRange.cpp - How large numbers are -------------------------===//
#include "runtime/Tensor/MagnitudeRange.h"
#include "tactus/Error.h"
#include <algorithm>
#include <bit>
#include <cmath>

using namespace tactus;

/// Bits of a float below those that make its bin.
static constexpr int lowBits = 23 - 8;

void MagnitudeRange::add(float value) {
  float magnitude = std::fabs(value);
  if (!std::isfinite(magnitude))
    throw Error("expected finite numbers, but got " +
                std::string(std::isnan(value) ? "nan"
                            : value < 0       ? "-inf"
                                              : "inf"));
  most = std::max(most, magnitude);
  ++numbers;
  uint32_t bin = std::bit_cast<uint32_t>(magnitude) >> lowBits;
  std::unique_ptr<Bins> &ofExponent = bins[bin >> significandBits];
  if (!ofExponent)
    ofExponent = std::make_unique<Bins>();
  ++(*ofExponent)[bin % ofExponent->size()];
}

void MagnitudeRange::add(const Tensor &tensor) {
  switch (tensor.elementType()) {
  case ElementType::F32:
    for (float value : tensor.data<float>())
      add(value);
    return;
  case ElementType::F16:
    for (Float16 value : tensor.data<Float16>())
      add(float(value));
    return;
  case ElementType::BF16:
    for (BFloat16 value : tensor.data<BFloat16>())
      add(float(value));
    return;
  default:
    throw Error("expected numbers of f16, bf16 or f32, but got " +
                tensor.type().str());
  }
}

float MagnitudeRange::percentile(double percent) const {
  double needed = std::max(1.0, std::ceil(percent / 100 * double(numbers)));
  uint64_t seen = 0;
  for (size_t exponent = 0; exponent < bins.size(); ++exponent) {
    if (!bins[exponent])
      continue;
    for (size_t i = 0; i < bins[exponent]->size(); ++i) {
      seen += (*bins[exponent])[i];
      if (double(seen) < needed)
        continue;
      // The greatest float of the bin.
      uint32_t bin = uint32_t(exponent * bins[exponent]->size() + i);
      uint32_t bits = (bin << lowBits) | ((1u << lowBits) - 1);
      return std::min(most, std::bit_cast<float>(bits));
    }
  }
  return most;
}
