//===- ContractionEmitter.h - The loops of a matrix product -----*- C++ -*-===//
//
// One panel of columns at a time, rows of the left operand inside, k innermost:
// the sums stay in registers from the first product to the epilogue, or, where
// k is long, from one block of k to the next in memory that is close. The order
// in which a sum is added up follows from the operands, never from how the work
// is cut.
//
//===----------------------------------------------------------------------===//
#ifndef TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONEMITTER_H
#define TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONEMITTER_H

#include "compiler/Conversion/Kernels/ByteProducts.h"
#include "compiler/Conversion/Kernels/ContractionKernel.h"
#include "compiler/Conversion/Kernels/KernelFunction.h"

namespace tactus {

class ContractionEmitter {
public:
  ContractionEmitter(ir::KernelOp kernel, const VectorMachine &machine)
      : kernel(kernel), matmul(findContraction(kernel.getBody().front())),
        machine(machine), builder(kernel.getContext()), emitter(builder),
        loc(matmul.getLoc()) {}

  mlir::LogicalResult run();

private:
  mlir::LogicalResult emitIterations();

  /// Vectors of a row of the panel at hand, the lanes of the last that are
  /// inside the matrix, whether the tail follows them, and how many are before.
  struct Width {
    int64_t vectors = 0, lastLanes = 0;
    bool hasTail = false;
    int64_t before = 0;
  };
  /// Memory that is fetched long before it is read, from element `first` on,
  /// `stride` elements of `bytes` bytes with each step of k.
  struct Stream {
    mlir::Value memory;
    int64_t bytes = 0;
    mlir::Value first;
    int64_t stride = 0;
  };
  /// What a step of k asks the caches for.
  struct Prefetch {
    llvm::SmallVector<Stream, 2> streams;
    /// How many steps before it is read the panel is fetched into the
    /// first-level cache; 0 where it is not.
    int64_t stepsAhead = 0;
    /// The last step that is in memory, counted from the panel's first.
    mlir::Value lastStep;
  };
  /// Emits one tile of `rows` rows at the emitter's place.
  using TileBody = llvm::function_ref<mlir::LogicalResult(int64_t rows)>;

  /// Emits what the iteration at hand does with its panel.
  using PanelBody = llvm::function_ref<mlir::LogicalResult(Width width)>;

  /// Emits a loop over [begin, end), some steps of k at a time, from the sums
  /// `state` on.
  using StepsBody =
      llvm::function_ref<mlir::FailureOr<llvm::SmallVector<mlir::Value>>(
          mlir::Value begin, mlir::Value end, int64_t steps,
          mlir::ValueRange state)>;

  /// Adds the products of step `step` of the tail, of which `inside` steps of k
  /// are inside the matrix.
  using TailStep = llvm::function_ref<mlir::LogicalResult(
      mlir::Value step, int64_t inside,
      llvm::MutableArrayRef<mlir::Value> sums)>;

  // How the work is cut: ContractionSizes.cpp.
  void measure();
  int64_t panelsAtOnce() const;
  void chooseDepthBlocks();
  void chooseRowBlocks();
  bool isRightClose() const;
  bool evenOutTiles();
  void shareRows(int64_t leastTiles);
  int64_t bytesForRows() const;
  void chooseGroups();
  void chooseRounds();

  // How it is shared out: ContractionTiles.cpp.
  void createFunction();
  void enterIteration();
  mlir::LogicalResult forEachIteration(mlir::Value begin, mlir::Value end,
                                       PanelBody body);
  mlir::LogicalResult emitPanel(Width width);
  mlir::LogicalResult emitTile(mlir::Value row, int64_t rows, Width width);
  mlir::LogicalResult
  onceForPanel(llvm::function_ref<mlir::LogicalResult()> body);
  mlir::LogicalResult emitTiles(TileBody body);
  mlir::LogicalResult emitTiles(int64_t first, int64_t past, int64_t firstRow,
                                int64_t rows, TileBody body);
  mlir::LogicalResult emitRounds();
  mlir::Value rowOfTile(mlir::Value tile);
  mlir::Value tileOfBlock(mlir::Value block);

