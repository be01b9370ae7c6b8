//===- ExpectError.h - Asserts a whole message ------------------*- C++ -*-===//
#ifndef TACTUS_TESTS_UNIT_SUPPORT_EXPECTERROR_H
#define TACTUS_TESTS_UNIT_SUPPORT_EXPECTERROR_H

#include "tactus/Error.h"
#include <gtest/gtest.h>
#include <string>

namespace tactus::test {

/// What `run` throws as an Error; `no error` where it throws nothing.
template <typename Fn> std::string errorOf(Fn &&run) {
  try {
    run();
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

} // namespace tactus::test

/// The statement must throw an Error whose whole line is `expected`.
#define EXPECT_ERROR(statement, expected)                                      \
  EXPECT_EQ(::tactus::test::errorOf([&] { (void)(statement); }),               \
            std::string(expected))

#endif // TACTUS_TESTS_UNIT_SUPPORT_EXPECTERROR_H
