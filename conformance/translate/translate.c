/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof translate: specifications in, documents out. */
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
#include "translate/explain_print.h"
#include "translate/jsonl.h"
#include "translate/translate_options.h"

#include <errno.h>
#include <string.h>

/* The way to places of a text, which is found once. */
typedef struct text_places {
  hcsref_arena arena;
  input_map map;
} text_places;

/* A run of the command. */
typedef struct session {
  const translate_options *options;
  const cli_list *files;
  translation t;
  hcsref_arena arena; /* what lives as long as the run */
  hcsref_str image;   /* of the first container that --image completed; null data: of none yet */
  input_text setup[TRANSLATION_SOURCES];
  text_places places[TRANSLATION_SOURCES]; /* of those; of the operand under way where none of them is */
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
static void show_place(text_places *places, const input_text *text, const hcsref_error *err) {
  input_map *map = &places->map;
  input_place place;
  if (!input_locate_error(&places->arena, hcsref_str_from(text->data, text->length), err, map, &place) ||
      place.line == 0)
    return;
  kit_print(stderr, "%s:%llu:%llu:\n", text->name, (unsigned long long)place.line, (unsigned long long)place.column);
  input_print_excerpt(stderr, map, &place);
  if (map->hint != NULL)
    kit_print(stderr, "hint: %s\n", map->hint);
}

static text_places *places_of(session *s, translation_source source) {
  return &s->places[s->setup[source].name != NULL ? source : TRANSLATION_SPEC];
}

static void report_translation(session *s, const input_text *file, translation_source source, const hcsref_error *err) {
  const input_text *setup = &s->setup[source], *about = setup->name != NULL ? setup : file;
  message_error(about->name, err);
  if (about->data != NULL)
    show_place(places_of(s, source), about, err);
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

/* What an operand was read as, if it is not a spec. */
static void tell_kind(const char *name, input_kind kind) {
  if (kind != INPUT_OCI_SPEC && kind != INPUT_UNKNOWN && kind != INPUT_FOREIGN)
    kit_print(stderr, "hcsproof: %s: read as %s\n", name, input_kind_name(kind));
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
static part_choice wanted_part(const translate_options *o) {
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
  const translate_options *o = s->options;
  unsigned standard = 0;
  if (s->files->count == 0)
    return usage_error(s, "missing operand: FILE...");
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++)
    standard += is_standard_input(o->setup[i]);
  for (size_t i = 0; i < s->files->count; i++)
    standard += is_standard_input(s->files->items[i]);
  if (standard > 1)
    return usage_error(s, "standard input ('-') can be given only once");
  if (o->envelope && o->schema != NULL && strcmp(o->schema, "both") == 0)
    return usage_error(s, "--envelope requires one document: --schema v1 or v2");
  if (o->part != NULL && (o->envelope || o->schema != NULL))
    return usage_error(s, "--part cannot be used together with --schema or --envelope, which choose a part too");
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
      if (folder->len == 0)
        return usage_error(s, "--layers names an empty folder");
      at = comma == NULL ? NULL : comma + 1;
    }
  }
  return true;
}

