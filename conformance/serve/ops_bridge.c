/* SPDX-License-Identifier: Apache-2.0 */
/* The operation on the bridge: the frames of a list of steps. */
#include "serve/operation.h"
#include "serve/params.h"
#include "serve/requests.h"
#include "serve/table.h"

#include "hcsref/bridge.h"

/* The process that the guest starts first; the next ones have the numbers after it. */
#define FIRST_PROCESS 101

typedef struct bridge_step {
  hcsref_str verb, id, config, request, options, reply;
  hcsref_v2_process_parameters params;
  hcsref_slice types; /* []string */
  uint16_t width, height;
} bridge_step;

static const hcsref_field step_fields[] = {
    FIELD(bridge_step, verb, "do", hcsref_type_string),
    FIELD(bridge_step, id, "id", hcsref_type_string),
    FIELD(bridge_step, config, "config", hcsref_type_raw),
    FIELD(bridge_step, params, "params", hcsref_type_v2_process_parameters),
    FIELD(bridge_step, request, "request", hcsref_type_raw),
    FIELD(bridge_step, options, "options", hcsref_type_raw),
    FIELD(bridge_step, reply, "reply", hcsref_type_raw),
    FIELD(bridge_step, types, "types", hcsref_type_strings),
    FIELD(bridge_step, width, "width", hcsref_type_uint16),
    FIELD(bridge_step, height, "height", hcsref_type_uint16),
};
static const hcsref_type step_type = OBJECT(bridge_step, "step", step_fields);
static const hcsref_type steps_type = LIST(step_type, "[]step");
static const hcsref_type uint32_pointer_type = POINTER(hcsref_type_uint32, "*uint32");
static const hcsref_type timezone_pointer_type =
    POINTER(hcsref_type_v2_time_zone_information, "*hcsschema.TimeZoneInformation");

typedef struct bridge_params {
  hcsref_str capabilities;
  hcsref_v2_time_zone_information *timezone;
  uint32_t *version;
  hcsref_slice steps;
} bridge_params;

static const hcsref_field params_fields[] = {
    FIELD(bridge_params, capabilities, "capabilities", hcsref_type_raw),
    FIELD(bridge_params, timezone, "timezone", timezone_pointer_type),
    FIELD(bridge_params, version, "version", uint32_pointer_type),
    FIELD(bridge_params, steps, "steps", steps_type),
};
static const hcsref_type params_type = OBJECT(bridge_params, "bridge-messages", params_fields);

/* ---- the scripted guest ---- */

typedef struct scripted_guest {
  serve_request *request;
  const bridge_params *params;
  const bridge_step *step; /* null: connecting */
  uint32_t processes;
  bool first; /* no frame of the step has been written yet */
} scripted_guest;

static void write_frame(scripted_guest *g, const hcsref_frame *frame) {
  static const char digits[] = "0123456789abcdef";
  hcsref_buf *reply = g->request->reply;
  hcsref_buf_append(reply, g->first ? HCSREF_LIT("{\"type\":\"0x") : HCSREF_LIT(",{\"type\":\"0x"));
  g->first = false;
  for (int shift = 28; shift >= 0; shift -= 4)
    hcsref_buf_append_char(reply, digits[frame->type >> shift & 0xf]);
  hcsref_buf_append(reply, HCSREF_LIT("\",\"id\":"));
  hcsref_buf_append_uint(reply, frame->id);
  hcsref_buf_append(reply, HCSREF_LIT(",\"payload\":"));
  hcsref_json_append_string_as(reply, g->request->rules, frame->payload);
  hcsref_buf_append_char(reply, '}');
}

static bool answer_negotiation(const scripted_guest *g, hcsref_arena *arena, hcsref_str *answer) {
  const hcsref_str none = HCSREF_LIT("{}");
  return hcsref_format(arena, answer, "{\"Result\":0,\"Version\":%u,\"Capabilities\":%v}",
                       (uint64_t)(g->params->version == NULL ? 4 : *g->params->version),
                       g->params->capabilities.len == 0 ? none : g->params->capabilities);
}

/* The step's reply is for its first message. */
static bool exchange(void *ctx, hcsref_arena *arena, const hcsref_frame *frame, hcsref_str *answer) {
  scripted_guest *g = ctx;
  const bool first = g->first;
  write_frame(g, frame);
  if (frame->type == HCSREF_FRAME_NEGOTIATE_PROTOCOL)
    return answer_negotiation(g, arena, answer);
  if (g->step != NULL && first && g->step->reply.len > 0) {
    *answer = g->step->reply;
    return true;
  }
  if (frame->type == HCSREF_FRAME_EXECUTE_PROCESS)
    return hcsref_format(arena, answer, "{\"ProcessId\":%u}", (uint64_t)(FIRST_PROCESS + g->processes++));
  *answer = HCSREF_LIT("{}");
  return true;
}

/* ---- steps ---- */

typedef struct bridge_run {
  const serve_request *request;
  hcsref_bridge *bridge;
  hcsref_bridge_process process; /* the last one */
  hcsref_error err;
} bridge_run;

typedef bool (*step_action)(bridge_run *run, const bridge_step *step);

static bool create_container(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_create(run->bridge, step->id, step->config, &run->err);
}

static bool start(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_tell(run->bridge, HCSREF_FRAME_START, step->id, &run->err);
}

static bool shut_down(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_tell(run->bridge, HCSREF_FRAME_SHUTDOWN_GRACEFUL, step->id, &run->err);
}

static bool terminate(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_tell(run->bridge, HCSREF_FRAME_SHUTDOWN_FORCED, step->id, &run->err);
}

