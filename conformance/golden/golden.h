/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the golden commands share: the files of a suite, and complaints about them. */
#ifndef KIT_GOLDEN_GOLDEN_H
#define KIT_GOLDEN_GOLDEN_H

#include "cli/options.h"
#include "compare/tree.h"
#include "hcsref/profile.h"
#include "platform/folder.h"

#define KIT_RECORDED_FOLDER "recorded/"

/** The suite below a folder. */
typedef struct golden_suite {
  const char *root;
  kit_strings files; /**< AREA/NAME.json and recorded/OP.jsonl, with slashes, in the order of their bytes */
} golden_suite;

/** Finds the files. False: the reason was told, and there is nothing to close. */
bool golden_open(golden_suite *suite, const char *root);
void golden_close(golden_suite *suite);
/** Is it a file of recorded cases? */
bool golden_is_recorded(const char *file);
/** "ROOT/FILE" in `arena`; null when out of memory. */
char *golden_path(hcsref_arena *arena, const golden_suite *suite, const char *file);
/** May a curated case be called so? AREA/NAME of small letters, digits, hyphens and dots. */
bool golden_is_id(hcsref_str id);
/** Prints "PATH: message [rule]" on standard error; the format is kit_print's. */
void golden_complain(const char *path, const char *rule, const char *format, ...);
/** Writes a file whole or not at all; false: the reason was told. */
bool golden_write(const char *path, hcsref_str text);
/** The canonical text of a case: fields in their order, no `text` that says what `ok` does, two spaces a level, strings
 * and numbers as they are spelt. False: out of memory. */
bool golden_canonical(hcsref_arena *arena, kit_json *tree, hcsref_str *out);

/** What the reference answers to `params` as that profile, as the JSON text of a case's `expect`; of an error the
 * message, and with `code` the kit's own code too. Errors: "op-unknown", "unsupported" (the profile has no such
 * operation), "out-of-memory". */
bool golden_expectation(hcsref_arena *arena, const hcsref_profile *profile, hcsref_str op, hcsref_str params, bool code,
                        hcsref_str *out, hcsref_error *err);

/** Writes the manifest of the suite in `root`: version, profiles and history as the one in `from` has them (or a new
 * suite's), counts and digests as they are. False: the reason was told. */
bool golden_write_manifest(const char *root, const char *from);

/** Two answers of which each could be the right one: payloads as text, or messages of errors. An error without a
 * message is any error. */
bool golden_answers_differ(bool first_is_ok, hcsref_str first, bool second_is_ok, hcsref_str second);

extern const cli_command golden_fmt_command, golden_lint_command, golden_verify_command, golden_update_command,
    golden_new_command, golden_ranges_command, golden_changes_command, golden_widen_command;

#endif