  // The last columns: ContractionTail.cpp.
  void chooseTail();
  int64_t tailSteps() const;
  int64_t columnsOfTail() const;
  Width widthOfTail(int64_t before) const;
  Width withTail(Width width) const;
  int64_t scratchColumns() const;
  int64_t waitingColumns() const;
  mlir::Value indexInTail(mlir::Value step, int64_t vector);
  mlir::Value joinVectors(llvm::ArrayRef<mlir::Value> vectors, int64_t columns);
  void fetchTail(mlir::Value step);
  mlir::LogicalResult copyTailStep(mlir::Value step, int64_t inside,
                                   int64_t before);
  mlir::LogicalResult copyTail(int64_t before);
  mlir::FailureOr<mlir::Value>
  loadLeftOfTail(mlir::Value row, mlir::Value depth, int64_t inside);
  mlir::LogicalResult emitTailStep(mlir::Value row, mlir::Value step,
                                   int64_t inside,
                                   llvm::MutableArrayRef<mlir::Value> sums);
  llvm::SmallVector<mlir::Value> addTailLanes(llvm::ArrayRef<mlir::Value> sums);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  sumTailSteps(int64_t vectors, int64_t lanes, TailStep body);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> emitTailSums(mlir::Value row,
                                                               int64_t rows);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  emitTailSumsApart(mlir::Value row, int64_t rows, Width width);
  mlir::LogicalResult emitTail(mlir::Value row, int64_t rows, int64_t before);

  // Operands: ContractionOperands.cpp.
  IndexMap operandMap(mlir::Value operand, bool isLeft) const;
  void place(mlir::Value row, mlir::Value column, bool isVector,
             mlir::Value mask);
  mlir::Value maskOf(int64_t inside, int64_t lanes);
  mlir::Value maskOf(Width width, int64_t vector);
  mlir::Value toAccumulator(mlir::Value value);
  mlir::FailureOr<mlir::Value> loadLeft(mlir::Value row, mlir::Value depth);
  mlir::FailureOr<mlir::Value> loadRight(mlir::Value depth, int64_t vector,
                                         mlir::Value mask);
  mlir::FailureOr<mlir::Value> emitRight(mlir::Value row, int64_t vector,
                                         mlir::Value mask);
  mlir::Value loadPacked(mlir::Value depth, int64_t vector);
  mlir::Value indexInPanel(mlir::Value depth, int64_t column);
  mlir::Value indexInPacked(mlir::Value depth, int64_t column);
  mlir::Type panelType();
  mlir::LogicalResult copyPanel(Width width);
  mlir::LogicalResult copyStep(mlir::Value depth, int64_t inside, Width width);
  std::pair<mlir::Value, mlir::Type> panelMemory();

  // What is fetched ahead: ContractionPrefetch.cpp.
  void fetch(mlir::Value memory, mlir::Value index, bool isWrite = false);
  bool isFar();
  std::optional<Stream> streamOfRight(mlir::Value row, mlir::Value firstDepth);
  std::optional<Stream> streamOfLeft(mlir::Value row, int64_t rows);
  Prefetch planPrefetch(mlir::Value row, int64_t rows, mlir::Value firstDepth);
  void emitPrefetch(const Prefetch &plan, mlir::Value depth, int64_t step,
                    Width width);
  bool fetchesResults();
  void fetchResults(mlir::Value row, Width width);

  // A right operand that is transposed: ContractionTranspose.cpp.
  bool isRightTransposed() const;
  void fetchAhead(const IndexMap &map);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> loadSquare(mlir::Value depth,
                                                             int64_t inside,
                                                             int64_t vector,
                                                             int64_t columns);
  mlir::LogicalResult copyTransposed(Width width);

