/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/requests.h"

static void append(hcsref_buf *buf, const hcsref_slice *requests, size_t first) {
  const hcsref_vm_request *items = requests->items;
  hcsref_buf_append_char(buf, '[');
  for (size_t i = first; i < requests->len; i++) {
    hcsref_buf_append(buf, i == first ? HCSREF_LIT("{\"to\":\"") : HCSREF_LIT(",{\"to\":\""));
    hcsref_buf_append(buf, hcsref_cstr(items[i].to));
    hcsref_buf_append(buf, HCSREF_LIT("\",\"request\":"));
    hcsref_buf_append(buf, items[i].text);
    hcsref_buf_append_char(buf, '}');
  }
  hcsref_buf_append_char(buf, ']');
}

bool serve_append_requests(serve_request *request, const hcsref_slice *requests, size_t first) {
  append(request->reply, requests, first);
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

bool serve_keep_requests(serve_request *request, const hcsref_slice *requests) {
  hcsref_buf text = {.arena = request->arena};
  if (requests->len == 0)
    return false;
  append(&text, requests, 0);
  if (text.failed)
    return hcsref_fail_memory(request->err);
  request->requests = hcsref_buf_str(&text);
  return false;
}

static bool has_code(const serve_request *request, const char *code) {
  return hcsref_str_equal(hcsref_cstr(request->err->code), hcsref_cstr(code));
}

bool serve_settle_vm(serve_request *request, bool done) {
  if (!done && (has_code(request, "vm-program") || has_code(request, "vm-linux")))
    request->err->code = SERVE_UNSUPPORTED;
  return done;
}
