# Writes the hash of the sources that decide what code is generated, and of HOW they
# are compiled, to OUTPUT: cmake -DROOT=... -DHOW=... -DOUTPUT=... -P SourceHash.cmake
file(GLOB_RECURSE sources RELATIVE ${ROOT}
  ${ROOT}/dialects/*.cpp ${ROOT}/dialects/*.h ${ROOT}/dialects/*.td
  ${ROOT}/runtime/*.cpp ${ROOT}/runtime/*.h
  ${ROOT}/compiler/*.cpp ${ROOT}/compiler/*.h ${ROOT}/compiler/*.td)
list(SORT sources)
set(all "${HOW}")
foreach(source IN LISTS sources)
  file(SHA256 ${ROOT}/${source} hash)
  string(APPEND all "\n${source} ${hash}")
endforeach()
string(SHA256 hash "${all}")
file(WRITE ${OUTPUT} "#define TACTUS_SOURCE_HASH \"${hash}\"\n")
