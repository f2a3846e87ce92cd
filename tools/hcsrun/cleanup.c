/* SPDX-License-Identifier: Apache-2.0 */
/* hcsrun cleanup: what a crash left behind. It runs as administrator and takes nobody's word for what is hcsrun's: a
 * container must carry this root's owner, the folders must be safe and where their id says, the namespace is the one
 * that the id alone leads to, and an id that a running hcsrun holds is left alone. */
#include "claim.h"
#include "console.h"

#include <string.h>
#include <windows.h>

/* On a busy machine the files of a killed process have stayed open for seconds. */
enum { MOST_PAUSES = 100, PAUSE_MS = 100 };

typedef struct cleanup_options {
  container_options c;
  bool dry_run;
} cleanup_options;

typedef struct cleaning {
  session *s;
  hcsref_live *live;    /* asks only */
  hcsref_slice systems; /* of hcsref_str: ids of our containers, as they were before the notes were listed */
  hcsref_slice names;   /* of hcsref_str: what is in the folder of notes */
  bool dry_run;
  unsigned removed, failed, busy;
  unsigned pauses; /* how often it was waited for files to be closed */
} cleaning;

static void keep_name(void *context, hcsref_str name) {
  cleaning *c = context;
  hcsref_str *entry = hcsref_slice_push(&c->s->arena, &c->names, sizeof(*entry));
  if (entry == NULL)
    c->failed++;
  else
    *entry = name;
}

/* Tells why something is left, as hcsref_format takes it; false. */
static bool leave(cleaning *c, const char *format, ...) {
  va_list args;
  va_start(args, format);
  tell_args(format, args);
  va_end(args);
  c->failed++;
  return false;
}

/* ---- what an id stands for -------------------------------------------------------------------------------------- */

typedef enum system_state { SYSTEM_GONE, SYSTEM_OURS, SYSTEM_STRANGE } system_state;

/* Opens the container and asks it whose it is: others may call theirs like ours. */
static system_state open_system(cleaning *c, hcsref_live *live, hcsref_str id) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  hcsref_v2_properties properties;
  hcsref_str answer;
  uint32_t condition;
  memset(&properties, 0, sizeof properties);
  if (!hcsref_live_open(live, id, &err)) {
    condition = hcsref_hresult_condition(hcsref_live_last(live));
    if (condition == HCSREF_HCS_SYSTEM_NOT_FOUND || condition == HCSREF_ERROR_NOT_FOUND)
      return SYSTEM_GONE;
    leave(c, "%v: %v: left alone", id, err.message);
    return SYSTEM_STRANGE;
  }
  if (!hcsref_live_properties(live, hcsref_str_from(NULL, 0), &answer, &err) ||
      !hcsref_json_decode(&c->s->arena, answer, &hcsref_type_v2_properties, HCSREF_JSON_WHOLE, &properties, &err)) {
    leave(c, "%v: %v: left alone", id, err.message);
    return SYSTEM_STRANGE;
  }
  if (hcsref_str_equal(properties.owner, c->s->owner))
    return SYSTEM_OURS;
  leave(c, "the container %v belongs to %q: left alone", id, properties.owner);
  return SYSTEM_STRANGE;
}

/* False: there is a folder that is not hcsrun's, and it was told. */
static bool look(cleaning *c, hcsref_str path, bool *there) {
  hcsref_str why;
  folder_state state = safe_folder_look(&c->s->arena, path, &why);
  *there = state == FOLDER_SAFE;
  return state != FOLDER_REFUSED || leave(c, "%v: %v: left alone", path, why);
}

static bool has_namespace(cleaning *c, const claim *held, bool *there) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  return hcsref_live_has_namespace(c->live, &held->name_space, there, &err) ||
         leave(c, "%v: %v", held->id, err.message);
}

/* What is there of an id. */
typedef struct remains {
  bool scratch, mount, name_space;
} remains;

