//===- BuildId.cpp - Which compiler this is -------------------------------===//
#include "runtime/JIT/BuildId.h"
#include "runtime/JIT/SourceHash.inc"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Config/llvm-config.h"
#include <elf.h>
#include <link.h>

namespace tactus {

/// The note that a linker leaves in a library, in hexadecimal; empty where it
/// left none.
static std::string buildIdOf(const dl_phdr_info &library) {
  for (int i = 0; i < library.dlpi_phnum; ++i) {
    const ElfW(Phdr) &segment = library.dlpi_phdr[i];
    if (segment.p_type != PT_NOTE || segment.p_align > 4)
      continue;
    auto *next =
        reinterpret_cast<const char *>(library.dlpi_addr) + segment.p_vaddr;
    const char *end = next + segment.p_memsz;
    while (size_t(end - next) >= sizeof(ElfW(Nhdr))) {
      auto *note = reinterpret_cast<const ElfW(Nhdr) *>(next);
      const char *name = next + sizeof(*note);
      const char *content = name + llvm::alignTo(note->n_namesz, 4);
      if (note->n_type == NT_GNU_BUILD_ID &&
          llvm::StringRef(name, note->n_namesz) == llvm::StringRef("GNU\0", 4))
        return llvm::toHex(llvm::StringRef(content, note->n_descsz), true);
      next = content + llvm::alignTo(note->n_descsz, 4);
    }
  }
  return "";
}

static int addLibrary(dl_phdr_info *library, size_t, void *context) {
  llvm::StringRef file = library->dlpi_name;
  llvm::StringRef name = file.substr(file.rfind('/') + 1);
  if (name.starts_with("libLLVM") || name.starts_with("libMLIR"))
    *static_cast<std::string *>(context) += " " + buildIdOf(*library);
  return 0;
}

const std::string &buildId() {
  static const std::string id = [] {
    std::string text = TACTUS_SOURCE_HASH " LLVM " LLVM_VERSION_STRING;
    ::dl_iterate_phdr(addLibrary, &text);
    return text;
  }();
  return id;
}

} // namespace tactus
