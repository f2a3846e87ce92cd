# SPDX-License-Identifier: Apache-2.0
# cmake -DPROGRAM=… [-DEMULATOR=…] -DFOLDER=… -P expect.cmake: does the example print the document that is written down?
execute_process(COMMAND ${EMULATOR} ${PROGRAM} ${FOLDER}/config.json OUTPUT_VARIABLE document COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\r\n" "\n" document "${document}")
file(READ ${FOLDER}/config.expected.json expected)
if(NOT document STREQUAL expected)
  message(FATAL_ERROR "${PROGRAM} printed\n${document}instead of\n${expected}")
endif()
