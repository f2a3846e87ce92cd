/* SPDX-License-Identifier: Apache-2.0 */
#include "run/select/scope.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_PATH 4096
/* Of a digest this much is shown to people. */
#define SHORT_DIGEST 12

/* ---- suites ------------------------------------------------------------------------------------------- */

static bool digest_of(const char *path, kit_digest digest) {
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = kit_read_file(&arena, path, &text, &err);
  if (ok)
    kit_sha256(text, digest);
  hcsref_arena_free(&arena);
  return ok;
}

/* The files of the folder that the manifest lists with other digests or not at all, and those that it lists and that
 * are not there. */
static uint64_t count_changed(const kit_source *source, const char *folder, const json_t *files) {
  size_t start = strlen(folder) + 1, there = 0, i;
  uint64_t changed = 0;
  for (i = 0; i < kit_source_file_count(source); i++) {
    const char *path = kit_source_file(source, i);
    const json_t *listed = json_object_get(files, path + start);
    kit_digest digest;
    there += listed != NULL;
    changed += listed == NULL || !digest_of(path, digest) || strcmp(digest, json_string_value(listed)) != 0;
  }
  return changed + json_object_size(files) - there;
}

static bool are_digests(const json_t *files) {
  const char *name;
  json_t *digest;
  json_object_foreach((json_t *)files, name, digest) {
    if (!json_is_string(digest))
      return false;
  }
  return json_object_size(files) > 0;
}

/* A manifest that lists nothing says nothing about the files. False: out of memory. */
static bool check_files(kit_suite_id *suite, const json_t *files) {
  kit_source *source;
  char message[600];
  if (!are_digests(files))
    return true;
  source = kit_source_new();
  if (source == NULL)
    return false;
  if (kit_source_add(source, suite->path, message, sizeof(message)))
    suite->changed = count_changed(source, suite->path, files);
  kit_source_free(source);
  return true;
}

static bool identify(hcsref_arena *arena, kit_suite_id *suite) {
  char path[LONGEST_PATH];
  hcsref_str text;
  hcsref_error err;
  json_t *manifest;
  const char *version;
  bool ok;
  snprintf(path, sizeof(path), "%s/" KIT_SUITE_MANIFEST, suite->path);
  if (!kit_read_file(arena, path, &text, &err))
    return strcmp(err.code, "out-of-memory") != 0;
  kit_sha256(text, suite->digest);
  manifest = json_loadb(text.data, text.len, 0, NULL);
  version = json_string_value(json_object_get(manifest, "version"));
  ok = (version == NULL || hcsref_str_copy(arena, hcsref_cstr(version), &suite->version)) &&
       check_files(suite, json_object_get(manifest, "files"));
  json_decref(manifest);
  return ok;
}

bool kit_scope_identify(hcsref_arena *arena, const kit_home *home, kit_scope *scope) {
  size_t i;
  scope->suites = hcsref_arena_array(arena, home->suites.count, sizeof(*scope->suites));
  if (scope->suites == NULL)
    return false;
  for (i = 0; i < home->suites.count; i++) {
    scope->suites[i].path = home->suites.items[i];
    if (!identify(arena, &scope->suites[i]))
      return false;
  }
  scope->suite_count = home->suites.count;
  return true;
}

/* ---- as text ------------------------------------------------------------------------------------------ */

uint64_t kit_scope_total(const kit_scope *scope, uint64_t played) {
  return scope->total > played ? scope->total : played;
}

static void append_suite(hcsref_buf *buf, const kit_suite_id *suite) {
  hcsref_buf_append(buf, HCSREF_LIT("suite "));
  hcsref_buf_append(buf, suite->version.len == 0 ? HCSREF_LIT("without a version") : suite->version);
  hcsref_buf_append(buf, HCSREF_LIT(" (sha256 "));
  hcsref_buf_append(buf, hcsref_str_first(hcsref_cstr(suite->digest), SHORT_DIGEST));
  if (suite->changed > 0) {
    hcsref_buf_append(buf, HCSREF_LIT("; "));
    hcsref_buf_append_uint(buf, suite->changed);
    hcsref_buf_append(buf, suite->changed == 1 ? HCSREF_LIT(" file is not as its manifest says")
                                               : HCSREF_LIT(" files are not as its manifest says"));
  }
  hcsref_buf_append(buf, HCSREF_LIT(")"));
}

void kit_scope_append(hcsref_buf *buf, const kit_scope *scope, uint64_t played) {
  uint64_t total = kit_scope_total(scope, played);
  size_t i;
  for (i = 0; i < scope->suite_count; i++) {
    append_suite(buf, &scope->suites[i]);
    hcsref_buf_append(buf, i + 1 < scope->suite_count ? HCSREF_LIT(", ") : HCSREF_LIT(": "));
  }
  if (scope->suite_count == 0)
    hcsref_buf_append(buf, HCSREF_LIT("no suite: "));
  hcsref_buf_append_uint(buf, played);
  hcsref_buf_append(buf, HCSREF_LIT(" of "));
  hcsref_buf_append_uint(buf, total);
  hcsref_buf_append(buf, total == 1 ? HCSREF_LIT(" case") : HCSREF_LIT(" cases"));
  if (scope->filters.len != 0) {
    hcsref_buf_append(buf, HCSREF_LIT(" ("));
    hcsref_buf_append(buf, scope->filters);
    hcsref_buf_append(buf, HCSREF_LIT(")"));
  }
  if (scope->compared_with.len != 0) {
    hcsref_buf_append(buf, HCSREF_LIT(", compared with "));
    hcsref_buf_append(buf, scope->compared_with);
  }
}
