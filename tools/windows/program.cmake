# SPDX-License-Identifier: Apache-2.0
# hcsproof_windows_program(TARGET DESCRIPTION): on Windows, gives a program its version, for people, and its manifest: paths
# of more than 260 characters, and the rights of whoever starts it.
function(hcsproof_windows_program target description)
  set(HCSPROOF_PROGRAM_NAME ${target})
  set(HCSPROOF_PROGRAM_DESCRIPTION ${description})
  set(manifest ${CMAKE_SOURCE_DIR}/tools/windows/program.manifest)
  if(MSVC)
    target_sources(${target} PRIVATE ${manifest})
  else()
    set(HCSPROOF_MANIFEST_LINE "1 24 \"${manifest}\"")
  endif()
  configure_file(${CMAKE_SOURCE_DIR}/tools/windows/program.rc.in ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc)
endfunction()
