/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/program.h"

#include <stdio.h>
#include <string.h>

/* ---- Go's build information ---- */

#define MAGIC        "\xff Go buildinf:"
#define MAGIC_LENGTH 14u
#define ALIGNMENT    16u
#define HEADER       32u
#define FLAGS_AT     15u
#define FLAG_INLINE  2u           /* the texts follow the header */
#define SENTINEL     ((size_t)16) /* bytes around the list of modules */
#define MOST_TEXT    ((size_t)1 << 20)

/* The modules that decide what documents look like. */
static bool matters(hcsref_str path) {
  static const char *const paths[] = {"github.com/Microsoft/hcsshim",
                                      "github.com/Microsoft/go-winio",
                                      "github.com/containerd/",
                                      "github.com/docker/docker",
                                      "github.com/moby/",
                                      "github.com/opencontainers/runtime-spec"};
  for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
    if (hcsref_str_has_prefix(path, hcsref_cstr(paths[i])))
      return true;
  return false;
}

/* A length as encoding/binary writes it, and so many bytes. */
static bool cut_text(hcsref_str *rest, hcsref_str *out) {
  uint64_t length = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    unsigned char byte;
    if (rest->len == 0)
      return false;
    byte = (unsigned char)rest->data[0];
    *rest = hcsref_str_skip(*rest, 1);
    length |= (uint64_t)(byte & 0x7Fu) << shift;
    if (byte < 0x80)
      break;
  }
  if (length > rest->len || length > MOST_TEXT)
    return false;
  *out = hcsref_str_first(*rest, (size_t)length);
  *rest = hcsref_str_skip(*rest, out->len);
  return true;
}

/* Cuts off what stands before a character, which goes too. */
static hcsref_str cut(hcsref_str *rest, char end) {
  const char *at = rest->len == 0 ? NULL : memchr(rest->data, end, rest->len);
  hcsref_str part = hcsref_str_first(*rest, at == NULL ? rest->len : (size_t)(at - rest->data));
  *rest = hcsref_str_skip(*rest, part.len + (at != NULL));
  return part;
}

static void add_module(sim_go_program *out, hcsref_str path, hcsref_str version, bool main) {
  if (path.len == 0 || (!main && !matters(path)) || out->module_count == SIM_MAX_MODULES)
    return;
  out->modules[out->module_count].path = path;
  out->modules[out->module_count++].version = version;
}

/* "path\tX", "mod\tPATH\tVERSION\tSUM", "dep\t…", "=>\t…" for what takes the place of the one above,
 * "build\tKEY=VALUE". */
static void read_line(sim_go_program *out, hcsref_str line, bool *added) {
  hcsref_str kind = cut(&line, '\t'), first = cut(&line, '\t'), second = cut(&line, '\t');
  const size_t before = out->module_count;
  if (hcsref_str_equal(kind, HCSREF_LIT("path")))
    out->path = first;
  else if (hcsref_str_equal(kind, HCSREF_LIT("mod")) || hcsref_str_equal(kind, HCSREF_LIT("dep")))
    add_module(out, first, second, kind.data[0] == 'm');
  else if (hcsref_str_equal(kind, HCSREF_LIT("=>")) && *added && second.len > 0)
    out->modules[out->module_count - 1].version = second;
  else if (hcsref_str_equal(kind, HCSREF_LIT("build")) && hcsref_str_has_prefix(first, HCSREF_LIT("vcs.revision=")))
    out->revision = hcsref_str_skip(first, 13);
  *added = out->module_count > before;
}

static void read_modules(sim_go_program *out, hcsref_str text) {
  bool added = false;
  if (text.len < 2 * SENTINEL + 1 || text.data[text.len - SENTINEL - 1] != '\n')
    return;
  text = hcsref_str_from(text.data + SENTINEL, text.len - 2 * SENTINEL);
  while (text.len > 0)
    read_line(out, cut(&text, '\n'), &added);
}

