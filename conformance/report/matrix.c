/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof matrix: several JSON reports as one table. */
#include "cli/commands.h"
#include "io/input.h"
#include "io/output.h"
#include "io/print.h"
#include "report/page.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct matrix_options {
  const char *output;
} matrix_options;

/* One report: a column. */
typedef struct column {
  const char *path;
  json_t *report;
  json_t *by_id; /* results by the id of their case */
} column;

typedef struct matrix {
  column *columns;
  size_t count;
  json_t *ids; /* of all cases, in the order of their first report; the values say nothing */
} matrix;

static hcsref_str text_of(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  return json_is_string(value) ? hcsref_str_from(json_string_value(value), json_string_length(value)) : HCSREF_LIT("");
}

static int complain(const char *path, const char *what) {
  kit_print(stderr, "hcsproof matrix: %s: %s\n", path, what);
  return CLI_KIT;
}

/* Largest report that is read. */
#define REPORT_LIMIT ((uint64_t)1 << 30)

/* ---- reading ------------------------------------------------------------------------------------------ */

static bool index_results(matrix *m, column *c) {
  json_t *result;
  size_t i;
  json_array_foreach(json_object_get(c->report, "results"), i, result) {
    const char *id = json_string_value(json_object_get(result, "id"));
    if (id == NULL)
      continue;
    if (json_object_set(c->by_id, id, result) != 0 || json_object_set_new(m->ids, id, json_true()) != 0)
      return false;
  }
  return true;
}

static int read_column(matrix *m, column *c) {
  json_error_t error;
  input_text text;
  if (!input_read(c->path, REPORT_LIMIT, NULL, &text))
    return complain(c->path, text.message);
  c->report = json_loadb(text.data, text.length, JSON_ALLOW_NUL, &error);
  input_free(&text);
  c->by_id = json_object();
  if (c->report == NULL)
    return complain(c->path, error.text);
  if (json_integer_value(json_object_get(c->report, "report")) != 1)
    return complain(c->path, "is no JSON report of hcsproof run (--report json=FILE)");
  if (c->by_id == NULL || !index_results(m, c))
    return complain(c->path, "out of memory");
  return CLI_OK;
}

