/* SPDX-License-Identifier: Apache-2.0 */
#include "run/cases/level.h"
#include "run/cases/tags.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct level_rule {
  const char *word;
  kit_level level;
} level_rule;

/* The first tag that a case has decides, then its operation. The tags are those of the recordings (docs/cases.md). */
static const level_rule tag_rules[] = {
    {"upstream-crash", KIT_MAY},
    {"byteflip", KIT_MAY},
    {"truncated", KIT_MAY},
    {"syntax", KIT_MAY},
    {"dup", KIT_MAY},
    {"fold", KIT_MAY},
    {"bytes", KIT_SHOULD},
    {"decode-error", KIT_SHOULD},
    {"doc_random", KIT_SHOULD},
    {"cri_random", KIT_SHOULD},
};

/* As most curated cases of the operation are judged. */
static const level_rule op_rules[] = {
    {"annotation-bool", KIT_SHOULD},
    {"annotation-list", KIT_SHOULD},
    {"assigned-devices", KIT_SHOULD},
    {"clean-mount-path", KIT_SHOULD},
    {"clean-path", KIT_SHOULD},
    {"device-extensions", KIT_SHOULD},
    {"device-location", KIT_MAY},
    {"dump-count", KIT_SHOULD},
    {"is-named-pipe", KIT_SHOULD},
    {"join-path", KIT_SHOULD},
    {"normalize-processor-count", KIT_SHOULD},
    {"sandbox-mount-path", KIT_SHOULD},
    {"sort-mounts", KIT_SHOULD},
    {"split-path", KIT_MAY},
    {"volume-path", KIT_SHOULD},
};

kit_level kit_level_by_rule(hcsref_str op, const kit_json *tags) {
  size_t i;
  for (i = 0; i < sizeof(tag_rules) / sizeof(tag_rules[0]); i++)
    if (kit_has_word(tags, hcsref_cstr(tag_rules[i].word)))
      return tag_rules[i].level;
  for (i = 0; i < sizeof(op_rules) / sizeof(op_rules[0]); i++)
    if (hcsref_str_equal(op, hcsref_cstr(op_rules[i].word)))
      return op_rules[i].level;
  return KIT_MUST;
}

/* ---- twins -------------------------------------------------------------------------------------------- */

#define LONGEST_ID 300

struct kit_levels {
  json_t *twins; /* by the id of the recorded case: the level of the curated one */
};

kit_levels *kit_levels_new(void) {
  kit_levels *levels = calloc(1, sizeof(*levels));
  if (levels == NULL)
    return NULL;
  levels->twins = json_object();
  if (levels->twins != NULL)
    return levels;
  free(levels);
  return NULL;
}

void kit_levels_free(kit_levels *levels) {
  if (levels == NULL)
    return;
  json_decref(levels->twins);
  free(levels);
}

/* The id as a key; false: it cannot be one. */
static bool as_key(hcsref_str id, char *key) {
  size_t i;
  if (id.len == 0 || id.len >= LONGEST_ID)
    return false;
  for (i = 0; i < id.len; i++)
    if (id.data[i] <= ' ' || id.data[i] > '~') /* jansson takes UTF-8 only, and ids have less */
      return false;
  memcpy(key, id.data, id.len);
  key[id.len] = '\0';
  return true;
}

bool kit_levels_note(kit_levels *levels, const kit_case *c) {
  char key[LONGEST_ID];
  if (!c->says_level || !as_key(kit_json_get_string(c->tree, "vector"), key))
    return true;
  if (json_object_get(levels->twins, key) != NULL)
    return true; /* the first that judges it */
  return json_object_set_new(levels->twins, key, json_integer((json_int_t)c->level)) == 0;
}

void kit_levels_apply(const kit_levels *levels, kit_case *c) {
  char key[LONGEST_ID];
  const json_t *level;
  if (c->says_level || !as_key(c->id, key))
    return;
  level = json_object_get(levels->twins, key);
  if (level != NULL)
    c->level = (kit_level)json_integer_value(level);
}
