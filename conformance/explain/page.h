/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * An explanation: a title, and sections of paragraphs and of lines that stay as they are. It is filled in the order in
 * which it is read, and printed for people or as JSON for tools.
 */
#ifndef HCSPROOF_EXPLAIN_PAGE_H
#define HCSPROOF_EXPLAIN_PAGE_H

#include "hcsref/profile.h"

#include <stdio.h>

/** Columns where no terminal tells how wide it is, and the fewest and most that are used of one. */
#define EXPLAIN_WIDTH       80u
#define EXPLAIN_LEAST_WIDTH 40u
#define EXPLAIN_MOST_WIDTH  120u

typedef struct explain_line {
  hcsref_str text;
  bool verbatim; /* shown as it is, all of its lines indented; else wrapped */
  struct explain_line *next;
} explain_line;

typedef struct explain_part {
  const char *name;    /* for tools */
  const char *heading; /* for people */
  explain_line *first, *last;
  struct explain_part *next;
} explain_part;

/** Start with {.arena = …}; texts are copied into it. Once memory is out (`failed`), later calls do nothing. */
typedef struct explain_page {
  hcsref_arena *arena;
  const hcsref_profile *profile; /**< whose documents and fields; null: any release's fields, the newest's documents */
  const char *kind;              /**< what was explained: "case", "code", "rule", "result", "document" or "text" */
  hcsref_str title;
  explain_part *first, *last;
  bool failed;
} explain_page;

/** The format is hcsref_format's here and below. */
void explain_title(explain_page *page, const char *kind, const char *format, ...);
/** What follows stands below `heading`; a part that gets no line is not printed. Both texts are constant. */
void explain_part_begin(explain_page *page, const char *name, const char *heading);
/** Adds a paragraph. */
void explain_say(explain_page *page, const char *format, ...);
/** Adds lines that stay as they are. */
void explain_show(explain_page *page, hcsref_str text);

/** How wide pages are on `out`: as its terminal is, or EXPLAIN_WIDTH. */
size_t explain_width(FILE *out);
void explain_print(FILE *out, const explain_page *page, size_t width);
/** One JSON object on one line, without the line's end:
 * {"what","kind","title","sections":[{"name","heading","lines"}]}.
 */
void explain_print_json(FILE *out, hcsref_str what, const explain_page *page);

#endif