  // Few rows with it: ContractionDots.cpp.
  int64_t columnsOfDots(int64_t rows) const;
  mlir::FailureOr<mlir::Value>
  loadAlongDepth(mlir::Value operand, mlir::Value depth, mlir::Value mask);
  void fetchDots(mlir::Value depth, int64_t together);
  mlir::LogicalResult emitDotStep(mlir::Value row, int64_t rows,
                                  mlir::Value column, mlir::Value depth,
                                  mlir::Value mask,
                                  llvm::MutableArrayRef<mlir::Value> sums);
  mlir::LogicalResult emitDots(mlir::Value row, int64_t rows,
                               mlir::Value inside, int64_t columns);
  mlir::Value indexOfDot(int64_t row, int64_t column, mlir::Value inside);
  mlir::Value addSums(mlir::Value lhs, mlir::Value rhs);
  mlir::Value foldLanes(llvm::SmallVector<mlir::Value> dots);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  emitSumsAlongDepth(mlir::Value row, int64_t rows, Width width);

  // A left operand that is copied, and bytes: ContractionLeft.cpp.
  bool isLeftScattered() const;
  bool isLeftPrepared() const;
  bool isLeftAlongDepth() const;
  void chooseLeft();
  mlir::Type leftType() const;
  int64_t leftElementBytes() const;
  int64_t leftBytesOfRow() const;
  mlir::Value indexInLeft(mlir::Value row, mlir::Value depth);
  mlir::FailureOr<mlir::Value> emitLeft(mlir::Value row, mlir::Value depth,
                                        int64_t inside, int64_t lanes);
  mlir::LogicalResult copyLeft(mlir::Value row, mlir::Value depth,
                               int64_t inside);
  mlir::LogicalResult copyLeftRows(mlir::Value first, mlir::Value past,
                                   mlir::Value pastDepth);
  void keepLeft();
  mlir::LogicalResult copyLeftOfTile(mlir::Value row, int64_t rows);
  mlir::LogicalResult copyLeftOfBlock(mlir::Value firstIteration,
                                      mlir::Value firstDepth,
                                      mlir::Value pastDepth);
  mlir::Value loadCopiedLeft(mlir::Value row, mlir::Value depth);
  mlir::FailureOr<mlir::Value> loadLeftWord(mlir::Value row, int64_t r,
                                            mlir::Value depth);
  mlir::Value loadRightBytes(mlir::Value depth, int64_t vector);
  void emitStart(Width width);
  llvm::SmallVector<mlir::Value> initialSums(int64_t rows, Width width);

  // Sums and results: ContractionSums.cpp.
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  emitSums(llvm::SmallVector<mlir::Value> initial, mlir::Value firstDepth,
           mlir::Value pastDepth, int64_t rows, Width width);
  mlir::FailureOr<llvm::SmallVector<mlir::Value>>
  emitRowByRow(int64_t rows, Width width, int64_t stepsOfLoop, mlir::Value end,
               mlir::ValueRange initial, StepsBody steps);
  mlir::LogicalResult emitStep(mlir::Value row, mlir::Value depth,
                               llvm::MutableArrayRef<mlir::Value> sums,
                               int64_t rows, Width width);
  mlir::Value multiplyAdd(mlir::Value lhs, mlir::Value rhs, mlir::Value sum);
  llvm::SmallVector<mlir::Value> zeros(int64_t rows, Width width);
  bool isCheapEpilogue();
  mlir::LogicalResult
  emitResults(llvm::ArrayRef<std::pair<mlir::Value, mlir::Value>> places,
              llvm::ArrayRef<mlir::Value> sums,
              llvm::ArrayRef<mlir::Value> masks);
  mlir::LogicalResult emitEpilogue(llvm::ArrayRef<mlir::Value> sums,
                                   int64_t rows, Width width);
  mlir::LogicalResult emitWaitingRows(mlir::Value firstRow, mlir::Value pastRow,
                                      Width width);
  void storeSums(llvm::ArrayRef<mlir::Value> sums, mlir::Value firstRow,
                 Width width);
  llvm::SmallVector<mlir::Value> loadSums(mlir::Value firstRow, int64_t rows,
                                          Width width);

