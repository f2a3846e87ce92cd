/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/manifest.h"

#include "golden/golden.h"

#include "run/cases/id.h"
#include "run/cases/suite.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

typedef struct member {
  const char *name;
  json_type type;
  bool strings; /* an object of them */
} member;

/* In the order of the documentation. */
static const member members[] = {
    {"suite", JSON_STRING, false},     {"format", JSON_INTEGER, false}, {"version", JSON_STRING, false},
    {"profiles", JSON_OBJECT, false},  {"counts", JSON_OBJECT, false},  {"renames", JSON_OBJECT, true},
    {"tombstones", JSON_OBJECT, true}, {"files", JSON_OBJECT, true},
};

static const char *should_be(json_type type) {
  return type == JSON_STRING    ? "should be a string"
         : type == JSON_INTEGER ? "should be a number"
                                : "should be an object";
}

static bool refuse(char *message, size_t size, const char *where, const char *key, const char *what) {
  snprintf(message, size, "%s%s%.100s: %s", where, key[0] == '\0' ? "" : "/", key, what);
  return false;
}

static bool ends_with(const char *text, size_t length, const char *suffix) {
  size_t tail = strlen(suffix);
  return length > tail && memcmp(text + length - tail, suffix, tail) == 0;
}

/* FOLDER/NAME; below recorded/ folders may nest. */
static bool is_file(const char *file) {
  const char *slash = strchr(file, '/');
  size_t length = strlen(file);
  bool nests = strncmp(file, KIT_RECORDED_FOLDER, sizeof(KIT_RECORDED_FOLDER) - 1) == 0;
  return slash != NULL && (nests || strchr(slash + 1, '/') == NULL) && length <= GOLDEN_LONGEST_FILE &&
         kit_is_id(hcsref_cstr(file)) && (ends_with(file, length, ".json") || ends_with(file, length, ".jsonl"));
}

static bool check_strings(json_t *object, const char *where, char *message, size_t size) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    if (!json_is_string(value))
      return refuse(message, size, where, key, "should be a string");
  }
  return true;
}

static bool check_files(json_t *files, char *message, size_t size) {
  const char *file;
  json_t *digest;
  json_object_foreach(files, file, digest) {
    if (!is_file(file))
      return refuse(message, size, "/files", file, "is not a file of a suite, FOLDER/NAME.json or FOLDER/NAME.jsonl");
  }
  return true;
}

static bool check(const json_t *manifest, char *message, size_t size) {
  size_t i;
  char where[32];
  if (!json_is_object(manifest))
    return refuse(message, size, "the manifest", "", "should be an object");
  for (i = 0; i < COUNT(members); i++) {
    json_t *value = json_object_get(manifest, members[i].name);
    snprintf(where, sizeof(where), "/%s", members[i].name);
    if (value == NULL)
      continue;
    if (json_typeof(value) != members[i].type)
      return refuse(message, size, where, "", should_be(members[i].type));
    if (members[i].strings && !check_strings(value, where, message, size))
      return false;
  }
  return kit_suite_format_is_known(manifest, message, size) &&
         check_files(json_object_get(manifest, "files"), message, size);
}

json_t *golden_manifest_read(hcsref_str text, char *message, size_t size) {
  json_error_t error;
  json_t *manifest = json_loadb(text.len == 0 ? "" : text.data, text.len, JSON_REJECT_DUPLICATES, &error);
  if (manifest == NULL) {
    snprintf(message, size, "line %d: %s", error.line, error.text);
    return NULL;
  }
  if (check(manifest, message, size))
    return manifest;
  json_decref(manifest);
  return NULL;
}

char *golden_manifest_text(const json_t *manifest) {
  json_t *ordered = json_object();
  char *text = NULL;
  size_t i;
  for (i = 0; ordered != NULL && i < COUNT(members); i++)
    if (json_object_get(manifest, members[i].name) != NULL)
      (void)json_object_set(ordered, members[i].name, json_object_get(manifest, members[i].name));
  if (ordered != NULL)
    text = json_dumps(ordered, JSON_INDENT(2));
  json_decref(ordered);
  return text;
}
