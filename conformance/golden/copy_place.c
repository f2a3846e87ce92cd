/* SPDX-License-Identifier: Apache-2.0 */
#include "golden/copy_place.h"

#include "golden/golden.h"
#include "golden/manifest.h"
#include "io/sha256.h"
#include "platform/platform.h"
#include "run/cases/source.h"

#include <errno.h>
#include <string.h>

#define LONGEST_PATH 4096
/* What an interrupted copy was about to write: a manifest as well. */
#define PENDING STAGING_HIDDEN "copy.json"

typedef struct placement {
  staging *s;
  json_t *fresh;       /* digests of the copy */
  json_t *old, *begun; /* digests of the earlier copy, and of an interrupted one; null: there is none */
  uint64_t kept;
} placement;

static bool failed(const char *path) {
  golden_complain(path, "write-failed", "%s", strerror(errno));
  return false;
}

/* "TARGET/NAME"; null: too long, which was told. */
static const char *place_of(const char *target, const char *name, char path[LONGEST_PATH]) {
  int length = snprintf(path, LONGEST_PATH, "%s/%s", target, name);
  if (length >= 0 && length < LONGEST_PATH)
    return path;
  golden_complain(name, "path-long", "the path is too long");
  return NULL;
}

static json_t *digests_in(const char *target, const char *name) {
  char path[LONGEST_PATH];
  return place_of(target, name, path) == NULL ? NULL : golden_digests(path);
}

/* ---- before ------------------------------------------------------------------------------------------- */

static bool is_empty(const kit_strings *names) {
  size_t i;
  for (i = 0; i < names->count; i++)
    if (strncmp(names->items[i], STAGING_HIDDEN, sizeof(STAGING_HIDDEN) - 1) != 0)
      return false;
  return true;
}

static bool is_copy(const char *target) {
  json_t *old = digests_in(target, KIT_SUITE_MANIFEST), *begun = digests_in(target, PENDING);
  bool known = old != NULL || begun != NULL;
  json_decref(old);
  json_decref(begun);
  return known;
}

bool golden_may_copy_to(const char *target) {
  kit_strings names = {NULL, 0, 0};
  bool ok = true;
  if (kit_path_exists(target) && !kit_folder_names(target, &names)) {
    golden_complain(target, "read-failed", "%s", strerror(errno));
    ok = false;
  } else if (!is_empty(&names) && !is_copy(target)) {
    golden_complain(target, "not-empty", "holds something other than an earlier copy");
    ok = false;
  }
  kit_strings_free(&names);
  return ok;
}

/* ---- whose is it -------------------------------------------------------------------------------------- */

/* The digest of a plain file; false: there is none to be read. */
static bool digest_of(const char *path, kit_digest digest) {
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = platform_look(path) == PLATFORM_FILE && kit_read_file(&arena, path, &text, &err);
  if (ok)
    kit_sha256(text, digest);
  hcsref_arena_free(&arena);
  return ok;
}

static bool has_digest(json_t *digests, const char *file, const char *digest) {
  const char *listed = json_string_value(json_object_get(digests, file));
  return listed != NULL && strcmp(listed, digest) == 0;
}

typedef enum ownership { NOBODYS, OURS, UP_TO_DATE, SOMEBODYS } ownership;

static ownership look(const placement *p, const char *file, const char *path) {
  kit_digest digest;
  if (platform_look(path) == PLATFORM_NOTHING)
    return NOBODYS;
  if (!digest_of(path, digest))
    return SOMEBODYS;
  if (has_digest(p->fresh, file, digest))
    return UP_TO_DATE;
  return has_digest(p->old, file, digest) || has_digest(p->begun, file, digest) ? OURS : SOMEBODYS;
}

/* ---- file by file ------------------------------------------------------------------------------------- */

/* The folder of each file must be one: what a link leads to is not the copy's. */
static bool check_folders(const placement *p, json_t *files) {
  const char *file;
  json_t *digest;
  char path[LONGEST_PATH];
  json_object_foreach(files, file, digest) {
    platform_kind kind;
    if (place_of(p->s->target, file, path) == NULL)
      return false;
    *strrchr(path, '/') = '\0';
    kind = platform_look(path);
    if (kind == PLATFORM_NOTHING || kind == PLATFORM_FOLDER)
      continue;
    golden_complain(path, "not-a-folder", kind == PLATFORM_LINK ? "is a link" : "is not a folder");
    return false;
  }
  return true;
}

