/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof matrix: several JSON reports as one table. */
#include "cli/commands.h"
#include "io/input.h"
#include "io/output.h"
#include "io/print.h"
#include "platform/folder.h"
#include "platform/platform.h"
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
  char page[4096]; /* the HTML report to link to; empty: none */
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

/* ---- what a row says ---------------------------------------------------------------------------------- */

static const json_t *result_of(const column *c, const char *id) {
  return json_object_get(c->by_id, id);
}

static bool is_text(const json_t *object, const char *key, const char *text) {
  return hcsref_str_equal(text_of(object, key), hcsref_cstr(text));
}

/* A skip says that nothing was compared: it is no difference, and neither is a case that was not played. */
static bool is_compared(const json_t *result) {
  return result != NULL && !is_text(result, "verdict", "skip");
}

/* What of a row buttons choose by. */
typedef enum trait { DIFFERS, NONE_PASSES, FAILS, BREAKS, SKIPS, NOT_PLAYED, ALL_PASS, TRAITS } trait;

static const kit_page_filter trait_filters[TRAITS] = {
    {"differs", "they differ", 0}, {"none", "none passes", 0},  {"fail", "fail", 0},     {"broken", "broken", 0},
    {"skip", "skip", 0},           {"absent", "not played", 0}, {"pass", "all pass", 0},
};

static void find_traits(const matrix *m, const char *id, bool traits[TRAITS]) {
  size_t passed = 0, compared = 0, i;
  memset(traits, 0, TRAITS * sizeof(*traits));
  for (i = 0; i < m->count; i++) {
    const json_t *result = result_of(&m->columns[i], id);
    compared += is_compared(result);
    passed += is_text(result, "verdict", "pass");
    traits[FAILS] = traits[FAILS] || is_text(result, "verdict", "fail");
    traits[BREAKS] = traits[BREAKS] || is_text(result, "verdict", "broken");
    traits[SKIPS] = traits[SKIPS] || is_text(result, "verdict", "skip");
    traits[NOT_PLAYED] = traits[NOT_PLAYED] || result == NULL;
  }
  traits[ALL_PASS] = compared > 0 && passed == compared;
  traits[NONE_PASSES] = compared > 0 && passed == 0;
  traits[DIFFERS] = (passed > 0 && passed < compared) || (passed == 0 && traits[FAILS] && traits[BREAKS]);
}

/* ---- links -------------------------------------------------------------------------------------------- */

static const char *file_name(const char *path) {
  const char *name = path;
  for (; *path != '\0'; path++)
    if (*path == '/' || *path == '\\')
      name = path + 1;
  return name;
}

/* The HTML report that lies beside the JSON one under the same name; empty: there is none. A page in the same folder
 * needs only its name. */
static void find_page(column *c, const char *output) {
  size_t length = strlen(c->path), folder = (size_t)(file_name(output) - output);
  c->page[0] = '\0';
  if (length < 6 || length >= sizeof(c->page) || strcmp(c->path + length - 5, ".json") != 0)
    return;
  memcpy(c->page, c->path, length - 5);
  memcpy(c->page + length - 5, ".html", 6);
  if (!kit_path_exists(c->page) || strcmp(c->page, output) == 0)
    c->page[0] = '\0';
  else if ((size_t)(file_name(c->path) - c->path) == folder && memcmp(c->path, output, folder) == 0)
    memmove(c->page, c->page + folder, strlen(c->page + folder) + 1);
}

/* As part of an address. */
static void print_address(FILE *out, const char *text, const char *kept) {
  for (; *text != '\0'; text++) {
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9');
    if (letter || strchr(kept, *text) != NULL)
      fputc(*text, out);
    else
      fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
  }
}

static void begin_link(FILE *out, const column *c, const char *id) {
  fputs("<a href=\"", out);
  print_address(out, c->page, "-_./~");
  fputs("#", out);
  if (id != NULL) {
    fputs("q=", out);
    print_address(out, id, "-_.~");
  }
  fputs("\">", out);
}

