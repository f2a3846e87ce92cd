/* SPDX-License-Identifier: Apache-2.0 */
/* A suite's manifest. What is read is what was promised of it, and comes back from its text; a refusal has words. */
#include "support.h"

#include "golden/manifest.h"

#include <stdlib.h>
#include <string.h>

static bool is_strings(json_t *object) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    if (!json_is_string(value))
      return false;
  }
  return object == NULL || json_is_object(object);
}

/* Joined with a folder, none of them leads out of it, on either system. */
static void check_files(json_t *files) {
  const char *file;
  json_t *digest;
  json_object_foreach(files, file, digest) {
    hcsref_str name = hcsref_cstr(file), clean = {NULL, 0}, whole = {NULL, 0};
    hcsref_arena *arena = fuzz_arena(FUZZ_SCRATCH);
    bool nests = hcsref_str_has_prefix(name, HCSREF_LIT("recorded/"));
    REQUIRE(nests ? fuzz_count(name, '/') >= 1 : fuzz_count(name, '/') == 1, "%q", name);
    REQUIRE(fuzz_count(name, '\\') == 0 && fuzz_count(name, ':') == 0, "%q", name);
    REQUIRE(hcsref_format(arena, &whole, "C:\\suite\\%v", name) && hcsref_path_clean(arena, whole, &clean), "memory");
    REQUIRE(hcsref_str_has_prefix(clean, HCSREF_LIT("C:\\suite\\")) && clean.len == whole.len, "%q", name);
  }
}

static void check(const json_t *manifest) {
  char *text = golden_manifest_text(manifest), *again = NULL;
  char message[300] = "";
  json_t *second = golden_manifest_read(hcsref_cstr(text), message, sizeof(message));
  REQUIRE(text != NULL && second != NULL, "%s", message);
  again = golden_manifest_text(second);
  REQUIRE_SAME(hcsref_cstr(again), hcsref_cstr(text), "what is written comes back");
  free(text);
  free(again);
  json_decref(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char message[300] = "";
  json_t *manifest = golden_manifest_read(fuzz_text(data, size), message, sizeof(message));
  if (manifest == NULL) {
    REQUIRE(strlen(message) > 2, "a refusal has words");
    return 0;
  }
  REQUIRE(json_is_object(manifest) && is_strings(json_object_get(manifest, "files")) &&
              is_strings(json_object_get(manifest, "renames")) && is_strings(json_object_get(manifest, "tombstones")),
          "a manifest has its shape");
  check_files(json_object_get(manifest, "files"));
  check(manifest);
  json_decref(manifest);
  return 0;
}
