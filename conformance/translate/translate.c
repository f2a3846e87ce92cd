/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof translate: specifications in, documents out. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "compare/compare.h"
#include "input/position.h"
#include "io/indent.h"
#include "io/input.h"
#include "io/message.h"
#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"
#include "run/console.h"
#include "translate/jsonl.h"
#include "translate/translation.h"

#include <errno.h>
#include <string.h>

struct translate_options {
  const char *schema, *part, *id, *owner, *network_namespace, *output, *profile, *root, *from, *explain;
  cli_list layers;
  const char *setup[TRANSLATION_SOURCES]; /* files besides specs; null: not given */
  bool envelope, sandbox_shares, scale_cpu_limits, pretty, stream, jsonl, strict;
  uint64_t jobs, max_input;
};

/* A run of the command. */
typedef struct session {
  const struct translate_options *options;
  const cli_list *files;
  translation t;
  hcsref_arena arena; /* what lives as long as the run */
  input_text setup[TRANSLATION_SOURCES];
  output_file out;
  int status;
} session;

/* The worst status counts, and not being able to work is worse than bad input, which is worse than an input that has no
 * document. */
static void lower_status(session *s, int status) {
  if (s->status == CLI_OK || s->status == CLI_HOST_PROCESS || (status != CLI_HOST_PROCESS && status > s->status))
    s->status = status;
}

static int status_of(const hcsref_error *err) {
  if (strcmp(err->code, "out-of-memory") == 0)
    return CLI_KIT;
  return strcmp(err->code, TRANSLATION_HOST_PROCESS) == 0 ? CLI_HOST_PROCESS : CLI_FAILED;
}

static void report_input(session *s, const input_text *input) {
  hcsref_error err = {.code = input->code, .message = hcsref_cstr(input->message)};
  message_error(input->name, &err);
  lower_status(s, strcmp(input->code, "too-large") == 0 ? CLI_FAILED : CLI_KIT);
}

/* Where in the file that is, with the line itself. */
static void show_place(const char *name, hcsref_str bytes, const hcsref_error *err) {
  hcsref_arena arena;
  input_map map = {0};
  input_place place;
  hcsref_arena_init(&arena, NULL, 0);
  if (input_locate_error(&arena, bytes, err, &map, &place) && place.line != 0) {
    kit_print(stderr, "%s:%llu:%llu:\n", name, (unsigned long long)place.line, (unsigned long long)place.column);
    input_print_excerpt(stderr, &map, &place);
    if (map.hint != NULL)
      kit_print(stderr, "hint: %s\n", map.hint);
  }
  hcsref_arena_free(&arena);
}

static void report_translation(session *s, const input_text *file, translation_source source, const hcsref_error *err) {
  const input_text *setup = &s->setup[source], *about = setup->name != NULL ? setup : file;
  message_error(about->name, err);
  if (about->data != NULL)
    show_place(about->name, hcsref_str_from(about->data, about->length), err);
  lower_status(s, status_of(err));
}

static void report_output(session *s, const char *why) {
  hcsref_error err = {.code = "write-failed", .message = hcsref_cstr(why)};
  bool standard = output_is_standard(s->options->output);
  if (!standard || !platform_output_abandoned()) /* else main ends the program */
    message_error(standard ? "standard output" : s->options->output, &err);
  lower_status(s, CLI_KIT);
}

static bool usage_error(session *s, const char *message) {
  kit_print(stderr, "hcsproof translate: %s (see 'hcsproof translate --help')\n", message);
  lower_status(s, CLI_USAGE);
  return false;
}

/* What is to be said of an input, each with the file that it is about. False: --strict makes that an error. */
static bool tell_notes(session *s, const char *name, const hcsref_slice *notes) {
  const input_note *items = notes->items;
  for (size_t i = 0; i < notes->len; i++) {
    const char *file = items[i].source == INPUT_OPERAND ? name : s->setup[translation_source_of(items[i].source)].name;
    kit_print(stderr, "hcsproof: %s: %v%s%v [note]\n", file, items[i].where, items[i].where.len == 0 ? "" : ": ",
              items[i].message);
  }
  if (notes->len == 0 || !s->options->strict)
    return true;
  lower_status(s, CLI_FAILED);
  return false;
}

