/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of mounts' paths. None of its parts may hold a colon but a drive's, so that where a part ends is never a
 * matter of choice. */
#include "docker/mount_config.h"

#include "base/utf8.h"

#include <string.h>

static bool is_separator(char c) {
  return c == '\\' || c == '/';
}

/* [^\\/:*?"<>|\r\n], and in a destination `|` too. */
static bool in_component(char c, bool pipe_sign) {
  if (c == '|')
    return pipe_sign;
  return c != '\0' ? strchr("\\/:*?\"<>\r\n", c) == NULL : true;
}

static size_t component(hcsref_str text, size_t from, bool pipe_sign) {
  size_t i = from;
  while (i < text.len && in_component(text.data[i], pipe_sign))
    i++;
  return i - from;
}

static bool ends_at(hcsref_str text, size_t at) {
  return at == text.len || text.data[at] == ':';
}

/* (\\?\)?[a-z]: */
static size_t drive(hcsref_str text) {
  size_t i = hcsref_str_has_prefix(text, HCSREF_LIT("\\\\?\\")) ? 4 : 0;
  if (i + 1 >= text.len || text.data[i] < 'a' || text.data[i] > 'z' || text.data[i + 1] != ':')
    return 0;
  return i + 2;
}

/* A drive, a separator, then components with one separator after each but perhaps the last. */
static size_t match_host_dir(hcsref_str text) {
  size_t i = drive(text), n;
  if (i == 0 || i == text.len || !is_separator(text.data[i]))
    return 0;
  for (i++; (n = component(text, i, false)) != 0;) {
    i += n;
    if (i == text.len || !is_separator(text.data[i]))
      break;
    i++;
  }
  return ends_at(text, i) ? i : 0;
}

static size_t match_name(hcsref_str text) {
  size_t n = component(text, 0, false);
  return ends_at(text, n) ? n : 0;
}

/* A drive, then a separator before each component, and perhaps one at the end. */
static size_t match_drive(hcsref_str text) {
  size_t i = drive(text), n;
  if (i == 0)
    return 0;
  while (i < text.len && is_separator(text.data[i]) && (n = component(text, i + 1, true)) != 0)
    i += n + 1;
  if (i < text.len && is_separator(text.data[i]))
    i++;
  return ends_at(text, i) ? i : 0;
}

/* Two separators, any character but a line feed, a separator, "pipe", a separator, and a name that may hold more of
 * them. */
static size_t match_pipe(hcsref_str text) {
  uint32_t rune;
  size_t width, i = 2, start;
  if (text.len < 3 || !is_separator(text.data[0]) || !is_separator(text.data[1]) || text.data[2] == '\n')
    return 0;
  (void)hcsref_utf8_decode(text.data + i, text.len - i, &rune, &width);
  i += width;
  if (text.len - i < 7 || !is_separator(text.data[i]) || memcmp(text.data + i + 1, "pipe", 4) != 0 ||
      !is_separator(text.data[i + 5]))
    return 0;
  for (start = i += 6; i < text.len && (is_separator(text.data[i]) || in_component(text.data[i], false));)
    i++;
  return i > start && ends_at(text, i) ? i : 0;
}

size_t hcsref_docker_match(hcsref_docker_path_form form, hcsref_str text) {
  static size_t (*const matchers[])(hcsref_str) = {match_host_dir, match_name, match_pipe, match_drive};
  return text.len == 0 ? 0 : matchers[form](text);
}

/* The source is not made lower-case for this: a capital drive letter makes a volume of it. */
hcsref_str hcsref_docker_detect_type(hcsref_str source) {
  if (hcsref_str_has_prefix(source, HCSREF_LIT("\\\\.\\pipe\\")))
    return HCSREF_LIT("npipe");
  if (source.len != 0 && match_host_dir(source) == source.len)
    return HCSREF_LIT("bind");
  return HCSREF_LIT("volume");
}

/* ---- the container's config ------------------------------------------------------------------------------- */

bool hcsref_docker_backslashes(hcsref_arena *arena, hcsref_str path, hcsref_str *out) {
  char *text = hcsref_arena_alloc(arena, path.len);
  if (text == NULL)
    return false;
  for (size_t i = 0; i < path.len; i++)
    text[i] = path.data[i] == '/' ? '\\' : path.data[i];
  *out = hcsref_str_from(text, path.len);
  return true;
}
