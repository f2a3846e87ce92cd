/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows of the option tables of the commands that choose cases; see testee_options.h. */
#ifndef KIT_RUN_SELECT_SELECT_OPTIONS_H
#define KIT_RUN_SELECT_SELECT_OPTIONS_H

/** --suite to --level. */
#define KIT_SELECT_OPTIONS                                                                                             \
  {.name = "suite",                                                                                                    \
   .kind = CLI_FOLDER,                                                                                                 \
   OPTION(suite),                                                                                                      \
   .argument = "FOLDER",                                                                                               \
   .help = "The suite that ids in CASES refer to, and that is played when there are none. Default: $HCSPROOF_SUITE, "  \
           "else ./golden, else that of the checkout or installation that hcsproof is in."},                           \
      {.name = "id",                                                                                                   \
       .kind = CLI_GLOB,                                                                                               \
       .repeatable = true,                                                                                             \
       OPTION(ids),                                                                                                    \
       .argument = "GLOB",                                                                                             \
       .help = "Only cases whose id matches (*: any characters, ?: one, [a-z]: one of a set).",                        \
       .example = "'cpu/*'"},                                                                                          \
      {.name = "exclude",                                                                                              \
       .short_name = 'x',                                                                                              \
       .kind = CLI_GLOB,                                                                                               \
       .repeatable = true,                                                                                             \
       OPTION(excluded),                                                                                               \
       .argument = "GLOB",                                                                                             \
       .help = "Leave out cases whose id matches."},                                                                   \
      {.name = "area",                                                                                                 \
       .kind = CLI_AREA,                                                                                               \
       .repeatable = true,                                                                                             \
       OPTION(areas),                                                                                                  \
       .argument = "AREA",                                                                                             \
       .help = "Only cases of this area (the part of the id before the slash; a glob)."},                              \
      {.name = "op",                                                                                                   \
       .kind = CLI_OPERATION,                                                                                          \
       .repeatable = true,                                                                                             \
       OPTION(ops),                                                                                                    \
       .argument = "OP",                                                                                               \
       .help = "Only cases of this operation (a glob)."},                                                              \
      {.name = "tags",                                                                                                 \
       .kind = CLI_TEXT,                                                                                               \
       OPTION(tags),                                                                                                   \
       .argument = "EXPRESSION",                                                                                       \
       .help =                                                                                                         \
           "Only cases whose tags satisfy the expression: words with not, and, or (or !, &&, ||) and parentheses.",    \
       .example = "'cpu and not xenon'"},                                                                              \
  {                                                                                                                    \
    .name = "level", .kind = CLI_CHOICE, .repeatable = true, OPTION(levels), .argument = "LEVEL",                      \
    .choices = "must|should|may", .help = "Only cases of this level."                                                  \
  }

#endif
