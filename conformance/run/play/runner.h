/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * A run: cases come from a feed as they are needed, are played by workers (a testee over the pipe, a command a
 * case, or files that were produced earlier), and their results go to the sinks in the order of the cases.
 *
 * Bounded: at any time only a window of cases is in memory, whatever the testee does.
 */
#ifndef KIT_RUN_PLAY_RUNNER_H
#define KIT_RUN_PLAY_RUNNER_H

#include "run/cases/source.h"
#include "run/select/select.h"
#include "run/testee/process.h"
#include "run/verdict/groups.h"
#include "run/verdict/judge.h"

typedef enum kit_mode { KIT_PIPE, KIT_ONE_SHOT, KIT_DOCUMENTS } kit_mode;

/** How a run is to be done. */
typedef struct kit_run_options {
  kit_mode mode;
  kit_command command;   /**< of PIPE and ONE_SHOT */
  const char *documents; /**< of DOCUMENTS: the folder */
  size_t jobs;           /**< workers side by side */
  size_t window;         /**< questions that a testee may have before it answers the first */
  uint64_t timeout;      /**< milliseconds for an answer, a start and an end */
  uint64_t answer_limit; /**< bytes of one answer */
  uint64_t memory_limit; /**< bytes of a testee's address space; 0: none */
  uint64_t restarts;     /**< most times that testees are started again */
  uint64_t max_fail;     /**< stop after so many cases that failed or broke and count; 0: never */
  bool strict;           /**< one of level may counts too */
  kit_rules rules;
  bool group;                    /**< tell results that are alike */
  bool titles;                   /**< sinks want a title of every case, not only of those that have one */
  bool collects;                 /**< answers are not compared: each is a pass, and handed on whole */
  bool anonymous;                /**< the hello names no profile: the testee answers as what it is */
  const hcsref_profile *profile; /**< who is compared with; null: the baseline */
  const kit_selection *selection;
} kit_run_options;

/** Gets each result when all before it are known. The case and the result are gone afterwards. */
typedef struct kit_sink {
  void (*result)(void *context, const kit_case *c, const kit_result *result);
  void *context;
} kit_sink;

/** Decides what a result is worth: an expectation file's place. May change `known` and `known_reason`. */
typedef struct kit_expecter {
  void (*judge)(void *context, const kit_case *c, kit_result *result);
  void *context;
} kit_expecter;

/** Most breaches that are kept word for word. */
#define KIT_BREACHES_KEPT 20

/** Cases by verdict, and those of them that did not pass as an expectation file lists. */
typedef struct kit_tally {
  uint64_t verdicts[4], known[4];
} kit_tally;

/** What came of a run. */
typedef struct kit_summary {
  uint64_t selected; /**< cases that were taken from the feed and matched */
  uint64_t verdicts[4];
  kit_tally levels[3];   /**< the same by kit_level */
  uint64_t skipped_must; /**< skipped cases of level must that no expectation lists and that have something
                              to compare with */
  uint64_t known[4];     /**< of them did not pass as an expectation file lists */
  uint64_t unexpected_passes;
  uint64_t case_errors; /**< cases that could not be read */
  uint64_t restarts;
  uint64_t breaches; /**< of the protocol, that no single case answers for */
  hcsref_str breach_texts[KIT_BREACHES_KEPT];
  const kit_groups *groups; /**< null: they were not told */
  hcsref_str stopped;       /**< why not all cases were played; empty: they were */
  bool testee_broken;       /**< the testee was given up */
  bool out_of_memory;       /**< of the kit */
  int interrupted;          /**< the signal that ended the run, or 0 */
  uint64_t started_at;      /**< kit_now_precise */
  uint64_t microseconds;
  kit_hello hello; /**< of the first testee; zero bytes without one */
  bool has_hello;
} kit_summary;

typedef struct kit_runner kit_runner;

/** Cases that could not be read are told to `complain` (file, line and reason). A feed that waits is asked again when
 * results were handed to the sinks. Null: out of memory. */
kit_runner *kit_runner_new(const kit_run_options *options, kit_feed feed, const kit_expecter *expecter,
                           void (*complain)(void *context, hcsref_str message), void *context);
/** Before the run. False: out of memory. */
bool kit_runner_add_sink(kit_runner *runner, kit_sink sink);
/** Plays everything. The summary lives as long as the runner. */
const kit_summary *kit_runner_run(kit_runner *runner);
/** For a sink: what the first testee said of itself; null before it did. */
const kit_hello *kit_runner_first_hello(const kit_runner *runner);
/** For a sink: the run ends as soon as it returns, whatever is in play. */
void kit_runner_stop(kit_runner *runner);
void kit_runner_free(kit_runner *runner);

#endif
