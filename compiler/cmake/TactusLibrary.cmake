# One static library per folder; sources are listed by hand.
#
#   tactus_library(<name> [MLIR] SOURCES <file>... [LINK <target>...] [DEPENDS <target>...])
#
# MLIR: the sources include MLIR or LLVM headers; they share one precompiled header.
function(tactus_library name)
  cmake_parse_arguments(ARG "MLIR" "" "SOURCES;LINK;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC
    ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}
    ${CMAKE_SOURCE_DIR}/runtime/include ${CMAKE_SOURCE_DIR}/compiler/include)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  if(ARG_MLIR)
    tactus_use_mlir(${name})
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
endfunction()

# Gives a target MLIR's headers, the precompiled header, and the shared libraries.
function(tactus_use_mlir name)
  separate_arguments(definitions UNIX_COMMAND "${LLVM_DEFINITIONS}")
  target_compile_definitions(${name} PUBLIC NDEBUG)
  target_compile_options(${name} PUBLIC ${definitions} -Wno-deprecated-declarations)
  target_include_directories(${name} SYSTEM PUBLIC ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  target_link_libraries(${name} PUBLIC MLIR LLVM)
  target_precompile_headers(${name} REUSE_FROM tactus_mlir_pch)
endfunction()

# tactus_tablegen(<target> <file.td> <output> <generator arguments>...), added up per folder.
function(tactus_tablegen td output)
  set(LLVM_TARGET_DEFINITIONS ${td})
  mlir_tablegen(${output} ${ARGN} EXTRA_INCLUDES ${CMAKE_SOURCE_DIR})
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT} ${CMAKE_CURRENT_BINARY_DIR}/${output} PARENT_SCOPE)
endfunction()