/* What an operand was taken for, when that is no spec. */
static void tell_kind(const char *name, input_kind kind) {
  if (kind != INPUT_OCI_SPEC && kind != INPUT_UNKNOWN)
    kit_print(stderr, "hcsproof: %s: taken for %s\n", name, input_kind_name(kind));
}

/* ---- before the first specification ------------------------------------------------------------------------- */

static bool read_setup(session *s, size_t source) {
  const char *path = s->options->setup[source];
  input_text *input = &s->setup[source];
  if (path == NULL)
    return true;
  if (!input_read(path, s->options->max_input, "--max-input", input)) {
    report_input(s, input);
    return false;
  }
  s->t.given[source] = true;
  s->t.text[source] = hcsref_str_from(input->data, input->length);
  return true;
}

static bool is_standard_input(const char *path) {
  return path != NULL && strcmp(path, "-") == 0;
}

/* What --part chooses. */
typedef struct part_choice {
  const char *name;
  translation_part part;
  translation_schema schema;
  bool envelope;
} part_choice;

static const part_choice part_choices[] = {
    {"spec", TRANSLATION_PART_SPEC, TRANSLATION_USUAL, false},
    {"v1", TRANSLATION_PART_DOCUMENT, TRANSLATION_V1, false},
    {"v2", TRANSLATION_PART_DOCUMENT, TRANSLATION_V2, false},
    {"both", TRANSLATION_PART_DOCUMENT, TRANSLATION_BOTH, false},
    {"envelope", TRANSLATION_PART_DOCUMENT, TRANSLATION_BY_BUILD, true},
    {"options", TRANSLATION_PART_OPTIONS, TRANSLATION_USUAL, false},
    {"vm", TRANSLATION_PART_VM, TRANSLATION_USUAL, false},
    {"requests", TRANSLATION_PART_REQUESTS, TRANSLATION_USUAL, false},
    {"process", TRANSLATION_PART_PROCESS, TRANSLATION_USUAL, false},
    {"job", TRANSLATION_PART_JOB, TRANSLATION_USUAL, false},
    {"all", TRANSLATION_PART_ALL, TRANSLATION_USUAL, false},
};

/* --schema and --envelope are other spellings; together they say in which schema the envelope is. */
static part_choice wanted_part(const struct translate_options *o) {
  const char *name = o->part != NULL ? o->part : o->schema;
  part_choice choice = {"", TRANSLATION_PART_DOCUMENT, TRANSLATION_USUAL, false};
  for (size_t i = 0; name != NULL && i < sizeof(part_choices) / sizeof(part_choices[0]); i++)
    if (strcmp(name, part_choices[i].name) == 0)
      choice = part_choices[i];
  if (o->envelope) {
    choice.envelope = true;
    choice.schema = o->schema == NULL ? TRANSLATION_BY_BUILD : choice.schema;
  }
  return choice;
}

/* Options that do not go together. */
static bool check_options(session *s) {
  const struct translate_options *o = s->options;
  unsigned standard = 0;
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++)
    standard += is_standard_input(o->setup[i]);
  for (size_t i = 0; i < s->files->count; i++)
    standard += is_standard_input(s->files->items[i]);
  if (standard > 1)
    return usage_error(s, "standard input ('-') can be given only once");
  if (o->envelope && o->schema != NULL && strcmp(o->schema, "both") == 0)
    return usage_error(s, "--envelope requires one document: --schema v1 or v2");
  if (o->part != NULL && (o->envelope || o->schema != NULL))
    return usage_error(s, "--schema and --envelope choose a part as well: not with --part");
  if (o->pretty && o->jsonl)
    return usage_error(s, "--jsonl and --pretty cannot be used together");
  if (o->explain != NULL && (o->pretty || o->jsonl))
    return usage_error(s, "--explain cannot be used together with --pretty or --jsonl");
  return true;
}

static bool find_profile(session *s) {
  hcsref_error err = {0};
  s->t.profile = cli_profile_find(&s->arena, hcsref_cstr(s->options->profile), &err);
  if (s->t.profile == NULL) {
    message_error("--profile", &err);
    lower_status(s, strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE);
    return false;
  }
  if (!hcsref_str_equal(hcsref_profile_name(s->t.profile), HCSREF_LIT("baseline")))
    kit_print(stderr, "hcsproof: translating as %v\n", hcsref_profile_name(s->t.profile));
  return true;
}

