/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden verify and update: golden/manifest.json says what the suite holds. */
#include "golden/manifest.h"
#include "golden/golden.h"
#include "io/print.h"
#include "io/sha256.h"

#include "platform/platform.h"
#include "run/cases/repeats.h"
#include "run/cases/source.h"
#include "run/cases/values.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_VERSION "0.1.0"

typedef struct manifest_options {
  const char *suite, *version;
  cli_list renamed, removed;
} manifest_options;

/* ---- what is there ------------------------------------------------------------------------------------ */

/* The lines that are cases, and of the others, whether there are any. */
static uint64_t count_cases(hcsref_str text, bool *named_values) {
  uint64_t cases = 0;
  const char *end;
  while (text.len > 0 && (end = memchr(text.data, '\n', text.len)) != NULL) {
    bool names = kit_values_names(text);
    *named_values = *named_values || names;
    cases += !names;
    text = hcsref_str_skip(text, (size_t)(end - text.data) + 1);
  }
  return cases;
}

static bool count_area(json_t *areas, const char *file) {
  char area[256];
  size_t length = strcspn(file, "/");
  if (length >= sizeof(area))
    return false;
  memcpy(area, file, length);
  area[length] = '\0';
  return json_object_set_new(areas, area, json_integer(1 + json_integer_value(json_object_get(areas, area)))) == 0;
}

/* Adds digest and counts of one file to what was found. */
static bool survey_file(const golden_suite *suite, const char *file, json_t *found) {
  json_t *files = json_object_get(found, "files"), *counts = json_object_get(found, "counts");
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  kit_digest digest;
  char *path;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  path = golden_path(&arena, suite, file);
  ok = path != NULL && kit_read_file(&arena, path, &text, &err);
  if (!ok) {
    golden_complain(path == NULL ? file : path, "read-failed", "could not be read");
  } else {
    bool recorded = golden_is_recorded(file), named_values = false;
    const char *which = recorded ? "recorded" : "curated";
    json_int_t more = recorded ? (json_int_t)count_cases(text, &named_values) : 1;
    kit_sha256(text, digest);
    ok = ((!named_values && !kit_repeats_in(text)) ||
          json_object_set_new(found, "format", json_integer(KIT_SUITE_FORMAT)) == 0) &&
         json_object_set_new(files, file, json_string(digest)) == 0 &&
         json_object_set_new(counts, which, json_integer(more + json_integer_value(json_object_get(counts, which)))) ==
             0 &&
         (recorded || count_area(json_object_get(counts, "areas"), file));
  }
  hcsref_arena_free(&arena);
  return ok;
}

/* {"format": …, "counts": …, "files": …} as the folder has it; null: the reason was told. */
static json_t *survey(const char *root) {
  golden_suite suite;
  json_t *found = json_pack("{s:i,s:{s:i,s:i,s:{}},s:{}}", "format", KIT_SUITE_FORMAT_PLAIN, "counts", "curated", 0,
                            "recorded", 0, "areas", "files");
  bool ok = golden_open(&suite, root) && found != NULL;
  size_t i;
  for (i = 0; ok && i < suite.files.count; i++)
    ok = survey_file(&suite, suite.files.items[i], found);
  golden_close(&suite);
  if (ok)
    return found;
  json_decref(found);
  return NULL;
}

static void manifest_path(const char *root, char *path, size_t size) {
  snprintf(path, size, "%s/" KIT_SUITE_MANIFEST, root);
}

/* Null: the reason was told, unless the file does not exist and may be missing. */
static json_t *load_file(const char *path, bool may_be_missing) {
  char message[300] = "could not be read";
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  json_t *manifest = NULL;
  if (may_be_missing && !kit_path_exists(path))
    return NULL;
  hcsref_arena_init(&arena, NULL, 0);
  if (kit_read_file(&arena, path, &text, &err))
    manifest = golden_manifest_read(text, message, sizeof(message));
  if (manifest == NULL)
    golden_complain(path, "manifest", "%s", message);
  hcsref_arena_free(&arena);
  return manifest;
}

static json_t *load_manifest(const char *root, bool may_be_missing) {
  char path[4096];
  manifest_path(root, path, sizeof(path));
  return load_file(path, may_be_missing);
}

