//===- tactus.h - The whole public API --------------------------*- C++ -*-===//
#ifndef TACTUS_TACTUS_H
#define TACTUS_TACTUS_H

#include "tactus/Activation.h"
#include "tactus/Calibration.h"
#include "tactus/Compiler.h"
#include "tactus/Contraction.h"
#include "tactus/Control.h"
#include "tactus/Creation.h"
#include "tactus/Elementwise.h"
#include "tactus/Error.h"
#include "tactus/Executable.h"
#include "tactus/Graph.h"
#include "tactus/Indexing.h"
#include "tactus/Logic.h"
#include "tactus/ParameterStore.h"
#include "tactus/Quantization.h"
#include "tactus/Reduction.h"
#include "tactus/Shape.h"
#include "tactus/Simulation.h"
#include "tactus/Target.h"
#include "tactus/Tensor.h"

#endif // TACTUS_TACTUS_H