static bool place_file(placement *p, const char *file) {
  char path[LONGEST_PATH];
  ownership whose = place_of(p->s->target, file, path) == NULL ? SOMEBODYS : look(p, file, path);
  if (whose == SOMEBODYS) {
    p->kept++;
    golden_complain(path, "edited", "was edited, or is your own: left unchanged");
    return true;
  }
  return whose == UP_TO_DATE || staging_move(p->s, file) || failed(path);
}

/* A file of an earlier copy that this one lacks. */
static bool remove_old(placement *p, const char *file) {
  char path[LONGEST_PATH];
  ownership whose;
  if (json_object_get(p->fresh, file) != NULL || place_of(p->s->target, file, path) == NULL)
    return true;
  whose = look(p, file, path);
  if (whose == SOMEBODYS)
    golden_complain(path, "edited", "is no longer in the suite, but was edited: left unchanged");
  if (whose == OURS && !platform_remove(path))
    return failed(path);
  *strrchr(path, '/') = '\0';
  (void)platform_folder_remove(path);
  return true;
}

static bool each(placement *p, json_t *files, bool (*act)(placement *p, const char *file)) {
  const char *file;
  json_t *digest;
  json_object_foreach(files, file, digest) {
    if (!act(p, file))
      return false;
  }
  return true;
}

/* A file that was never copied is not ours to touch, but it is played with the rest, so it is named. */
static void name_own_files(const placement *p) {
  golden_suite there;
  char path[LONGEST_PATH];
  size_t i;
  if (golden_open(&there, p->s->target))
    for (i = 0; i < there.files.count; i++)
      if (json_object_get(p->fresh, there.files.items[i]) == NULL &&
          json_object_get(p->old, there.files.items[i]) == NULL &&
          place_of(p->s->target, there.files.items[i], path) != NULL)
        golden_complain(path, "own", "is your own: left unchanged");
  golden_close(&there);
}

/* Somebody may have had reasons to change it. */
static bool place_attributes(const placement *p) {
  char path[LONGEST_PATH];
  return place_of(p->s->target, GOLDEN_ATTRIBUTES, path) == NULL || platform_look(path) != PLATFORM_NOTHING ||
         staging_move(p->s, GOLDEN_ATTRIBUTES) || failed(path);
}

/* Writes down what is to come. */
static bool begin(const placement *p) {
  char path[LONGEST_PATH];
  hcsref_arena arena;
  hcsref_str text;
  hcsref_error err;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  ok = place_of(p->s->root, KIT_SUITE_MANIFEST, path) != NULL && kit_read_file(&arena, path, &text, &err) &&
       place_of(p->s->target, PENDING, path) != NULL && golden_write(path, text);
  hcsref_arena_free(&arena);
  return ok;
}

static bool end(const placement *p) {
  char path[LONGEST_PATH];
  if (!staging_move(p->s, KIT_SUITE_MANIFEST))
    return failed(p->s->target);
  if (place_of(p->s->target, PENDING, path) != NULL)
    (void)platform_remove(path);
  return true;
}

static bool merge(placement *p) {
  return check_folders(p, p->fresh) && check_folders(p, p->old) && check_folders(p, p->begun) && begin(p) &&
         each(p, p->fresh, place_file) && each(p, p->old, remove_old) && each(p, p->begun, remove_old) &&
         place_attributes(p) && end(p);
}

bool golden_place_copy(staging *s, uint64_t *kept) {
  placement p = {s, NULL, NULL, NULL, 0};
  bool ok;
  if (staging_become(s))
    return true;
  if (!platform_is_folder(s->target))
    return failed(s->target);
  p.fresh = digests_in(s->root, KIT_SUITE_MANIFEST);
  p.old = digests_in(s->target, KIT_SUITE_MANIFEST);
  p.begun = digests_in(s->target, PENDING);
  ok = p.fresh != NULL && merge(&p);
  if (ok)
    name_own_files(&p);
  *kept = p.kept;
  json_decref(p.fresh);
  json_decref(p.old);
  json_decref(p.begun);
  return ok;
}