/* The file of an id. */
static const json_t *file_of(const json_t *files, const char *id) {
  char file[1000];
  snprintf(file, sizeof(file), "%s.json", id);
  return json_object_get(files, file);
}

/* ---- verify ------------------------------------------------------------------------------------------- */

/* Files of `a` that `b` lacks; those of both whose digests differ when `digests`. */
static uint64_t compare_files(const char *root, json_t *a, json_t *b, const char *missing, bool digests) {
  const char *file;
  json_t *digest;
  uint64_t found = 0;
  char path[4096];
  json_object_foreach(a, file, digest) {
    const json_t *other = json_object_get(b, file);
    snprintf(path, sizeof(path), "%s/%s", root, file);
    if (other == NULL || (digests && !json_equal(digest, other))) {
      found++;
      golden_complain(path, other == NULL ? "file-unlisted" : "digest", "%s",
                      other == NULL ? missing : "does not have the digest that the manifest gives");
    }
  }
  return found;
}

/* A kit that does not know of named values and repeated texts must not read a suite that has them. */
static uint64_t check_format(const char *root, const json_t *manifest, const json_t *found) {
  json_int_t needed = json_integer_value(json_object_get(found, "format"));
  if (needed < KIT_SUITE_FORMAT || json_integer_value(json_object_get(manifest, "format")) >= needed)
    return 0;
  golden_complain(root, "format", "there are named values or repeated texts, which need format %d", KIT_SUITE_FORMAT);
  return 1;
}

/* Is there a case, another new name or a removal behind a new name? */
static bool leads_on(const json_t *manifest, const json_t *files, const json_t *name) {
  const char *target = json_string_value(name);
  return target != NULL &&
         (file_of(files, target) != NULL || json_object_get(json_object_get(manifest, "renames"), target) != NULL ||
          json_object_get(json_object_get(manifest, "tombstones"), target) != NULL);
}

/* Drops the new names of cases that are not there: a copy may have some of the cases only. */
static void drop_lost_renames(const json_t *manifest, const json_t *files) {
  json_t *renames = json_object_get(manifest, "renames"), *name;
  for (bool dropped = true; dropped;) {
    const char *id;
    void *next;
    dropped = false;
    json_object_foreach_safe(renames, next, id, name) {
      if (!leads_on(manifest, files, name))
        dropped = json_object_del(renames, id) == 0;
    }
  }
}

/* What renames and removals name is gone, and a new name leads to a case or to a removal. */
static uint64_t check_history(const char *root, const json_t *manifest, const json_t *files) {
  json_t *renames = json_object_get(manifest, "renames"), *tombstones = json_object_get(manifest, "tombstones"), *value;
  const char *id;
  uint64_t found = 0;
  json_object_foreach(renames, id, value) {
    bool leads = leads_on(manifest, files, value);
    if (file_of(files, id) != NULL || !leads) {
      found++;
      golden_complain(root, "rename", "%s is renamed, but %s", id,
                      leads ? "is still there" : "what it became is not there");
    }
  }
  json_object_foreach(tombstones, id, value) {
    if (file_of(files, id) == NULL)
      continue;
    found++;
    golden_complain(root, "tombstone", "%s was removed, but is there", id);
  }
  return found;
}

static int verify(const cli_invocation *invocation) {
  const manifest_options *o = invocation->options;
  json_t *manifest = load_manifest(o->suite, false), *found = manifest == NULL ? NULL : survey(o->suite);
  uint64_t wrong = 0;
  int status = CLI_KIT;
  if (found != NULL) {
    json_t *listed = json_object_get(manifest, "files"), *there = json_object_get(found, "files");
    wrong += compare_files(o->suite, there, listed, "is not in the manifest (hcsproof golden update)", true);
    wrong += compare_files(o->suite, listed, there, "is in the manifest, but not there", false);
    wrong += check_history(o->suite, manifest, there) + check_format(o->suite, manifest, found);
    if (!json_equal(json_object_get(manifest, "counts"), json_object_get(found, "counts"))) {
      wrong++;
      golden_complain(o->suite, "counts", "the counts in the manifest do not match the files");
    }
    kit_print(stdout, "%llu file%S, suite %s: %s\n", (unsigned long long)json_object_size(there),
              kit_plural(json_object_size(there)),
              json_string_value(json_object_get(manifest, "version")) == NULL
                  ? "without a version"
                  : json_string_value(json_object_get(manifest, "version")),
              wrong == 0 ? "as the manifest says" : "not as the manifest says");
    status = wrong == 0 ? CLI_OK : CLI_FAILED;
  }
  json_decref(found);
  json_decref(manifest);
  return status;
}

