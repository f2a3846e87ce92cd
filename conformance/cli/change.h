/* SPDX-License-Identifier: Apache-2.0 */
/** @file A change between two profiles, and how it is told. */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "hcsref/profile.h"

#include <stdio.h>

/** The first program of both that the i-th change is a difference of; HCSREF_PROGRAM_COUNT: it is none. */
int cli_changed_program(const hcsref_profile *from, const hcsref_profile *to, size_t i);

/** "must", "should" or "may". */
const char *cli_change_level(hcsref_change_level level);
/** A sentence in lines that fit a terminal, each behind `indent` blanks. */
void cli_print_sentence(FILE *out, const char *text, size_t indent);

#endif
