# Runs Verilator for one model and writes MODEL.cpp, which includes all that it
# made: the names of those files hold hashes, so no rule can name them.
#
#   cmake -DVERILATOR=... -DSOURCE=... -DMODEL=... -DPARAMETERS="..." -DFOLDER=... -P
separate_arguments(PARAMETERS UNIX_COMMAND "${PARAMETERS}")
file(REMOVE_RECURSE ${FOLDER})
file(MAKE_DIRECTORY ${FOLDER})
# Loops stay loops, so the size of the code does not grow with that of the array.
# In SystolicArray.sv blocking assignments are meant.
execute_process(
  COMMAND ${VERILATOR} --cc -Wall -Wno-BLKSEQ -O3 --unroll-count 1
    --x-initial unique --top-module SystolicArray --prefix ${MODEL}
    ${PARAMETERS} --Mdir ${FOLDER} ${SOURCE}
  COMMAND_ERROR_IS_FATAL ANY)
file(GLOB parts RELATIVE ${FOLDER} ${FOLDER}/*.cpp)
list(SORT parts)
set(text "")
foreach(part ${parts})
  string(APPEND text "#include \"${part}\"\n")
endforeach()
file(WRITE ${FOLDER}/All.cpp "${text}")