/* ---- cells -------------------------------------------------------------------------------------------- */

/* A finger cannot hover: what went wrong unfolds. */
static void print_cell(FILE *out, const column *c, const char *id) {
  const json_t *result = result_of(c, id);
  hcsref_str verdict = text_of(result, "verdict"), reason = text_of(result, "reason");
  fputs("<td class=\"v ", out);
  kit_print_xml(out, verdict);
  fputs("\">", out);
  if (is_compared(result) && reason.len != 0) {
    fputs("<details><summary>", out);
    kit_print_xml(out, verdict);
    fputs("</summary><noscript><p>", out);
    kit_print_xml(out, reason);
    fputs("</p>", out);
    if (c->page[0] != '\0') {
      fputs("<p>", out);
      begin_link(out, c, id);
      fputs("in its report</a></p>", out);
    }
    fputs("</noscript></details>", out);
  } else {
    kit_print_xml(out, result == NULL ? HCSREF_LIT("-") : verdict);
  }
  fputs("</td>", out);
}

/* Words of the search: the id, and what was wrong; not the verdicts, which have their buttons. */
static void print_words(FILE *out, const matrix *m, const char *id) {
  size_t i;
  fputs(" data-text=\"", out);
  kit_print_xml(out, hcsref_cstr(id));
  for (i = 0; i < m->count; i++) {
    const json_t *result = result_of(&m->columns[i], id);
    fputc(' ', out);
    if (is_compared(result))
      kit_print_xml(out, text_of(result, "reason"));
  }
  fputc('"', out);
}

static void print_row(FILE *out, const matrix *m, const char *id) {
  bool traits[TRAITS];
  size_t i, printed = 0;
  find_traits(m, id, traits);
  fputs("<tr data-case=\"", out);
  for (i = 0; i < TRAITS; i++)
    if (traits[i])
      fprintf(out, "%s%s", printed++ == 0 ? "" : " ", trait_filters[i].name);
  fputc('"', out);
  print_words(out, m, id);
  fputs("><td><code>", out);
  kit_print_xml(out, hcsref_cstr(id));
  fputs("</code></td>", out);
  for (i = 0; i < m->count; i++)
    print_cell(out, &m->columns[i], id);
  fputs("</tr>\n", out);
}

static void print_filters(FILE *out, const matrix *m) {
  kit_page_filter filters[TRAITS];
  bool traits[TRAITS];
  const char *id;
  json_t *unused;
  size_t i;
  memcpy(filters, trait_filters, sizeof(filters));
  json_object_foreach(m->ids, id, unused) {
    find_traits(m, id, traits);
    for (i = 0; i < TRAITS; i++)
      filters[i].cases += traits[i];
  }
  kit_page_filters(out, filters, TRAITS, false);
}

/* ---- headings and totals ------------------------------------------------------------------------------ */

static void print_name(FILE *out, const column *c) {
  const json_t *testee = json_object_get(c->report, "testee");
  hcsref_str name = text_of(testee, "name");
  if (c->page[0] != '\0')
    begin_link(out, c, NULL);
  kit_print_xml(out, name.len == 0 ? text_of(testee, "command") : name);
  fputc(' ', out);
  kit_print_xml(out, text_of(testee, "version"));
  fputs(c->page[0] != '\0' ? "</a>" : "", out);
}

/* Do the reports play the testees as releases of their own? Then they have played other cases, too. */
static bool profiles_differ(const matrix *m) {
  size_t i;
  for (i = 1; i < m->count; i++)
    if (!hcsref_str_equal(text_of(m->columns[0].report, "profile"), text_of(m->columns[i].report, "profile")))
      return true;
  return false;
}