static bool dump_stacks(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_tell(run->bridge, HCSREF_FRAME_DUMP_STACKS, step->id, &run->err);
}

static bool delete_state(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_tell(run->bridge, HCSREF_FRAME_DELETE_CONTAINER_STATE, step->id, &run->err);
}

static bool modify(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_modify(run->bridge, HCSREF_LIT(""), step->request, &run->err);
}

static bool modify_container(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_modify(run->bridge, step->id, step->request, &run->err);
}

static bool properties(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_properties(run->bridge, step->id, &step->types, &run->err);
}

static bool properties_v1(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_properties_v1(run->bridge, step->id, &step->types, &run->err);
}

static bool exec_in(bridge_run *run, const bridge_step *step, hcsref_str id) {
  hcsref_str params;
  return hcsref_json_encode_as(run->request->arena, run->request->rules, &hcsref_type_v2_process_parameters,
                               &step->params, &params, &run->err) &&
         hcsref_bridge_exec(run->bridge, id, params, &run->process, &run->err);
}

static bool exec(bridge_run *run, const bridge_step *step) {
  return exec_in(run, step, step->id);
}

static bool exec_in_vm(bridge_run *run, const bridge_step *step) {
  return exec_in(run, step, HCSREF_LIT(""));
}

static bool send_signal(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_signal(run->bridge, &run->process, step->options, &run->err);
}

static bool end_process(bridge_run *run, const bridge_step *step) {
  (void)step;
  return hcsref_bridge_signal(run->bridge, &run->process, HCSREF_LIT(""), &run->err);
}

static bool resize(bridge_run *run, const bridge_step *step) {
  return hcsref_bridge_resize(run->bridge, &run->process, step->width, step->height, &run->err);
}

static const struct {
  const char *verb;
  step_action act;
} actions[] = {
    {"create-container", create_container},
    {"start", start},
    {"shutdown", shut_down},
    {"terminate", terminate},
    {"dump-stacks", dump_stacks},
    {"delete-state", delete_state},
    {"modify", modify},
    {"modify-container", modify_container},
    {"properties", properties_v1},
    {"properties-v2", properties},
    {"exec", exec},
    {"exec-in-vm", exec_in_vm},
    {"signal", send_signal},
    {"kill", end_process},
    {"resize", resize},
};

static step_action find_action(hcsref_str verb) {
  for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
    if (hcsref_str_equal(verb, hcsref_cstr(actions[i].verb)))
      return actions[i].act;
  return NULL;
}

/* ---- the operation ---- */

static bool is_memory(const hcsref_error *err) {
  return hcsref_str_equal(hcsref_cstr(err->code), HCSREF_LIT("out-of-memory"));
}

static void open_step(scripted_guest *g, hcsref_str verb) {
  hcsref_buf *reply = g->request->reply;
  g->first = true;
  hcsref_buf_append(reply, g->step == NULL ? HCSREF_LIT("[{\"step\":") : HCSREF_LIT(",{\"step\":"));
  hcsref_json_append_string_as(reply, g->request->rules, verb);
  hcsref_buf_append(reply, HCSREF_LIT(",\"frames\":["));
}

static void close_step(const scripted_guest *g, bool done, const hcsref_error *err) {
  hcsref_buf *reply = g->request->reply;
  hcsref_buf_append_char(reply, ']');
  if (!done) {
    hcsref_buf_append(reply, HCSREF_LIT(",\"error\":"));
    hcsref_json_append_string_as(reply, g->request->rules, err->message);
  }
  hcsref_buf_append_char(reply, '}');
}

static bool run_step(scripted_guest *g, bridge_run *run, const bridge_step *step, size_t index) {
  const step_action act = find_action(step->verb);
  bool done;
  if (act == NULL)
    return hcsref_fail_item(g->request->arena, g->request->err, "bad-params", "/steps", index, "do",
                            "there is no step %q", step->verb);
  g->step = step;
  open_step(g, step->verb);
  done = act(run, step);
  if (!done && is_memory(&run->err))
    return hcsref_fail_memory(g->request->err);
  close_step(g, done, &run->err);
  return true;
}

static bool connect(scripted_guest *g, bridge_run *run, bool *connected) {
  const hcsref_bridge_transport transport = {exchange, g};
  open_step(g, HCSREF_LIT("connect"));
  *connected = hcsref_bridge_connect(g->request->arena, g->request->profile, &transport, g->params->timezone,
                                     &run->bridge, &run->err);
  if (!*connected && !hcsref_str_equal(hcsref_cstr(run->err.code), HCSREF_LIT("bridge"))) {
    *g->request->err = run->err;
    return serve_settle_vm(g->request, false);
  }
  close_step(g, *connected, &run->err);
  return true;
}

static bool bridge_messages(serve_request *request, const void *params, void *answer) {
  scripted_guest guest = {.request = request, .params = params};
  const bridge_step *steps = guest.params->steps.items;
  bridge_run run = {.request = request};
  bool connected;
  (void)answer;
  if (!connect(&guest, &run, &connected))
    return false;
  for (size_t i = 0; connected && i < guest.params->steps.len; i++)
    if (!run_step(&guest, &run, &steps[i], i))
      return false;
  hcsref_buf_append_char(request->reply, ']');
  return !request->reply->failed || hcsref_fail_memory(request->err);
}

static const serve_operation operations[] = {
    {"bridge-messages", SERVE_BY(HCSSHIM), &params_type, NULL, bridge_messages},
};

const serve_operations serve_bridge_operations = {operations, sizeof(operations) / sizeof(operations[0])};
