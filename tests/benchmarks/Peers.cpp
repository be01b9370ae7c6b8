//===- Peers.cpp - The libraries that there are ---------------------------===//
#include "tests/benchmarks/Peer.h"
#include <cstdio>

namespace tactus::benchmarks {

Peers openPeers(const Options &options) {
  Peers peers;
  if (options.onnxRuntime.empty())
    std::fprintf(stderr, "ONNX Runtime is skipped: neither --onnxruntime nor "
                         "TACTUS_ONNXRUNTIME names it\n");
  else
    addOnnxRuntime(peers, options);
#ifdef TACTUS_ONEDNN
  addOneDnn(peers, options);
#else
  std::fprintf(stderr, "oneDNN is skipped: its version 2 was not found when "
                       "this program was built\n");
#endif
#ifdef TACTUS_OPENBLAS
  addOpenBlas(peers, options);
#else
  std::fprintf(stderr, "OpenBLAS is skipped: it was not found when this "
                       "program was built\n");
#endif
  return peers;
}

} // namespace tactus::benchmarks
