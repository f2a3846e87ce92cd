/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of two recordings. */
#include "check/check_run.h"
#include "check/with.h"
#include "cli/commands.h"
#include "io/print.h"
#include "report/format.h"

typedef struct pair {
  check_run *run;
  const char *other;
} pair;

static void print_place(const char *name, uint64_t line) {
  kit_print(stdout, "%s", name);
  if (line != 0)
    printf(":%llu", (unsigned long long)line);
}

static void print_text(const pair *p, const with_difference *d) {
  print_place(p->run->name, d->line);
  fputs(" and ", stdout);
  print_place(p->other, d->other);
  fputs(": ", stdout);
  kit_print_text(stdout, d->call, 100);
  fputs(": ", stdout);
  kit_print_text(stdout, d->pointer, 500);
  fputs(d->pointer.len > 0 ? ": " : "", stdout);
  kit_print_text(stdout, d->message, 700);
  fputc('\n', stdout);
}

static void print_json(const pair *p, const with_difference *d) {
  fputs(p->run->told == 0 ? "{\"file\":" : ",\n{\"file\":", stdout);
  kit_print_json(stdout, hcsref_cstr(p->run->name));
  printf(",\"line\":%llu,\"with\":", (unsigned long long)d->line);
  kit_print_json(stdout, hcsref_cstr(p->other));
  printf(",\"with_line\":%llu,\"call\":", (unsigned long long)d->other);
  kit_print_json(stdout, d->call);
  fputs(",\"pointer\":", stdout);
  kit_print_json(stdout, d->pointer);
  fputs(",\"message\":", stdout);
  kit_print_json(stdout, d->message);
  fputc('}', stdout);
}

static void found(void *context, const with_difference *d) {
  const pair *p = context;
  if (p->run->json)
    print_json(p, d);
  else
    print_text(p, d);
  p->run->told++;
}

static int conclude(const pair *p, const with_totals *totals) {
  if (!p->run->json)
    kit_print(stdout,
              "%s and %s: documents: %llu and %llu; pairs that are the same: %llu, that differ: %llu; documents that "
              "only one has: %llu; calls that one makes more often: %llu\n",
              p->run->name, p->other, (unsigned long long)totals->documents, (unsigned long long)totals->others,
              (unsigned long long)totals->same, (unsigned long long)totals->differ, (unsigned long long)totals->alone,
              (unsigned long long)totals->more);
  if (totals->documents == 0 || totals->others == 0)
    return check_complain(totals->documents == 0 ? p->run->name : p->other, CLI_USAGE,
                          "none of its calls hands over a document");
  return p->run->told == 0 ? CLI_OK : CLI_FAILED;
}

int check_with(check_run *s, const char *path) {
  pair p = {.run = s};
  with_request request = {.keep_secrets = s->o->keep_secrets, .found = found, .context = &p};
  with_totals totals;
  int status;
  if (!check_read(s, path, &s->name, &request.text) || !check_read(s, s->o->with, &p.other, &request.other))
    return CLI_KIT;
  (void)kit_tier_from_name(hcsref_cstr(s->o->tier), &request.tier);
  fputs(s->json ? "[" : "", stdout);
  status = with_compare(&request, &totals) ? conclude(&p, &totals) : check_complain(s->name, CLI_KIT, "out of memory");
  fputs(s->json ? "]\n" : "", stdout);
  return status;
}
