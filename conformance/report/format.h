/* SPDX-License-Identifier: Apache-2.0 */
/** @file Between report.c and the formats. */
#ifndef KIT_REPORT_FORMAT_H
#define KIT_REPORT_FORMAT_H

#include "report/report.h"

/** What a format may keep from one result to the next. */
typedef struct kit_format_state {
  uint64_t count;   /**< results before this one */
  uint64_t written; /**< of them had something written for them: the format's own counter */
  FILE *aside;      /**< of a format with a middle: what comes behind all results */
  hcsref_str repro;
  bool strict; /**< a failed may counts */
} kit_format_state;

/** A kind of report. The results are written as they come; head and tail when all is known, the head before them. Any
 * of the three may be null. */
typedef struct kit_format {
  const char *name;
  void (*result)(FILE *out, kit_format_state *state, const kit_case *c, const kit_result *r);
  void (*head)(FILE *out, const kit_report_info *info);
  void (*tail)(FILE *out, const kit_report_info *info);
  /** Between results and tail, before what was put aside; null: nothing is put aside. */
  void (*middle)(FILE *out, const kit_report_info *info);
} kit_format;

extern const kit_format kit_format_tap, kit_format_junit, kit_format_json, kit_format_html, kit_format_markdown,
    kit_format_github, kit_format_sarif, kit_format_badge;

/** Prints what was asked, shortened to one line of about `width` bytes. */
void kit_print_question(FILE *out, const kit_case *c, size_t width, void (*print)(FILE *out, hcsref_str s));
/** Calls `each` for the groups of failed, then broken, then skipped cases, the largest first. */
void kit_each_group(const kit_summary *summary, void (*each)(void *context, const kit_group *group), void *context);
/** Prints `s` as a JSON string; bad UTF-8 becomes U+FFFD, and what nobody sees is written as an escape. */
void kit_print_json(FILE *out, hcsref_str s);
/** Prints `s` as text or attribute of XML and HTML; what XML does not allow becomes U+FFFD, and
 * what nobody sees is shown as utf8_escape has it. */
void kit_print_xml(FILE *out, hcsref_str s);
/** Prints the path of a file as a reference of RFC 3986: percent-encoded, a full path with the scheme file. */
void kit_print_uri(FILE *out, hcsref_str path);
/** Prints `s` for a workflow command of GitHub: per cent signs, line ends and what `special` lists are %XX. */
void kit_print_annotation(FILE *out, hcsref_str s, const char *special);
/** Prints `s` as it is. */
void kit_print_raw(FILE *out, hcsref_str s);
/** The command that plays just this case again, as a JSON string or as XML. */
void kit_print_repro(FILE *out, const kit_case *c, hcsref_str repro, void (*print)(FILE *out, hcsref_str s));
/** Is there something to tell: did it fail or break and is not listed, or pass although it is listed? */
bool kit_is_news(const kit_result *r);
/** Does that count against the testee? A failed may does not, unless `strict`. */
bool kit_counts(const kit_case *c, const kit_result *r, bool strict);
/** What the report is of: "hcsproof" when it is a run of cases. */
const char *kit_report_subject(const kit_report_info *info);
/** The status in words. */
const char *kit_report_outcome(const kit_report_info *info);
/** The full name of the profile that was asked for; "any" when the testees were told none. */
hcsref_str kit_report_profile(const kit_report_info *info);
/** "hcsproof: conforms", or what another subject came to: "hcsrun smoke: 32 passed, 5 skipped". */
void kit_report_title(const kit_report_info *info, char *title, size_t size);
/** "suite 0.1.0 (sha256 …): 13 of 1819 cases (--op dump-type)", or nothing when the run has no scope. */
void kit_print_scope(FILE *out, const kit_report_info *info, void (*print)(FILE *out, hcsref_str s));
/** "16 (12 as listed)": the cases of that verdict. */
void kit_print_tally(FILE *out, const kit_tally *tally, kit_verdict verdict);
/** Place and values of a failure, or that it passed although it is listed. */
hcsref_str kit_headline(const kit_result *r);

#endif
