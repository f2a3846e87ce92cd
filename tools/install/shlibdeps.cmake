# SPDX-License-Identifier: Apache-2.0
# What a Debian package depends on, as dpkg-shlibdeps finds it. cpack would start two programs for each of some thousand
# files to find the few that are linked (CPACK_DEBIAN_PACKAGE_SHLIBDEPS); these are told by their first bytes. cpack reads
# this before it packs.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
find_program(SHLIBDEPS dpkg-shlibdeps)
if(NOT SHLIBDEPS)
  message(WARNING "dpkg-shlibdeps is missing (Debian: dpkg-dev): the package will depend on nothing")
  return()
endif()

file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${CPACK_TEMPORARY_DIRECTORY} ${CPACK_TEMPORARY_DIRECTORY}/*)
set(linked)
foreach(file ${files})
  file(READ ${CPACK_TEMPORARY_DIRECTORY}/${file} magic LIMIT 4 HEX)
  if(magic STREQUAL "7f454c46" AND NOT file MATCHES "\\.o$")
    list(APPEND linked ${file})
  endif()
endforeach()
if(NOT linked)
  return()
endif()

# dpkg-shlibdeps wants both: it looks for the package's own libraries beside DEBIAN.
file(MAKE_DIRECTORY ${CPACK_TEMPORARY_DIRECTORY}/debian ${CPACK_TEMPORARY_DIRECTORY}/DEBIAN)
file(WRITE ${CPACK_TEMPORARY_DIRECTORY}/debian/control "")
execute_process(COMMAND ${SHLIBDEPS} --ignore-missing-info -O ${linked} WORKING_DIRECTORY ${CPACK_TEMPORARY_DIRECTORY}
                OUTPUT_VARIABLE depends OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_VARIABLE problem RESULT_VARIABLE failed)
file(REMOVE_RECURSE ${CPACK_TEMPORARY_DIRECTORY}/debian ${CPACK_TEMPORARY_DIRECTORY}/DEBIAN)
if(failed)
  message(FATAL_ERROR "dpkg-shlibdeps: ${problem}")
endif()
string(REGEX REPLACE "^.*Depends=" "" CPACK_DEBIAN_PACKAGE_DEPENDS "${depends}")
