//===- CpuOutput.cpp - What a user sees of a run on a processor -----------===//
#include "compiler/Tools/CpuOutput.h"
#include "compiler/Driver/CpuExecutable.h"
#include "compiler/Driver/MeasuredPeaks.h"
#include "compiler/Target/TargetImpl.h"
#include "runtime/Support/Files.h"
#include "tactus/Error.h"
#include <cstdio>

using namespace tactus;

static void refuseTarget(std::string_view option, std::string_view targets,
                         const Target &target) {
  throw Error("expected target " + std::string(targets) + " with " +
              std::string(option) + ", but got '" + target.name() + "'");
}

CpuOutput::CpuOutput(const Arguments &arguments, const Target &target)
    : target(target.name()) {
  bool isCpu = target.kind() == Target::Kind::Cpu;
  for (std::string_view option : {"--profile", "--dump-asm"})
    if (arguments.has(option) && !isCpu)
      refuseTarget(option, "cpu", target);
  if (arguments.has("--trace") && target.kind() == Target::Kind::Interpreter)
    refuseTarget("--trace", "cpu or systolic:MACHINE", target);
  if (!isCpu)
    return;
  static constexpr Format formats[] = {Format::Text, Format::Json};
  if (auto value = arguments.get("--profile"))
    profile = FormatOption::parse("--profile", *value, formats);
  traceFile = arguments.get("--trace");
  kernel = arguments.get("--dump-asm");
  if (profile && !profile->file.empty() && profile->file == traceFile)
    throw Error("expected a file for one thing alone, but got '" + *traceFile +
                "' for two");
}

void CpuOutput::write(const Executable &executable,
                      const std::map<std::string, Tensor> &inputs) {
  if (!profile && !traceFile && !kernel)
    return;
  const CpuExecutable &program = cpuProgram(executable);
  std::vector<Tensor> tensors = program.inOrder(inputs);
  std::shared_ptr<const CpuVariant> variant = program.variantFor(tensors);
  if (kernel)
    text += program.assembly(tensors, *kernel);

  std::vector<std::unique_ptr<AtomicFile>> files;
  auto add = [&](const std::string &file, std::string_view content) {
    files.push_back(std::make_unique<AtomicFile>(file));
    files.back()->write(content);
  };
  if (traceFile)
    add(*traceFile, traceSteps(variant->steps, tensors, target));
  if (profile) {
    std::unique_ptr<CorePeaks> peaks = measurePeaks(program.processor());
    Profile found =
        profileSteps(variant->steps, tensors, variant->memory, *peaks);
    std::string shown =
        profile->format == Format::Json ? found.json() : found.str();
    if (profile->file.empty())
      text += shown;
    else
      add(profile->file, shown);
  }
  for (auto &file : files)
    file->commit();
}

void CpuOutput::print() const {
  std::fflush(stdout);
  std::fputs(text.c_str(), stderr);
}
