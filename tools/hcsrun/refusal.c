/* SPDX-License-Identifier: Apache-2.0 */
#include "refusal.h"

#include "hcsref/windows.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ------------------------------------------------------------------------------------------------ */

void refusal_append_host(hcsref_buf *out) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_buf_append(out, HCSREF_LIT("{\"host\":{\"build\":"));
  hcsref_buf_append_uint(out, hcsref_windows_build());
  hcsref_buf_append(out, HCSREF_LIT(",\"processors\":"));
  hcsref_buf_append_uint(out, (uint64_t)host.ops->processor_count(host.ctx));
  hcsref_buf_append(out, HCSREF_LIT("}}\n"));
}

static void append_code(hcsref_buf *out, hcsref_hresult code) {
  static const char digits[] = "0123456789abcdef";
  hcsref_buf_append(out, HCSREF_LIT("\"0x"));
  for (int shift = 28; shift >= 0; shift -= 4)
    hcsref_buf_append_char(out, digits[((uint32_t)code >> shift) & 15u]);
  hcsref_buf_append_char(out, '"');
}

void refusal_append(hcsref_buf *out, const char *dll, const refusal *what) {
  hcsref_buf_append(out, HCSREF_LIT("{\"scenario\":"));
  hcsref_json_append_string(out, what->scenario);
  hcsref_buf_append(out, HCSREF_LIT(",\"dll\":"));
  hcsref_json_append_string(out, hcsref_cstr(dll));
  hcsref_buf_append(out, HCSREF_LIT(",\"call\":\"HcsCreateComputeSystem\",\"in\":{\"configuration\":"));
  if (hcsref_json_valid(out->arena, what->document, HCSREF_JSON_WHOLE, NULL, NULL))
    hcsref_buf_append(out, what->document);
  else
    hcsref_json_append_string(out, what->document);
  hcsref_buf_append(out, HCSREF_LIT("},\"result\":"));
  append_code(out, what->code);
  hcsref_buf_append(out, HCSREF_LIT(",\"out\":{\"document\":{\"ErrorMessage\":"));
  hcsref_json_append_string(out, what->said);
  hcsref_buf_append(out, HCSREF_LIT("}}}\n"));
}

/* ---- reading ------------------------------------------------------------------------------------------------ */

typedef struct recorded_line {
  hcsref_str scenario, result;
} recorded_line;

#define ROW(member, name)                                                                                              \
  { name, sizeof(name) - 1, offsetof(recorded_line, member), &hcsref_type_string, NULL, false, 0, 0, NULL }
static const hcsref_field fields[] = {ROW(scenario, "scenario"), ROW(result, "result")};
static const hcsref_type line_type = {HCSREF_STRUCT,
                                      "hcsrun.Refusal",
                                      sizeof(recorded_line),
                                      NULL,
                                      fields,
                                      sizeof(fields) / sizeof(fields[0]),
                                      0,
                                      NULL,
                                      0};

/* "0x" and eight digits. */
static bool read_code(hcsref_str text, hcsref_hresult *out) {
  char digits[11], *end;
  if (text.len != 10 || text.data[0] != '0' || text.data[1] != 'x')
    return false;
  memcpy(digits, text.data, 10);
  digits[10] = '\0';
  *out = (hcsref_hresult)(uint32_t)strtoul(digits + 2, &end, 16);
  return *end == '\0';
}

static bool read_line(hcsref_arena *arena, hcsref_str text, size_t number, hcsref_slice *out, hcsref_error *err) {
  recorded_line line;
  refusal *entry;
  memset(&line, 0, sizeof line);
  if (!hcsref_json_decode(arena, text, &line_type, HCSREF_JSON_WHOLE, &line, err))
    return false;
  if (line.scenario.len == 0)
    return true; /* of the host, or of another tool */
  entry = hcsref_slice_push(arena, out, sizeof(*entry));
  if (entry == NULL)
    return hcsref_fail_memory(err);
  memset(entry, 0, sizeof(*entry));
  entry->scenario = line.scenario;
  return read_code(line.result, &entry->code) ||
         hcsref_fail(arena, err, "refusals", hcsref_str_from(NULL, 0), "line %u: %q is not a result", (uint64_t)number,
                     line.result);
}

bool refusals_read(hcsref_arena *arena, hcsref_str path, hcsref_slice *out, hcsref_error *err) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str rest, message;
  memset(out, 0, sizeof(*out));
  if (!host.ops->read_file(host.ctx, arena, path, &rest, &message))
    return hcsref_fail(arena, err, "refusals", hcsref_str_from(NULL, 0), "%v", message);
  for (size_t number = 1; rest.len > 0; number++) {
    const char *newline = memchr(rest.data, '\n', rest.len);
    hcsref_str line = hcsref_str_first(rest, newline == NULL ? rest.len : (size_t)(newline - rest.data));
    rest = hcsref_str_skip(rest, line.len + 1);
    if (line.len > 0 && !read_line(arena, line, number, out, err))
      return false;
  }
  return true;
}

const refusal *refusals_find(const hcsref_slice *recorded, hcsref_str scenario) {
  const refusal *items = recorded->items;
  for (size_t i = 0; i < recorded->len; i++)
    if (hcsref_str_equal(items[i].scenario, scenario))
      return &items[i];
  return NULL;
}