static void print_names(FILE *out, const matrix *m, const char *first) {
  const bool with_profile = profiles_differ(m);
  size_t i;
  fprintf(out, "<thead><tr><th scope=\"col\">%s</th>", first);
  for (i = 0; i < m->count; i++) {
    fputs("<th scope=\"col\" class=\"v\">", out);
    print_name(out, &m->columns[i]);
    if (with_profile) {
      fputs("<br><span class=\"kind\">", out);
      kit_print_xml(out, text_of(m->columns[i].report, "profile"));
      fputs("</span>", out);
    }
    fputs("</th>", out);
  }
  fputs("</tr></thead>\n<tbody>\n", out);
}

/* How a report came about, in one line. */
static void print_terms(FILE *out, const column *c) {
  const json_t *scope = json_object_get(c->report, "scope"), *suite;
  size_t i;
  kit_print_xml(out, text_of(c->report, "profile"));
  fputs(", ", out);
  kit_print_xml(out, text_of(c->report, "compare"));
  json_array_foreach(json_object_get(scope, "suites"), i, suite) {
    fputs(", suite ", out);
    kit_print_xml(out, text_of(suite, "version"));
    fputs(" <code>", out);
    kit_print_xml(out, hcsref_str_first(text_of(suite, "digest"), 12));
    fputs("</code>", out);
    if (json_integer_value(json_object_get(suite, "changed_files")) > 0)
      fputs(" (edited)", out);
  }
  if (text_of(scope, "filters").len != 0) {
    fputs(", ", out);
    kit_print_xml(out, text_of(scope, "filters"));
  }
  if (text_of(scope, "compared_with").len != 0) {
    fputs(", compared with ", out);
    kit_print_xml(out, text_of(scope, "compared_with"));
  }
}

/* Do all reports say the same of how they came about, as far as that decides verdicts? */
static bool are_alike(const matrix *m) {
  static const char *const keys[] = {"profile", "compare", "errors"};
  size_t i, k;
  for (i = 1; i < m->count; i++) {
    const json_t *a = m->columns[0].report, *b = m->columns[i].report;
    const json_t *suite = json_array_get(json_object_get(json_object_get(a, "scope"), "suites"), 0);
    const json_t *other = json_array_get(json_object_get(json_object_get(b, "scope"), "suites"), 0);
    for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
      if (!hcsref_str_equal(text_of(a, keys[k]), text_of(b, keys[k])))
        return false;
    if (!hcsref_str_equal(text_of(suite, "digest"), text_of(other, "digest")) ||
        !hcsref_str_equal(text_of(json_object_get(a, "scope"), "compared_with"),
                          text_of(json_object_get(b, "scope"), "compared_with")))
      return false;
  }
  return true;
}

typedef struct count {
  uint64_t passed, compared, skipped;
} count;

static void add_result(count *n, const json_t *result) {
  n->passed += is_text(result, "verdict", "pass");
  n->compared += is_compared(result);
  n->skipped += is_text(result, "verdict", "skip");
}

static void print_count(FILE *out, const count *n) {
  const char *class = n->compared == 0 ? "skip" : n->passed == n->compared ? "pass" : "fail";
  if (n->compared + n->skipped == 0) {
    fputs("<td class=\"v\">-</td>", out);
    return;
  }
  fprintf(out, "<td class=\"v %s\">%llu of %llu", class, (unsigned long long)n->passed,
          (unsigned long long)n->compared);
  if (n->skipped > 0)
    fprintf(out, "<br><span class=\"kind\">%llu skipped</span>", (unsigned long long)n->skipped);
  fputs("</td>", out);
}

/* Results of which `key` begins with the name: a level, or an area and its slash. */
static count count_results(const column *c, const char *key, const char *name, size_t length) {
  count n = {0, 0, 0};
  json_t *result;
  size_t i;
  json_array_foreach(json_object_get(c->report, "results"), i, result) {
    hcsref_str text = text_of(result, key);
    if (hcsref_str_has_prefix(text, hcsref_str_from(name, length)))
      add_result(&n, result);
  }
  return n;
}

