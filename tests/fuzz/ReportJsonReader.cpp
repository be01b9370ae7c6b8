//===- ReportJsonReader.cpp - Any text is a report, a table or an error ---===//
#include "runtime/Support/Assert.h"
#include "runtime/Systolic/Report.h"
#include "tactus/Error.h"
#include "tests/fuzz/Readers.h"

using namespace tactus;
using namespace tactus::systolic;

static bool readsReport(const std::string &text) {
  try {
    Report report = parseReportJson(text, "fuzz.json");
    TACTUS_ASSERT(parseReportJson(report.json(), "again.json") == report,
                  "reports round-trip through JSON");
    (void)report.str();
    (void)report.csv();
    (void)compareReports(report, report);
    return true;
  } catch (const Error &) {
    return false;
  }
}

static bool readsEnergy(const std::string &text) {
  try {
    EnergyTable table = parseEnergyJson(text, "fuzz.json");
    TACTUS_ASSERT(parseEnergyJson(toJson(table), "again.json") == table,
                  "tables of energies round-trip through JSON");
    return true;
  } catch (const Error &) {
    return false;
  }
}

bool fuzz::readsReportJson(std::span<const uint8_t> bytes) {
  std::string text(bytes.begin(), bytes.end());
  bool isReport = readsReport(text);
  bool isEnergy = readsEnergy(text);
  return isReport || isEnergy;
}
