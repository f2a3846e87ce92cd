/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct option {
  const char *name;
  bool *flag; /* one of these three */
  const char **text;
  size_t *number;
  size_t highest; /* of `number`, from 1 */
} option;

static bool parse_number(const char *text, size_t highest, size_t *out) {
  char *end;
  unsigned long long n = strtoull(text, &end, 10);
  if (text[0] < '0' || text[0] > '9' || *end != '\0' || n < 1 || n > highest)
    return false;
  *out = (size_t)n;
  return true;
}

static bool complain(const char *what, const char *name) {
  fprintf(stderr, "hcsref-bench: %s '%s' (see hcsref-bench --help)\n", what, name);
  return false;
}

static bool take(const option *o, const char *value) {
  if (o->text != NULL) {
    *o->text = value;
    return true;
  }
  return parse_number(value, o->highest, o->number) || complain("wrong number", value);
}

static const option *find(const option *options, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(options[i].name, name) == 0)
      return &options[i];
  return NULL;
}

bool bench_options_parse(int argc, char **argv, bench_options *out) {
  const option options[] = {
      {"--help", &out->help, NULL, NULL, 0},
      {"-h", &out->help, NULL, NULL, 0},
      {"--json", &out->json, NULL, NULL, 0},
      {"--stages", &out->settings.stages, NULL, NULL, 0},
      {"--spec", NULL, &out->spec, NULL, 0},
      {"--host", NULL, &out->host, NULL, 0},
      {"--rounds", NULL, NULL, &out->settings.rounds, MAX_ROUNDS},
      {"--batch-ms", NULL, NULL, &out->settings.batch_ms, 1000},
  };
  memset(out, 0, sizeof(*out));
  out->settings.rounds = 7;
  out->settings.batch_ms = 20;
  for (int i = 1; i < argc; i++) {
    const option *o = find(options, sizeof(options) / sizeof(options[0]), argv[i]);
    if (o == NULL)
      return complain("unknown argument", argv[i]);
    if (o->flag != NULL)
      *o->flag = true;
    else if (i + 1 == argc)
      return complain("a value is missing after", argv[i]);
    else if (!take(o, argv[++i]))
      return false;
  }
  return out->host == NULL || out->spec != NULL || complain("only with --spec:", "--host");
}

void bench_options_help(void) {
  fputs(
      "Usage: hcsref-bench [--json] [--stages] [--rounds N] [--batch-ms N] [--spec FILE [--host FILE]]\n\nMeasures "
      "translations on one core: the JSON text of an OCI spec in, the texts of its HCS v1 and v2 documents\nout, "
      "with one arena, used again. Beside it, in the same run and on the same bytes: jansson's parse and\ndump "
      "alone, memcpy, and yyjson's parse and write if it was there when this was built. The rows \"its VM\" make the\n"
      "document of a utility VM; \"from CRI\", kubelet's config into a spec; \"from docker\", dockerd's config into a\n"
      "spec and its document. Each figure is the median of several rounds of processor time.\n\n  --spec FILE     "
      "measure this spec instead of the built-in ones\n  --host FILE     on this host, as in a case's \"host\" "
      "object; without it every path exists\n  --stages        nanoseconds of each stage: decode, map, encode\n  "
      "--json          one JSON object instead of the table\n  --rounds N      rounds; their median counts (7)\n  "
      "--batch-ms N    least milliseconds of processor time per round (20)\n  -h, --help      this "
      "text\n\nExample:\n  hcsref-bench --spec config.json --stages\n\nExit status: 0 measured; 1 the spec could not "
      "be read or translated; 2 wrong usage.\n",
      stdout);
}