/* ---- update ------------------------------------------------------------------------------------------- */

static json_t *new_manifest(void) {
  return json_pack("{s:s,s:i,s:s,s:{s:{s:s,s:s,s:s,s:s}},s:{},s:{}}", "suite", "hcsproof", "format", KIT_SUITE_FORMAT,
                   "version", FIRST_VERSION, "profiles", "baseline", "title", "what the recorded programs do",
                   "hcsshim", "0af576d29", "containerd", "2bc77b8a2", "go", "1.19", "renames", "tombstones");
}

/* "OLD=NEW" into `object`; `is_id`: NEW is the id of a case, too. */
static bool add_history(json_t *object, const char *pair, bool is_id) {
  const char *equals = strchr(pair, '=');
  char id[500];
  if (equals == NULL || equals == pair || equals[1] == '\0' || (size_t)(equals - pair) >= sizeof(id)) {
    golden_complain(pair, "usage", "should be ID=TEXT");
    return false;
  }
  memcpy(id, pair, (size_t)(equals - pair));
  id[equals - pair] = '\0';
  if (!golden_is_id(hcsref_cstr(id)) || (is_id && !golden_is_id(hcsref_cstr(equals + 1)))) {
    golden_complain(pair, "usage", "an id is AREA/NAME, in lower-case letters, digits, hyphens and dots");
    return false;
  }
  return json_object_set_new(object, id, json_string(equals + 1)) == 0;
}

static bool add_all_history(json_t *manifest, const char *key, const cli_list *pairs) {
  size_t i;
  if (json_object_get(manifest, key) == NULL && json_object_set_new(manifest, key, json_object()) != 0)
    return false;
  for (i = 0; i < pairs->count; i++)
    if (!add_history(json_object_get(manifest, key), pairs->items[i], strcmp(key, "renames") == 0))
      return false;
  return true;
}

/* An id is for ever: a case that is gone must have been renamed or removed on purpose. */
static uint64_t find_lost(const char *root, const json_t *manifest, const json_t *files) {
  json_t *listed = json_object_get(manifest, "files"), *digest;
  const char *file;
  uint64_t lost = 0;
  json_object_foreach(listed, file, digest) {
    char id[1000];
    if (json_object_get(files, file) != NULL || golden_is_recorded(file))
      continue;
    snprintf(id, sizeof(id), "%.*s", (int)(strlen(file) - 5), file);
    if (json_object_get(json_object_get(manifest, "renames"), id) != NULL ||
        json_object_get(json_object_get(manifest, "tombstones"), id) != NULL)
      continue;
    lost++;
    golden_complain(root, "case-lost", "%s is gone: give --renamed %s=NEW or --removed %s=REASON", id, id, id);
  }
  return lost;
}

static int write_manifest(const char *root, const json_t *manifest) {
  char path[4096];
  char *text = golden_manifest_text(manifest);
  hcsref_arena arena;
  hcsref_buf buf = {&arena, NULL, 0, 0, false};
  int status = CLI_KIT;
  manifest_path(root, path, sizeof(path));
  hcsref_arena_init(&arena, NULL, 0);
  if (text != NULL) {
    hcsref_buf_append(&buf, hcsref_cstr(text));
    hcsref_buf_append_char(&buf, '\n');
  }
  if (text == NULL || buf.failed)
    golden_complain(path, "out-of-memory", "out of memory");
  else if (golden_write(path, hcsref_buf_str(&buf)))
    status = CLI_OK;
  hcsref_arena_free(&arena);
  free(text);
  return status;
}

json_t *golden_digests(const char *path) {
  json_t *manifest = load_file(path, true), *files = NULL;
  if (json_is_string(json_object_get(manifest, "suite")))
    files = json_incref(json_object_get(manifest, "files"));
  json_decref(manifest);
  return files;
}

