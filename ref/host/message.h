/* SPDX-License-Identifier: Apache-2.0 */
/* What a host said when it failed. Its calls set a message, which may be empty, or leave it alone when even that
 * needed memory they did not get; the one who asks must tell the two apart. */
#ifndef HCSREF_HOST_MESSAGE_H
#define HCSREF_HOST_MESSAGE_H

#include "hcsref/base.h"

/* The message to begin a call with: no text has this length. */
static inline hcsref_str hcsref_no_message(void) {
  return hcsref_str_from(NULL, SIZE_MAX);
}

/* Did the call run out of memory rather than say something? */
static inline bool hcsref_is_no_message(hcsref_str message) {
  return message.data == NULL && message.len == SIZE_MAX;
}

#endif
