//===- Assert.cpp - Assertions that stay on in Release --------------------===//
#include "runtime/Support/Assert.h"
#include <cstdio>
#include <cstdlib>

void tactus::detail::assertionFailed(const char *file, int line,
                                     const char *condition, const char *why) {
  std::fprintf(stderr, "%s:%d: internal error: %s (%s)\n", file, line, why,
               condition);
  std::abort();
}
