/* SPDX-License-Identifier: Apache-2.0 */
/* A failed call in words. Source of the parts: hcsshim internal/hcs/errors.go, HcsError and SystemError. */
#include "hcsref/live.h"

#include <string.h>

static void append_hex(hcsref_buf *out, uint32_t code) {
  static const char digits[] = "0123456789ABCDEF";
  hcsref_buf_append(out, HCSREF_LIT("0x"));
  for (int shift = 28; shift >= 0; shift -= 4)
    hcsref_buf_append_char(out, digits[(code >> shift) & 15u]);
}

/* What the document adds; one that is no result document is quoted, up to a length. */
static void append_document(hcsref_arena *arena, hcsref_buf *out, hcsref_str document) {
  hcsref_v2_result_error result;
  const hcsref_v2_error_event *events;
  memset(&result, 0, sizeof(result));
  if (!hcsref_json_decode(arena, document, &hcsref_type_v2_result_error, HCSREF_JSON_WHOLE, &result, NULL)) {
    hcsref_buf_append(out, HCSREF_LIT(": "));
    hcsref_buf_append_quoted(out, hcsref_str_first(document, 200));
    return;
  }
  if (result.error_message.len > 0) {
    hcsref_buf_append(out, HCSREF_LIT(": "));
    hcsref_buf_append(out, result.error_message);
  }
  events = result.error_events.items;
  for (size_t i = 0; i < result.error_events.len; i++) {
    hcsref_buf_append(out, HCSREF_LIT("; "));
    hcsref_buf_append(out, events[i].message);
    if (events[i].event_id != 0) {
      hcsref_buf_append(out, HCSREF_LIT(" (event "));
      hcsref_buf_append_uint(out, events[i].event_id);
      hcsref_buf_append_char(out, ')');
    }
  }
}

bool hcsref_live_describe(hcsref_arena *arena, hcsref_str call, hcsref_hresult result, hcsref_str document,
                          hcsref_str *out) {
  hcsref_buf text = {arena, NULL, 0, 0, false};
  const char *name = hcsref_hresult_name(result);
  hcsref_buf_append(&text, call);
  hcsref_buf_append(&text, HCSREF_LIT(": "));
  append_hex(&text, (uint32_t)result);
  if (name != NULL) {
    hcsref_buf_append(&text, HCSREF_LIT(" ("));
    hcsref_buf_append(&text, hcsref_cstr(name));
    hcsref_buf_append_char(&text, ')');
  }
  if (document.len > 0)
    append_document(arena, &text, document);
  if (text.failed)
    return false;
  *out = hcsref_buf_str(&text);
  return true;
}
