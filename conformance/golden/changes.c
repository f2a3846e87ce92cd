/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden changes: which cases show each change of the table, on either side of it. */
#include "golden/golden.h"

#include "golden/holds.h"
#include "golden/witness.h"
#include "hcsref/json.h"
#include "io/print.h"
#include "run/cases/case.h"
#include "run/cases/source.h"
#include "run/cases/suite.h"

#include <stdlib.h>
#include <string.h>

typedef struct changes_options {
  const char *suite, *reasons;
  bool recorded;
} changes_options;

/* Where a change is in force, and where it is not. */
enum { WITHOUT, WITH, SIDES };

static const char *const side_names[SIDES] = {"without", "with"};

/* A change, and what is known of its cases by side. */
typedef struct row {
  hcsref_change_info info;
  hcsref_slice curated[SIDES];   /* of hcsref_str: ids */
  hcsref_str recorded[SIDES];    /* id of the shortest recorded case that shows it */
  size_t recorded_length[SIDES]; /* of its params */
  hcsref_str reason[SIDES];      /* why no case can show it */
  bool wanted;                   /* it is one that was asked for */
} row;

typedef struct session {
  const changes_options *o;
  hcsref_arena arena;
  golden_witness *witness;
  row *rows;
  size_t count;
  bool all; /* list every case, not the first of each side */
  uint64_t found;
  bool out_of_memory, unread;
} session;

/* ---- what the cases show ---- */

static bool keep_curated(session *s, row *r, int side, const kit_case *c) {
  hcsref_str *id = hcsref_slice_push(&s->arena, &r->curated[side], sizeof(*id));
  return id != NULL && hcsref_str_copy(&s->arena, c->id, id);
}

static bool keep_recorded(session *s, row *r, int side, const kit_case *c) {
  if (r->recorded[side].len > 0 && r->recorded_length[side] <= c->params.len)
    return true;
  r->recorded_length[side] = c->params.len;
  return hcsref_str_copy(&s->arena, c->id, &r->recorded[side]);
}

/* Is there anything left to be found out of this side? */
static bool is_open(const session *s, const row *r, int side, bool curated) {
  if (!r->wanted)
    return false;
  if (!curated)
    return s->o->recorded && r->curated[side].len == 0;
  return s->all || r->curated[side].len == 0;
}

static bool look_at(session *s, hcsref_arena *arena, const kit_case *c, size_t i, bool curated) {
  row *r = &s->rows[i];
  for (int side = 0; side < SIDES; side++) {
    bool shows = false;
    if (!is_open(s, r, side, curated))
      continue;
    if (!golden_witness_shows(s->witness, arena, i, side == WITH, &shows))
      return false;
    if (shows && !(curated ? keep_curated : keep_recorded)(s, r, side, c))
      return false;
  }
  return true;
}

/* Curated ones stand in a file of their own. */
static void look_at_case(session *s, hcsref_arena *arena, const kit_case *c, bool curated) {
  bool ok;
  if ((c->line == 0) != curated)
    return;
  ok = golden_witness_take(s->witness, c);
  for (size_t i = 0; ok && i < s->count; i++)
    ok = look_at(s, arena, c, i, curated);
  s->out_of_memory = s->out_of_memory || !ok;
}

static void look_at_all(session *s, kit_source *source, bool curated) {
  hcsref_arena arena;
  kit_next next = KIT_NEXT_CASE;
  hcsref_arena_init(&arena, NULL, 0);
  kit_source_rewind(source);
  while (!s->out_of_memory && next != KIT_NEXT_END) {
    hcsref_error err;
    kit_case c;
    hcsref_arena_reset(&arena);
    next = kit_source_next(source, &arena, &c, &err);
    if (next == KIT_NEXT_CASE) {
      look_at_case(s, &arena, &c, curated);
    } else if (next == KIT_NEXT_ERROR) {
      s->found++;
      golden_complain(s->o->suite, err.code, "%v", err.message);
    }
  }
  hcsref_arena_free(&arena);
}

