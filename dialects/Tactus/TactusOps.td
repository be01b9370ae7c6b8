//===- TactusOps.td - All ops of the dialect ---------------*- tablegen -*-===//
#ifndef TACTUS_OPS
#define TACTUS_OPS

include "dialects/Tactus/ActivationOps.td"
include "dialects/Tactus/ContractionOps.td"
include "dialects/Tactus/ControlOps.td"
include "dialects/Tactus/CreationOps.td"
include "dialects/Tactus/ElementwiseOps.td"
include "dialects/Tactus/FunctionOps.td"
include "dialects/Tactus/FusionOps.td"
include "dialects/Tactus/IndexingOps.td"
include "dialects/Tactus/LogicOps.td"
include "dialects/Tactus/NormOps.td"
include "dialects/Tactus/OrderOps.td"
include "dialects/Tactus/QuantizationOps.td"
include "dialects/Tactus/ReductionOps.td"
include "dialects/Tactus/ShapeOps.td"

#endif // TACTUS_OPS
