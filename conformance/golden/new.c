/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof golden new: a case from an input, with what the reference answers as a first draft of its expectation. */
#include "golden/golden.h"

#include "cli/profile.h"
#include "run/cases/case.h"
#include "run/cases/source.h"
#include "run/console.h"
#include "run/verdict/answer.h"

#include <errno.h>
#include <string.h>

typedef struct new_options {
  const char *suite, *op, *params, *title, *why, *level, *profile;
  cli_list tags;
  bool accept;
} new_options;

typedef struct draft {
  const cli_invocation *invocation;
  const new_options *o;
  const char *id;
  hcsref_arena arena;
  char *path;
  kit_case old;
  bool exists;
  const hcsref_profile *profile; /* whose answer is expected */
  hcsref_str op, params;         /* params: JSON text */
  hcsref_str expect;             /* JSON text */
} draft;

static int complain(const draft *d, const char *message) {
  kit_print(stderr, "hcsproof golden new: %s: %s\n", d->id, message);
  return CLI_USAGE;
}

static int complain_error(const draft *d, const char *name, const hcsref_error *err) {
  kit_print(stderr, "hcsproof golden new: %s: %s: %.*s [%s]\n", d->id, name, (int)err->message.len,
            err->message.data == NULL ? "" : err->message.data, err->code);
  return CLI_KIT;
}

/* ---- the file ----------------------------------------------------------------------------------------- */

static void append_field(hcsref_buf *buf, const char *key, const char *value) {
  hcsref_json_append_string(buf, hcsref_cstr(key));
  hcsref_buf_append_char(buf, ':');
  hcsref_json_append_string(buf, hcsref_cstr(value));
  hcsref_buf_append_char(buf, ',');
}

static void append_fresh_fields(const draft *d, hcsref_buf *buf) {
  const new_options *o = d->o;
  size_t i;
  append_field(buf, "title", o->title);
  append_field(buf, "why", o->why);
  append_field(buf, "level", o->level);
  hcsref_buf_append(buf, HCSREF_LIT("\"op\":"));
  hcsref_json_append_string(buf, d->op);
  hcsref_buf_append(buf, HCSREF_LIT(",\"profiles\":"));
  kit_answer_append_profiles(buf, d->op, d->profile);
  hcsref_buf_append(buf, HCSREF_LIT(",\"tags\":["));
  for (i = 0; i < o->tags.count; i++) {
    hcsref_buf_append(buf, i == 0 ? HCSREF_LIT("") : HCSREF_LIT(","));
    hcsref_json_append_string(buf, hcsref_cstr(o->tags.items[i]));
  }
  hcsref_buf_append(buf, HCSREF_LIT("],\"upstream\":[],\"source\":\"rule\","));
}

/* All that the case had, but for params and expectation. */
static void append_old_fields(const draft *d, hcsref_buf *buf) {
  const kit_json *member;
  for (member = d->old.tree->first; member != NULL; member = member->next) {
    if (hcsref_str_equal(member->key, HCSREF_LIT("params")) || hcsref_str_equal(member->key, HCSREF_LIT("expect")))
      continue;
    hcsref_buf_append(buf, member->raw_key);
    hcsref_buf_append_char(buf, ':');
    hcsref_buf_append(buf, member->raw);
    hcsref_buf_append_char(buf, ',');
  }
}

static int write_case(draft *d) {
  hcsref_buf buf = {&d->arena, NULL, 0, 0, false};
  hcsref_str text;
  kit_json *tree;
  hcsref_error err;
  hcsref_buf_append_char(&buf, '{');
  if (d->exists)
    append_old_fields(d, &buf);
  else
    append_fresh_fields(d, &buf);
  hcsref_buf_append(&buf, HCSREF_LIT("\"params\":"));
  hcsref_buf_append(&buf, d->params);
  hcsref_buf_append(&buf, HCSREF_LIT(",\"expect\":"));
  hcsref_buf_append(&buf, d->expect);
  hcsref_buf_append_char(&buf, '}');
  if (buf.failed || !kit_json_parse(&d->arena, hcsref_buf_str(&buf), &tree, &err) ||
      !golden_canonical(&d->arena, tree, &text))
    return complain(d, "out of memory");
  return golden_write(d->path, text) ? CLI_OK : CLI_KIT;
}