bool golden_write_manifest(const char *root, const char *from) {
  json_t *manifest = load_manifest(from, true), *found = survey(root);
  bool ok;
  if (manifest == NULL)
    manifest = new_manifest();
  ok = manifest != NULL && found != NULL &&
       json_object_set(manifest, "format", json_object_get(found, "format")) == 0 &&
       json_object_set(manifest, "counts", json_object_get(found, "counts")) == 0 &&
       json_object_set(manifest, "files", json_object_get(found, "files")) == 0;
  if (ok) {
    drop_lost_renames(manifest, json_object_get(found, "files"));
    ok = write_manifest(root, manifest) == CLI_OK;
  }
  json_decref(manifest);
  json_decref(found);
  return ok;
}

static int update_manifest(const manifest_options *o, json_t *manifest, json_t *found) {
  json_t *files = json_object_get(found, "files");
  if (!add_all_history(manifest, "renames", &o->renamed) || !add_all_history(manifest, "tombstones", &o->removed))
    return CLI_USAGE;
  if (find_lost(o->suite, manifest, files) > 0)
    return CLI_FAILED;
  if ((o->version != NULL && json_object_set_new(manifest, "version", json_string(o->version)) != 0) ||
      json_object_set(manifest, "format", json_object_get(found, "format")) != 0 ||
      json_object_set(manifest, "counts", json_object_get(found, "counts")) != 0 ||
      json_object_set(manifest, "files", files) != 0)
    return CLI_KIT;
  if (check_history(o->suite, manifest, files) > 0)
    return CLI_FAILED;
  return write_manifest(o->suite, manifest);
}

static int update(const cli_invocation *invocation) {
  const manifest_options *o = invocation->options;
  char path[4096];
  json_t *found = survey(o->suite), *manifest = load_manifest(o->suite, true);
  int status = CLI_KIT;
  manifest_path(o->suite, path, sizeof(path));
  if (manifest == NULL && !kit_path_exists(path))
    manifest = new_manifest();
  if (found != NULL && manifest != NULL)
    status = update_manifest(o, manifest, found);
  json_decref(manifest);
  json_decref(found);
  return status;
}

/* ---- tables ------------------------------------------------------------------------------------------- */

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(manifest_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
    {.name = "version",
     .kind = CLI_TEXT,
     .offset = offsetof(manifest_options, version),
     .argument = "VERSION",
     .help = "The suite's new version."},
    {.name = "renamed",
     .kind = CLI_TEXT,
     .repeatable = true,
     .offset = offsetof(manifest_options, renamed),
     .argument = "OLD=NEW",
     .help = "The case OLD is now called NEW."},
    {.name = "removed",
     .kind = CLI_TEXT,
     .repeatable = true,
     .offset = offsetof(manifest_options, removed),
     .argument = "ID=REASON",
     .help = "The case ID was removed."},
};

static const cli_example verify_examples[] = {{"hcsproof golden verify", "Compares ./golden with its manifest."}};
static const cli_example update_examples[] = {
    {"hcsproof golden update", "Updates the manifest after cases were added or changed."},
    {"hcsproof golden update --renamed cpu/two=cpu/two-processors --version 1.1.0",
     "Updates it after a case was renamed."},
};

static const cli_status verify_statuses[] = {
    {CLI_OK, "the files are as the manifest says"},
    {CLI_FAILED, "a file is not as the manifest says; each line names one"},
    {CLI_KIT, "a file could not be read"},
};
static const cli_status update_statuses[] = {
    {CLI_OK, "the manifest was written"},
    {CLI_FAILED, "a case is gone without --renamed or --removed"},
    {CLI_USAGE, "wrong options"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command golden_verify_command = {
    .name = "verify",
    .summary = "compare the suite with its manifest",
    .description = "Checks that every file is listed with its digest and every listed file is there, that the counts "
                   "are right, and that renames and removals are consistent.",
    .options_size = sizeof(manifest_options),
    .options = options,
    .option_count = 1,
    .examples = verify_examples,
    .example_count = CLI_COUNT(verify_examples),
    .statuses = verify_statuses,
    .status_count = CLI_COUNT(verify_statuses),
    .run = verify,
};

const cli_command golden_update_command = {
    .name = "update",
    .summary = "rewrite the suite's manifest",
    .description = "Takes digests and counts from the files. Ids are permanent: a case that is gone must be named with "
                   "--renamed or --removed.",
    .options_size = sizeof(manifest_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = update_examples,
    .example_count = CLI_COUNT(update_examples),
    .statuses = update_statuses,
    .status_count = CLI_COUNT(update_statuses),
    .run = update,
};