static void free_matrix(matrix *m) {
  size_t i;
  for (i = 0; m->columns != NULL && i < m->count; i++) {
    json_decref(m->columns[i].by_id);
    json_decref(m->columns[i].report);
  }
  json_decref(m->ids);
  free(m->columns);
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static const char *const classes[] = {"pass", "same", "differs", NULL};

static hcsref_str verdict_of(const column *c, const char *id) {
  return text_of(json_object_get(c->by_id, id), "verdict");
}

/* "pass": everybody passed; "same": everybody ended alike, but not so; else "differs". */
static const char *class_of(const matrix *m, const char *id) {
  hcsref_str first = verdict_of(&m->columns[0], id);
  size_t i;
  for (i = 1; i < m->count; i++)
    if (!hcsref_str_equal(verdict_of(&m->columns[i], id), first))
      return "differs";
  return hcsref_str_equal(first, HCSREF_LIT("pass")) ? "pass" : "same";
}

static void print_cell(FILE *out, const column *c, const char *id) {
  const json_t *result = json_object_get(c->by_id, id);
  hcsref_str verdict = text_of(result, "verdict");
  fputs("<td class=\"v ", out);
  kit_print_xml(out, verdict);
  fputs("\" title=\"", out);
  kit_print_xml(out, text_of(result, "reason"));
  fputs("\">", out);
  kit_print_xml(out, result == NULL ? HCSREF_LIT("not played") : verdict);
  fputs("</td>", out);
}

static void print_row(FILE *out, const matrix *m, const char *id) {
  size_t i;
  fprintf(out, "<tr data-case=\"%s\"><td><code>", class_of(m, id));
  kit_print_xml(out, hcsref_cstr(id));
  fputs("</code></td>", out);
  for (i = 0; i < m->count; i++)
    print_cell(out, &m->columns[i], id);
  fputs("</tr>\n", out);
}

static const char *file_name(const char *path) {
  const char *name = path;
  for (; *path != '\0'; path++)
    if (*path == '/' || *path == '\\')
      name = path + 1;
  return name;
}

static void print_heading(FILE *out, const column *c) {
  const json_t *testee = json_object_get(c->report, "testee"), *totals = json_object_get(c->report, "totals");
  hcsref_str name = text_of(testee, "name");
  fputs("<th scope=\"col\">", out);
  kit_print_xml(out, name.len == 0 ? text_of(testee, "command") : name);
  fputc(' ', out);
  kit_print_xml(out, text_of(testee, "version"));
  fputs("<br><span class=\"kind\" title=\"", out);
  kit_print_xml(out, hcsref_cstr(c->path));
  fputs("\">", out);
  kit_print_xml(out, hcsref_cstr(file_name(c->path)));
  fputs("<br>", out);
  kit_print_xml(out, text_of(c->report, "profile"));
  fputs(", ", out);
  kit_print_xml(out, text_of(c->report, "compare"));
  fprintf(out, "<br>%lld of %lld passed</span></th>", (long long)json_integer_value(json_object_get(totals, "pass")),
          (long long)json_integer_value(json_object_get(totals, "played")));
}

static void print_matrix(FILE *out, const matrix *m) {
  const char *id;
  json_t *unused;
  size_t i;
  kit_page_begin(out, HCSREF_LIT("hcsproof: implementations side by side"));
  kit_page_filters(out, classes);
  fputs("<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">case</th>", out);
  for (i = 0; i < m->count; i++)
    print_heading(out, &m->columns[i]);
  fputs("</tr></thead>\n<tbody>\n", out);
  json_object_foreach(m->ids, id, unused) {
    print_row(out, m, id);
  }
  fputs("</tbody></table></div>\n", out);
  kit_page_end(out);
}

/* ---- command ------------------------------------------------------------------------------------------ */

static int write_matrix(const matrix *m, const char *path) {
  output_file out;
  bool ok = output_open(path, &out);
  if (ok) {
    print_matrix(out.file, m);
    ok = !ferror(out.file);
    ok = output_close(&out, ok) && ok;
  }
  return ok ? CLI_OK : complain(path, strerror(errno == 0 ? EIO : errno));
}

static int run(const cli_invocation *invocation) {
  const matrix_options *o = invocation->options;
  matrix m = {NULL, invocation->operands.count, json_object()};
  int status = CLI_OK;
  size_t i;
  m.columns = calloc(m.count, sizeof(*m.columns));
  if (m.columns == NULL || m.ids == NULL)
    status = complain(o->output, "out of memory");
  for (i = 0; status == CLI_OK && i < m.count; i++) {
    m.columns[i].path = invocation->operands.items[i];
    status = read_column(&m, &m.columns[i]);
  }
  if (status == CLI_OK)
    status = write_matrix(&m, o->output);
  free_matrix(&m);
  return status;
}

static const cli_option options[] = {
    {.name = "output",
     .short_name = 'o',
     .kind = CLI_FILE,
     .offset = offsetof(matrix_options, output),
     .argument = "FILE",
     .fallback = "-",
     .help = "Where the page goes; - is standard output. It is there whole or not at all."},
};

static const cli_example examples[] = {
    {"hcsproof run --testee ./ours --report json=ours.json", "A report of each implementation,"},
    {"hcsproof matrix ours.json theirs.json -o matrix.html", "and all of them in one table."},
};

static const cli_status statuses[] = {
    {CLI_OK, "the page was written"},
    {CLI_USAGE, "wrong options, or no report named"},
    {CLI_KIT, "a report could not be read, or the page not written"},
};

const cli_command matrix_command = {
    .name = "matrix",
    .summary = "put the JSON reports of several implementations into one HTML table",
    .operands = "REPORT.json...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .description = "Reads reports that 'hcsproof run --report json=FILE' wrote and writes one page: a row a case, a "
                   "column an implementation, with search and a filter for the cases where they differ.",
    .options_size = sizeof(matrix_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
