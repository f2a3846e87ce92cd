/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof copy: the suite for one profile, to be kept in another repository. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "golden/copy_place.h"
#include "golden/golden.h"
#include "golden/pack.h"
#include "io/print.h"
#include "platform/platform.h"

#include "run/cases/case.h"
#include "run/cases/repeats.h"
#include "run/cases/suite.h"
#include "run/testee/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct copy_options {
  const char *suite, *profile;
  bool no_recorded;
} copy_options;

typedef struct copier {
  const copy_options *o;
  const char *target;
  golden_suite suite;
  staging staging;
  hcsref_arena arena;            /* the profile's */
  const hcsref_profile *profile; /* unless o->profile is null: then all cases are copied */
  uint64_t files, cases;
} copier;

static bool is_wanted(const copier *c, hcsref_arena *arena, hcsref_str text) {
  hcsref_error err;
  kit_case found;
  return kit_case_read(arena, text, HCSREF_LIT("a/b"), &found, &err) &&
         (c->o->profile == NULL || kit_case_in_profile(&found, c->profile));
}

/* The lines of `text`, which has cases in full, that are wanted. */
static bool select_lines(copier *c, hcsref_arena *arena, hcsref_str text, hcsref_str *out) {
  hcsref_buf buf = {arena, NULL, 0, 0, false};
  hcsref_arena scratch;
  hcsref_arena_init(&scratch, NULL, 0);
  while (text.len > 0) {
    const char *end = memchr(text.data, '\n', text.len);
    size_t length = end == NULL ? text.len : (size_t)(end - text.data) + 1;
    hcsref_arena_reset(&scratch);
    if (is_wanted(c, &scratch, hcsref_str_first(text, length))) {
      hcsref_buf_append(&buf, hcsref_str_first(text, length));
      c->cases++;
    }
    text = hcsref_str_skip(text, length);
  }
  hcsref_arena_free(&scratch);
  *out = hcsref_buf_str(&buf);
  return !buf.failed;
}

static bool write_copy(copier *c, const char *file, hcsref_str text) {
  if (text.len == 0)
    return true;
  c->files++;
  if (staging_write(&c->staging, file, text))
    return true;
  golden_complain(file, "write-failed", "%s", strerror(errno));
  return false;
}

/* Without named values: whoever reads a copy need not know of them, nor of repeated texts. */
static bool select_recorded(copier *c, hcsref_arena *arena, const char *path, hcsref_str text, hcsref_str *out) {
  hcsref_error err;
  hcsref_str full;
  if (golden_unpack(arena, text, &full, &err))
    return select_lines(c, arena, full, out);
  golden_complain(path, err.code, "%v", err.message);
  return false;
}

static bool copy_file(copier *c, const char *file) {
  hcsref_arena arena;
  hcsref_error err;
  hcsref_str text, wanted = HCSREF_LIT("");
  char *path;
  bool ok;
  hcsref_arena_init(&arena, NULL, 0);
  path = golden_path(&arena, &c->suite, file);
  ok = path != NULL && kit_read_file(&arena, path, &text, &err);
  if (!ok)
    golden_complain(path == NULL ? file : path, "read-failed", "could not be read");
  if (ok && golden_is_recorded(file)) {
    ok = c->o->no_recorded || select_recorded(c, &arena, path, text, &wanted);
  } else if (ok && is_wanted(c, &arena, text)) {
    wanted = text;
    c->cases++;
  }
  if (ok && !kit_repeats_write_out(&arena, wanted, &wanted, &err)) {
    golden_complain(path, err.code, "%v", err.message);
    ok = false;
  }
  ok = ok && write_copy(c, file, wanted);
  hcsref_arena_free(&arena);
  return ok;
}

static bool is_separator(char c) {
  return c == '/' || c == '\\';
}

/* Takes the last name off a full path; of a root folder nothing is left. */
static void cut_last(char *path) {
  size_t length = strlen(path), end = length;
  while (end > 0 && !is_separator(path[end - 1]))
    end--;
  if (end == length || end == 0)
    path[0] = '\0';
  else
    path[end == 1 || path[end - 2] == ':' ? end : end - 1] = '\0';
}

/* The full path of the folder that `path` is in or will be in, to be freed: of what there is of it. */
static char *nearest(const char *path) {
  size_t length = strlen(path);
  char *part = malloc(length + 2), *full;
  if (part == NULL)
    return NULL;
  memcpy(part, path, length + 1);
  full = platform_full_path(part);
  while (full == NULL && length > 0) {
    while (length > 0 && !is_separator(part[length - 1]))
      length--;
    while (length > 1 && is_separator(part[length - 1]))
      length--;
    part[length] = '\0';
    full = platform_full_path(length == 0 ? "." : part);
    length = strcmp(part, "/") == 0 ? 0 : length;
  }
  free(part);
  return full;
}

/* Does the way from the root folder to `path` lead through `folder`? */
static bool leads_through(const char *path, const platform_identity *folder) {
  platform_identity here;
  char *way = nearest(path);
  bool found = false;
  while (way != NULL && !found && way[0] != '\0') {
    found = platform_identify(way, &here) && platform_is_same(&here, folder);
    cut_last(way);
  }
  free(way);
  return found;
}

