/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof copy: the suite for one profile, to be kept in another repository. */
#include "cli/commands.h"
#include "golden/golden.h"

#include "platform/platform.h"
#include "run/case.h"
#include "run/suite.h"

#include <errno.h>
#include <string.h>

#define LONGEST_PATH 4096

typedef struct copy_options {
  const char *suite, *profile;
  bool no_recorded;
} copy_options;

typedef struct copier {
  const copy_options *o;
  const char *target;
  golden_suite suite;
  uint64_t files, cases;
} copier;

static bool is_wanted(const copier *c, hcsref_arena *arena, hcsref_str text) {
  hcsref_error err;
  kit_case found;
  return kit_case_read(arena, text, HCSREF_LIT("a/b"), &found, &err) &&
         kit_case_in_profile(&found, hcsref_cstr(c->o->profile));
}

/* The lines of `text` that are wanted. */
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
  char path[LONGEST_PATH];
  size_t length;
  if (text.len == 0)
    return true;
  length = (size_t)snprintf(path, sizeof(path), "%s/%s", c->target, file);
  if (length >= sizeof(path)) {
    golden_complain(file, "path-long", "the path is too long");
    return false;
  }
  *strrchr(path, '/') = '\0';
  if (!kit_folder_make(path)) {
    golden_complain(path, "write-failed", "%s", strerror(errno));
    return false;
  }
  path[strlen(path)] = '/';
  c->files++;
  return golden_write(path, text);
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
    ok = c->o->no_recorded || select_lines(c, &arena, text, &wanted);
  } else if (ok && is_wanted(c, &arena, text)) {
    wanted = text;
    c->cases++;
  }
  ok = ok && write_copy(c, file, wanted);
  hcsref_arena_free(&arena);
  return ok;
}

static bool remove_old(const char *target, const char *file) {
  char path[LONGEST_PATH];
  snprintf(path, sizeof(path), "%s/%s", target, file);
  if (!kit_path_exists(path) || platform_remove(path))
    return true;
  golden_complain(path, "write-failed", "%s", strerror(errno));
  return false;
}

/* An earlier copy is replaced; a folder with anything else in it is left alone. */
static bool clear_target(copier *c) {
  kit_strings names = {NULL, 0, 0}, old = {NULL, 0, 0};
  bool ok = true;
  size_t i;
  if (kit_path_exists(c->target) && !kit_folder_names(c->target, &names)) {
    golden_complain(c->target, "read-failed", "%s", strerror(errno));
    ok = false;
  } else if (names.count > 0 && !golden_listed_files(c->target, &old)) {
    golden_complain(c->target, "not-empty", "holds something else than an earlier copy");
    ok = false;
  }
  for (i = 0; ok && i < old.count; i++)
    ok = remove_old(c->target, old.items[i]);
  kit_strings_free(&names);
  kit_strings_free(&old);
  return ok;
}

static int copy(copier *c) {
  size_t i;
  if (!golden_open(&c->suite, c->o->suite))
    return CLI_KIT;
  if (!clear_target(c))
    return CLI_USAGE;
  for (i = 0; i < c->suite.files.count; i++)
    if (!copy_file(c, c->suite.files.items[i]))
      return CLI_KIT;
  if (c->cases == 0) {
    golden_complain(c->o->suite, "no-match", "holds no case of profile %s", c->o->profile);
    return CLI_USAGE;
  }
  if (!write_copy(c, ".gitattributes", HCSREF_LIT("# The bytes of cases matter.\n* -text\n")) ||
      !golden_write_manifest(c->target, c->o->suite))
    return CLI_KIT;
  printf("%llu cases of profile %s in %llu files\n", (unsigned long long)c->cases, c->o->profile,
         (unsigned long long)c->files - 1);
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  copy_options *o = invocation->options;
  copier c;
  int status;
  memset(&c, 0, sizeof(c));
  if (o->suite == NULL)
    o->suite = kit_suite_folder();
  if (o->suite == NULL) {
    fprintf(stderr, "hcsproof copy: there is no suite; name it with --suite\n");
    return CLI_USAGE;
  }
  c.o = o;
  c.target = invocation->operands.items[0];
  status = copy(&c);
  golden_close(&c.suite);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(copy_options, suite),
     .argument = "FOLDER",
     .help = "The suite; without it ./golden, else the installed one."},
    {.name = "profile",
     .kind = CLI_TEXT,
     .offset = offsetof(copy_options, profile),
     .argument = "NAME",
     .fallback = "baseline",
     .help = "Only cases of this profile."},
    {.name = "no-recorded",
     .kind = CLI_FLAG,
     .offset = offsetof(copy_options, no_recorded),
     .help = "Only the curated cases."},
};

static const cli_example examples[] = {
    {"hcsproof copy testdata/hcsproof", "Puts the suite for the baseline profile into another repository."},
    {"hcsproof run testdata/hcsproof --testee ./my-testee", "and plays it from there."},
};

static const cli_status statuses[] = {
    {CLI_OK, "it was copied"},
    {CLI_USAGE, "no case matches, or the folder holds something else"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command copy_command = {
    .name = "copy",
    .summary = "copy the suite for one profile, to keep it in another repository",
    .operands = "FOLDER",
    .least_operands = 1,
    .most_operands = 1,
    .description = "Copies the cases with a manifest (version, digests) and a .gitattributes file. An earlier copy in "
                   "FOLDER is replaced; a folder that holds anything else is left alone.",
    .options_size = sizeof(copy_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
