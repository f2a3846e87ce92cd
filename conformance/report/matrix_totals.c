/* SPDX-License-Identifier: Apache-2.0 */
/* The headings of the matrix, and the totals by level and area. */
#include "report/format.h"
#include "report/matrix_table.h"

#include <string.h>

static void print_name(FILE *out, const column *c) {
  const json_t *testee = json_object_get(c->report, "testee");
  hcsref_str name = matrix_text(testee, "name");
  if (c->page[0] != '\0')
    matrix_begin_link(out, c, NULL);
  kit_print_xml(out, name.len == 0 ? matrix_text(testee, "command") : name);
  fputc(' ', out);
  kit_print_xml(out, matrix_text(testee, "version"));
  fputs(c->page[0] != '\0' ? "</a>" : "", out);
}

/* Do the reports play the testees as releases of their own? Then they have played other cases, too. */
static bool profiles_differ(const matrix *m) {
  size_t i;
  for (i = 1; i < m->count; i++)
    if (!hcsref_str_equal(matrix_text(m->columns[0].report, "profile"), matrix_text(m->columns[i].report, "profile")))
      return true;
  return false;
}

void matrix_print_names(FILE *out, const matrix *m, const char *first) {
  const bool with_profile = profiles_differ(m);
  size_t i;
  fprintf(out, "<thead><tr><th scope=\"col\">%s</th>", first);
  for (i = 0; i < m->count; i++) {
    fputs("<th scope=\"col\" class=\"v\">", out);
    print_name(out, &m->columns[i]);
    if (with_profile) {
      fputs("<br><span class=\"kind\">", out);
      kit_print_xml(out, matrix_text(m->columns[i].report, "profile"));
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
  kit_print_xml(out, matrix_text(c->report, "profile"));
  fputs(", ", out);
  kit_print_xml(out, matrix_text(c->report, "compare"));
  json_array_foreach(json_object_get(scope, "suites"), i, suite) {
    fputs(", suite ", out);
    kit_print_xml(out, matrix_text(suite, "version"));
    fputs(" <code>", out);
    kit_print_xml(out, hcsref_str_first(matrix_text(suite, "digest"), 12));
    fputs("</code>", out);
    if (json_integer_value(json_object_get(suite, "changed_files")) > 0)
      fputs(" (edited)", out);
  }
  if (matrix_text(scope, "filters").len != 0) {
    fputs(", ", out);
    kit_print_xml(out, matrix_text(scope, "filters"));
  }
  if (matrix_text(scope, "compared_with").len != 0) {
    fputs(", compared with ", out);
    kit_print_xml(out, matrix_text(scope, "compared_with"));
  }
}

bool matrix_is_alike(const matrix *m) {
  static const char *const keys[] = {"profile", "compare", "errors"};
  size_t i, k;
  for (i = 1; i < m->count; i++) {
    const json_t *a = m->columns[0].report, *b = m->columns[i].report;
    const json_t *suite = json_array_get(json_object_get(json_object_get(a, "scope"), "suites"), 0);
    const json_t *other = json_array_get(json_object_get(json_object_get(b, "scope"), "suites"), 0);
    for (k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
      if (!hcsref_str_equal(matrix_text(a, keys[k]), matrix_text(b, keys[k])))
        return false;
    if (!hcsref_str_equal(matrix_text(suite, "digest"), matrix_text(other, "digest")) ||
        !hcsref_str_equal(matrix_text(json_object_get(a, "scope"), "compared_with"),
                          matrix_text(json_object_get(b, "scope"), "compared_with")))
      return false;
  }
  return true;
}

typedef struct count {
  uint64_t passed, compared, skipped;
} count;

static void add_result(count *n, const json_t *result) {
  n->passed += matrix_is(result, "verdict", "pass");
  n->compared += matrix_is_compared(result);
  n->skipped += matrix_is(result, "verdict", "skip");
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
    hcsref_str text = matrix_text(result, key);
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
    if (!matrix_is_compared(matrix_result(&m->columns[i], id)))
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
        add_result(&n, matrix_result(&m->columns[i], id));
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

void matrix_print_totals(FILE *out, const matrix *m) {
  size_t i;
  fputs("<div class=\"wide\"><table>\n", out);
  matrix_print_names(out, m, "passed of compared");
  fputs("<tr><td>outcome</td>", out);
  for (i = 0; i < m->count; i++) {
    const column *c = &m->columns[i];
    json_int_t status = json_integer_value(json_object_get(c->report, "status"));
    fprintf(out, "<td class=\"v %s\">", status == 0 ? "pass" : status == 2 ? "skip" : "fail");
    kit_print_xml(out, matrix_text(c->report, "outcome"));
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
  matrix_print_names(out, m, "passed of compared");
  print_areas(out, m);
  fputs("</tbody></table></div></details>\n", out);
}