/* Neither may be the other or be inside of it: a copy must not change what it is made from. */
static bool is_apart(const copier *c) {
  platform_identity suite, target;
  if ((platform_identify(c->o->suite, &suite) && leads_through(c->target, &suite)) ||
      (platform_identify(c->target, &target) && leads_through(c->o->suite, &target))) {
    golden_complain(c->target, "overlap", "is the suite itself, or one contains the other");
    return false;
  }
  return true;
}

/* Everything that the copy will hold, built where nobody looks yet. */
static int build(copier *c) {
  size_t i;
  for (i = 0; i < c->suite.files.count; i++)
    if (kit_interrupted() != 0 || !copy_file(c, c->suite.files.items[i]))
      return CLI_KIT;
  if (c->cases == 0) {
    golden_complain(c->o->suite, "no-match", "holds no case for profile %s",
                    c->o->profile == NULL ? "any" : c->o->profile);
    return CLI_USAGE;
  }
  return write_copy(c, GOLDEN_ATTRIBUTES, HCSREF_LIT("# The bytes of cases matter.\n* -text\n")) &&
                 golden_write_manifest(c->staging.root, c->o->suite)
             ? CLI_OK
             : CLI_KIT;
}

static int copy(copier *c) {
  int status;
  uint64_t kept = 0;
  if (!golden_open(&c->suite, c->o->suite))
    return CLI_KIT;
  if (!is_apart(c) || !golden_may_copy_to(c->target))
    return CLI_USAGE;
  if (!staging_open(c->target, &c->staging)) {
    golden_complain(c->target, "write-failed", "%s", strerror(errno));
    return CLI_KIT;
  }
  status = build(c);
  if (status == CLI_OK && !golden_place_copy(&c->staging, &kept))
    status = CLI_KIT;
  staging_close(&c->staging);
  if (status != CLI_OK)
    return status;
  if (c->o->profile == NULL)
    kit_print(stdout, "%llu case%S in %llu file%S\n", (unsigned long long)c->cases, kit_plural(c->cases),
              (unsigned long long)c->files - 1, kit_plural(c->files - 1));
  else
    kit_print(stdout, "%llu case%S of profile %v in %llu file%S\n", (unsigned long long)c->cases, kit_plural(c->cases),
              hcsref_profile_name(c->profile), (unsigned long long)c->files - 1, kit_plural(c->files - 1));
  return kept == 0 ? CLI_OK : CLI_FAILED;
}

/* False: it was said why. */
static bool find_profile(copier *c) {
  hcsref_error err = {0};
  if (c->o->profile == NULL)
    return true;
  c->profile = cli_profile_find(&c->arena, hcsref_cstr(c->o->profile), &err);
  if (c->profile == NULL)
    kit_print(stderr, "hcsproof copy: %v\n", err.message);
  return c->profile != NULL;
}

static int run(const cli_invocation *invocation) {
  copy_options *o = invocation->options;
  copier c;
  int status;
  memset(&c, 0, sizeof(c));
  o->suite = kit_suite_folder(o->suite);
  if (o->suite == NULL) {
    fprintf(stderr, "hcsproof copy: " KIT_NO_SUITE "\n");
    return CLI_USAGE;
  }
  c.o = o;
  c.target = invocation->operands.items[0];
  hcsref_arena_init(&c.arena, NULL, 0);
  kit_catch_interrupts();
  status = find_profile(&c) ? copy(&c) : CLI_USAGE;
  golden_close(&c.suite);
  hcsref_arena_free(&c.arena);
  if (status == CLI_KIT && kit_interrupted() != 0)
    platform_end_by_signal(kit_interrupted());
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(copy_options, suite),
     .argument = "FOLDER",
     .help = "The suite to copy. Default: the one that 'hcsproof run' finds."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     .offset = offsetof(copy_options, profile),
     .argument = "NAME",
     .help = "Copy only cases that hold for this profile (see 'hcsproof profiles'). Default: all."},
    {.name = "no-recorded",
     .kind = CLI_FLAG,
     .offset = offsetof(copy_options, no_recorded),
     .help = "Copy only the curated cases."},
};

static const cli_example examples[] = {
    {"hcsproof copy testdata/hcsproof", "Copies the suite into another repository."},
    {"hcsproof copy testdata/hcsproof --profile hcsshim-0.13.0", "Copies only what holds for that release."},
    {"hcsproof run testdata/hcsproof --testee ./my-testee", "Plays the copy."},
};

static const cli_status statuses[] = {
    {CLI_OK, "the suite was copied"},
    {CLI_FAILED, "the suite was copied, but edited files were left unchanged"},
    {CLI_USAGE, "an unknown profile, no case matches, the folder holds something else, or suite and folder overlap"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command copy_command = {
    .name = "copy",
    .summary = "copy the suite for one profile, to keep it in another repository",
    .operands = "FOLDER",
    .least_operands = 1,
    .most_operands = 1,
    .description = "Copies the cases with a manifest (version, digests) and a .gitattributes file. The copy is built "
                   "before anything in FOLDER changes; the next run completes one that was interrupted. Only unedited "
                   "files of an earlier copy are replaced or removed: edited files and files of your own stay and are "
                   "reported. Links are not followed. A folder that holds anything but an earlier copy is left alone.",
    .options_size = sizeof(copy_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
