# SPDX-License-Identifier: Apache-2.0
# cmake -DSOURCE=… -DWORK=… -DC_COMPILER=… -DC_FLAGS=… -DBUILD_TYPE=… -DBUILD_TYPE_FLAGS=… -DWERROR=… -P test_install.cmake
#
# Builds and installs libhcsref alone, static and shared, moves the installed tree, and lets the example of
# docs/examples find it there: with find_package and with pkg-config.

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(expect_document program)
  run(${CMAKE_COMMAND} -DPROGRAM=${program} -DFOLDER=${SOURCE}/docs/examples -P ${SOURCE}/docs/examples/expect.cmake)
endfunction()

find_program(PKG_CONFIG NAMES pkg-config pkgconf REQUIRED)
separate_arguments(C_FLAGS_LIST NATIVE_COMMAND "${C_FLAGS}")
set(toolchain -G Ninja -DCMAKE_C_COMPILER=${C_COMPILER} "-DCMAKE_C_FLAGS=${C_FLAGS}")
# The static library is compiled as in the build that this is a test of, so that a compiler cache has it. Of the shared one
# nothing is optimised: what is looked at is what is installed, and where it is found.
string(TOUPPER "${BUILD_TYPE}" type)
set(compiled_OFF -DCMAKE_BUILD_TYPE=${BUILD_TYPE} "-DCMAKE_C_FLAGS_${type}=${BUILD_TYPE_FLAGS}"
                 -DCMAKE_COMPILE_WARNING_AS_ERROR=${WERROR})
set(compiled_ON -DCMAKE_BUILD_TYPE=None)

file(REMOVE_RECURSE ${WORK})
foreach(shared OFF ON)
  set(work ${WORK}/shared-${shared})
  set(prefix ${work}/moved)
  run(${CMAKE_COMMAND} -S ${SOURCE} -B ${work}/library ${toolchain} ${compiled_${shared}} -DBUILD_SHARED_LIBS=${shared}
      -DHCSPROOF_TESTS=OFF -DHCSPROOF_COMMAND=OFF)
  run(${CMAKE_COMMAND} --build ${work}/library)
  run(${CMAKE_COMMAND} --install ${work}/library --prefix ${work}/installed)
  file(RENAME ${work}/installed ${prefix})

  run(${CMAKE_COMMAND} -S ${SOURCE}/docs/examples -B ${work}/found ${toolchain} -DCMAKE_BUILD_TYPE=None -DCMAKE_PREFIX_PATH=${prefix})
  run(${CMAKE_COMMAND} --build ${work}/found)
  expect_document(${work}/found/hcsref-translate)

  file(GLOB_RECURSE description ${prefix}/hcsref.pc)
  get_filename_component(folder ${description} DIRECTORY)
  set(ENV{PKG_CONFIG_PATH} ${folder})
  execute_process(COMMAND ${PKG_CONFIG} --cflags --libs hcsref OUTPUT_VARIABLE flags OUTPUT_STRIP_TRAILING_WHITESPACE
                  COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags NATIVE_COMMAND "${flags}")
  get_filename_component(libraries ${folder} DIRECTORY)
  run(${C_COMPILER} -std=c11 ${C_FLAGS_LIST} -o ${work}/translate ${SOURCE}/docs/examples/translate.c ${flags}
      -Wl,-rpath,${libraries})
  expect_document(${work}/translate)
endforeach()
