/* SPDX-License-Identifier: Apache-2.0 */
/* How the steps of a document fail. */
#include "hcs/document.h"
#include "host/message.h"

bool hcsref_fail_host(const hcsref_builder *b, const char *code, const char *list, size_t index, const char *member,
                      hcsref_str message) {
  if (hcsref_is_no_message(message))
    return hcsref_fail_memory(b->err);
  return hcsref_fail_item(b->arena, b->err, code, list, index, member, "%v", message);
}
