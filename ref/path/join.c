/* SPDX-License-Identifier: Apache-2.0 */
/* filepath.Join. Source: Go path/filepath path_windows.go join, and up to 1.19 joinNonEmpty. */
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

static bool clean_joined(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str head, const hcsref_str *parts,
                         size_t count, hcsref_str *out) {
  bool ok;
  hcsref_str joined = concatenate(arena, head, parts, count, &ok);
  return ok && hcsref_path_clean_as(arena, rules, joined, out);
}

static bool is_unc(const hcsref_rules *rules, hcsref_str path) {
  return hcsref_volume_len(rules, path) > 2;
}

static size_t first_with_text(const hcsref_str *parts, size_t count, size_t from) {
  while (from < count && parts[from].len == 0)
    from++;
  return from;
}

/* Two paths of which neither is \\server\share must not become one: then they are cleaned apart. */
static bool join_apart(hcsref_arena *arena, const hcsref_rules *rules, hcsref_str head, const hcsref_str *parts,
                       size_t count, hcsref_str *out) {
  hcsref_str tail;
  if (!clean_joined(arena, rules, hcsref_cstr(NULL), parts, count, &tail))
    return false;
  if (hcsref_is_separator(head.data[head.len - 1]))
    return hcsref_format(arena, out, "%v%v", head, tail);
  return hcsref_format(arena, out, "%v\\%v", head, tail);
}

/* Up to Go 1.19. The first part is not empty. */
static bool join_cleaned(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_str *parts, size_t count,
                         hcsref_str *out) {
  hcsref_str all, head;
  if (parts[0].len == 2 && parts[0].data[1] == ':') {
    size_t next = first_with_text(parts, count, 1);
    return clean_joined(arena, rules, parts[0], parts + next, count - next, out);
  }
  if (!clean_joined(arena, rules, hcsref_cstr(NULL), parts, count, &all) ||
      !hcsref_path_clean_as(arena, rules, parts[0], &head))
    return false;
  if (is_unc(rules, all) && !is_unc(rules, head))
    return join_apart(arena, rules, head, parts + 1, count - 1, out);
  *out = all;
  return true;
}

/* Is it ?? or does it begin with ?? and a separator? */
static bool begins_root_local(hcsref_str part) {
  return hcsref_str_has_prefix(part, HCSREF_LIT("??")) && (part.len == 2 || hcsref_is_separator(part.data[2]));
}

/* One more part behind what is there, so that no share and no root local device comes into being. */
static void join_part(hcsref_buf *joined, const hcsref_rules *rules, hcsref_str part) {
  char last = joined->len == 0 ? ':' : joined->data[joined->len - 1];
  if (hcsref_is_separator(last)) {
    while (part.len > 0 && hcsref_is_separator(part.data[0]))
      part = hcsref_str_skip(part, 1);
    if (joined->len == 1 && begins_root_local(part) && hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_ROOT_LOCAL))
      hcsref_buf_append(joined, HCSREF_LIT(".\\"));
  } else if (last != ':') {
    hcsref_buf_append_char(joined, '\\');
  }
  hcsref_buf_append(joined, part);
}

/* From Go 1.20 on. */
static bool join_all(hcsref_arena *arena, const hcsref_rules *rules, const hcsref_str *parts, size_t count,
                     hcsref_str *out) {
  hcsref_buf joined = {.arena = arena};
  for (size_t i = 0; i < count && !joined.failed; i++)
    join_part(&joined, rules, parts[i]);
  return !joined.failed && hcsref_path_clean_as(arena, rules, hcsref_buf_str(&joined), out);
}

bool hcsref_path_join_as(hcsref_arena *arena, const hcsref_rules *given, const hcsref_str *parts, size_t count,
                         hcsref_str *out) {
  const hcsref_rules *rules = hcsref_path_rules(given);
  size_t first = first_with_text(parts, count, 0);
  if (first == count) {
    *out = hcsref_cstr(NULL);
    return true;
  }
  if (hcsref_has(rules, HCSREF_CHANGE_GO_VOLUME_DEVICES))
    return join_all(arena, rules, parts + first, count - first, out);
  return join_cleaned(arena, rules, parts + first, count - first, out);
}