static bool prepare(session *s) {
  const translate_options *o = s->options;
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

static bool write_fields(session *s, const input_text *file, hcsref_arena *arena, const hcsref_slice *fields,
                         hcsref_error *err) {
  const explain_style style = {strcmp(s->options->explain, "json") == 0,
                               s->t.part == TRANSLATION_PART_ALL || s->t.schema == TRANSLATION_BOTH};
  explain_text texts[TRANSLATION_SOURCES];
  hcsref_buf text = {.arena = arena};
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++) {
    text_places *places = places_of(s, (translation_source)i);
    texts[i].text = s->setup[i].name != NULL ? &s->setup[i] : file;
    texts[i].map = &places->map;
    texts[i].arena = &places->arena;
  }
  if (!explain_append(arena, &style, texts, fields, &text, err))
    return false;
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

/* --image completes every container, whatever image it names. False: out of memory. */
static bool note_other_image(session *s, hcsref_arena *arena, input_spec *read, const input_item *item) {
  const hcsref_cri_container_config *config = read->config;
  hcsref_str image = config == NULL || config->image == NULL ? hcsref_cstr(NULL) : config->image->image, where;
  if (s->setup[TRANSLATION_IMAGE].name == NULL || image.len == 0)
    return true;
  if (s->image.data == NULL)
    return hcsref_str_copy(&s->arena, image, &s->image);
  return hcsref_str_equal(s->image, image) ||
         (hcsref_format(arena, &where, "%v/image/image", item->place) &&
          input_add_note(arena, &read->notes, where,
                         "%v is another image than %v, the first one here, and is completed with the same --image",
                         image, s->image));
}

/* Translates a container of a file, all of it or nothing. `kind` is that of the one before it. */
static void translate_container(session *s, const input_text *file, const input_item *item, input_kind *kind,
                                hcsref_arena *arena) {
  translation_source source = TRANSLATION_SPEC;
  hcsref_error err = {0};
  input_spec read;
  bool ok = translation_read(&s->t, arena, item, &read, &source, &err);
  if (read.kind != *kind)
    tell_kind(file->name, read.kind);
  *kind = read.kind;
  if (ok && !note_other_image(s, arena, &read, item))
    ok = hcsref_fail_memory(&err);
  ok = tell_notes(s, file->name, &read.notes) && ok && compare_with_ran(file->name, arena, &read, &err);
  if (ok)
    (void)write_document(s, file, arena, &read, &source, &err); /* err says the same */
  if (err.code == NULL)
    return;
  if (err.where.len == 0 && source == TRANSLATION_SPEC)
    err.where = item->place;
  report_translation(s, file, source, &err);
}

static void translate_items(session *s, const input_text *file, hcsref_arena *arena) {
  hcsref_slice items = {0};
  hcsref_error err = {0};
  input_kind kind = INPUT_UNKNOWN;
  hcsref_arena whole;
  hcsref_arena_init(&whole, NULL, 0);
  if (!translation_split(&s->t, &whole, hcsref_str_from(file->data, file->length), &items, &err))
    report_translation(s, file, TRANSLATION_SPEC, &err);
  for (size_t i = 0; i < items.len && s->out.error == 0; i++) {
    hcsref_arena_reset(arena);
    translate_container(s, file, (const input_item *)items.items + i, &kind, arena);
  }
  hcsref_arena_free(&whole);
  hcsref_arena_reset(&s->places[TRANSLATION_SPEC].arena);
  memset(&s->places[TRANSLATION_SPEC].map, 0, sizeof(input_map));
}

static void translate_file(session *s, const char *path, hcsref_arena *arena) {
  input_text file = {0};
  if (!input_read(path, s->options->max_input, "--max-input", &file)) {
    report_input(s, &file);
    return;
  }
  translate_items(s, &file, arena);
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
    report_output(s, output_reason(errno));
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
    report_output(s, output_reason(errno));
}

/* A pod alone is the operand. */
int translate_run(const cli_invocation *invocation) {
  translate_options options = *(const translate_options *)invocation->options;
  const char *pod = options.setup[TRANSLATION_POD];
  const cli_list alone = {&pod, 1};
  session s = {.options = &options, .files = &invocation->operands, .status = CLI_OK};
  if (s.files->count == 0 && pod != NULL && options.setup[TRANSLATION_CRI] == NULL) {
    options.setup[TRANSLATION_POD] = NULL;
    s.files = &alone;
  }
  hcsref_arena_init(&s.arena, NULL, 0);
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++)
    hcsref_arena_init(&s.places[i].arena, NULL, 0);
  translate(&s);
  hcsref_arena_free(&s.arena);
  for (size_t i = 0; i < TRANSLATION_SOURCES; i++) {
    input_free(&s.setup[i]);
    hcsref_arena_free(&s.places[i].arena);
  }
  return s.status;
}