/* A list with commas, or the option several times. */
static bool read_layers(session *s) {
  const cli_list *given = &s->options->layers;
  for (size_t i = 0; i < given->count; i++) {
    const char *at = given->items[i];
    while (at != NULL) {
      const char *comma = strchr(at, ',');
      hcsref_str *folder = hcsref_slice_push(&s->arena, &s->t.layers, sizeof *folder);
      if (folder == NULL) {
        hcsref_error err = {0};
        (void)hcsref_fail_memory(&err);
        message_error("--layers", &err);
        lower_status(s, CLI_KIT);
        return false;
      }
      *folder = comma == NULL ? hcsref_cstr(at) : hcsref_str_from(at, (size_t)(comma - at));
      at = comma == NULL ? NULL : comma + 1;
    }
  }
  return true;
}

static bool prepare(session *s) {
  const struct translate_options *o = s->options;
  const part_choice choice = wanted_part(o);
  translation *t = &s->t;
  translation_source source;
  hcsref_error err = {0};
  if (!check_options(s) || !find_profile(s) || !read_layers(s))
    return false;
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++)
    if (!read_setup(s, i))
      return false;
  t->id = hcsref_cstr(o->id);
  t->owner = hcsref_cstr(o->owner);
  t->network_namespace = o->network_namespace;
  t->schema = choice.schema;
  t->part = choice.part;
  t->envelope = choice.envelope;
  t->root = hcsref_cstr(o->root);
  t->explain = o->explain != NULL;
  t->from_config = o->from != NULL && strcmp(o->from, "config") == 0;
  t->scale_cpu_limits = o->scale_cpu_limits;
  t->mode = o->stream ? HCSREF_JSON_STREAM : HCSREF_JSON_WHOLE;
  t->sandbox_shares = o->sandbox_shares;
  if (!translation_prepare(t, &s->arena, &source, &err)) {
    report_translation(s, &s->setup[source], source, &err);
    return false;
  }
  return tell_notes(s, s->setup[TRANSLATION_CRI].name, &t->notes);
}

/* ---- documents ------------------------------------------------------------------------------------------------ */

/* What the spec that was made differs in from the one that ran, which had its layers from elsewhere. */
static bool compare_with_ran(const char *name, hcsref_arena *arena, const input_spec *read, hcsref_error *err) {
  const kit_shape shape = {&hcsref_type_oci_spec, false, NULL};
  kit_json *made, *ran;
  kit_differences found = {0};
  if (read->ran.data == NULL)
    return true;
  if (!kit_json_parse(arena, read->text, &made, err) || !kit_json_parse(arena, read->ran, &ran, err) ||
      !kit_compare(arena, KIT_SEMANTIC, shape, ran, made, &found, err))
    return false;
  kit_print(stderr, "hcsproof: %s: the spec made of info.config by %v %s info.runtimeSpec%s\n", name,
            hcsref_profile_name(read->maker), found.count == 0 ? "is the same as" : "differs from",
            found.count == 0 ? "" : ", the expected one:");
  kit_print_differences(stderr, &found, KIT_DIFFERENCES_KEPT, 200, false, "  ");
  return true;
}

/* ---- --explain ---- */

/* The texts that fields come from, each read when the first field does. */
typedef struct located {
  input_map map;
  bool tried, read, there;
} located;

static const input_text *text_of(const session *s, const input_text *file, translation_source source) {
  return s->setup[source].name != NULL ? &s->setup[source] : file;
}

static bool find_place(const input_text *text, hcsref_arena *arena, located *at, hcsref_str where, input_place *place) {
  hcsref_error err = {0};
  if (!at->tried)
    at->read = input_map_read(arena, hcsref_str_from(text->data, text->length), NULL, &at->map, &err);
  at->tried = true;
  memset(place, 0, sizeof *place);
  if (at->read)
    at->there = input_locate(&at->map, where, false, place);
  return at->read && at->there;
}

static void append_place(hcsref_buf *out, const char *name, const input_place *place, hcsref_str where) {
  hcsref_buf_append(out, hcsref_cstr(name));
  if (place->line != 0) {
    hcsref_buf_append_char(out, ':');
    hcsref_buf_append_uint(out, place->line);
    hcsref_buf_append_char(out, ':');
    hcsref_buf_append_uint(out, place->column);
  }
  hcsref_buf_append_char(out, ' ');
  hcsref_buf_append(out, where);
}

