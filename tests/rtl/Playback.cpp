//===- Playback.cpp - A program on the register model ---------------------===//
#include "tests/rtl/Playback.h"

namespace tactus::rtl {

Playback play(ArrayModel &model, const ArrayProgram &program,
              const Arrivals &arrivals, bool isSerial, int64_t mostCycles) {
  for (int64_t i = 0; i < program.bufferRows; ++i)
    model.writeBuffer(i, program.buffer.data() + i * program.bufferRowBytes);
  model.setSerial(isSerial);

  Playback seen;
  int64_t columns = model.size().columns;
  seen.landings.resize(columns);
  int64_t missing = program.rows() * columns;
  size_t nextTile = 0, nextProduct = 0;
  bool isUnderWay = false, isNewHead = true;
  for (; missing > 0 && seen.cycles < mostCycles; ++seen.cycles) {
    bool hasProduct = nextProduct < program.products.size();
    if (isNewHead)
      model.setHead(hasProduct ? &program.products[nextProduct] : nullptr);
    model.setReleased(hasProduct &&
                      arrivals.products[nextProduct] <= seen.cycles);
    // What is pushed in one cycle is there in the next.
    if (nextTile < program.tiles.size() &&
        arrivals.tiles[nextTile] <= seen.cycles + 1 &&
        model.tiles() < arrivals.fifoTiles)
      model.push(program.tiles[nextTile++]);
    model.step();

    if (model.shiftBegan() && seen.firstShift < 0)
      seen.firstShift = seen.cycles;
    if (model.rowEntered() && !isUnderWay)
      seen.starts.push_back(seen.cycles);
    isUnderWay = model.rowEntered() && !model.popped();
    isNewHead = model.popped();
    if (isNewHead) {
      seen.ends.push_back(seen.cycles + 1);
      ++nextProduct;
    }
    for (int64_t c = 0; c < columns; ++c)
      if (model.landed()[c]) {
        seen.lastLanding = seen.cycles + 1;
        seen.landings[c].push_back({seen.lastLanding, model.landedRow()[c]});
        --missing;
      }
  }
  seen.isComplete = missing == 0 && nextTile == program.tiles.size() &&
                    seen.starts.size() == program.products.size() &&
                    seen.ends.size() == program.products.size();
  return seen;
}

} // namespace tactus::rtl
