/* SPDX-License-Identifier: Apache-2.0 */
/* hcsproof serve: the reference as a testee. */
#include "cli/commands.h"
#include "cli/profile.h"
#include "io/input.h"
#include "io/lines.h"
#include "io/print.h"
#include "platform/platform.h"
#include "serve/frame.h"
#include "serve/operation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct serve_options {
  const char *one_shot, *profile;
  uint64_t max_frame;
};

/* Answers are handed over when this much is waiting, or when there is nothing more to read. */
#define OUTPUT_ROOM ((size_t)1 << 16)

typedef struct server {
  line_reader reader;
  hcsref_arena arena;
  serve_session session;
  char output[OUTPUT_ROOM];
  size_t waiting;
} server;

static bool flush(server *s) {
  bool ok = platform_write(PLATFORM_STDOUT, s->output, s->waiting);
  s->waiting = 0;
  return ok;
}

static bool put(server *s, hcsref_str reply) {
  if (reply.len > OUTPUT_ROOM - s->waiting && !flush(s))
    return false;
  if (reply.len > OUTPUT_ROOM)
    return platform_write(PLATFORM_STDOUT, reply.data, reply.len);
  memcpy(s->output + s->waiting, reply.data, reply.len);
  s->waiting += reply.len;
  return true;
}

static void report(hcsref_str problem) {
  kit_print(stderr, "hcsproof serve: %.*s\n", (int)(problem.len < 4096 ? problem.len : 4096), problem.data);
}

static int write_failed(void) {
  if (platform_output_abandoned())
    platform_end_for_pipe();
  fprintf(stderr, "hcsproof serve: standard output: could not be written [write-failed]\n");
  return CLI_KIT;
}

/* Answers one line; -1 to go on, else the exit status. */
static int answer(server *s, line_result kind, hcsref_str line) {
  hcsref_str reply = {0}, problem = {0};
  serve_result result;
  hcsref_arena_reset(&s->arena);
  if (kind == LINE_TOO_LONG)
    result = serve_answer_long_line(&s->arena, line, s->reader.limit, &reply, &problem);
  else
    result = serve_answer_line(&s->session, &s->arena, line, &reply, &problem);
  if (result == SERVE_ANSWERED)
    return put(s, reply) ? -1 : write_failed();
  report(problem);
  return result == SERVE_REFUSED ? CLI_USAGE : -1;
}

/* Reads more, but first hands over what waits: a runner that waits for an answer before it asks again is served. */
static int wait_for_lines(server *s) {
  bool memory;
  if (!flush(s))
    return write_failed();
  if (line_reader_fill(&s->reader, &memory))
    return -1;
  if (memory)
    fprintf(stderr, "hcsproof serve: out of memory [out-of-memory]\n");
  else
    kit_print(stderr, "hcsproof serve: standard input: %s [read-failed]\n", strerror(errno));
  return CLI_KIT;
}

static int serve(server *s) {
  for (;;) {
    char *line = NULL;
    size_t length = 0;
    line_result kind = line_reader_next(&s->reader, &line, &length);
    int status = -1;
    if (kind == LINE_END)
      return flush(s) ? CLI_OK : write_failed();
    if (kind == LINE_NEEDED)
      status = wait_for_lines(s);
    else if (length > 0)
      status = answer(s, kind, hcsref_str_from(line, length));
    if (status >= 0) {
      flush(s);
      return status;
    }
  }
}

/* What a hello that names none stands for. */
static int choose_profile(serve_session *session, const char *name) {
  hcsref_error err = {0};
  session->profile = cli_profile_find(&session->arena, hcsref_cstr(name), &err);
  if (session->profile != NULL)
    return CLI_OK;
  kit_print(stderr, "hcsproof serve: %v [%s]\n", err.message, err.code);
  return strcmp(err.code, "out-of-memory") == 0 ? CLI_KIT : CLI_USAGE;
}

static int serve_lines(const struct serve_options *options) {
  server *s = malloc(sizeof(*s));
  int status;
  if (s == NULL) {
    fprintf(stderr, "hcsproof serve: out of memory [out-of-memory]\n");
    return CLI_KIT;
  }
  line_reader_init(&s->reader, PLATFORM_STDIN, (size_t)options->max_frame);
  hcsref_arena_init(&s->arena, NULL, 0);
  hcsref_arena_init(&s->session.arena, NULL, 0);
  s->waiting = 0;
  status = choose_profile(&s->session, options->profile);
  if (status == CLI_OK)
    status = serve(s);
  hcsref_arena_free(&s->session.arena);
  hcsref_arena_free(&s->arena);
  line_reader_free(&s->reader);
  free(s);
  return status;
}

