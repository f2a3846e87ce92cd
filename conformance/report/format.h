/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between report.c and the formats. */
#ifndef KIT_REPORT_FORMAT_H
#define KIT_REPORT_FORMAT_H

#include "report/report.h"

/** What a format may keep from one result to the next. */
typedef struct kit_format_state {
  uint64_t count;   /**< results before this one */
  uint64_t written; /**< of them had something written for them: the format's own counter */
  hcsref_str repro;
} kit_format_state;

/** A kind of report. The results are written as they come; head and tail when all is known, the head before them. Any
 * of the three may be null. */
typedef struct kit_format {
  const char *name;
  void (*result)(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r);
  void (*head)(FILE *out, const kit_report_info *info);
  void (*tail)(FILE *out, const kit_report_info *info);
} kit_format;

extern const kit_format kit_format_tap, kit_format_junit, kit_format_json, kit_format_html, kit_format_markdown,
    kit_format_github, kit_format_sarif, kit_format_badge;

/** Prints `s` as a JSON string; bad UTF-8 becomes U+FFFD. */
void kit_print_json(FILE *out, hcsref_str s);
/** Prints `s` as text or attribute of XML and HTML; what XML does not allow becomes U+FFFD. */
void kit_print_xml(FILE *out, hcsref_str s);
/** Prints `s` as it is. */
void kit_print_raw(FILE *out, hcsref_str s);
/** The command that plays just this case again, as a JSON string or as XML. */
void kit_print_repro(FILE *out, const kit_case *c, hcsref_str repro, void (*print)(FILE *out, hcsref_str s));
/** Does the case count against the testee: failed or broke and is not listed, or passed although it is listed? */
bool kit_counts(const kit_result *r);
/** "expected 1, actual 2 at /v2/x" of the first difference, or nothing. At most `width` characters a value. */
void kit_print_first_difference(FILE *out, const kit_result *r, size_t width, void (*print)(FILE *out, hcsref_str s));

#endif
