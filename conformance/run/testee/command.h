/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A testee's command, from one text to arguments. No shell is involved: nothing is expanded and nothing can be
 * chained.
 *
 * White space separates arguments. Between single quotes everything is literal; between double quotes a backslash
 * escapes a double quote or a backslash. Outside quotes a backslash escapes the next character, but on Windows it
 * is an ordinary character, so that paths need no doubling. "" is an empty argument.
 */
#ifndef KIT_RUN_TESTEE_COMMAND_H
#define KIT_RUN_TESTEE_COMMAND_H

#include "hcsref/base.h"

/** Arguments, ended by null, in an arena. */
typedef struct kit_command {
  char **arguments;
  size_t count;
} kit_command;

/** Splits `text`. Error "command": a quote is open, or there is no argument. */
bool kit_command_split(hcsref_arena *arena, hcsref_str text, kit_command *out, hcsref_error *err);
/** A copy in which every "{name}" of an argument is replaced. */
bool kit_command_fill(hcsref_arena *arena, const kit_command *command, hcsref_str name, hcsref_str value,
                      kit_command *out, hcsref_error *err);
/** Appends `argument` quoted so that a POSIX shell and kit_command_split read it back. */
void kit_append_argument(hcsref_buf *buf, hcsref_str argument);
/** Appends " --NAME VALUE", the value quoted so; nothing when it is null or equals `fallback` (null: none). */
void kit_append_option(hcsref_buf *buf, const char *name, const char *value, const char *fallback);

#endif