/* ---- command ------------------------------------------------------------------------------------------ */

/* What is there already, if anything. */
static bool load_old(draft *d, hcsref_error *err) {
  hcsref_str text;
  d->exists = kit_path_exists(d->path);
  return !d->exists || (kit_read_file(&d->arena, d->path, &text, err) &&
                        kit_case_read(&d->arena, text, hcsref_cstr(d->id), &d->old, err));
}

/* The one that is named; else the newest, or for an old case that does not hold there the baseline. */
static bool find_profile(draft *d, hcsref_error *err) {
  const char *name = d->o->profile == NULL ? "newest" : d->o->profile;
  d->profile = cli_profile_find(&d->arena, hcsref_cstr(name), err);
  if (d->profile != NULL && d->o->profile == NULL && d->exists && !kit_case_in_profile(&d->old, d->profile))
    d->profile = cli_profile_find(&d->arena, HCSREF_LIT("baseline"), err);
  return d->profile != NULL;
}

static bool load_params(draft *d, hcsref_error *err) {
  kit_json *tree;
  d->op = d->o->op != NULL ? hcsref_cstr(d->o->op) : d->old.op;
  if (d->o->params == NULL) {
    d->params = d->old.params;
    return true;
  }
  if (!kit_read_file(&d->arena, d->o->params, &d->params, err) || !kit_json_parse(&d->arena, d->params, &tree, err))
    return false;
  d->params = tree->raw;
  return tree->kind == KIT_JSON_OBJECT ||
         hcsref_fail(&d->arena, err, "params-form", HCSREF_LIT(""), "should be an object");
}

/* Shows how the new expectation differs; true when it does. */
static bool show_changes(draft *d) {
  const kit_json *old = kit_json_get(d->old.tree, "expect");
  const kit_shape unknown = {NULL, false, NULL};
  kit_differences found;
  kit_json *fresh;
  hcsref_error err;
  if (!kit_json_parse(&d->arena, d->expect, &fresh, &err) ||
      !kit_compare(&d->arena, KIT_CANONICAL, unknown, old, fresh, &found, &err)) {
    (void)complain(d, "out of memory");
    return true;
  }
  if (found.count == 0 && hcsref_str_equal(d->params, d->old.params))
    return false;
  kit_print(stdout,
            "%s expects something other than the reference's answer (expected: the file; actual: the reference)\n",
            d->path);
  kit_print_differences(stdout, &found, KIT_DIFFERENCES_KEPT, 300, cli_color(d->invocation, stdout), "  ");
  return true;
}

static bool make_area(const draft *d) {
  char *slash = strrchr(d->path, '/');
  bool ok;
  *slash = '\0';
  ok = kit_folder_make(d->path);
  if (!ok)
    golden_complain(d->path, "write-failed", "%s", strerror(errno));
  *slash = '/';
  return ok;
}

static int make_case(draft *d) {
  hcsref_error err = {"usage", {NULL, 0}, {NULL, 0}};
  if (!golden_is_id(hcsref_cstr(d->id)))
    return complain(d, "an id is AREA/NAME, in lower-case letters, digits, hyphens and dots");
  if (!load_old(d, &err))
    return complain_error(d, d->path, &err);
  if (!d->exists && (d->o->op == NULL || d->o->params == NULL))
    return complain(d, "a new case needs --op and --params");
  if (!find_profile(d, &err))
    return complain_error(d, "--profile", &err) == CLI_KIT && strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT
                                                                                                     : CLI_USAGE;
  if (!load_params(d, &err) || !golden_expectation(&d->arena, d->profile, d->op, d->params, false, &d->expect, &err))
    return complain_error(d, d->o->params == NULL ? d->path : d->o->params, &err);
  if (d->exists && !show_changes(d)) {
    kit_print(stdout, "%s is what the reference answers\n", d->path);
    return CLI_OK;
  }
  if (d->exists && !d->o->accept) {
    printf("nothing was changed; --accept replaces the expectation\n");
    return CLI_FAILED;
  }
  if (!make_area(d) || write_case(d) != CLI_OK)
    return CLI_KIT;
  kit_print(stdout,
            "%s was written. The expectation is the reference's answer: work it out from upstream's rule, and say in\n"
            "title, why and upstream which rule that is, before it counts.\n",
            d->path);
  return CLI_OK;
}