static bool read_at(hcsref_str image, sim_go_program *out) {
  hcsref_str rest = hcsref_str_skip(image, HEADER), version, modules;
  if (image.len < HEADER || ((unsigned char)image.data[FLAGS_AT] & FLAG_INLINE) == 0 || !cut_text(&rest, &version) ||
      !hcsref_str_has_prefix(version, HCSREF_LIT("go")) || !cut_text(&rest, &modules))
    return false;
  memset(out, 0, sizeof(*out));
  out->version = version;
  read_modules(out, modules);
  return true;
}

bool sim_go_find(hcsref_str image, sim_go_program *out) {
  size_t at = 0;
  while (at + HEADER <= image.len) {
    const char *found = memchr(image.data + at, 0xFF, image.len - at);
    if (found == NULL)
      return false;
    at = (size_t)(found - image.data);
    if (at % ALIGNMENT == 0 && image.len - at >= MAGIC_LENGTH && memcmp(found, MAGIC, MAGIC_LENGTH) == 0 &&
        read_at(hcsref_str_skip(image, at), out))
      return true;
    at++;
  }
  return false;
}

/* ---- the version resource ---- */

#define SIGNATURE 0xFEEF04BDu
#define FILE_AT   8u /* dwFileVersionMS, and dwFileVersionLS behind it */
#define FIXED     16u

static uint32_t read_word(const char *at) {
  uint32_t value = 0;
  for (size_t i = 4; i > 0; i--)
    value = value << 8 | (unsigned char)at[i - 1];
  return value;
}

bool sim_version_find(hcsref_str resource, char out[SIM_VERSION_SIZE]) {
  for (size_t at = 0; at + FIXED <= resource.len; at += 4) {
    const char *fixed = resource.data + at;
    uint32_t high, low;
    if (read_word(fixed) != SIGNATURE)
      continue;
    high = read_word(fixed + FILE_AT);
    low = read_word(fixed + FILE_AT + 4);
    snprintf(out, SIM_VERSION_SIZE, "%u.%u.%u.%u", (unsigned)(high >> 16), (unsigned)(high & 0xFFFF),
             (unsigned)(low >> 16), (unsigned)(low & 0xFFFF));
    return true;
  }
  return false;
}

/* ---- as JSON ---- */

static void append_member(hcsref_buf *out, const char *name, hcsref_str value, bool *first) {
  if (value.len == 0)
    return;
  hcsref_buf_append(out, hcsref_cstr(*first ? "\"" : ",\""));
  *first = false;
  hcsref_buf_append(out, hcsref_cstr(name));
  hcsref_buf_append(out, HCSREF_LIT("\":"));
  hcsref_json_append_string(out, value);
}

static void append_go(hcsref_buf *out, const sim_go_program *go) {
  bool first = true;
  append_member(out, "version", go->version, &first);
  append_member(out, "path", go->path, &first);
  append_member(out, "revision", go->revision, &first);
  hcsref_buf_append(out, HCSREF_LIT(",\"modules\":["));
  for (size_t i = 0; i < go->module_count; i++) {
    first = true;
    hcsref_buf_append(out, hcsref_cstr(i == 0 ? "{" : ",{"));
    append_member(out, "path", go->modules[i].path, &first);
    append_member(out, "version", go->modules[i].version, &first);
    hcsref_buf_append_char(out, '}');
  }
  hcsref_buf_append_char(out, ']');
}

void sim_program_append(hcsref_buf *out, hcsref_str path, const char *version, const sim_go_program *go) {
  bool first = true;
  hcsref_buf_append(out, HCSREF_LIT(",\"program\":{"));
  append_member(out, "path", path, &first);
  append_member(out, "version", hcsref_cstr(version), &first);
  if (go->version.len > 0) {
    hcsref_buf_append(out, first ? HCSREF_LIT("\"go\":{") : HCSREF_LIT(",\"go\":{"));
    append_go(out, go);
    hcsref_buf_append_char(out, '}');
  }
  hcsref_buf_append_char(out, '}');
}
