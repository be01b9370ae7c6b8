//===- FloatText.cpp - Floats to and from decimal -------------------------===//
#include "runtime/Support/FloatText.h"
#include "runtime/Support/Assert.h"
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace tactus;

/// Splits `[-]d[.ddd]e[+-]dd`.
static Decimal splitScientific(std::string_view text) {
  Decimal decimal;
  decimal.negative = text.front() == '-';
  text.remove_prefix(decimal.negative);
  size_t mark = text.find('e');
  TACTUS_ASSERT(mark != std::string_view::npos, "a float without exponent");
  for (char c : text.substr(0, mark))
    if (c != '.')
      decimal.digits += c;
  decimal.exponent = std::atoi(std::string(text.substr(mark + 1)).c_str());
  return decimal;
}

template <typename T> static Decimal shortestByLibrary(T value) {
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof(buffer), value,
                                    std::chars_format::scientific);
  TACTUS_ASSERT(error == std::errc(), "a float of more than 64 characters");
  return splitScientific({buffer, size_t(end - buffer)});
}

Decimal tactus::shortestDecimal(float value) {
  return shortestByLibrary(value);
}

Decimal tactus::shortestDecimal(double value) {
  return shortestByLibrary(value);
}

Decimal tactus::roundedScientific(double value, int digits) {
  std::vector<char> buffer(size_t(digits) + 32);
  int length =
      std::snprintf(buffer.data(), buffer.size(), "%.*e", digits, value);
  return splitScientific({buffer.data(), size_t(length)});
}

Decimal tactus::roundedPositional(double value, int digits) {
  std::vector<char> buffer(size_t(digits) + 352);
  int length =
      std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, value);
  std::string_view text(buffer.data(), size_t(length));
  Decimal decimal;
  decimal.negative = text.front() == '-';
  text.remove_prefix(decimal.negative);
  size_t whole = std::min(text.find('.'), text.size());
  for (char c : text)
    if (c != '.')
      decimal.digits += c;
  size_t zeros = decimal.digits.find_first_not_of('0');
  if (zeros == std::string::npos) {
    decimal.digits = "0";
    return decimal;
  }
  decimal.digits.erase(0, zeros);
  decimal.exponent = int(whole) - 1 - int(zeros);
  return decimal;
}

/// For a type of 16 bits: tries 1, 2, ... digits. The nearest decimal of a
/// length may miss the interval that reads back as `value` where the one on its
/// other side does not: above a power of two the interval is wider.
template <typename T> static Decimal shortestBySearch(T value) {
  const double exact = double(value);
  const double magnitude = std::fabs(exact);
  for (int digits = 0; digits < 6; ++digits) {
    Decimal nearest = roundedScientific(exact, digits);
    const std::string scale =
        "e" + std::to_string(nearest.exponent - nearest.fractionDigits());
    auto readsBack = [&](const std::string &integer) {
      T read(std::strtod((integer + scale).c_str(), nullptr));
      return double(read) == magnitude;
    };
    if (readsBack(nearest.digits))
      return nearest;
    const long integer = std::atol(nearest.digits.c_str());
    const bool above =
        std::strtod((nearest.digits + scale).c_str(), nullptr) > magnitude;
    const std::string other = std::to_string(above ? integer - 1 : integer + 1);
    if (other.size() == nearest.digits.size() && readsBack(other)) {
      nearest.digits = other;
      return nearest;
    }
  }
  TACTUS_UNREACHABLE("16 bits need no more than five digits");
}

Decimal tactus::shortestDecimal(Float16 value) {
  return shortestBySearch(value);
}

Decimal tactus::shortestDecimal(BFloat16 value) {
  return shortestBySearch(value);
}

