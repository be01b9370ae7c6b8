//===- TargetImpl.h - What a target's name stands for -----------*- C++ -*-===//
#ifndef TACTUS_COMPILER_TARGET_TARGETIMPL_H
#define TACTUS_COMPILER_TARGET_TARGETIMPL_H

#include "compiler/Target/CpuMachine.h"
#include "dialects/Systolic/Machine.h"
#include "tactus/Target.h"
#include <variant>

namespace tactus {

/// The interpreter has no description.
struct Target::Impl {
  std::string name;
  std::variant<std::monostate, CpuMachine, systolic::Machine> machine;
};

} // namespace tactus

#endif // TACTUS_COMPILER_TARGET_TARGETIMPL_H