/* POINTER  VALUE  SOURCE  RULE */
static void append_line(hcsref_buf *out, const translation_field *field, bool named, const char *name,
                        const input_place *place) {
  if (named) {
    hcsref_buf_append(out, field->part);
    hcsref_buf_append_char(out, ' ');
  }
  hcsref_buf_append(out, field->pointer.len == 0 ? HCSREF_LIT("(all)") : field->pointer);
  hcsref_buf_append(out, HCSREF_LIT("  "));
  hcsref_buf_append(out, field->value);
  hcsref_buf_append(out, HCSREF_LIT("  "));
  if (field->rule == NULL)
    hcsref_buf_append(out, HCSREF_LIT("(not noted)"));
  else if (name != NULL)
    append_place(out, name, place, field->where);
  else
    hcsref_buf_append(out, field->where.len == 0 ? HCSREF_LIT("constant") : field->where);
  if (field->rule != NULL) {
    hcsref_buf_append(out, HCSREF_LIT("  "));
    hcsref_buf_append(out, hcsref_cstr(field->rule));
  }
  hcsref_buf_append_char(out, '\n');
}

static void append_member(hcsref_buf *out, const char *name, hcsref_str text) {
  hcsref_buf_append(out, HCSREF_LIT(",\""));
  hcsref_buf_append(out, hcsref_cstr(name));
  hcsref_buf_append(out, HCSREF_LIT("\":"));
  hcsref_json_append_string(out, text);
}

/* {"part","pointer","value","source":{"file","line","column","pointer"} or {"host"} or {"option"} or null,"rule"} */
static void append_object(hcsref_buf *out, const translation_field *field, const char *name, const input_place *place) {
  static const char *const kinds[] = {"host", "option", "stand-in"};
  hcsref_buf_append(out, HCSREF_LIT("{\"part\":"));
  hcsref_json_append_string(out, field->part);
  append_member(out, "pointer", field->pointer);
  hcsref_buf_append(out, HCSREF_LIT(",\"value\":"));
  hcsref_buf_append(out, field->value);
  hcsref_buf_append(out, HCSREF_LIT(",\"source\":{"));
  if (name != NULL) {
    hcsref_buf_append(out, HCSREF_LIT("\"file\":"));
    hcsref_json_append_string(out, hcsref_cstr(name));
    hcsref_buf_append(out, HCSREF_LIT(",\"line\":"));
    hcsref_buf_append_uint(out, place->line);
    hcsref_buf_append(out, HCSREF_LIT(",\"column\":"));
    hcsref_buf_append_uint(out, place->column);
    append_member(out, "pointer", field->where);
  }
  for (size_t i = 0; name == NULL && i < sizeof kinds / sizeof kinds[0]; i++) {
    const hcsref_str kind = hcsref_cstr(kinds[i]);
    if (!hcsref_str_has_prefix(field->where, kind))
      continue;
    hcsref_buf_append_char(out, '"');
    hcsref_buf_append(out, kind);
    hcsref_buf_append(out, HCSREF_LIT("\":"));
    hcsref_json_append_string(out, hcsref_str_skip(field->where, kind.len + (field->where.len > kind.len)));
  }
  hcsref_buf_append(out, HCSREF_LIT("},\"rule\":"));
  if (field->rule == NULL)
    hcsref_buf_append(out, HCSREF_LIT("null"));
  else
    hcsref_json_append_string(out, hcsref_cstr(field->rule));
  hcsref_buf_append(out, HCSREF_LIT("}\n"));
}

static bool write_fields(session *s, const input_text *file, hcsref_arena *arena, const hcsref_slice *fields,
                         hcsref_error *err) {
  const bool json = strcmp(s->options->explain, "json") == 0;
  const translation_field *items = fields->items;
  located maps[TRANSLATION_SOURCES];
  hcsref_buf text = {.arena = arena};
  memset(maps, 0, sizeof maps);
  for (size_t i = 0; i < fields->len; i++) {
    const input_text *about = text_of(s, file, items[i].source);
    const bool in_file = items[i].where.len != 0 && items[i].where.data[0] == '/';
    input_place place = {0};
    if (in_file && !find_place(about, arena, &maps[items[i].source], items[i].where, &place))
      memset(&place, 0, sizeof place);
    if (json)
      append_object(&text, &items[i], in_file ? about->name : NULL, &place);
    else
      append_line(&text, &items[i], s->t.part == TRANSLATION_PART_ALL || s->t.schema == TRANSLATION_BOTH,
                  in_file ? about->name : NULL, &place);
  }
  if (text.failed)
    return hcsref_fail_memory(err);
  output_write(&s->out, text.data, text.len);
  return true;
}

