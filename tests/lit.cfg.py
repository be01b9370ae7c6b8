# Configures lit. CMake's lit.site.cfg.py says where the trees are, then loads this.
import os
import re
import sys

import lit.formats

tools = os.path.join(config.tactus_binary_root, "bin")

config.name = "tactus"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".json", ".test"]
# Inputs/ holds files that tests read; the other folders hold no lit tests.
config.excludes = ["Inputs", "unit", "lint", "fuzz", "benchmarks", "exhaustive"]
config.test_source_root = os.path.join(config.tactus_source_root, "tests")
config.test_exec_root = os.path.join(config.tactus_binary_root, "tests")

# Output is the same on every machine and terminal.
path = [tools, config.llvm_tools_dir, config.environment["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)
config.environment["LC_ALL"] = "C.UTF-8"
# A test that wants kernels to be kept says where; no other finds any.
config.environment["TACTUS_CACHE_DIR"] = ""
for name in ("ASAN_OPTIONS", "ASAN_SYMBOLIZER_PATH", "UBSAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

# Programs stand in the printed commands with their whole path, so that the line
# of a failing test can be pasted into a shell.
programs = {name: config.llvm_tools_dir for name in ("FileCheck", "not", "split-file")}
if os.path.isdir(tools):
    programs.update({name: tools for name in os.listdir(tools)})
for name, folder in sorted(programs.items()):
    pattern = r"(?:^|(?<=[\s|;&(]))%s(?=\s|$)" % re.escape(name)
    config.substitutions.append((pattern, os.path.join(folder, name)))
config.substitutions.append(("%python", sys.executable))
config.substitutions.append(("%build", config.tactus_binary_root))
config.substitutions.append(("%docs", os.path.join(config.tactus_source_root, "docs")))

if config.tactus_sanitize:
    config.available_features.add("sanitize")
