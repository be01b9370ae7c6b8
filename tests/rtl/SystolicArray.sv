//===- SystolicArray.sv - The array as registers --------------------------===//
//
// A weight-stationary array of R x C cells, register by register, against which
// the simulator's array cycles and values are held. It is written from what the
// machine is, knows nothing of the simulator's timing, and decides by its own
// registers alone when a tile shifts in and when a product begins.
//
// A cell has two weights, active and shadow, and a register for each of what it
// passes on: the input and two control bits to the right, the sum downward. Row
// r of the inputs enters r cycles after row 0, and so does all control, so that
// a product crosses the array as a wave, a diagonal a cycle. `switching` travels
// with its first row and makes a cell take its shadow weight into use.
//
// The shadow weights of a column are a chain that is shifted from the top, the
// bottom row's weight first. It is triangular: cell r joins a shift r cycles
// after cell 0 did, right behind the wave, and all stop together. So a shift can
// begin in the very cycle in which a product's first row enters: each shadow
// weight is in use when the next one comes to its place. Where G weight rows
// enter a cycle, the chain is cut into G segments, each shifted when the wave
// has reached it.
//
// One block updates all registers, from the accumulators back to the inputs, so
// that each reads its neighbor's before that changes. Stage 0 of a chain is no
// register but what enters in this cycle. Skew is a triangle of registers, too;
// the stages past it, which nothing reads, are there because whole rows make the
// model fast, as do loops that count without a sign.
//
//===----------------------------------------------------------------------===//
module SystolicArray #(
    parameter int unsigned R = 16,         // rows of cells: the k of a weight
    parameter int unsigned C = 16,         // columns of cells: the n of a weight
    parameter int unsigned G = 1,          // weight rows that enter in a cycle
    parameter int unsigned TRIANGULAR = 1, // 0: cells join a shift at once, a fault
    parameter int unsigned BUFFER_ROWS = 4096,
    parameter int unsigned SUM_ROWS = 1024,
    parameter int unsigned FIFO_TILES = 4
) (
    input logic clock,
    // A tile shifts in only once the products of the one before have left.
    input logic serial,

    // The host's access to the memories, during which all else is reset.
    input  logic               host,
    input  logic               host_writes,
    input  logic        [31:0] host_row,
    input  logic signed [ 7:0] host_data[R],
    output logic signed [31:0] host_sums[C],

    // load_weights: a tile of k x n that is in the FIFO from the next cycle on.
    input  logic               push,
    input  logic        [15:0] push_k,
    input  logic        [15:0] push_n,
    input  logic signed [ 7:0] push_tile[R * C],
    output logic        [31:0] tiles,

    // The matmul that is next or under way, and whether what it waits for has
    // come. It is popped in the cycle of its last row.
    input logic               head,
    input logic               head_released,
    input logic               head_switches,
    input logic               head_accumulates,
    input logic        [15:0] head_k,
    input logic        [15:0] head_counts [3],
    input logic signed [31:0] head_strides[3],
    input logic        [31:0] head_row,
    input logic        [31:0] head_sum_row,
    input logic        [31:0] head_sum_stride,

    // What happened in the cycle that has ended.
    output logic        shift_began,
    output logic        row_entered,
    output logic        popped,
    output logic        landed    [C],
    output logic [31:0] landed_row[C]
);
  // Cycles of a shift, which are also the rows of a segment.
  localparam int unsigned T = (R + G - 1) / G;
  // Cycles until the last segment's last column has its first weight.
  localparam int unsigned FEED = (G - 1) * T + C;
  // A row's sum reaches the accumulators of column c R + c cycles after it entered.
  localparam int unsigned DEPTH = R + C - 1;

  // Rows are indexed without a check where they are a power of two long.
  localparam int unsigned W = 1 << $clog2(C);
  typedef logic signed [7:0] byte_row_t[W];
  typedef logic bit_row_t[W];
  typedef logic signed [31:0] sum_row_t[W];

  // Cells, a row at a time.
  byte_row_t active[R], shadow[R], value[R];
  bit_row_t switching[R], shifting[R];
  sum_row_t sum[R];

  // Skew: of inputs and control by row, of weights by column and segment.
  logic signed [7:0] value_skew[R][R], feed[FEED][G * C];
  logic switch_skew[R], shift_skew[G * T], shift_held[R];

  // What a row carries to the accumulators, and those.
  logic tag_valid[DEPTH + 1], tag_accumulate[DEPTH + 1];
  logic [31:0] tag_row[DEPTH + 1];
  logic signed [31:0] sums[SUM_ROWS][C];

  logic signed [7:0] buffer[BUFFER_ROWS][R], fifo[FIFO_TILES][R * C];

  // Control: a shift under way and its cycle, whether the shadow weights are a
  // tile that waits to be used, the place in a matmul under way.
  logic shift_busy, shadow_full, underway;
  logic [31:0] shift_cycle, first_tile, sum_row, index[3], base[3];

  // What is so in this cycle: of control, and of one row of cells.
  logic starts, enters, switches, occupied, free, begins, shifts, shift_ends, ends;
  logic [31:0] step, k;
  byte_row_t values_in, weights_in, new_active, new_shadow;
  bit_row_t switches_in, shifts_in;
  sum_row_t sums_in, new_sums;
  logic joins;

  // Combinational logic of a row; functions of their own are compiled to vector
  // code.
  function automatic byte_row_t pass_bytes(input logic signed [7:0] west,
                                           input byte_row_t row);
    // verilator no_inline_task
    for (int unsigned c = C - 1; c != 0; c--) row[c] = row[c-1];
    row[0] = west;
    return row;
  endfunction

  function automatic bit_row_t pass_bits(input logic west, input bit_row_t row);
    // verilator no_inline_task
    for (int unsigned c = C - 1; c != 0; c--) row[c] = row[c-1];
    row[0] = west;
    return row;
  endfunction

  function automatic void work(
      input byte_row_t values, input bit_row_t switched, input bit_row_t shifted,
      input byte_row_t weights, input byte_row_t shadows, input byte_row_t shadows_above,
      input sum_row_t sums_above, output byte_row_t weights_out,
      output byte_row_t shadows_out, output sum_row_t sums_out);
    // verilator no_inline_task
    logic signed [7:0] weight, next, above;
    for (int unsigned c = 0; c < C; c++) begin
      weight = weights[c];
      next = shadows[c];
      above = shadows_above[c];
      weight = switched[c] ? next : weight;
      weights[c] = weight;
      shadows[c] = shifted[c] ? above : next;
      sums_above[c] = sums_above[c] + values[c] * weight;
    end
    weights_out = weights;
    shadows_out = shadows;
    sums_out = sums_above;
  endfunction

  always_ff @(posedge clock) begin
    shift_began = 0;
    row_entered = 0;
    popped = 0;
    for (int unsigned c = 0; c < C; c++) landed[c] = 0;

    if (host) begin
      if (host_writes) buffer[host_row%BUFFER_ROWS] = host_data;
      else host_sums = sums[host_row%SUM_ROWS];
      for (int unsigned i = 0; i < R; i++) begin
        for (int unsigned c = 0; c < C; c++) begin
          switching[i][c] = 0;
          shifting[i][c] = 0;
        end
        switch_skew[i] = 0;
        shift_held[i] = 0;
      end
      for (int unsigned i = 0; i < G * T; i++) shift_skew[i] = 0;
      for (int unsigned i = 0; i <= DEPTH; i++) tag_valid[i] = 0;
      for (int unsigned i = 0; i < 3; i++) index[i] = 0;
      shift_busy = 0;
      shadow_full = 0;
      underway = 0;
      first_tile = 0;
      tiles = 0;
    end else begin
      //--- What is decided in this cycle ------------------------------------//

      starts = head && head_released && !underway && (!head_switches || shadow_full);
      enters = starts || underway;
      switches = starts && head_switches;

      // In the last stage a row has left the cells.
      occupied = 0;
      for (int unsigned i = 1; i < DEPTH; i++) occupied |= tag_valid[i];
      // The shadow weights are free once a wave takes them into use; in serial
      // mode once the next matmul wants others and the cells are empty.
      if (serial) free = !shadow_full && head && head_switches && !underway && !occupied;
      else free = !shadow_full || switches;
      begins = !shift_busy && tiles != 0 && free;
      shifts = begins || shift_busy;
      step = shift_busy ? shift_cycle : 0;
      shift_ends = shifts && step == T - 1;

      //--- What enters ------------------------------------------------------//

      if (!underway) begin
        for (int unsigned i = 0; i < 3; i++) base[i] = head_row;
        sum_row = head_sum_row;
      end
      if (enters)
        for (int unsigned i = 0; i < R; i++)
          value_skew[0][i] = i < 32'(head_k) ? buffer[base[2]][i] : 0;
      switch_skew[0] = switches;
      shift_skew[0] = begins;
      if (shifts)
        for (int unsigned g = 0; g < G; g++) begin
          k = g * T + T - 1 - step;
          for (int unsigned c = 0; c < C; c++)
            feed[0][g*C+c] = k < R ? fifo[first_tile][k*C+c] : 0;
        end
      tag_valid[0] = enters;
      tag_accumulate[0] = head_accumulates;
      tag_row[0] = sum_row;

      //--- Accumulators -----------------------------------------------------//

      for (int unsigned c = 0; c < C; c++) begin
        landed[c] = tag_valid[R+c];
        landed_row[c] = tag_row[R+c];
        if (landed[c])
          sums[landed_row[c]][c] =
              (tag_accumulate[R+c] ? sums[landed_row[c]][c] : 0) + sum[R-1][c];
      end

      //--- Cells ------------------------------------------------------------//

      for (int r = R - 1; r >= 0; r--) begin
        // A shift begins in a row when its bit has come down to it, and ends with
        // the segment's last row.
        joins = shift_held[r] || shift_skew[TRIANGULAR != 0 ? r : r / T * T];
        shift_held[r] = joins && !shift_skew[r/T*T+T-1];

        values_in = pass_bytes(value_skew[r][r], value[r]);
        switches_in = pass_bits(switch_skew[r], switching[r]);
        shifts_in = pass_bits(joins, shifting[r]);
        if (r % T == 0)
          for (int unsigned c = 0; c < C; c++) weights_in[c] = feed[32'(r)+c][32'(r/T)*C+c];
        else weights_in = shadow[r-1];
        if (r == 0)
          for (int unsigned c = 0; c < C; c++) sums_in[c] = 0;
        else sums_in = sum[r-1];

        work(values_in, switches_in, shifts_in, active[r], shadow[r], weights_in, sums_in,
             new_active, new_shadow, new_sums);
        value[r] = values_in;
        switching[r] = switches_in;
        shifting[r] = shifts_in;
        active[r] = new_active;
        shadow[r] = new_shadow;
        sum[r] = new_sums;
      end

      //--- Skew -------------------------------------------------------------//

      for (int unsigned d = R - 1; d != 0; d--) begin
        value_skew[d] = value_skew[d-1];
        switch_skew[d] = switch_skew[d-1];
      end
      for (int unsigned d = G * T - 1; d != 0; d--) shift_skew[d] = shift_skew[d-1];
      for (int unsigned d = FEED - 1; d != 0; d--) feed[d] = feed[d-1];
      for (int unsigned d = DEPTH; d != 0; d--) begin
        tag_valid[d] = tag_valid[d-1];
        tag_accumulate[d] = tag_accumulate[d-1];
        tag_row[d] = tag_row[d-1];
      end

      //--- Control ----------------------------------------------------------//

      if (switches) shadow_full = 0;
      if (shift_ends) begin
        shadow_full = 1;
        first_tile = (first_tile + 1) % FIFO_TILES;
        tiles = tiles - 1;
      end
      shift_busy = shifts && !shift_ends;
      shift_cycle = step + 1;

      // The counters of the three levels, the innermost last.
      ends = enters;
      for (int i = 2; i >= 0; i--)
        if (ends) begin
          ends = index[i] + 1 == 32'(head_counts[i]);
          index[i] = ends ? 0 : index[i] + 1;
          if (!ends) begin
            base[i] = base[i] + head_strides[i];
            for (int j = i + 1; j < 3; j++) base[j] = base[i];
          end
        end
      sum_row = sum_row + head_sum_stride;
      underway = enters && !ends;

      if (push) begin
        for (int unsigned i = 0; i < R; i++)
          for (int unsigned c = 0; c < C; c++)
            fifo[(first_tile+tiles)%FIFO_TILES][i*C+c] =
                i < 32'(push_k) && c < 32'(push_n) ? push_tile[i*C+c] : 0;
        tiles = tiles + 1;
      end

      shift_began = begins;
      row_entered = enters;
      popped = ends;
    end
  end
endmodule
