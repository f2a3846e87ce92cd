/* SPDX-License-Identifier: Apache-2.0 */
/* hcsrun cleanup: what a crash left behind, found by our owner mark and our own notes, and only that. */
#include "note.h"

#include <stdio.h>
#include <string.h>

typedef struct cleanup_options {
  container_options c;
  bool dry_run;
} cleanup_options;

typedef struct cleaning {
  session *s;
  hcsref_slice names; /* of hcsref_str: files of notes */
  bool dry_run;
  unsigned removed, failed, busy;
} cleaning;

static void keep_name(void *context, hcsref_str name) {
  cleaning *c = context;
  hcsref_str *entry = hcsref_str_has_suffix(name, HCSREF_LIT(".json"))
                          ? hcsref_slice_push(&c->s->arena, &c->names, sizeof(*entry))
                          : NULL;
  if (entry != NULL)
    *entry = name;
}

/* Ours begin with our prefix: a note that was tampered with makes nothing else go away. */
static bool is_ours(const session *s, const note *n) {
  hcsref_str expected;
  return hcsref_str_has_prefix(n->id, HCSREF_LIT("hcsrun-")) &&
         hcsref_format((hcsref_arena *)(uintptr_t)&s->arena, &expected, "%v\\%v", s->root, n->id) &&
         hcsref_str_equal_ascii_fold(n->scratch, expected);
}

/* Ends the container `id`, if it is there, and undoes what `n` (may be null) names. Calls that fail because there is
 * nothing to undo are as good as done: what counts is what is left in the end. */
static void undo(cleaning *c, hcsref_str id, const note *n) {
  hcsref_live *live = hcsref_live_new(&c->s->windows.api, &c->s->settings);
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_guid guid;
  hcsref_str quoted;
  bool has_guid;
  if (live == NULL)
    return;
  if (hcsref_live_open(live, id, &err) && !hcsref_live_terminate(live, &err))
    fprintf(stderr, "hcsrun: %.*s\n", (int)err.message.len, err.message.data);
  has_guid = n != NULL && hcsref_format(&c->s->arena, &quoted, "\"%v\"", n->name_space) &&
             hcsref_json_decode(&c->s->arena, quoted, &hcsref_type_guid, HCSREF_JSON_WHOLE, &guid, NULL);
  if (n != NULL)
    hcsref_live_adopt(live, n->scratch, has_guid ? &guid : NULL);
  hcsref_live_close(live, &c->s->arena, NULL);
}

static void clean_note(cleaning *c, hcsref_str folder, hcsref_str name) {
  hcsref_host host = hcsref_windows_host(NULL);
  hcsref_str path, text, message;
  note n;
  memset(&n, 0, sizeof n);
  if (!hcsref_format(&c->s->arena, &path, "%v\\%v", folder, name) ||
      !host.ops->read_file(host.ctx, &c->s->arena, path, &text, &message) ||
      !hcsref_json_decode(&c->s->arena, text, &note_type, HCSREF_JSON_WHOLE, &n, NULL) || !is_ours(c->s, &n)) {
    fprintf(stderr, "hcsrun: %.*s is no note of ours: left alone\n", (int)name.len, name.data);
    c->failed++;
    return;
  }
  if (n.started != 0 && system_process_started(n.process) == n.started) {
    printf("running  %.*s (process %lu)\n", (int)n.id.len, n.id.data, (unsigned long)n.process);
    c->busy++;
    return;
  }
  printf("%s  %.*s\n", c->dry_run ? "found  " : "removed", (int)n.id.len, n.id.data);
  c->removed++;
  if (c->dry_run)
    return;
  undo(c, n.id, &n);
  if (host.ops->stat(host.ctx, &c->s->arena, n.scratch, NULL, &message) == HCSREF_PATH_OK) {
    fprintf(stderr, "hcsrun: %.*s could not be removed\n", (int)n.scratch.len, n.scratch.data);
    c->failed++;
  } else {
    system_remove_file(path);
  }
}

/* Containers of our owner that have no note: somebody deleted it. */
static void clean_systems(cleaning *c) {
  hcsref_live *live = hcsref_live_new(&c->s->windows.api, &c->s->settings);
  hcsref_slice ids = {NULL, 0, 0};
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  const hcsref_str *items;
  if (live == NULL || !hcsref_live_list(live, HCSREF_LIT(OWNER), &ids, &err)) {
    fprintf(stderr, "hcsrun: %.*s\n", (int)err.message.len, err.message.data == NULL ? "" : err.message.data);
    c->failed++;
  }
  items = ids.items;
  for (size_t i = 0; i < ids.len && c->busy == 0; i++) {
    printf("%s  %.*s (without a note)\n", c->dry_run ? "found  " : "ended  ", (int)items[i].len, items[i].data);
    c->removed++;
    if (!c->dry_run)
      undo(c, items[i], NULL);
  }
  hcsref_live_close(live, &c->s->arena, NULL);
}

static int run(const cli_invocation *invocation) {
  const cleanup_options *options = invocation->options;
  session s;
  cleaning c;
  hcsref_str folder;
  int status = session_open(&s, &options->c, false, false);
  memset(&c, 0, sizeof c);
  c.s = &s;
  c.dry_run = options->dry_run;
  if (status == RUN_OK) {
    if (note_folder(&s.arena, s.root, &folder))
      system_list(&s.arena, folder, keep_name, &c);
    for (size_t i = 0; i < c.names.len; i++)
      clean_note(&c, folder, ((const hcsref_str *)c.names.items)[i]);
    clean_systems(&c);
    printf("%u %s, %u running, %u left\n", c.removed, c.dry_run ? "found" : "removed", c.busy, c.failed);
    status = c.failed == 0 ? RUN_OK : RUN_FAILED;
  }
  session_close(&s);
  return status;
}

static const cli_option rows[] = {{.name = "dry-run",
                                   .kind = CLI_FLAG,
                                   .offset = offsetof(cleanup_options, dry_run),
                                   .help = "Only show what would be removed."},
                                  CONTAINER_OPTIONS(cleanup_options)};
static const cli_example examples[] = {
    {"hcsrun cleanup --dry-run", "Shows what earlier runs left behind."},
    {"hcsrun cleanup", "Removes it."},
};
static const cli_status statuses[] = {
    {RUN_OK, "nothing is left"}, {RUN_FAILED, "something could not be removed"}, {RUN_SERVICE, "there is no service"}};

const cli_command cleanup_command = {
    .name = "cleanup",
    .summary = "remove what a crash left behind",
    .description = "Every container of hcsrun carries the owner " OWNER
                   ", and a note in the root folder says what it uses. A note whose process is gone is what a crash "
                   "left: its container, namespace, mount and scratch are removed. Nothing else is touched.",
    .options_size = sizeof(cleanup_options),
    .options = rows,
    .option_count = CLI_COUNT(rows),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
