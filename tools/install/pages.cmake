# SPDX-License-Identifier: Apache-2.0
# Installs the pages: cmake -DSOURCE=… -DDESTINATION=… -DGOLDEN=… -P pages.cmake
#
# Their links lead to what is installed beside them, but for the suite: it is in GOLDEN, seen from the folder DESTINATION.

file(GLOB pages RELATIVE ${SOURCE} ${SOURCE}/README.md ${SOURCE}/docs/*.md)
foreach(page ${pages})
  get_filename_component(folder ${page} DIRECTORY)
  set(up "")
  if(folder)
    set(up "../")
  endif()
  file(READ ${SOURCE}/${page} text)
  string(REPLACE "](${up}golden/" "](${up}${GOLDEN}/" text "${text}")
  file(WRITE ${DESTINATION}/${page} "${text}")
  file(CHMOD ${DESTINATION}/${page} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endforeach()
