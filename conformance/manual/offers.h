/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a shell may offer for a value of which the program knows a list: profiles, operations, cases. */
#ifndef KIT_MANUAL_OFFERS_H
#define KIT_MANUAL_OFFERS_H

#include "cli/options.h"
#include "hcsref/base.h"

/** A list, which completion scripts hold once and offer in many places. Either the words are known when the script is
 * made, or commands print them, one per line, when they are wanted: the cases of whatever suite is there then. */
typedef struct manual_list {
  cli_kind kind;    /**< of the options and operands whose value is one of the list */
  const char *name; /**< one word, for the script's own names */
  /** Appends the words that `program` knows, a blank behind each; null: the commands print them. */
  void (*append)(const cli_command *program, hcsref_buf *words);
  const char *posix, *powershell;
  bool with_files; /**< a file's path may stand for it, too */
} manual_list;

/** The i-th list, or null when there are no more. */
const manual_list *manual_list_at(size_t i);
/** The list of that kind, or null: nothing is known of such values, or they are files, folders or choices. */
const manual_list *manual_list_of(cli_kind kind);

#endif
