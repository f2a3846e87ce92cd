/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof matrix: several JSON reports as one table. */
#include "cli/commands.h"
#include "io/input.h"
#include "io/output.h"
#include "io/print.h"
#include "platform/platform.h"
#include "report/matrix_table.h"
#include "report/page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct matrix_options {
  const char *output;
} matrix_options;

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
  if (c->report == NULL && json_error_code(&error) == json_error_out_of_memory)
    return complain(c->path, "out of memory");
  if (json_integer_value(json_object_get(c->report, "report")) != 1)
    return complain(c->path, "is not a JSON report of hcsproof run (--report json=FILE)");
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

static void print_matrix(FILE *out, const matrix *m) {
  const char *id;
  json_t *unused;
  kit_page_begin(out, HCSREF_LIT("hcsproof: implementations side by side"));
  if (!matrix_is_alike(m))
    fputs("<p class=\"note\">These reports differ in suite, profile, comparison or error check, which may explain "
          "differences between them.</p>\n",
          out);
  matrix_print_totals(out, m);
  matrix_print_filters(out, m);
  if (m->count > 2)
    fputs("<p class=\"kind hint\">The table scrolls sideways.</p>\n", out);
  fputs("<div class=\"wide\"><table>\n", out);
  matrix_print_names(out, m, "case");
  json_object_foreach(m->ids, id, unused) {
    matrix_print_row(out, m, id);
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
  if (!ok && output_is_standard(path) && platform_output_abandoned())
    return CLI_KIT; /* and main ends the program */
  return ok ? CLI_OK
            : complain(output_is_standard(path) ? "standard output" : path, output_reason(errno == 0 ? EIO : errno));
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
    matrix_find_page(&m.columns[i], o->output);
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
     .help = "Where the page goes; - is standard output. It is written whole or not at all."},
};

static const cli_example examples[] = {
    {"hcsproof run --testee ./ours --report json=ours.json", "Writes a report for each implementation."},
    {"hcsproof matrix ours.json theirs.json -o matrix.html", "Puts them into one table."},
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
    .description = "Reads reports that 'hcsproof run --report json=FILE' wrote and writes one page: one row per case, "
                   "one column per implementation, with totals by level and area, search, and filters by verdict. A "
                   "skip is not a difference. Where the reports were played as different releases, the headings name "
                   "them, and a row of the totals counts the cases that all of them compared. If NAME.html is beside "
                   "NAME.json, the table links to it.",
    .options_size = sizeof(matrix_options),
    .options = options,
    .option_count = CLI_COUNT(options),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