/* Writes the document of what was read, unless something was noted and --strict. */
static bool write_document(session *s, const input_text *file, hcsref_arena *arena, const input_spec *read,
                           translation_source *source, hcsref_error *err) {
  hcsref_buf document = {.arena = arena}, pretty = {.arena = arena};
  hcsref_buf *text = s->options->pretty ? &pretty : &document;
  translation_remarks remarks = {0};
  bool ok = translation_run(&s->t, arena, read, &document, &remarks, source, err);
  if (!tell_notes(s, file->name, &remarks.notes) || !ok)
    return ok;
  if (s->t.explain)
    return write_fields(s, file, arena, &remarks.fields, err);
  if (s->options->pretty)
    indent_json(&pretty, hcsref_buf_str(&document));
  hcsref_buf_append_char(text, '\n');
  if (text->failed)
    return hcsref_fail_memory(err);
  output_write(&s->out, text->data, text->len);
  return true;
}

/* Translates the `index`-th container of a file, all of it or nothing. Returns how many the file has. */
static size_t translate_container(session *s, const input_text *file, size_t index, hcsref_arena *arena) {
  translation_source source = TRANSLATION_SPEC;
  hcsref_error err = {0};
  input_spec read;
  bool ok = translation_read(&s->t, arena, hcsref_str_from(file->data, file->length), index, &read, &source, &err);
  if (index == 0)
    tell_kind(file->name, read.kind);
  ok = tell_notes(s, file->name, &read.notes) && ok && compare_with_ran(file->name, arena, &read, &err);
  if (ok)
    (void)write_document(s, file, arena, &read, &source, &err); /* err says the same */
  if (err.code != NULL)
    report_translation(s, file, source, &err);
  return read.count;
}

static void translate_file(session *s, const char *path, hcsref_arena *arena) {
  input_text file = {0};
  if (!input_read(path, s->options->max_input, "--max-input", &file)) {
    report_input(s, &file);
    return;
  }
  for (size_t i = 0, count = 1; i < count && s->out.error == 0; i++) {
    hcsref_arena_reset(arena);
    count = translate_container(s, &file, i, arena);
  }
  input_free(&file);
}

static void translate_files(session *s) {
  hcsref_arena arena;
  hcsref_arena_init(&arena, NULL, 0);
  for (size_t i = 0; i < s->files->count && s->out.error == 0; i++)
    translate_file(s, s->files->items[i], &arena);
  hcsref_arena_free(&arena);
}

/* ---- --jsonl -------------------------------------------------------------------------------------------------- */

static void feed_file(session *s, jsonl_run *lines, const char *path) {
  bool standard = is_standard_input(path);
  FILE *file = standard ? stdin : platform_open(path, PLATFORM_READ);
  input_text problem = {.name = standard ? "standard input" : path, .code = "read-failed"};
  if (file != NULL && jsonl_feed(lines, platform_descriptor(file))) {
    if (!standard)
      fclose(file);
    return;
  }
  if (errno == ENOENT)
    problem.code = "not-found";
  if (errno == EISDIR || (file == NULL && platform_is_folder(path)))
    problem.code = "is-a-folder";
  snprintf(problem.message, sizeof(problem.message), "%s",
           strcmp(problem.code, "is-a-folder") == 0 ? "is a folder, not a file"
           : errno == 0                             ? "out of memory"
                                                    : strerror(errno));
  report_input(s, &problem);
  if (file != NULL && !standard)
    fclose(file);
}

static void translate_lines(session *s) {
  unsigned jobs = s->options->jobs == 0 ? platform_cpu_count() : (unsigned)s->options->jobs;
  jsonl_run *lines = jsonl_start(&s->t, &s->out, jobs, s->options->max_input);
  jsonl_counts counts;
  if (lines == NULL) {
    fprintf(stderr, "hcsproof: out of memory [out-of-memory]\n");
    lower_status(s, CLI_KIT);
    return;
  }
  for (size_t i = 0; i < s->files->count; i++)
    feed_file(s, lines, s->files->items[i]);
  counts = jsonl_finish(lines);
  if (counts.failed == 0)
    return;
  fprintf(stderr, "hcsproof: %llu of %llu specifications could not be translated\n", (unsigned long long)counts.failed,
          (unsigned long long)counts.lines);
  lower_status(s, CLI_FAILED);
}