static bool look_for(cleaning *c, const claim *held, remains *found) {
  return look(c, held->scratch, &found->scratch) && look(c, held->mount, &found->mount) &&
         has_namespace(c, held, &found->name_space);
}

static bool leave_remains(cleaning *c, const claim *held, const remains *found) {
  if (found->scratch || found->mount)
    return leave(c, "%v could not be removed", found->scratch ? held->scratch : held->mount);
  return leave(c, "the network namespace %v could not be removed", held->name_space_text);
}

/* Ends the container and undoes the rest. Calls that fail because there is nothing to undo are as good as done: what
 * counts is what is left in the end. */
static bool undo_with(cleaning *c, const claim *held, hcsref_live *live) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  remains found;
  system_state state = open_system(c, live, held->id);
  if (state == SYSTEM_STRANGE || !look_for(c, held, &found))
    return false;
  if (state == SYSTEM_OURS && !hcsref_live_terminate(live, &err))
    tell("%v: %v", held->id, err.message);
  hcsref_live_adopt(live, found.scratch ? held->scratch : hcsref_str_from(NULL, 0),
                    found.name_space ? &held->name_space : NULL);
  return true;
}

/* Once; what is left afterwards is in found. False: it was told why nothing more can be done. */
static bool undo_once(cleaning *c, const claim *held, remains *found) {
  hcsref_live *live = hcsref_live_new(&c->s->windows.api, &c->s->settings);
  bool ok;
  if (live == NULL)
    return leave(c, "%v: out of memory", held->id);
  ok = undo_with(c, held, live);
  hcsref_live_close(live, &c->s->arena, NULL);
  if (ok)
    safe_folder_remove(&c->s->arena, held->mount);
  return ok && look_for(c, held, found);
}

/* Waits for a process that has just ended or been killed: its files stay open for a moment. The moment is the same for
 * all ids, so that many that stay for good cost no more than one. False: it is over. */
static bool wait_a_moment(cleaning *c) {
  if (c->pauses == MOST_PAUSES)
    return false;
  c->pauses++;
  Sleep(PAUSE_MS);
  return true;
}

static bool undo(cleaning *c, const claim *held) {
  remains found;
  while (undo_once(c, held, &found)) {
    if (!found.scratch && !found.mount && !found.name_space)
      return true;
    if (!wait_a_moment(c))
      return leave_remains(c, held, &found);
  }
  return false;
}

static void clean_claim(cleaning *c, claim *held, const char *more) {
  bool done = false;
  if (c->dry_run) {
    print("found    %v%s", held->id, more);
    c->removed++;
  } else if (undo(c, held)) {
    print("removed  %v%s", held->id, more);
    c->removed++;
    done = true;
  }
  claim_end(held, done);
}

/* ---- what is there ---------------------------------------------------------------------------------------------- */

/* A note that is just being removed is waited for. */
static claim_state take(cleaning *c, hcsref_str id, bool make, claim *held) {
  claim_state state;
  do
    state = claim_take(c->s, &c->s->arena, id, make, held);
  while (state == CLAIM_DENIED && wait_a_moment(c));
  return state;
}

static void clean_note(cleaning *c, hcsref_str name) {
  hcsref_str id;
  claim held;
  claim_state state = claim_id_of_note(name, &id) ? take(c, id, false, &held) : CLAIM_REFUSED;
  if (state == CLAIM_HELD) {
    clean_claim(c, &held, "");
  } else if (state == CLAIM_BUSY) {
    print("running  %v", id);
    c->busy++;
  } else if (state == CLAIM_DENIED) {
    leave(c, "%v\\%v could not be opened: left alone", c->s->notes.path, name);
  } else if (state == CLAIM_REFUSED) {
    leave(c, "%v\\%v is not a note of hcsrun: left alone", c->s->notes.path, name);
  }
}