static void look_at_suite(session *s) {
  kit_source *source = kit_source_new();
  char message[600];
  if (source == NULL) {
    s->out_of_memory = true;
  } else if (!kit_suite_is_readable(s->o->suite, message, sizeof(message)) ||
             !kit_source_add(source, s->o->suite, message, sizeof(message))) {
    golden_complain(s->o->suite, "read-failed", "%s", message);
    s->unread = true;
  } else {
    look_at_all(s, source, true);
    if (s->o->recorded)
      look_at_all(s, source, false);
  }
  kit_source_free(source);
}

/* ---- reasons ---- */

static row *find_row(session *s, hcsref_str slug) {
  for (size_t i = 0; i < s->count; i++)
    if (hcsref_str_equal(hcsref_cstr(s->rows[i].info.slug), slug))
      return &s->rows[i];
  return NULL;
}

/* What stands before the separator; `*rest` is what follows it. */
static hcsref_str cut(hcsref_str *rest, const char *separator) {
  const size_t length = strlen(separator);
  hcsref_str before = *rest;
  for (size_t i = 0; i + length <= rest->len; i++)
    if (memcmp(rest->data + i, separator, length) == 0) {
      before = hcsref_str_first(*rest, i);
      *rest = hcsref_str_skip(*rest, i + length);
      return before;
    }
  *rest = hcsref_str_from(rest->data + rest->len, 0);
  return before;
}

static void read_reason(session *s, hcsref_str line) {
  hcsref_str rest = line;
  row *r = find_row(s, cut(&rest, " | "));
  hcsref_str side = cut(&rest, " | ");
  for (int i = 0; r != NULL && i < SIDES; i++)
    if (rest.len > 0 && hcsref_str_equal(side, hcsref_cstr(side_names[i]))) {
      r->reason[i] = rest;
      return;
    }
  s->found++;
  golden_complain(s->o->reasons, "reason-form", "should be \"CHANGE | with or without | REASON\": %v", line);
}

static void read_reasons(session *s) {
  hcsref_error err = {0};
  hcsref_str text;
  if (s->o->reasons == NULL)
    return;
  if (!kit_read_file(&s->arena, s->o->reasons, &text, &err)) {
    golden_complain(s->o->reasons, err.code, "could not be read");
    s->unread = true;
    return;
  }
  while (text.len > 0) {
    hcsref_str line = cut(&text, "\n");
    if (line.len > 0 && line.data[0] != '#')
      read_reason(s, line);
  }
}

/* ---- telling ---- */

static void print_cases(const session *s, const row *r, int side) {
  const hcsref_str *ids = r->curated[side].items;
  for (size_t i = 0; i < r->curated[side].len && (i == 0 || s->all); i++)
    kit_print(stdout, "%S%v", i == 0 ? " " : ", ", ids[i]);
  if (r->curated[side].len == 0)
    kit_print(stdout, " %S%v", r->reason[side].len > 0 ? "none: " : "none", r->reason[side]);
  if (r->recorded[side].len > 0)
    kit_print(stdout, ", but recorded/%v", r->recorded[side]);
  putchar('\n');
}

static void tell_side(session *s, const row *r, int side) {
  printf("  %-8s", side_names[side]);
  print_cases(s, r, side);
  if (r->curated[side].len == 0 && r->reason[side].len == 0) {
    s->found++;
    golden_complain(s->o->suite, "change-uncased", "no curated case shows what %s %s does", side_names[side],
                    r->info.slug);
  } else if (r->curated[side].len > 0 && r->reason[side].len > 0) {
    s->found++;
    golden_complain(s->o->reasons, "reason-over", "a case shows what %s %s does: remove the line", side_names[side],
                    r->info.slug);
  }
}