std::string tactus::toString(const Decimal &decimal, bool withExponent) {
  std::string out = decimal.negative ? "-" : "";
  const std::string &digits = decimal.digits;
  const int exponent = decimal.exponent;
  if (withExponent) {
    out += digits[0];
    if (digits.size() > 1)
      out += "." + digits.substr(1);
    char buffer[16];
    std::snprintf(buffer, sizeof(buffer), "e%+03d", exponent);
    return out + buffer;
  }
  if (exponent < 0)
    return out + "0." + std::string(size_t(-exponent - 1), '0') + digits;
  const size_t whole = size_t(exponent) + 1;
  if (digits.size() <= whole)
    return out + digits + std::string(whole - digits.size(), '0') + ".0";
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

template <typename T> std::string tactus::toShortestString(T value) {
  const double wide = double(value);
  if (std::isnan(wide))
    return "nan";
  if (std::isinf(wide))
    return wide < 0 ? "-inf" : "inf";
  Decimal decimal = shortestDecimal(value);
  return toString(decimal, decimal.exponent < -4 || decimal.exponent >= 16);
}

template std::string tactus::toShortestString(float);
template std::string tactus::toShortestString(double);
template std::string tactus::toShortestString(Float16);
template std::string tactus::toShortestString(BFloat16);

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// `-?digits(.digits)?(e[+-]?digits)?` in the sense of JSON, but leading zeros
/// and a bare point are let through. Digits come without zeros at either end.
static std::optional<Decimal> parseDecimal(std::string_view text) {
  Decimal decimal;
  size_t at = 0;
  if (at < text.size() && text[at] == '-') {
    decimal.negative = true;
    ++at;
  }
  bool anyDigit = false, seenPoint = false, seenNonZero = false;
  int64_t exponent = -1;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c == '.' && !seenPoint) {
      seenPoint = true;
      continue;
    }
    if (c < '0' || c > '9')
      break;
    anyDigit = true;
    seenNonZero |= c != '0';
    if (seenNonZero)
      decimal.digits += c;
    if (!seenPoint && seenNonZero)
      ++exponent;
    if (seenPoint && !seenNonZero)
      --exponent;
  }
  if (!anyDigit)
    return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && text[at] == '+')
      ++at;
    int64_t power = 0;
    auto [end, error] =
        std::from_chars(text.data() + at, text.data() + text.size(), power);
    if (error == std::errc::invalid_argument)
      return std::nullopt;
    // Past all floats either way; what counts is that sums do not overflow.
    constexpr int64_t huge = 100'000'000;
    if (error == std::errc::result_out_of_range)
      power = text[at] == '-' ? -huge : huge;
    exponent += std::clamp(power, -huge, huge);
    at = size_t(end - text.data());
  }
  if (at != text.size())
    return std::nullopt;
  while (!decimal.digits.empty() && decimal.digits.back() == '0')
    decimal.digits.pop_back();
  if (decimal.digits.empty()) {
    decimal.digits = "0";
    exponent = 0;
  }
  decimal.exponent = int(exponent);
  return decimal;
}

/// Negative, zero or positive as the magnitude of `a` is below, equal to or
/// above that of `b`. Neither has zeros at the ends of its digits.
static int compareMagnitudes(const Decimal &a, const Decimal &b) {
  const bool zeroA = a.digits == "0", zeroB = b.digits == "0";
  if (zeroA || zeroB)
    return int(zeroB) - int(zeroA);
  if (a.exponent != b.exponent)
    return a.exponent < b.exponent ? -1 : 1;
  return a.digits.compare(b.digits);
}

/// The double nearest to `decimal`, moved off it by one unit where it is not
/// exact and its last bit is even. Rounding that to a narrower type then gives
/// what rounding the decimal itself does.
static double roundToOdd(const Decimal &decimal, double nearest) {
  uint64_t bits = std::bit_cast<uint64_t>(nearest);
  // Values of 16 bits and the points between them end in 40 zeros. Anything
  // else is on the right side of them already.
  if (!std::isfinite(nearest) || bits << 24)
    return nearest;
  // 1100 digits write every double exactly.
  Decimal exact = roundedScientific(std::fabs(nearest), 1100);
  while (exact.digits.size() > 1 && exact.digits.back() == '0')
    exact.digits.pop_back();
  const int order = compareMagnitudes(decimal, exact);
  if (order == 0)
    return nearest;
  if (!(bits & 1))
    bits += order < 0 ? -1 : 1;
  return std::bit_cast<double>(bits);
}

template <typename T>
std::optional<T> tactus::parseFloat(std::string_view text) {
  if (text == "nan")
    return T(std::nan(""));
  if (text == "inf" || text == "-inf")
    return T(text[0] == '-' ? -HUGE_VAL : HUGE_VAL);
  std::optional<Decimal> decimal = parseDecimal(text);
  if (!decimal)
    return std::nullopt;

  // from_chars leaves the value alone where it is out of range; the exponent
  // tells whether it was too small, which is no error.
  constexpr bool native = std::is_same_v<T, float> || std::is_same_v<T, double>;
  using Read = std::conditional_t<native, T, double>;
  Read read = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), read);
  if (error == std::errc::result_out_of_range) {
    if (decimal->exponent > 0)
      return std::nullopt;
    read = decimal->negative ? -Read(0) : Read(0);
  } else if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  if constexpr (native) {
    if (!std::isfinite(read))
      return std::nullopt;
    return read;
  } else {
    // Zero is far below half the least T, so it needs no care.
    T narrow(read == 0 ? double(read) : roundToOdd(*decimal, read));
    if (!std::isfinite(double(narrow)))
      return std::nullopt;
    return narrow;
  }
}

template std::optional<float> tactus::parseFloat(std::string_view);
template std::optional<double> tactus::parseFloat(std::string_view);
template std::optional<Float16> tactus::parseFloat(std::string_view);
template std::optional<BFloat16> tactus::parseFloat(std::string_view);
