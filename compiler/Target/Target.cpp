//===- Target.cpp - Targets by name ---------------------------------------===//
#include "compiler/Target/TargetImpl.h"
#include "runtime/Systolic/MachineJson.h"
#include "tactus/Error.h"

namespace tactus {

Target Target::parse(std::string_view name) {
  auto impl = std::make_shared<Impl>();
  impl->name = name;
  size_t colon = name.find(':');
  std::string_view kind = name.substr(0, colon);
  std::string_view machine =
      colon == std::string_view::npos ? "" : name.substr(colon + 1);
  if (kind == "interpreter" && colon == std::string_view::npos)
    impl->machine = std::monostate();
  else if (kind == "cpu" && colon != name.size() - 1)
    impl->machine = resolveCpu(machine);
  else if (kind == "systolic")
    impl->machine = systolic::resolveMachine(machine);
  else
    throw Error("expected a target 'interpreter', 'cpu', 'cpu:MACHINE' or "
                "'systolic:MACHINE', but got '" +
                std::string(name) + "'");
  return Target(std::move(impl));
}

Target::Kind Target::kind() const {
  return Kind(impl->machine.index());
}

const std::string &Target::name() const {
  return impl->name;
}

} // namespace tactus