static int tell(session *s) {
  uint64_t told = 0;
  for (size_t i = 0; i < s->count; i++) {
    if (!s->rows[i].wanted)
      continue;
    told++;
    kit_print(stdout, "%s\n", s->rows[i].info.slug);
    for (int side = SIDES; side > 0; side--)
      tell_side(s, &s->rows[i], side - 1);
  }
  kit_print(stdout, "%llu change%S, %llu complaint%S\n", (unsigned long long)told, kit_plural(told),
            (unsigned long long)s->found, kit_plural(s->found));
  return s->found > 0 ? CLI_FAILED : CLI_OK;
}

/* ---- command ---- */

static bool make_rows(session *s) {
  s->count = hcsref_change_count();
  s->rows = hcsref_arena_array(&s->arena, s->count, sizeof(*s->rows));
  for (size_t i = 0; s->rows != NULL && i < s->count; i++) {
    s->rows[i].info = hcsref_change_at(i);
    s->rows[i].wanted = !s->all;
  }
  return s->rows != NULL;
}

static bool choose(session *s, const cli_list *operands) {
  for (size_t i = 0; i < operands->count; i++) {
    row *r = find_row(s, hcsref_cstr(operands->items[i]));
    if (r == NULL) {
      golden_complain(operands->items[i], "change-unknown", "is not a change in the table");
      return false;
    }
    r->wanted = true;
  }
  return true;
}

static int look_and_tell(session *s, const cli_list *operands) {
  if (!make_rows(s)) {
    s->out_of_memory = true;
    return CLI_KIT;
  }
  if (!choose(s, operands))
    return CLI_USAGE;
  read_reasons(s);
  if (!s->unread)
    look_at_suite(s);
  return s->unread || s->out_of_memory ? CLI_KIT : tell(s);
}

static int run(const cli_invocation *invocation) {
  session s = {.o = invocation->options, .all = invocation->operands.count > 0};
  int status = CLI_KIT;
  hcsref_arena_init(&s.arena, NULL, 0);
  s.witness = golden_witness_new(&s.arena);
  s.out_of_memory = s.witness == NULL;
  if (!s.out_of_memory)
    status = look_and_tell(&s, &invocation->operands);
  if (s.out_of_memory)
    golden_complain(s.o->suite, "out-of-memory", "out of memory");
  hcsref_arena_free(&s.arena);
  return status;
}

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     .offset = offsetof(changes_options, suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
    {.name = "reasons",
     .kind = CLI_FILE,
     .offset = offsetof(changes_options, reasons),
     .argument = "FILE",
     .help = "Says which sides no case can show, a line each: \"CHANGE | with or without | REASON\". A line that is no "
             "longer needed is a complaint."},
    {.name = "recorded",
     .kind = CLI_FLAG,
     .offset = offsetof(changes_options, recorded),
     .help = "For a side without a curated case, name the shortest recorded one: what to make a curated case of."},
};

static const cli_example examples[] = {
    {"hcsproof golden changes --recorded",
     "Names for each change a case on either side, or what one could be made of."},
    {"hcsproof golden changes hcsshim.pipes.both-ends", "Lists all cases that show this change."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every change has a curated case on either side, or a reason"},
    {CLI_FAILED, "a change lacks a case or a reason, or there are other complaints"},
    {CLI_USAGE, "wrong options, or a change that is not in the table"},
    {CLI_KIT, "a file could not be read, or out of memory"},
};

const cli_command golden_changes_command = {
    .name = "changes",
    .summary = "find the cases that show each change of upstream's behaviour",
    .operands = "[CHANGE]...",
    .most_operands = SIZE_MAX,
    .description =
        "A case shows a change when the reference would answer differently if that one change were turned round in a "
        "release that the case holds for. Of the releases on one side of the change, the one is taken that differs "
        "least from one on the other side. Each change should have a curated case on either side: one for releases "
        "with it, one for releases without.",
    .options_size = sizeof(changes_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