  mlir::Value constant(int64_t value);
  mlir::Value add(mlir::Value lhs, int64_t rhs) {
    return buildLinear(builder, loc, rhs, llvm::ArrayRef<int64_t>{1},
                       llvm::ArrayRef(lhs));
  }

  ir::KernelOp kernel;
  ir::MatmulOp matmul;
  VectorMachine machine;
  mlir::OpBuilder builder;
  ValueEmitter emitter;
  mlir::Location loc;
  KernelFunction function;
  RegisterTile tile;
  mlir::Type accumulator;
  /// The width of the packed operand's panels, of which the tile has several
  /// where rows are few.
  int64_t packedColumns = 0;
  int64_t rank = 0, m = 0, n = 0, k = 0, numBatches = 1, numPanels = 0;
  /// Elements of k that one instruction takes, and the steps that k has of
  /// them.
  int64_t perStep = 1, numSteps = 0;
  ByteProducts bytes;
  /// The last columns, and their part of the right operand, if that is copied.
  ColumnTail tail;
  bool isTailCopied = false;
  mlir::Value tailMemory;
  /// Of the rows of a panel, and the blocks of tiles that they come in.
  int64_t numTiles = 0, numBlocks = 1, rowsOfBlock = 0;
  /// The blocks come in groups that meet all panels before the next begins.
  int64_t numGroups = 1, blocksOfGroup = 1;
  /// Whether the first half of the groups take their tiles from the last on, so
  /// that no thread of two walks up to the rows of the other; those at hand.
  bool isMirrored = false;
  mlir::Value isUpwards;
  /// How many iterations a block of k is for before the next begins.
  int64_t iterationsOfRound = 1;
  /// Steps of k between which sums wait in memory; all of k where that is
  /// short.
  int64_t depthBlock = 0;
  /// Loops: the batch dimensions, then m, n and k.
  llvm::SmallVector<mlir::Value> batch;
  mlir::Value iteration, panel, firstColumn, firstRow, pastRow, firstOfGroup;
  /// Where k has several blocks, the iterations that share one.
  mlir::Value roundBegin, roundEnd;
  /// Where there are several, the block at hand, its group, its place in
  /// that, and its tiles.
  mlir::Value block, group, inGroup, firstTile, pastTile;
  /// The packed right operand, or the scratch that a panel is copied to.
  mlir::Value panels;
  bool isPacked = false;
  /// Whether a panel is copied before it is read: converted, if it is packed.
  bool isCopied = false;
  /// Whether lanes sum up parts of k, and where their sums wait.
  bool isAlongDepth = false;
  mlir::Value dotMemory;
  /// Where sums wait for the next block of k, or for an epilogue that needs
  /// many registers, and the row of the result that its first row is for.
  mlir::Value sumMemory, firstWaiting;
  int64_t waitingRows = 0;
  /// Rows of the left operand in scratch, `leftWidth` elements apart: those of
  /// a tile, of an iteration's block of k, or of a group, for all of its
  /// panels. The first is row `leftRow`, from `leftDepth` on.
  bool isLeftCopied = false, isLeftKept = false;
  int64_t leftLanes = 0, leftWidth = 0, leftHeight = 0;
  mlir::Value leftRows, leftRow, leftDepth;
  /// For products of bytes: the same as words of a step, and what sums start
  /// from.
  mlir::Value leftWords, startMemory;
};

/// Replaces a kernel that `isContractionKernel` takes by a register-tiled
/// function.
mlir::LogicalResult lowerContractionKernel(ir::KernelOp kernel,
                                           const VectorMachine &machine);

} // namespace tactus

#endif // TACTUS_COMPILER_CONVERSION_KERNELS_CONTRACTIONEMITTER_H
