//===- Remarks.cpp - What passes say of their decisions -------------------===//
#include "compiler/Driver/Remarks.h"
#include "mlir/IR/Remarks.h"
#include "tactus/Error.h"
#include "llvm/Support/Regex.h"

using namespace mlir;

namespace tactus {

void checkRemarkFilter(const std::string &filter) {
  std::string problem;
  if (!llvm::Regex(filter).isValid(problem))
    throw Error("expected a regular expression of categories, such as "
                "tactus-fusion, but got '" +
                filter + "' (" + problem + ")");
}

namespace {

/// `'h' (exp) fused into 'y' (add): cost 35 ns, limit 48 ns`
std::string lineOf(const remark::detail::Remark &remark) {
  std::string text, figures;
  for (const remark::detail::Remark::Arg &argument : remark.getArgs())
    if (argument.key == "Remark")
      text += argument.val;
    else
      figures += (figures.empty() ? ": " : ", ") +
                 StringRef(argument.key).lower() + " " + argument.val;
  return remark.getCategoryName().str() + ": " + text + figures;
}

class Listener final : public remark::detail::MLIRRemarkStreamerBase {
public:
  explicit Listener(std::function<void(const std::string &)> listener)
      : listener(std::move(listener)) {}

  void streamOptimizationRemark(const remark::detail::Remark &remark) override {
    listener(lineOf(remark));
  }

private:
  std::function<void(const std::string &)> listener;
};

} // namespace

void enableRemarks(MLIRContext &context, const RemarkOptions &options) {
  if (options.filter.empty())
    return;
  checkRemarkFilter(options.filter);
  // A kind without a filter of its own has none, whatever `all` says.
  remark::RemarkCategories categories;
  for (auto *filter : {&categories.passed, &categories.missed,
                       &categories.analysis, &categories.failed})
    *filter = options.filter;
  if (failed(remark::enableOptimizationRemarks(
          context, std::make_unique<Listener>(options.listener),
          std::make_unique<remark::RemarkEmittingPolicyAll>(), categories)))
    throw Error("cannot tell remarks");
}

} // namespace tactus
