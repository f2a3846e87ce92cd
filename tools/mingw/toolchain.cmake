# SPDX-License-Identifier: Apache-2.0
# Builds for 64-bit Windows on Debian and runs what was built under Wine. Programs are static: they need no DLL
# that Windows does not bring. MINGW_DEPS names the folder with jansson, libyaml and cmocka for Windows; when it is the
# default one, tools/mingw/deps fills it.
include(${CMAKE_CURRENT_LIST_DIR}/compiler.cmake)

get_filename_component(mingw_top ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
set(MINGW_DEPS ${mingw_top}/build/mingw-deps CACHE PATH "jansson, libyaml and cmocka for Windows")
if(NOT EXISTS ${MINGW_DEPS}/lib/pkgconfig/yaml-0.1.pc)
  execute_process(COMMAND ${CMAKE_CURRENT_LIST_DIR}/deps ${MINGW_DEPS} RESULT_VARIABLE mingw_deps_failed)
  if(mingw_deps_failed)
    message(FATAL_ERROR "jansson, libyaml and cmocka for Windows could not be built in ${MINGW_DEPS} (see above)")
  endif()
endif()
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MINGW_DEPS)

list(APPEND CMAKE_FIND_ROOT_PATH ${MINGW_DEPS})
set(ENV{PKG_CONFIG_LIBDIR} ${MINGW_DEPS}/lib/pkgconfig)
set(ENV{PKG_CONFIG_PATH} "")

# Windows 10 and later: containers need no older one.
# windows.h without what nobody here needs of it, and without vector instructions (include/x86intrin.h): 0.1 s a file for 0.7.
set(CMAKE_C_FLAGS_INIT "-D_WIN32_WINNT=0x0A00 -DWINVER=0x0A00 -DWIN32_LEAN_AND_MEAN -I${CMAKE_CURRENT_LIST_DIR}/include")
# The stack that Linux gives: depth limits are the same everywhere.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--stack,8388608")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-static")
set(CMAKE_CROSSCOMPILING_EMULATOR ${CMAKE_CURRENT_LIST_DIR}/wine)