static int run(const cli_invocation *invocation) {
  draft d;
  int status = CLI_KIT;
  size_t size;
  memset(&d, 0, sizeof(d));
  d.invocation = invocation;
  d.o = invocation->options;
  d.id = invocation->operands.items[0];
  hcsref_arena_init(&d.arena, NULL, 0);
  size = strlen(d.o->suite) + strlen(d.id) + sizeof("/.json");
  d.path = hcsref_arena_alloc(&d.arena, size);
  if (d.path != NULL) {
    snprintf(d.path, size, "%s/%s.json", d.o->suite, d.id);
    status = make_case(&d);
  }
  hcsref_arena_free(&d.arena);
  return status;
}

#define OPTION(field) .offset = offsetof(new_options, field)

static const cli_option options[] = {
    {.name = "suite",
     .kind = CLI_FOLDER,
     OPTION(suite),
     .argument = "FOLDER",
     .fallback = "golden",
     .help = "The suite."},
    {.name = "op",
     .kind = CLI_OPERATION,
     OPTION(op),
     .argument = "OP",
     .help = "The operation.",
     .example = "cpu-limits"},
    {.name = "params", .kind = CLI_FILE, OPTION(params), .argument = "FILE", .help = "The parameters, a JSON object."},
    {.name = "title",
     .kind = CLI_TEXT,
     OPTION(title),
     .argument = "TEXT",
     .fallback = "",
     .help = "What the case is, in a few words."},
    {.name = "why",
     .kind = CLI_TEXT,
     OPTION(why),
     .argument = "TEXT",
     .fallback = "",
     .help = "What breaks on a real host when this is wrong."},
    {.name = "level",
     .kind = CLI_CHOICE,
     OPTION(level),
     .argument = "LEVEL",
     .choices = "must|should|may",
     .fallback = "must",
     .help = "How much depends on it."},
    {.name = "tag", .kind = CLI_TEXT, .repeatable = true, OPTION(tags), .argument = "TAG", .help = "A tag."},
    {.name = "profile",
     .kind = CLI_PROFILE,
     OPTION(profile),
     .argument = "NAME",
     .help =
         "Whose answer is expected (hcsproof profiles). Without it the newest release's; of a case that does not hold "
         "for that, the baseline's. A new case holds for that one release: 'hcsproof golden ranges' widens it."},
    {.name = "accept", .kind = CLI_FLAG, OPTION(accept), .help = "Replace the expectation of an existing case."},
};

static const cli_example examples[] = {
    {"hcsproof golden new cpu/count-of-two --op cpu-limits --params in.json --tag cpu",
     "Writes golden/cpu/count-of-two.json."},
    {"hcsproof golden new cpu/count-of-two", "Shows how its expectation differs from the reference's answer."},
};

static const cli_status statuses[] = {
    {CLI_OK, "the case was written, or is what the reference answers"},
    {CLI_FAILED, "it differs, and was not changed"},
    {CLI_USAGE, "wrong options"},
    {CLI_KIT, "a file could not be read or written"},
};

const cli_command golden_new_command = {
    .name = "new",
    .summary = "draft a case from an input",
    .operands = "AREA/NAME",
    .least_operands = 1,
    .most_operands = 1,
    .description = "Runs the reference on the parameters and writes a case with its answer: a draft, because an "
                   "expectation must come from a recorded answer of the originals or from upstream's rule. An existing "
                   "case keeps its expectation unless --accept is given; the differences are shown.",
    .options_size = sizeof(new_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
