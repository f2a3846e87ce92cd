# SPDX-License-Identifier: Apache-2.0
# The one time that packages show, in the environment variable SOURCE_DATE_EPOCH: what it says already, else when the
# commit was made, else, outside of a checkout, the present. cpack reads this file before it packs.
if("$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
  execute_process(COMMAND git log -1 --format=%ct WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}
                  OUTPUT_VARIABLE source_date OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE source_date_missing)
  if(NOT source_date_missing)
    set(ENV{SOURCE_DATE_EPOCH} ${source_date})
  else()
    unset(ENV{SOURCE_DATE_EPOCH})
    message(STATUS "Not in a git checkout, and SOURCE_DATE_EPOCH is not set: the packages show the present time")
  endif()
endif()
set(ENV{TZ} UTC) # zip archives have local time
