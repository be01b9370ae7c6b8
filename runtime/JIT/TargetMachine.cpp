//===- TargetMachine.cpp - LLVM's view of a processor ---------------------===//
#include "llvm/Target/TargetMachine.h"
#include "runtime/JIT/ObjectCode.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetOptions.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;

namespace tactus {

static void initializeOnce() {
  static const bool done = [] {
    InitializeNativeTarget();
    InitializeNativeTargetAsmPrinter();
    return true;
  }();
  (void)done;
}

CodegenTarget resolveHost(CodegenTarget target) {
  if (target.cpu != "native")
    return target;
  // The features are listed too: inside a virtual machine the processor may
  // lack some of what its name promises.
  SubtargetFeatures features;
  for (const auto &feature : sys::getHostCPUFeatures())
    features.AddFeature(feature.getKey(), feature.getValue());
  target.cpu = sys::getHostCPUName().str();
  std::string asked = target.features;
  target.features = features.getString();
  if (!asked.empty())
    target.features += "," + asked;
  return target;
}

static std::unique_ptr<MCSubtargetInfo> createSubtarget(StringRef cpu,
                                                        StringRef features) {
  initializeOnce();
  Triple triple(sys::getProcessTriple());
  std::string message;
  const llvm::Target *known = TargetRegistry::lookupTarget(triple, message);
  return std::unique_ptr<MCSubtargetInfo>(
      known ? known->createMCSubtargetInfo(triple, cpu, features) : nullptr);
}

std::string findUnknownProcessor(const CodegenTarget &target) {
  // Without a processor, since an unknown one makes LLVM print to stderr.
  std::unique_ptr<MCSubtargetInfo> subtarget = createSubtarget("", "");
  if (!subtarget)
    return target.cpu;
  if (target.cpu != "native" && !subtarget->isCPUStringValid(target.cpu))
    return target.cpu;
  SubtargetFeatures features(target.features);
  for (const std::string &feature : features.getFeatures()) {
    auto isNamed = [&](const SubtargetFeatureKV &known) {
      return StringRef(feature).drop_front() == known.Key;
    };
    if (!StringRef("+-").contains(feature.front()) ||
        none_of(subtarget->getAllProcessorFeatures(), isNamed))
      return feature;
  }
  return "";
}

bool hasFeature(const CodegenTarget &target, StringRef feature) {
  CodegenTarget resolved = resolveHost(target);
  std::unique_ptr<MCSubtargetInfo> subtarget =
      createSubtarget(resolved.cpu, resolved.features);
  return subtarget && subtarget->checkFeatures(("+" + feature).str());
}

std::string missingFeature(const CodegenTarget &target) {
  CodegenTarget resolved = resolveHost(target);
  std::unique_ptr<MCSubtargetInfo> subtarget =
      createSubtarget(resolved.cpu, resolved.features);
  if (!subtarget)
    return target.cpu;
  StringMap<bool> host = sys::getHostCPUFeatures();
  for (const SubtargetFeatureKV &feature :
       subtarget->getEnabledProcessorFeatures())
    if (auto found = host.find(feature.Key);
        found != host.end() && !found->second)
      return feature.Key;
  return "";
}

Expected<std::unique_ptr<TargetMachine>>
createTargetMachine(const CodegenTarget &target) {
  initializeOnce();
  CodegenTarget resolved = resolveHost(target);
  Triple triple(sys::getProcessTriple());
  std::string message;
  const llvm::Target *known = TargetRegistry::lookupTarget(triple, message);
  if (!known)
    return createStringError(message);
  TargetOptions options;
  std::unique_ptr<TargetMachine> machine(known->createTargetMachine(
      triple, resolved.cpu, resolved.features, options, Reloc::PIC_,
      CodeModel::Small, CodeGenOptLevel::Default, /*JIT=*/true));
  if (!machine)
    return createStringError("no code can be generated for '" + triple.str() +
                             "'");
  return machine;
}

} // namespace tactus
