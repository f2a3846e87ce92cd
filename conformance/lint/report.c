/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/report.h"

#include "io/print.h"
#include "report/format.h"

#include <string.h>

#define MESSAGE_LENGTH 700u /* bytes */

/* ---- text --------------------------------------------------------------------------------------------- */

static void text_finding(lint_report *r, const char *name, const input_map *map, const input_place *place,
                         const kit_finding *f, const char *hint) {
  static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};
  const char *color = r->color ? colors[f->rule->severity] : "";
  kit_print_text(r->out, hcsref_cstr(name), SIZE_MAX);
  if (place->line != 0)
    fprintf(r->out, ":%llu:%llu", (unsigned long long)place->line, (unsigned long long)place->column);
  kit_print(r->out, ": %S%s%S: ", color, kit_severity_name(f->rule->severity), r->color ? "\033[0m" : "");
  if (f->pointer.len != 0) {
    kit_print_text(r->out, f->pointer, 500);
    fputs(": ", r->out);
  }
  kit_print_text(r->out, f->message, MESSAGE_LENGTH);
  kit_print(r->out, " [%s]\n", f->rule->id);
  if (map != NULL)
    input_print_excerpt(r->out, map, place);
  if (hint != NULL)
    kit_print(r->out, "       = hint: %s\n", hint);
}

/* ---- JSON --------------------------------------------------------------------------------------------- */

static void json_begin(lint_report *r) {
  fputc('[', r->out);
}

static void json_finding(lint_report *r, const char *name, const input_map *map, const input_place *place,
                         const kit_finding *f, const char *hint) {
  (void)map;
  fputs(r->told == 0 ? "{\"file\":" : ",\n{\"file\":", r->out);
  kit_print_json(r->out, hcsref_cstr(name));
  if (place->line != 0)
    fprintf(r->out, ",\"line\":%llu,\"column\":%llu", (unsigned long long)place->line,
            (unsigned long long)place->column);
  fputs(",\"pointer\":", r->out);
  kit_print_json(r->out, f->pointer);
  kit_print(r->out, ",\"severity\":\"%s\",\"rule\":\"%s\",\"message\":", kit_severity_name(f->rule->severity),
            f->rule->id);
  kit_print_json(r->out, f->message);
  if (hint != NULL) {
    fputs(",\"hint\":", r->out);
    kit_print_json(r->out, hcsref_cstr(hint));
  }
  fputc('}', r->out);
}

static void json_end(lint_report *r) {
  fputs("]\n", r->out);
}

/* ---- GitHub ------------------------------------------------------------------------------------------- */

static void github_finding(lint_report *r, const char *name, const input_map *map, const input_place *place,
                           const kit_finding *f, const char *hint) {
  static const char *const kinds[] = {"notice", "warning", "error"};
  (void)map;
  kit_print(r->out, "::%s file=", kinds[f->rule->severity]);
  kit_print_annotation(r->out, hcsref_cstr(name), ":,");
  if (place->line != 0)
    fprintf(r->out, ",line=%llu,col=%llu", (unsigned long long)place->line, (unsigned long long)place->column);
  kit_print(r->out, ",title=%s::", f->rule->id);
  if (f->pointer.len != 0) {
    kit_print_annotation(r->out, f->pointer, "");
    fputs(": ", r->out);
  }
  kit_print_annotation(r->out, f->message, "");
  if (hint != NULL) {
    fputs("%0A", r->out);
    kit_print_annotation(r->out, hcsref_cstr(hint), "");
  }
  fputc('\n', r->out);
}

/* ---- SARIF -------------------------------------------------------------------------------------------- */

static void print_rule(FILE *out, const kit_rule *rule) {
  static const char *const levels[] = {"note", "warning", "error"};
  kit_print(out, "{\"id\":\"%s\",\"shortDescription\":{\"text\":", rule->id);
  kit_print_json(out, hcsref_cstr(rule->text));
  kit_print(out, "},\"defaultConfiguration\":{\"level\":\"%s\"}}", levels[rule->severity]);
}

static void sarif_begin(lint_report *r) {
  fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{"
        "\"driver\":{\"name\":\"hcsproof\",\"version\":\"" HCSPROOF_VERSION "\",\"rules\":[\n",
        r->out);
  for (const kit_rule *rule = kit_rules_table; rule->id != NULL; rule++) {
    fputs(rule == kit_rules_table ? "" : ",\n", r->out);
    print_rule(r->out, rule);
  }
  fputs("]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[", r->out);
}

static unsigned long long number_of(const kit_rule *rule) {
  return (unsigned long long)(rule - kit_rules_table);
}

static void sarif_finding(lint_report *r, const char *name, const input_map *map, const input_place *place,
                          const kit_finding *f, const char *hint) {
  (void)map;
  (void)hint;
  kit_print(r->out, "%S{\"ruleId\":\"%s\",\"ruleIndex\":%llu,\"level\":\"%s\",\"message\":{\"text\":",
            r->told == 0 ? "\n" : ",\n", f->rule->id, number_of(f->rule), kit_severity_name(f->rule->severity));
  kit_print_json(r->out, f->message);
  fputs("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"", r->out);
  kit_print_uri(r->out, hcsref_cstr(name));
  fputs("\"}", r->out);
  if (place->line != 0)
    fprintf(r->out, ",\"region\":{\"startLine\":%llu,\"startColumn\":%llu}", (unsigned long long)place->line,
            (unsigned long long)place->column);
  fputs("},\"logicalLocations\":[{\"fullyQualifiedName\":", r->out);
  kit_print_json(r->out, f->pointer);
  fputs("}]}]}", r->out);
}

static void sarif_end(lint_report *r) {
  fputs("]}]}\n", r->out);
}

/* ---- the formats -------------------------------------------------------------------------------------- */

static const lint_format formats[] = {
    {"text", NULL, text_finding, NULL},
    {"json", json_begin, json_finding, json_end},
    {"github", NULL, github_finding, NULL},
    {"sarif", sarif_begin, sarif_finding, sarif_end},
};

const lint_format *lint_format_find(const char *name) {
  size_t i = 0;
  while (strcmp(formats[i].name, name) != 0)
    i++;
  return &formats[i];
}
