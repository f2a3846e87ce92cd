/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of the matrix, a case each, and the buttons that choose among them. */
#include "report/format.h"
#include "report/matrix_table.h"
#include "report/page.h"

#include <string.h>

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
    const json_t *result = matrix_result(&m->columns[i], id);
    compared += matrix_is_compared(result);
    passed += matrix_is(result, "verdict", "pass");
    traits[FAILS] = traits[FAILS] || matrix_is(result, "verdict", "fail");
    traits[BREAKS] = traits[BREAKS] || matrix_is(result, "verdict", "broken");
    traits[SKIPS] = traits[SKIPS] || matrix_is(result, "verdict", "skip");
    traits[NOT_PLAYED] = traits[NOT_PLAYED] || result == NULL;
  }
  traits[ALL_PASS] = compared > 0 && passed == compared;
  traits[NONE_PASSES] = compared > 0 && passed == 0;
  traits[DIFFERS] = (passed > 0 && passed < compared) || (passed == 0 && traits[FAILS] && traits[BREAKS]);
}

/* ---- cells -------------------------------------------------------------------------------------------- */

/* A finger cannot hover: what went wrong unfolds. */
static void print_cell(FILE *out, const column *c, const char *id) {
  const json_t *result = matrix_result(c, id);
  hcsref_str verdict = matrix_text(result, "verdict"), reason = matrix_text(result, "reason");
  fputs("<td class=\"v ", out);
  kit_print_xml(out, verdict);
  fputs("\">", out);
  if (matrix_is_compared(result) && reason.len != 0) {
    fputs("<details><summary>", out);
    kit_print_xml(out, verdict);
    fputs("</summary><noscript><p>", out);
    kit_print_xml(out, reason);
    fputs("</p>", out);
    if (c->page[0] != '\0') {
      fputs("<p>", out);
      matrix_begin_link(out, c, id);
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
    const json_t *result = matrix_result(&m->columns[i], id);
    fputc(' ', out);
    if (matrix_is_compared(result))
      kit_print_xml(out, matrix_text(result, "reason"));
  }
  fputc('"', out);
}

void matrix_print_row(FILE *out, const matrix *m, const char *id) {
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

void matrix_print_filters(FILE *out, const matrix *m) {
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
