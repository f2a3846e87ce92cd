# SPDX-License-Identifier: Apache-2.0
# Builds for WebAssembly on Debian and runs what was built in Node. PLAYGROUND_DEPS names the folder with jansson and
# libyaml for WebAssembly; when it is the default one, tools/playground/deps fills it.
include(${CMAKE_CURRENT_LIST_DIR}/compiler.cmake)

get_filename_component(playground_top ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
set(PLAYGROUND_DEPS ${playground_top}/build/playground-deps CACHE PATH "jansson and libyaml for WebAssembly")
if(NOT EXISTS ${PLAYGROUND_DEPS}/complete)
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/deps ${PLAYGROUND_DEPS} RESULT_VARIABLE playground_deps_failed)
  if(playground_deps_failed)
    message(FATAL_ERROR "jansson and libyaml for WebAssembly could not be built in ${PLAYGROUND_DEPS} (see above)")
  endif()
endif()
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES PLAYGROUND_DEPS)

list(APPEND CMAKE_FIND_ROOT_PATH ${PLAYGROUND_DEPS})
set(ENV{PKG_CONFIG_LIBDIR} ${PLAYGROUND_DEPS}/lib/pkgconfig)
set(ENV{PKG_CONFIG_PATH} "")

# The depth limits need less than a megabyte of stack (kit.test_bounds); an overflow ends the program.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,-z,stack-size=1048576 -Wl,--stack-first -Wl,--strip-all -Wl,--gc-sections")
