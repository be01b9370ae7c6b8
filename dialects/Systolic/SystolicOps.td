//===- SystolicOps.td - All ops of the dialect -------------*- tablegen -*-===//
#ifndef TACTUS_SYSTOLIC_OPS
#define TACTUS_SYSTOLIC_OPS

include "dialects/Systolic/ComputeOps.td"
include "dialects/Systolic/ControlOps.td"
include "dialects/Systolic/MemoryOps.td"

#endif // TACTUS_SYSTOLIC_OPS
