/* SPDX-License-Identifier: Apache-2.0 */
/* filepath.Join. Source: Go 1.19 path/filepath path_windows.go join, joinNonEmpty. */
#include "hcsref/path.h"
#include "path/volume.h"

static hcsref_str concatenate(hcsref_arena *arena, hcsref_str head, const hcsref_str *parts, size_t count, bool *ok) {
  hcsref_buf buf = {.arena = arena};
  hcsref_buf_append(&buf, head);
  for (size_t i = 0; i < count; i++) {
    if (i > 0)
      hcsref_buf_append_char(&buf, '\\');
    hcsref_buf_append(&buf, parts[i]);
  }
  *ok = !buf.failed;
  return hcsref_buf_str(&buf);
}

static bool clean_joined(hcsref_arena *arena, hcsref_str head, const hcsref_str *parts, size_t count, hcsref_str *out) {
  bool ok;
  hcsref_str joined = concatenate(arena, head, parts, count, &ok);
  return ok && hcsref_path_clean(arena, joined, out);
}

static bool is_unc(hcsref_str path) {
  return hcsref_volume_len(path) > 2;
}

static size_t first_with_text(const hcsref_str *parts, size_t count, size_t from) {
  while (from < count && parts[from].len == 0)
    from++;
  return from;
}

/* Two paths of which neither is \\server\share must not become one: then they are cleaned apart. */
static bool join_apart(hcsref_arena *arena, hcsref_str head, const hcsref_str *parts, size_t count, hcsref_str *out) {
  hcsref_str tail;
  if (!clean_joined(arena, hcsref_cstr(NULL), parts, count, &tail))
    return false;
  if (hcsref_is_separator(head.data[head.len - 1]))
    return hcsref_format(arena, out, "%v%v", head, tail);
  return hcsref_format(arena, out, "%v\\%v", head, tail);
}

/* The first part is not empty. */
static bool join_parts(hcsref_arena *arena, const hcsref_str *parts, size_t count, hcsref_str *out) {
  hcsref_str all, head;
  if (parts[0].len == 2 && parts[0].data[1] == ':') {
    size_t next = first_with_text(parts, count, 1);
    return clean_joined(arena, parts[0], parts + next, count - next, out);
  }
  if (!clean_joined(arena, hcsref_cstr(NULL), parts, count, &all) || !hcsref_path_clean(arena, parts[0], &head))
    return false;
  if (is_unc(all) && !is_unc(head))
    return join_apart(arena, head, parts + 1, count - 1, out);
  *out = all;
  return true;
}

bool hcsref_path_join(hcsref_arena *arena, const hcsref_str *parts, size_t count, hcsref_str *out) {
  size_t first = first_with_text(parts, count, 0);
  if (first == count) {
    *out = hcsref_cstr(NULL);
    return true;
  }
  return join_parts(arena, parts + first, count - first, out);
}