/* ---- the command ------------------------------------------------------------------------------------------------ */

/* With -o the file is only put in place when every document is there; lines of --jsonl are results either way. */
static bool worth_keeping(const session *s) {
  return s->out.error == 0 && s->status <= (s->options->jsonl ? CLI_FAILED : CLI_OK);
}

static void translate(session *s) {
  bool keep;
  if (!prepare(s))
    return;
  if (!output_open(s->options->output, &s->out)) {
    report_output(s, strerror(errno));
    return;
  }
  if (s->options->jsonl)
    translate_lines(s);
  else
    translate_files(s);
  keep = worth_keeping(s);
  if (s->out.error != 0)
    report_output(s, strerror(s->out.error));
  if (!output_close(&s->out, keep) && keep)
    report_output(s, strerror(errno));
}

static int run(const cli_invocation *invocation) {
  session s = {.options = invocation->options, .files = &invocation->operands, .status = CLI_OK};
  hcsref_arena_init(&s.arena, NULL, 0);
  translate(&s);
  hcsref_arena_free(&s.arena);
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++)
    input_free(&s.setup[i]);
  return s.status;
}

#define AT(member) offsetof(struct translate_options, member)

static const cli_option option_table[] = {
    {.name = "schema",
     .kind = CLI_CHOICE,
     .offset = AT(schema),
     .argument = "SCHEMA",
     .choices = "v1|v2|both",
     .help = "Which document: v1 (schema 1.0), v2 (schema 2.1), or both as {\"v1\":...,\"v2\":...}, as the builder "
             "writes them for schema 2.1. Without it v2, or the v1 document of dockerd; with --envelope what the OS "
             "build of the host calls for."},
    {.name = "part",
     .kind = CLI_CHOICE,
     .offset = AT(part),
     .argument = "PART",
     .choices = "spec|v1|v2|both|envelope|options|vm|requests|process|job|all",
     .help =
         "Which part of what is made: spec, the runtime spec (after stage 1); v1, v2, both or envelope, as --schema "
         "and "
         "--envelope; options, those of the utility VM that a pod with Hyper-V isolation gets; vm, the document that "
         "this VM is created with; requests, what a running VM is asked for the container, in order; process, the "
         "parameters of its process; job, what is made of a HostProcess container in place of a document; all, one "
         "object with a member for each part, in the order of making. null: that part is not made. Without it the "
         "container's document.",
     .example = "vm"},
    {.name = "profile",
     .kind = CLI_PROFILE,
     .offset = AT(profile),
     .argument = "NAME",
     .fallback = "newest",
     .help = "Which releases translate: containerd-VERSION brings the shim that it bundles; hcsshim-VERSION is stage 2 "
             "alone. 'hcsproof profiles' lists them.",
     .example = "containerd-2.2"},
    {.name = "envelope",
     .kind = CLI_FLAG,
     .offset = AT(envelope),
     .help = "Validate the container config and print the whole document that creates the container: a v1 container "
             "config, a v2 compute system, or for a container in a utility VM a v2 hosted system."},
    {.name = "cri",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_CRI]),
     .argument = "FILE",
     .help = "Stage 1 first: a CRI ContainerConfig, applied to each spec as the base spec: --network-namespace, its "
             "mounts, windows.resources, windows.security_context.credential_spec. Its annotations are not passed on.",
     .example = "container-config.json"},
    {.name = "pod",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_POD]),
     .argument = "FILE",
     .help = "The pod of the CRI container configs among the operands: a PodSandboxConfig as crictl reads it, JSON or "
             "YAML. Default: an empty pod.",
     .example = "pod.json"},
    {.name = "image",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_IMAGE]),
     .argument = "FILE",
     .help = "The image of the CRI configs among the operands: an OCI image config, or what 'docker image inspect' or "
             "'crictl inspecti' prints.",
     .example = "image.json"},
    {.name = "runtime",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_RUNTIME]),
     .argument = "FILE",
     .help = "What containerd's configuration says about the runtime: an object with pod_annotations and "
             "container_annotations (patterns of annotations that are passed on), base_runtime_spec, sandbox_image. "
             "Without it, io.microsoft.virtualmachine.* of pods and io.microsoft.container.* of containers are passed "
             "on.",
     .example = "runtime.json"},
    {.name = "strict",
     .kind = CLI_FLAG,
     .offset = AT(strict),
     .help = "Treat notes on standard error (what is assumed, ignored or lost) as errors."},
    {.name = "extra-mounts",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_EXTRA_MOUNTS]),
     .argument = "FILE",
     .help = "The runtime's own mounts in stage 1, such as an image's volumes: a JSON array of CRI mounts. Mounts of "
             "--cri with the same container path take precedence."},
    {.name = "sandbox-shares",
     .kind = CLI_FLAG,
     .offset = AT(sandbox_shares),
     .help = "Stage 1 for the container that holds a pod: it gets 2 CPU shares."},
    {.name = "host",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_HOST]),
     .argument = "FILE",
     .help = "Single facts of a host, as the \"host\" object of a case has them: they come before what the default "
             "host answers.",
     .example = "host.json"},
    {.name = "layers",
     .kind = CLI_TEXT,
     .repeatable = true,
     .offset = AT(layers),
     .argument = "FOLDERS",
     .help = "The layer folders, in place of the spec's: separated by commas, or the option several times; the scratch "
             "layer last. Without it, stand-ins are used where a spec names none, as in the bundles that containerd "
             "writes.",
     .example = "C:\\layers\\base,C:\\layers\\scratch"},
    {.name = "root",
     .kind = CLI_TEXT,
     .offset = AT(root),
     .argument = "PATH",
     .help = "The root path, in place of the spec's: the volume at which the layers are mounted, as "
             "\\\\?\\Volume{GUID}\\."},
    {.name = "explain",
     .kind = CLI_CHOICE,
     .offset = AT(explain),
     .argument = "FORMAT",
     .choices = "text|json",
     .bare = "text",
     .help = "In place of the document, one line per field of it: the pointer, the value, where that comes from (file, "
             "line and column; a fact of the host; an option) and the rule of upstream's that made it. json: one "
             "object per line."},
    {.name = "from",
     .kind = CLI_CHOICE,
     .offset = AT(from),
     .argument = "MEMBER",
     .choices = "spec|config",
     .fallback = "spec",
     .help = "Of the output of crictl inspect: spec, info.runtimeSpec, which is what ran; or config, info.config, of "
             "which the spec is made anew and compared with info.runtimeSpec on standard error.",
     .example = "config"},
    {.name = "hosting-system",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_HOSTING_SYSTEM]),
     .argument = "FILE",
     .help = "The utility VM that the container runs in: a JSON object like \"hosting_system\" in a case. A spec that "
             "asks for Hyper-V isolation (windows.hyperv) in schema v2 needs one."},
    {.name = "ccg-state",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_CCG_STATE]),
     .argument = "FILE",
     .help = "The Container Credential Guard state that Windows gave for the credential spec, as in the v2 document: a "
             "JSON object with Cookie, RpcEndpoint, Transport and CredentialSpec."},
    {.name = "additional-mounts",
     .kind = CLI_FILE,
     .offset = AT(setup[TRANSLATION_ADDITIONAL_MOUNTS]),
     .argument = "FILE",
     .help = "Folders of disks that are already attached: a JSON array of mapped directories as in the v2 document. "
             "They come last in v2 and are left out of v1."},
    {.name = "id",
     .kind = CLI_TEXT,
     .offset = AT(id),
     .argument = "ID",
     .fallback = "container",
     .help = "The container's id."},
    {.name = "owner",
     .kind = CLI_TEXT,
     .offset = AT(owner),
     .argument = "OWNER",
     .fallback = "containerd-shim-runhcs-v1.exe",
     .help = "The container's owner."},
    {.name = "network-namespace",
     .kind = CLI_TEXT,
     .offset = AT(network_namespace),
     .argument = "GUID",
     .help = "The network namespace. Default: the spec's windows.network.networkNamespace, as in the shim."},
    {.name = "scale-cpu-limits",
     .kind = CLI_FLAG,
     .offset = AT(scale_cpu_limits),
     .help = "Rescale a CPU limit from the host's processors to the utility VM's."},
    {.name = "pretty",
     .kind = CLI_FLAG,
     .offset = AT(pretty),
     .help = "Indent by two spaces; values stay as they are."},
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     .offset = AT(output),
     .argument = "FILE",
     .help =
         "Write to FILE, whole or not at all: when a specification fails, FILE stays as it was (with --jsonl a failure "
         "is a line like any other)."},
    {.name = "jsonl",
     .kind = CLI_FLAG,
     .offset = AT(jsonl),
     .help =
         "The input is one specification per line; the output one result per line, in the same order: {\"ok\":...} or "
         "{\"error\":{\"code\",\"message\",\"where\"}}. Uses all processors."},
    {.name = "jobs",
     .short_name = 'j',
     .kind = CLI_NUMBER,
     .offset = AT(jobs),
     .argument = "N",
     .fallback = "0",
     .most = 256,
     .help = "Threads for --jsonl; 0: one per processor."},
    {.name = "stream",
     .kind = CLI_FLAG,
     .offset = AT(stream),
     .help = "Take the first JSON value of a spec and ignore what follows, as the shim reads config.json. Without this "
             "option, anything but white space after the value is an error."},
    {.name = "max-input",
     .kind = CLI_SIZE,
     .offset = AT(max_input),
     .argument = "SIZE",
     .fallback = "64M",
     .least = 1,
     .most = (uint64_t)1 << 30,
     .help = "Largest input file, or line of --jsonl, to read."},
};

