//===- ActivationOps.td - Activation functions -------------*- tablegen -*-===//
#ifndef TACTUS_ACTIVATION_OPS
#define TACTUS_ACTIVATION_OPS

include "dialects/Tactus/TactusBase.td"

def Tactus_GeluFormEnum : I32EnumAttr<"GeluForm", "How GELU is computed", [
      I32EnumAttrCase<"none", 0>, I32EnumAttrCase<"tanh", 1>]> {
  let cppNamespace = "::tactus::ir";
  let genSpecializedAttr = 0;
}
def Tactus_GeluForm : EnumAttr<Tactus_Dialect, Tactus_GeluFormEnum, "gelu_form"> {
  let assemblyFormat = "`<` $value `>`";
}

class Tactus_ActivationOp<string mnemonic, Tactus_ActivationFacts facts,
                          Constraint type = Tactus_FloatElementwise>
    : Tactus_UnaryElementwiseOp<mnemonic, "Activation", type> {
  string derivative = facts.derivative;
  string range = facts.range;
  string monotonicity = facts.monotonicity;
  string saturation = facts.saturation;
  string home = facts.home;
  string choice = facts.choice;
}

def Tactus_ReluOp : Tactus_ActivationOp<"relu",
    Tactus_ActivationFacts<
        "1 for inputs above 0, else 0",
        "[0, inf)", "non-decreasing",
        "at 0 for negative inputs: the gradient there is 0 and a unit can die",
        "hidden layers of feed-forward and convolutional networks",
        "the first to try: cheap, and exact in every element type; leaky_relu or gelu "
        "where units die">, Tactus_NumericElementwise> {
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

def Tactus_Relu6Op : Tactus_ActivationOp<"relu6",
    Tactus_ActivationFacts<
        "1 for inputs between 0 and 6, else 0",
        "[0, 6]", "non-decreasing",
        "at 0 below 0 and at 6 above 6",
        "mobile networks that are quantized to 8 bits",
        "where results are to fit a fixed-point range; relu where they need not">> {
  let summary = "Rectified linear unit, at most 6.";
  let description = [{
    Computes `result = min(max(input, 0), 6)`. NaN gives NaN; -0 gives +0.
    Source: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10, 2010.

    Example:
    ```mlir
    %r = tactus.relu6 %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_LeakyReluOp : Tactus_ActivationOp<"leaky_relu",
    Tactus_ActivationFacts<
        "1 for inputs of at least 0, else alpha",
        "(-inf, inf)", "increasing for alpha > 0",
        "none: negative inputs keep a gradient of alpha, so units do not die",
        "hidden layers where ReLU units die; discriminators",
        "where relu leaves units that never fire; prelu where alpha is worth learning">> {
  let summary = "ReLU with a slope below zero.";
  let description = [{
    Computes `result = input` for inputs of at least 0, else `alpha * input`. NaN gives
    NaN.
    Source: ONNX LeakyRelu.

    Constraints:
    - (C1) `alpha` is finite.

    Example:
    ```mlir
    %r = tactus.leaky_relu %x {alpha = 1.000000e-01 : f64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "0.01">:$alpha);
  let hasVerifier = 1;
}

def Tactus_PreluOp : Tactus_InferringOp<"prelu", "Activation", [Tactus_ElementwiseOpInterface]> {
  let summary = "ReLU with a learned slope below zero.";
  let description = [{
    Computes `result = input` for inputs of at least 0, else `slope * input`. NaN gives
    NaN; that of a slope counts below 0 alone.
    Source: ONNX PRelu.

    Constraints:
    - (C1) `input` and `slope` have one element type.
    - (C2) `slope` broadcasts to the shape of `input`.

    Example:
    ```mlir
    %r = tactus.prelu %x, %s : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input, Tactus_FloatElementwise:$slope);
  let results = (outs Tactus_FloatElementwise:$result);
  let assemblyFormat = "$input `,` $slope attr-dict `:` functional-type(operands, results)";
  string derivative =
      "1 for inputs of at least 0, else slope; with respect to slope, minimum(input, 0)";
  string range = "(-inf, inf)";
  string monotonicity = "increasing where the slope is positive";
  string saturation = "none while the slope is not 0";
  string home = "deep convolutional networks that can afford a parameter a channel";
  string choice =
      "where the slope of leaky_relu is worth a parameter a channel, and data suffice to "
      "learn it";
}

def Tactus_EluOp : Tactus_ActivationOp<"elu",
    Tactus_ActivationFacts<
        "1 for inputs of at least 0, else alpha * e^input",
        "(-alpha, inf)", "increasing for alpha > 0",
        "at -alpha for very negative inputs",
        "deep networks without normalization",
        "where means of activations near 0 help and an exponential is affordable; selu "
        "where that is to hold for every layer">> {
  let summary = "Exponential linear unit.";
  let description = [{
    Computes `result = input` for inputs of at least 0, else `alpha * (e^input - 1)`. NaN
    gives NaN.
    Source: ONNX Elu.

    Constraints:
    - (C1) `alpha` is finite.

    Example:
    ```mlir
    %r = tactus.elu %x {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "1.0">:$alpha);
  let hasVerifier = 1;
}

def Tactus_SeluOp : Tactus_ActivationOp<"selu",
    Tactus_ActivationFacts<
        "gamma for inputs above 0, else gamma * alpha * e^input",
        "(-alpha * gamma, inf)", "increasing",
        "at -alpha * gamma for very negative inputs",
        "self-normalizing feed-forward networks",
        "in deep feed-forward networks without normalization, with LeCun initialization; "
        "it loses its point beside batch or layer normalization">> {
  let summary = "Scaled exponential linear unit.";
  let description = [{
    Computes `result = gamma * input` for inputs above 0, else
    `gamma * alpha * (e^input - 1)`. NaN gives NaN.
    Source: ONNX Selu; Klambauer et al., 2017.

    Constraints:
    - (C1) `alpha` and `gamma` are finite.

    Example:
    ```mlir
    %r = tactus.selu %x : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "1.67326319217681884765625">:$alpha,
                       DefaultValuedAttr<F64Attr, "1.05070102214813232421875">:$gamma);
  let hasVerifier = 1;
}

def Tactus_CeluOp : Tactus_ActivationOp<"celu",
    Tactus_ActivationFacts<
        "1 for inputs of at least 0, else e^(input / alpha)",
        "(-alpha, inf)", "increasing",
        "at -alpha for very negative inputs",
        "where ELU needs a derivative without a step",
        "where elu's derivative is to be continuous for every alpha">> {
  let summary = "Continuously differentiable ELU.";
  let description = [{
    Computes `result = max(input, 0) + min(alpha * (e^(input / alpha) - 1), 0)`. NaN gives
    NaN.
    Source: ONNX Celu.

    Constraints:
    - (C1) `alpha` is positive and finite.

    Example:
    ```mlir
    %r = tactus.celu %x {alpha = 2.000000e+00 : f64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "1.0">:$alpha);
  let hasVerifier = 1;
}

def Tactus_SigmoidOp : Tactus_ActivationOp<"sigmoid",
    Tactus_ActivationFacts<
        "s * (1 - s) with s = sigmoid(input); 1/4 at most",
        "(0, 1)", "increasing",
        "at 0 and at 1: gradients vanish for large inputs of either sign",
        "gates, and outputs that are a probability",
        "for gates and for a probability at the output; hardly in deep hidden layers, "
        "since a factor of 1/4 or less a layer makes gradients vanish">> {
  let summary = "Logistic function.";
  let description = [{
    Computes `result = 1 / (1 + e^-input)`. NaN gives NaN.
    Source: ONNX Sigmoid.

    Example:
    ```mlir
    %r = tactus.sigmoid %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_TanhOp : Tactus_ActivationOp<"tanh",
    Tactus_ActivationFacts<
        "1 - tanh(input)^2; 1 at most",
        "(-1, 1)", "increasing",
        "at -1 and at 1: gradients vanish for large inputs of either sign",
        "recurrent networks and outputs centered on 0",
        "for states and gates that are centered on 0; relu or gelu in deep hidden "
        "layers, where its gradients vanish">> {
  let summary = "Hyperbolic tangent.";
  let description = [{
    Computes `result = (e^input - e^-input) / (e^input + e^-input)`. NaN gives NaN.
    Source: ONNX Tanh.

    Example:
    ```mlir
    %r = tactus.tanh %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_GeluOp : Tactus_ActivationOp<"gelu",
    Tactus_ActivationFacts<
        "Phi(input) + input * phi(input), Phi and phi being distribution and density of "
        "the standard normal",
        "[-0.17, inf)", "not monotonic: falls to its minimum near -0.75",
        "at 0 for very negative inputs, smoothly",
        "transformers",
        "in transformers, as most of them are trained with it; the form tanh only to "
        "match a network that was trained so">> {
  let summary = "Gaussian error linear unit.";
  let description = [{
    Computes `result = input * P(X <= input)` for a standard normal X: with
    `approximate = none`, `input / 2 * (1 + erf(input / sqrt(2)))`; with `tanh`,
    `input / 2 * (1 + tanh(sqrt(2 / pi) * (input + 0.044715 * input^3)))`. Negative
    infinity gives the limit, -0; NaN gives NaN.
    Source: ONNX Gelu.

    Example:
    ```mlir
    %r = tactus.gelu %x {approximate = #tactus.gelu_form<tanh>} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<Tactus_GeluForm, "GeluForm::none">:$approximate);
}

def Tactus_SiluOp : Tactus_ActivationOp<"silu",
    Tactus_ActivationFacts<
        "s * (1 + input * (1 - s)) with s = sigmoid(input)",
        "[-0.28, inf)", "not monotonic: falls to its minimum near -1.28",
        "at 0 for very negative inputs",
        "convolutional networks and large language models",
        "where gelu would do and networks like EfficientNet or Llama are to be matched">> {
  let summary = "Sigmoid linear unit, or swish.";
  let description = [{
    Computes `result = input * sigmoid(input)`. Negative infinity gives the limit, -0; NaN
    gives NaN.
    Source: Elfwing et al., 2017; ONNX Swish with alpha 1.

    Example:
    ```mlir
    %r = tactus.silu %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_MishOp : Tactus_ActivationOp<"mish",
    Tactus_ActivationFacts<
        "t + input * s * (1 - t^2) with t = tanh(softplus(input)), s = sigmoid(input)",
        "[-0.31, inf)", "not monotonic: falls to its minimum near -1.19",
        "at 0 for very negative inputs",
        "object detectors",
        "where a network was trained with it; silu is nearly the same and cheaper">> {
  let summary = "Self-regularized smooth unit.";
  let description = [{
    Computes `result = input * tanh(softplus(input))`. Negative infinity gives the limit,
    -0; NaN gives NaN.
    Source: ONNX Mish; Misra, 2019.

    Example:
    ```mlir
    %r = tactus.mish %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SoftplusOp : Tactus_ActivationOp<"softplus",
    Tactus_ActivationFacts<
        "sigmoid(input)",
        "(0, inf)", "increasing",
        "at 0 for very negative inputs",
        "outputs that must be positive, such as a variance",
        "for outputs that must be positive; relu in hidden layers, which is cheaper and "
        "no worse">> {
  let summary = "Smooth ReLU.";
  let description = [{
    Computes `result = ln(1 + e^input)`. NaN gives NaN.
    Source: ONNX Softplus.

    Example:
    ```mlir
    %r = tactus.softplus %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_SoftsignOp : Tactus_ActivationOp<"softsign",
    Tactus_ActivationFacts<
        "1 / (1 + |input|)^2",
        "(-1, 1)", "increasing",
        "at -1 and at 1, more slowly than tanh",
        "where tanh saturates too soon",
        "where tanh saturates too soon and no exponential is to be computed">> {
  let summary = "Rational sigmoid.";
  let description = [{
    Computes `result = input / (1 + |input|)`. Infinities give the limits, 1 and -1; NaN
    gives NaN.
    Source: ONNX Softsign.

    Example:
    ```mlir
    %r = tactus.softsign %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_HardSigmoidOp : Tactus_ActivationOp<"hard_sigmoid",
    Tactus_ActivationFacts<
        "alpha between the bends, else 0",
        "[0, 1]", "non-decreasing for alpha > 0",
        "at 0 and at 1",
        "gates of mobile networks",
        "for sigmoid on machines without exponentials, as a network was trained">> {
  let summary = "Piecewise linear sigmoid.";
  let description = [{
    Computes `result = max(0, min(1, alpha * input + beta))`. NaN gives NaN.
    Source: ONNX HardSigmoid.

    Constraints:
    - (C1) `alpha` and `beta` are finite.

    Example:
    ```mlir
    %r = tactus.hard_sigmoid %x : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "0.2">:$alpha,
                       DefaultValuedAttr<F64Attr, "0.5">:$beta);
  let hasVerifier = 1;
}

def Tactus_HardSwishOp : Tactus_ActivationOp<"hard_swish",
    Tactus_ActivationFacts<
        "0 below -3, (2 * input + 3) / 6 between -3 and 3, 1 above",
        "[-0.375, inf)", "not monotonic: falls to its minimum at -1.5",
        "at 0 below -3",
        "mobile networks",
        "for silu on machines without exponentials, as in MobileNetV3">> {
  let summary = "Piecewise quadratic swish.";
  let description = [{
    Computes `result = input * max(0, min(1, input / 6 + 1 / 2))`, -0 for inputs of -3 and
    less. NaN gives NaN.
    Source: ONNX HardSwish.

    Example:
    ```mlir
    %r = tactus.hard_swish %x : tensor<4x8xf32>
    ```
  }];
}

def Tactus_HardTanhOp : Tactus_ActivationOp<"hard_tanh",
    Tactus_ActivationFacts<
        "1 for inputs between min and max, else 0",
        "[min, max]", "non-decreasing",
        "at min and at max",
        "recurrent networks on small machines",
        "for tanh on machines without exponentials, or to bound what follows">> {
  let summary = "Clamp to a range.";
  let description = [{
    Computes `result = max(min, min(max, input))`. NaN gives NaN.
    Source: PyTorch Hardtanh; ONNX Clip.

    Constraints:
    - (C1) `min` and `max` are numbers.
    - (C2) `min` is at most `max`.

    Example:
    ```mlir
    %r = tactus.hard_tanh %x {min = -2.000000e+00 : f64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "-1.0">:$min,
                       DefaultValuedAttr<F64Attr, "1.0">:$max);
  let hasVerifier = 1;
}

def Tactus_ThresholdedReluOp : Tactus_ActivationOp<"thresholded_relu",
    Tactus_ActivationFacts<
        "1 for inputs above alpha, else 0",
        "{0} and (alpha, inf)", "non-decreasing for alpha >= 0",
        "at 0 up to alpha",
        "autoencoders with zero bias",
        "where small activations are to be dropped; relu everywhere else">> {
  let summary = "ReLU with a threshold.";
  let description = [{
    Computes `result = input` for inputs above `alpha`, else 0. NaN gives NaN.
    Source: ONNX ThresholdedRelu.

    Constraints:
    - (C1) `alpha` is finite.

    Example:
    ```mlir
    %r = tactus.thresholded_relu %x : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatElementwise:$input,
                       DefaultValuedAttr<F64Attr, "1.0">:$alpha);
  let hasVerifier = 1;
}

def Tactus_SoftmaxOp : Tactus_Op<"softmax", "Activation", [Pure, SameOperandsAndResultType]> {
  let summary = "Exponentials normalized to sum to 1.";
  let description = [{
    Computes `result = e^(input - m) / sum(e^(input - m))` along `axis`, m being the
    largest element there. Negative infinities give 0; but where there is nothing else
    along `axis`, or NaN or infinity, all results there are NaN.
    Source: ONNX Softmax.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.softmax %x {axis = 0 : i64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasVerifier = 1;
  string derivative =
      "result_i * ((1 where i = j, else 0) - result_j) for result i and input j";
  string range = "(0, 1), summing to 1 along the axis";
  string monotonicity = "increasing in its own element, decreasing in the others";
  string saturation = "where one element leads by far: gradients vanish";
  string home = "outputs that are a distribution; attention";
  string choice =
      "for a distribution over classes or for attention; log_softmax before a logarithm, "
      "sigmoid where classes do not exclude each other";
}

def Tactus_LogSoftmaxOp : Tactus_Op<"log_softmax", "Activation", [Pure, SameOperandsAndResultType]> {
  let summary = "Logarithm of softmax.";
  let description = [{
    Computes `result = input - m - ln(sum(e^(input - m)))` along `axis`, m being the
    largest element there. Negative infinities stay; but where there is nothing else
    along `axis`, or NaN or infinity, all results there are NaN.
    Source: ONNX LogSoftmax.

    Constraints:
    - (C1) `axis` is a dimension of `input`; negative ones count from the end.

    Example:
    ```mlir
    %r = tactus.log_softmax %x {axis = 0 : i64} : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Tactus_FloatTensor:$input, DefaultValuedAttr<I64Attr, "-1">:$axis);
  let results = (outs Tactus_FloatTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasVerifier = 1;
  string derivative =
      "(1 where i = j, else 0) - e^result_j for result i and input j";
  string range = "(-inf, 0]";
  string monotonicity = "increasing in its own element, decreasing in the others";
  string saturation = "at 0 where one element leads by far";
  string home = "outputs that feed a cross-entropy loss";
  string choice =
      "before a cross-entropy: it keeps the digits that the logarithm of softmax loses";
}

#endif // TACTUS_ACTIVATION_OPS
