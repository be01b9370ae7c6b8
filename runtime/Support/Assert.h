//===- Assert.h - Assertions that stay on in Release ------------*- C++ -*-===//
//
// For our own bugs only, never for what a user or a file can cause. They do not
// depend on NDEBUG, which has to agree with the build of LLVM.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_RUNTIME_SUPPORT_ASSERT_H
#define TACTUS_RUNTIME_SUPPORT_ASSERT_H

namespace tactus::detail {
/// Prints the place, the condition and the reason to standard error; aborts.
[[noreturn]] void assertionFailed(const char *file, int line,
                                  const char *condition, const char *why);
} // namespace tactus::detail

#define TACTUS_ASSERT(condition, why)                                          \
  (static_cast<bool>(condition) ? static_cast<void>(0)                         \
                                : ::tactus::detail::assertionFailed(           \
                                      __FILE__, __LINE__, #condition, why))

#define TACTUS_UNREACHABLE(why)                                                \
  ::tactus::detail::assertionFailed(__FILE__, __LINE__, "unreachable", why)

#endif // TACTUS_RUNTIME_SUPPORT_ASSERT_H