static const cli_example examples[] = {
    {"hcsproof translate config.json", "Prints the v2 document of an OCI runtime spec."},
    {"hcsproof translate --envelope --pretty --id web-1 config.json",
     "Prints, indented, what is handed to the Host Compute Service to create the container."},
    {"hcsproof translate --cri container.json --host host.json base.json -o document.json",
     "Runs both stages on the facts of a host and writes the document to a file."},
    {"hcsproof translate --pod pod.json --image image.json container.json",
     "Prints the v2 document that containerd and its shim make from crictl's configs."},
    {"docker inspect web | hcsproof translate -", "Prints the v1 document that dockerd makes of a container."},
    {"crictl inspect 5f1c0e | hcsproof translate -", "Translates the spec of a running container."},
    {"hcsproof translate --part vm --pretty --profile hcsshim-0.13.0 pod.json",
     "Prints the document of the utility VM of a pod with Hyper-V isolation."},
    {"hcsproof translate --jsonl --schema both - < specs.jsonl > documents.jsonl",
     "Translates one spec per line, on all processors."},
};

static const cli_status statuses[] = {
    {CLI_OK, "every specification was translated"},
    {CLI_FAILED,
     "a specification could not be translated: it is empty, cut short, too large, invalid or against a rule"},
    {CLI_USAGE, "wrong options or operands"},
    {CLI_KIT, "a file could not be read or written, or out of memory"},
    {CLI_HOST_PROCESS, "a HostProcess container, for which there is no document, and nothing worse"},
};

