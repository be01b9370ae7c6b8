//===- main.cpp - The demo ------------------------------------------------===//
//
// Shows each result beside the expected one. Exit status: 0 where all agree, 2
// where one differs, 1 where something failed.
//
//===----------------------------------------------------------------------===//
#include "Demo.h"
#include <iostream>

using namespace tactus;

int main(int argc, char **argv) try {
  if (argc != 2) {
    std::cerr
        << "usage: tactus-demo FOLDER\n\nWrites the classifier to FOLDER.\n";
    return 1;
  }
  demo::Checks checks;
  demo::runTutorial(checks);
  demo::runClassifier(checks, argv[1]);
  demo::runEncoderLayer(checks);
  demo::runQuantizedLayer(checks);
  demo::runMachines(checks);
  std::cout << "\n"
            << (checks.allAgreed() ? "All results are as expected."
                                   : "SOME RESULTS DIFFER.")
            << "\n";
  return checks.allAgreed() ? 0 : 2;
} catch (const std::exception &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
