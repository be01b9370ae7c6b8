//===- Plots.h - Runs as drawings -------------------------------*- C++ -*-===//
#ifndef TACTUS_RUNTIME_SYSTOLIC_PLOTS_H
#define TACTUS_RUNTIME_SYSTOLIC_PLOTS_H

#include "runtime/Systolic/Report.h"

namespace tactus::systolic {

/// SVG of what each queue did over time: a lane a queue, colored by layer. What
/// is narrower than a pixel is drawn together, as dense as the queue was busy.
std::string drawTimeline(const Program &program,
                         const std::vector<InstructionTime> &times);

/// SVG of a run and its layers under the machine's roof: operations a second
/// over operations a byte on the way of the weights, both logarithmic.
std::string drawRoofline(const Report &report);

} // namespace tactus::systolic

#endif // TACTUS_RUNTIME_SYSTOLIC_PLOTS_H
