//===- ActivationOps.td - Activation functions -------------*- tablegen -*-===//
#ifndef TACTUS_ACTIVATION_OPS
#define TACTUS_ACTIVATION_OPS

include "dialects/Tactus/TactusBase.td"

class Tactus_ActivationOp<string mnemonic, Tactus_ActivationFacts facts,
                          Constraint type = Tactus_FloatElementwise>
    : Tactus_UnaryElementwiseOp<mnemonic, "Activation", type> {
  string range = facts.range;
  string monotonicity = facts.monotonicity;
  string saturation = facts.saturation;
  string home = facts.home;
}

def Tactus_ReluOp : Tactus_ActivationOp<"relu",
    Tactus_ActivationFacts<"[0, inf)", "non-decreasing",
        "at 0 for negative inputs: the gradient there is 0 and a unit can die",
        "hidden layers of feed-forward and convolutional networks">,
    Tactus_NumericElementwise> {
  let summary = "Rectified linear unit.";
  let description = [{
    Computes `result = max(input, 0)`. NaN gives NaN; -0 gives +0.
    Source: ONNX Relu.

    Example:
    ```mlir
    %r = tactus.relu %x : tensor<4x8xf32>
    ```
  }];
}

#endif // TACTUS_ACTIVATION_OPS
