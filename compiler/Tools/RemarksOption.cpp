//===- RemarksOption.cpp - What passes say, on standard error -------------===//
#include "compiler/Tools/RemarksOption.h"
#include "tactus/Error.h"
#include <cstdio>

using namespace tactus;

RemarkOptions tactus::readRemarks(const Arguments &arguments) {
  RemarkOptions options;
  auto filter = arguments.get("--remarks-filter");
  if (!filter)
    return options;
  if (filter->empty())
    throw Error("expected a regular expression of categories, such as "
                "tactus-fusion, after --remarks-filter, but got nothing");
  checkRemarkFilter(*filter);
  options.filter = *filter;
  options.listener = [](const std::string &line) {
    std::fprintf(stderr, "%s\n", line.c_str());
  };
  return options;
}