/* Params on standard input, the ok payload on standard output, an error as JSON on standard error. */
static int answer_once(hcsref_arena *arena, const hcsref_profile *profile, const serve_operation *operation,
                       hcsref_str params) {
  hcsref_buf reply = {.arena = arena};
  hcsref_buf message = {.arena = arena};
  hcsref_error err = {0};
  serve_request request = {.profile = profile, .arena = arena, .reply = &reply, .err = &err};
  if (serve_run_operation(operation, params, &request)) {
    hcsref_buf_append_char(&reply, '\n');
    if (!reply.failed)
      return platform_write(PLATFORM_STDOUT, reply.data, reply.len) ? CLI_OK : write_failed();
    hcsref_fail_memory(&err);
  }
  serve_append_error(&message, &err);
  kit_print(stderr, "%.*s\n", (int)message.len, message.data);
  return CLI_FAILED;
}

static int unknown_operation(const char *name) {
  const char *names[64];
  const char *near;
  size_t count = 0;
  const serve_operation *operation;
  while (count < CLI_COUNT(names) - 1 && (operation = serve_operation_at(count)) != NULL)
    names[count++] = operation->name;
  names[count] = NULL;
  near = cli_nearest(name, names);
  kit_print(stderr, "hcsproof serve: unknown operation '%s'%s%s%s\n", name, near == NULL ? "" : "; did you mean '",
            near == NULL ? "" : near, near == NULL ? "" : "'?");
  return CLI_USAGE;
}

static int serve_once(const struct serve_options *options) {
  const serve_operation *operation = serve_find_operation(hcsref_cstr(options->one_shot));
  input_text params = {0};
  hcsref_arena arena;
  serve_session session = {0};
  int status;
  if (operation == NULL)
    return unknown_operation(options->one_shot);
  hcsref_arena_init(&arena, NULL, 0);
  hcsref_arena_init(&session.arena, NULL, 0);
  status = choose_profile(&session, options->profile);
  if (status == CLI_OK && input_read("-", options->max_frame, "--max-frame", &params)) {
    status = answer_once(&arena, session.profile, operation, hcsref_str_from(params.data, params.length));
  } else if (status == CLI_OK) {
    kit_print(stderr, "hcsproof: %s: %s [%s]\n", params.name, params.message, params.code);
    status = CLI_KIT;
  }
  hcsref_arena_free(&session.arena);
  hcsref_arena_free(&arena);
  input_free(&params);
  return status;
}

static int run(const cli_invocation *invocation) {
  const struct serve_options *options = invocation->options;
  return options->one_shot != NULL ? serve_once(options) : serve_lines(options);
}

static const cli_option option_table[] = {
    {.name = "one-shot",
     .kind = CLI_OPERATION,
     .offset = offsetof(struct serve_options, one_shot),
     .argument = "OPERATION",
     .help = "Answer one question: its params on standard input, the ok payload on standard output. An error is JSON "
             "on standard error and exit status 1.",
     .example = "clean-path"},
    {.name = "profile",
     .kind = CLI_PROFILE,
     .offset = offsetof(struct serve_options, profile),
     .argument = "NAME",
     .fallback = "newest",
     .help = "Answer as this release (hcsproof profiles), for a hello that names none and for --one-shot."},
    {.name = "max-frame",
     .kind = CLI_SIZE,
     .offset = offsetof(struct serve_options, max_frame),
     .argument = "SIZE",
     .fallback = "64M",
     .least = 1024,
     .most = (uint64_t)1 << 30,
     .help = "Longest line to read. A longer one is answered with the error frame-too-large."},
};

static const cli_example examples[] = {
    {"hcsproof run --testee 'hcsproof serve'", "Plays the suite against the reference itself."},
    {"echo '{\"path\":\"C:/a/../b\"}' | hcsproof serve --one-shot clean-path", "Prints {\"path\":\"C:\\\\b\"}."},
};

static const cli_status statuses[] = {
    {CLI_OK, "standard input ended; with --one-shot: answered"},
    {CLI_FAILED, "with --one-shot: the answer is an error"},
    {CLI_USAGE, "wrong options, an unknown operation for --one-shot, an unknown profile, or a runner that speaks "
                "another protocol"},
    {CLI_KIT, "reading or writing failed, or out of memory"},
};

const cli_command serve_command = {
    .name = "serve",
    .summary = "answer a runner's questions with the reference implementation",
    .description =
        "The reference as a testee. Reads one JSON object per line on standard input and writes one per line to "
        "standard output, as the testee protocol says: a hello first, then questions {\"id\",\"op\",\"params\"}, each "
        "answered with {\"id\",\"ok\"}, {\"id\",\"error\":{\"code\",\"message\",\"where\"}} or "
        "{\"id\",\"unsupported\"}. Where an operation asks the host, the answer carries \"host_calls\". Answers come "
        "in the order of the questions and are handed over as soon as no further question is waiting, so a runner may "
        "ask many at once or one at a time.\n\nA line that is not a message of the protocol is answered with an error "
        "if its id can be read, and otherwise reported on standard error; serving goes on. The documents in an answer "
        "are byte for byte what the original programs write. A spec whose exact bytes matter, or that nests deeper "
        "than 9998, goes into \"spec_base64\".",
    .options_size = sizeof(struct serve_options),
    .options = option_table,
    .option_count = CLI_COUNT(option_table),
    .examples = examples,
    .example_count = CLI_COUNT(examples),
    .statuses = statuses,
    .status_count = CLI_COUNT(statuses),
    .run = run,
};
