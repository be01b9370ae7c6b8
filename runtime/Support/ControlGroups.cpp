//===- ControlGroups.cpp - The groups that limit this process -------------===//
#include "runtime/Support/ControlGroups.h"
#include <fstream>
#include <string>

namespace fs = std::filesystem;

namespace tactus {

void forEachControlGroup(
    const fs::path &root, std::string_view controller,
    const std::function<void(const fs::path &, GroupVersion)> &function) {
  // Lines are `id:controllers:/path`; version 2 has the id 0 and no controller.
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    size_t first = line.find(':');
    size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    fs::path path = fs::path(line.substr(second + 1)).relative_path();
    fs::path mount = root / "sys/fs/cgroup";
    GroupVersion version = GroupVersion::Two;
    if (!controllers.empty()) {
      std::string wanted = "," + std::string(controller) + ",";
      if (("," + controllers + ",").find(wanted) == std::string::npos)
        continue;
      mount /= controller;
      version = GroupVersion::One;
    }
    for (;; path = path.parent_path()) {
      function(mount / path, version);
      if (path.empty())
        break;
    }
  }
}

} // namespace tactus