const cli_command translate_command = {
    .name = "translate",
    .summary = "print the documents of an OCI runtime spec",
    .operands = "FILE...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .description =
        "Reads OCI runtime specs ('-' is standard input), or what leads to one: CRI container and pod configs as "
        "crictl "
        "reads them (JSON or YAML; the spec is what containerd's CRI plugin makes of them), the output of 'crictl "
        "inspect', 'crictl inspectp', 'ctr containers info' and 'docker inspect' (of which the document is the v1 one "
        "that "
        "dockerd makes, unless --profile names a shim and no moby), and the body of docker's API call that creates a "
        "container. A file that is not a spec is named on standard error with "
        "what it was taken for, and with what had to be assumed or is lost on the way. Prints the document that "
        "hcsshim hands to the Host "
        "Compute "
        "Service for each, byte for byte: one document a line, in the order of the operands. One that fails is named "
        "on "
        "standard error, as FILE: JSON-POINTER: MESSAGE [CODE], and left out; the others are still translated.\n\n"
        "Whatever the translation needs to know about a host is answered by --host, or else by the default host: "
        "Windows "
        "Server 2022 (build 20348) with 8 processors, on which every path exists, every mount source resolves to "
        "itself "
        "and no file can be read. What only a real host knows has a stand-in there: a layer's id is a version-5 GUID "
        "of "
        "the layer folder's last part (NOT what Windows gives: its recipe is not public), and a spec without a root "
        "path "
        "gets the one that mounting its layers could have given, a volume named after its scratch folder or, in a "
        "utility "
        "VM, C:\\mounts\\m0.",
    .options_size = sizeof(struct translate_options),
    .options = option_table,
    .option_count = CLI_COUNT(option_table),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
