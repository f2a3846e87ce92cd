/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a recording, as text and as JSON. */
#include "check/check_run.h"
#include "io/print.h"
#include "report/format.h"

#define MESSAGE_LENGTH 700u /* characters */

static void print_excerpt(const check_run *s, const check_finding *f) {
  input_map line = s->map;
  input_place place = f->place;
  line.text = f->text;
  place.offset = place.offset >= f->start ? place.offset - f->start : 0;
  if (place.offset <= f->text.len)
    input_print_excerpt(stdout, &line, &place);
}

static void print_text(const check_run *s, const check_finding *f) {
  bool error = f->rule->severity == KIT_ERROR;
  kit_print(stdout, "%s:%llu", s->name, (unsigned long long)f->line);
  if (f->place.line != 0)
    printf(":%llu", (unsigned long long)f->place.column);
  fputs(": ", stdout);
  if (f->call.len > 0) {
    kit_print_text(stdout, f->call, 100);
    fputs(f->id.len > 0 ? " " : "", stdout);
    kit_print_text(stdout, f->id, 100);
    fputs(": ", stdout);
  }
  if (f->pointer.len > 0) {
    kit_print_text(stdout, f->pointer, 500);
    fputs(": ", stdout);
  }
  kit_print(stdout, "%S%s%S: ",
            !s->color ? ""
            : error   ? "\033[31m"
                      : "\033[33m",
            kit_severity_name(f->rule->severity), s->color ? "\033[0m" : "");
  kit_print_text(stdout, f->message, MESSAGE_LENGTH);
  kit_print(stdout, " [%s]\n", f->rule->id);
  print_excerpt(s, f);
}

static void print_json(const check_run *s, const check_finding *f) {
  fputs(s->told == 0 ? "{\"file\":" : ",\n{\"file\":", stdout);
  kit_print_json(stdout, hcsref_cstr(s->name));
  printf(",\"line\":%llu", (unsigned long long)f->line);
  if (f->place.line != 0)
    printf(",\"column\":%llu", (unsigned long long)f->place.column);
  fputs(",\"call\":", stdout);
  kit_print_json(stdout, f->call);
  fputs(",\"id\":", stdout);
  kit_print_json(stdout, f->id);
  fputs(",\"pointer\":", stdout);
  kit_print_json(stdout, f->pointer);
  kit_print(stdout, ",\"severity\":\"%s\",\"rule\":\"%s\",\"message\":", kit_severity_name(f->rule->severity),
            f->rule->id);
  kit_print_json(stdout, f->message);
  fputc('}', stdout);
}

void check_print(void *context, const check_finding *f) {
  check_run *s = context;
  if (s->json)
    print_json(s, f);
  else
    print_text(s, f);
  s->told++;
  if (f->rule->severity == KIT_ERROR)
    s->errors++;
  else if (f->rule->severity == KIT_WARNING)
    s->warnings++;
}

static void print_reference(FILE *out, const check_reference *reference) {
  kit_print(out, "%v", hcsref_profile_name(reference->profile));
  if (reference->program.len > 0)
    kit_print(out, " (%v)", reference->program);
}

/* Each with the program that said so. */
static void print_references(FILE *out, const check_run *s, const check_totals *totals) {
  const check_reference asked = {s->profile, {NULL, 0}};
  const size_t count = totals->reference_count;
  if (count == 0)
    print_reference(out, &asked);
  for (size_t i = 0; i < count; i++) {
    fputs(i == 0 ? "" : i + 1 == count ? " and " : ", ", out);
    print_reference(out, &totals->references[i]);
  }
}

void check_print_totals(const check_run *s, const check_totals *totals) {
  if (s->json && totals->reference_count > 0) {
    fputs("hcsproof check: comparing with the reference as ", stderr);
    print_references(stderr, s, totals);
    fputc('\n', stderr);
  }
  if (s->json)
    return;
  kit_print(stdout,
            "%s: %llu call%S, %llu document%S; containers compared with the reference: %llu, not compared: %llu; "
            "%llu error%S, %llu warning%S; the reference is ",
            s->name, (unsigned long long)totals->calls, kit_plural(totals->calls),
            (unsigned long long)totals->documents, kit_plural(totals->documents), (unsigned long long)totals->compared,
            (unsigned long long)totals->not_compared, (unsigned long long)s->errors, kit_plural(s->errors),
            (unsigned long long)s->warnings, kit_plural(s->warnings));
  print_references(stdout, s, totals);
  fputc('\n', stdout);
}