/* Whether a note of the id was there when they were listed. */
static bool has_note(const cleaning *c, hcsref_str id) {
  const hcsref_str *names = c->names.items;
  hcsref_str noted;
  for (size_t i = 0; i < c->names.len; i++)
    if (claim_id_of_note(names[i], &noted) && hcsref_str_equal(noted, id))
      return true;
  return false;
}

/* A container whose note is gone: it has just ended, or somebody removed the note. A running hcsrun holds its note, so
 * that this one is no running hcsrun's. */
static void clean_system(cleaning *c, hcsref_str id) {
  hcsref_live *live;
  claim held;
  system_state state;
  if (has_note(c, id))
    return;
  live = hcsref_live_new(&c->s->windows.api, &c->s->settings);
  state = live == NULL ? SYSTEM_GONE : open_system(c, live, id);
  hcsref_live_close(live, &c->s->arena, NULL);
  if (state != SYSTEM_OURS)
    return;
  if (!claim_is_id(id)) {
    leave(c, "the container %v does not have an id of hcsrun: left alone", id);
  } else if (c->dry_run) {
    print("found    %v (without a note)", id);
    c->removed++;
  } else if (take(c, id, true, &held) == CLAIM_HELD) {
    clean_claim(c, &held, " (without a note)");
  }
}

/* The containers first: one that a new hcsrun makes meanwhile is then not among them, and one that is has its note
 * until it is gone. */
static void clean(cleaning *c) {
  hcsref_error err = {NULL, {NULL, 0}, {NULL, 0}};
  const hcsref_str *items;
  if (!hcsref_live_list(c->live, c->s->owner, &c->systems, &err))
    leave(c, "%v", err.message);
  system_list(&c->s->arena, c->s->notes.path, keep_name, c);
  items = c->names.items;
  for (size_t i = 0; i < c->names.len; i++)
    clean_note(c, items[i]);
  items = c->systems.items;
  for (size_t i = 0; i < c->systems.len; i++)
    clean_system(c, items[i]);
}

static int run(const cli_invocation *invocation) {
  const cleanup_options *options = invocation->options;
  session s;
  cleaning c;
  int status = session_open(&s, &options->c, false, false);
  memset(&c, 0, sizeof c);
  c.s = &s;
  c.dry_run = options->dry_run;
  if (status == RUN_OK) {
    c.live = hcsref_live_new(&s.windows.api, &s.settings);
    if (c.live != NULL)
      clean(&c);
    else
      c.failed++;
    hcsref_live_close(c.live, &s.arena, NULL);
    print("%u %s, %u running, %u left", (uint64_t)c.removed, c.dry_run ? "found" : "removed", (uint64_t)c.busy,
          (uint64_t)c.failed);
    status = c.failed == 0 ? RUN_OK : RUN_FAILED;
  }
  session_close(&s);
  return status;
}

static const cli_option rows[] = {{.name = "dry-run",
                                   .kind = CLI_FLAG,
                                   .offset = offsetof(cleanup_options, dry_run),
                                   .help = "Show only what would be removed."},
                                  CONTAINER_OPTIONS(cleanup_options)};
static const cli_example examples[] = {
    {"hcsrun cleanup --dry-run", "Shows what earlier runs left behind."},
    {"hcsrun cleanup", "Removes it."},
};
static const cli_status statuses[] = {{RUN_OK, "nothing is left"},
                                      {RUN_FAILED, "something could not be removed, or was left alone"},
                                      {RUN_SERVICE, "there is no service, or the root is not safe"}};

const cli_command cleanup_command = {
    .name = "cleanup",
    .summary = "remove what a crash left behind",
    .description = "Every container of hcsrun has a unique id, an owner that names the root folder, and a note in that "
                   "folder, which hcsrun holds open while it runs. A note that nobody holds was left by a crash: the "
                   "container, the network namespace, the mounts and the scratch of that id are removed. Nothing else "
                   "is touched; anything that hcsrun would not have made is reported and left alone.",
    .options_size = sizeof(cleanup_options),
    .options = rows,
    .option_count = CLI_COUNT(rows),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
