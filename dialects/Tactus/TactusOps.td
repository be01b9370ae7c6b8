//===- TactusOps.td - All ops of the dialect ---------------*- tablegen -*-===//
#ifndef TACTUS_OPS
#define TACTUS_OPS

include "dialects/Tactus/ActivationOps.td"
include "dialects/Tactus/ContractionOps.td"
include "dialects/Tactus/CreationOps.td"
include "dialects/Tactus/ElementwiseOps.td"
include "dialects/Tactus/FusionOps.td"

#endif // TACTUS_OPS