static void print_total(FILE *out, const matrix *m, const char *label, const char *key, const char *name) {
  size_t i;
  fputs("<tr><td>", out);
  kit_print_xml(out, hcsref_cstr(label));
  fputs("</td>", out);
  for (i = 0; i < m->count; i++) {
    count n = count_results(&m->columns[i], key, name, strlen(name));
    print_count(out, &n);
  }
  fputs("</tr>\n", out);
}

/* Was the case compared in every report? */
static bool is_common(const matrix *m, const char *id) {
  size_t i;
  for (i = 0; i < m->count; i++)
    if (!is_compared(result_of(&m->columns[i], id)))
      return false;
  return true;
}

/* The total of those cases, which can be held against each other. */
static void print_common(FILE *out, const matrix *m) {
  size_t i;
  fputs("<tr><td>in all reports</td>", out);
  for (i = 0; i < m->count; i++) {
    count n = {0, 0, 0};
    const char *id;
    json_t *unused;
    json_object_foreach(m->ids, id, unused) {
      if (is_common(m, id))
        add_result(&n, result_of(&m->columns[i], id));
    }
    print_count(out, &n);
  }
  fputs("</tr>\n", out);
}

static void print_areas(FILE *out, const matrix *m) {
  json_t *areas = json_object(), *unused;
  const char *id;
  json_object_foreach(m->ids, id, unused) {
    char area[300];
    size_t length = strcspn(id, "/") + 1;
    if (id[length - 1] != '/' || length >= sizeof(area))
      continue;
    memcpy(area, id, length);
    area[length] = '\0';
    if (json_object_get(areas, area) == NULL && json_object_set_new(areas, area, json_true()) == 0)
      print_total(out, m, area, "id", area);
  }
  json_decref(areas);
}

static void print_totals(FILE *out, const matrix *m) {
  size_t i;
  fputs("<div class=\"wide\"><table>\n", out);
  print_names(out, m, "passed of compared");
  fputs("<tr><td>outcome</td>", out);
  for (i = 0; i < m->count; i++) {
    const column *c = &m->columns[i];
    json_int_t status = json_integer_value(json_object_get(c->report, "status"));
    fprintf(out, "<td class=\"v %s\">", status == 0 ? "pass" : status == 2 ? "skip" : "fail");
    kit_print_xml(out, text_of(c->report, "outcome"));
    fputs("<br><span class=\"kind\">", out);
    print_terms(out, c);
    fputs("</span></td>", out);
  }
  fputs("</tr>\n", out);
  print_total(out, m, "all", "id", "");
  if (profiles_differ(m))
    print_common(out, m);
  print_total(out, m, "must", "level", "must");
  print_total(out, m, "should", "level", "should");
  print_total(out, m, "may", "level", "may");
  fputs("</tbody></table></div>\n<details class=\"groups\"><summary>By area</summary><div class=\"wide\"><table>\n",
        out);
  print_names(out, m, "passed of compared");
  print_areas(out, m);
  fputs("</tbody></table></div></details>\n", out);
}

static void print_matrix(FILE *out, const matrix *m) {
  const char *id;
  json_t *unused;
  kit_page_begin(out, HCSREF_LIT("hcsproof: implementations side by side"));
  if (!are_alike(m))
    fputs("<p class=\"note\">These reports differ in suite, profile, comparison or error check, which may explain "
          "differences between them.</p>\n",
          out);
  print_totals(out, m);
  print_filters(out, m);
  if (m->count > 2)
    fputs("<p class=\"kind hint\">The table scrolls sideways.</p>\n", out);
  fputs("<div class=\"wide\"><table>\n", out);
  print_names(out, m, "case");
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
  if (!ok && output_is_standard(path) && platform_output_abandoned())
    return CLI_KIT; /* and main ends the program */
  return ok ? CLI_OK
            : complain(output_is_standard(path) ? "standard output" : path, strerror(errno == 0 ? EIO : errno));
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
    find_page(&m.columns[i], o->output);
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
