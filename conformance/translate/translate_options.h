/* SPDX-License-Identifier: Apache-2.0 */
/** @file The options of hcsproof translate. */
#ifndef HCSPROOF_TRANSLATE_TRANSLATE_OPTIONS_H
#define HCSPROOF_TRANSLATE_TRANSLATE_OPTIONS_H

#include "cli/options.h"
#include "translate/translation.h"

typedef struct translate_options {
  const char *schema, *part, *id, *owner, *network_namespace, *output, *profile, *root, *from, *explain;
  cli_list layers;
  const char *setup[TRANSLATION_SOURCES]; /**< files besides specs; null: not given */
  bool envelope, sandbox_shares, scale_cpu_limits, pretty, stream, jsonl, strict;
  uint64_t jobs, max_input;
} translate_options;

/** Translates the operands; returns the exit status. */
int translate_run(const cli_invocation *invocation);

#endif
