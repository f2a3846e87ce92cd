/* SPDX-License-Identifier: Apache-2.0 */
/* Policies of HNS have their settings beside the type, those of HCN below it, and some have other names. Source:
 * hcsshim internal/hns/hnspolicy.go, hcn/hcnpolicy.go. */
#include "engine/network/hns.h"

#include <string.h>

typedef struct rename_row {
  const char *hns, *hcn;
} rename_row;

/* What is not here has one name in both. */
static const struct {
  rename_row type;
  rename_row members[2];
} renames[] = {
    {{"NAT", "PortMapping"}, {{NULL, NULL}, {NULL, NULL}}},
    {{"VLAN", "VLAN"}, {{"VLAN", "IsolationId"}, {NULL, NULL}}},
    {{"VSID", "VSID"}, {{"VSID", "IsolationId"}, {NULL, NULL}}},
    {{"PA", "ProviderAddress"}, {{"PA", "ProviderAddress"}, {NULL, NULL}}},
    {{"OutBoundNAT", "OutBoundNAT"}, {{"VIP", "VirtualIP"}, {"ExceptionList", "Exceptions"}}},
    {{"ROUTE", "SDNRoute"}, {{NULL, NULL}, {NULL, NULL}}},
    {{"PROXY", "L4Proxy"}, {{"ExceptionList", "Exceptions"}, {"OutboundNat", "OutboundNAT"}}},
};
#define RENAMES (sizeof(renames) / sizeof(renames[0]))

/* A port mapping's protocol is a word in one and IANA's number in the other. */
static const struct {
  const char *name;
  uint64_t number;
} protocols[] = {{"TCP", 6}, {"UDP", 17}, {"ICMP", 1}};

static const char *name_in(const rename_row *row, bool hcn) {
  return hcn ? row->hcn : row->hns;
}

static size_t find_row(hcsref_str type, bool to_hcn) {
  size_t i = 0;
  while (i < RENAMES && !hcsref_str_equal_ascii_fold(type, hcsref_cstr(name_in(&renames[i].type, !to_hcn))))
    i++;
  return i;
}

static hcsref_str member_name(size_t row, hcsref_str name, bool to_hcn) {
  for (size_t i = 0; row < RENAMES && i < 2; i++) {
    const rename_row *member = &renames[row].members[i];
    if (member->hns != NULL && hcsref_str_equal(name, hcsref_cstr(name_in(member, !to_hcn))))
      return hcsref_cstr(name_in(member, to_hcn));
  }
  return name;
}

static void append_protocol(hcsref_buf *out, const hcsref_value *value, bool to_hcn) {
  for (size_t i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++) {
    if (to_hcn && value->kind == HCSREF_VALUE_STRING &&
        hcsref_str_equal_ascii_fold(value->as.string, hcsref_cstr(protocols[i].name))) {
      hcsref_buf_append_uint(out, protocols[i].number);
      return;
    }
    if (!to_hcn && value->kind == HCSREF_VALUE_NUMBER && value->as.number == (double)protocols[i].number) {
      hcsref_json_append_string(out, hcsref_cstr(protocols[i].name));
      return;
    }
  }
  hcsref_json_append(out, &hcsref_type_any, value, NULL);
}

/* Every member but the type. */
static void append_members(hcsref_buf *out, const hcsref_value *object, size_t row, bool to_hcn, bool first) {
  const hcsref_value_entry *entries = object->as.object.entries;
  bool port = row < RENAMES && strcmp(renames[row].type.hns, "NAT") == 0;
  for (size_t i = 0; i < object->as.object.len; i++) {
    if (hcsref_str_equal(entries[i].key, HCSREF_LIT("Type")))
      continue;
    if (!first)
      hcsref_buf_append_char(out, ',');
    first = false;
    hcsref_json_append_string(out, member_name(row, entries[i].key, to_hcn));
    hcsref_buf_append_char(out, ':');
    if (port && hcsref_str_equal(entries[i].key, HCSREF_LIT("Protocol")))
      append_protocol(out, &entries[i].value, to_hcn);
    else
      hcsref_json_append(out, &hcsref_type_any, &entries[i].value, NULL);
  }
}

static bool read_object(sim_call *call, hcsref_str text, hcsref_value *out) {
  memset(out, 0, sizeof(*out));
  if (text.len == 0)
    text = HCSREF_LIT("{}");
  return (hcsref_json_decode(&call->arena, text, &hcsref_type_any, HCSREF_JSON_WHOLE, out, NULL) &&
          out->kind == HCSREF_VALUE_OBJECT) ||
         sim_fail(call, HCN_INVALID_JSON, "A policy is not an object.");
}

static hcsref_str type_of(const hcsref_value *object) {
  const hcsref_value_entry *entries = object->as.object.entries;
  for (size_t i = 0; i < object->as.object.len; i++)
    if (hcsref_str_equal(entries[i].key, HCSREF_LIT("Type")) && entries[i].value.kind == HCSREF_VALUE_STRING)
      return entries[i].value.as.string;
  return hcsref_str_from(NULL, 0);
}

bool sim_policy_from_hns(sim_call *call, hcsref_str text, hcsref_hcn_endpoint_policy *out) {
  hcsref_buf settings = {&call->arena, NULL, 0, 0, false};
  hcsref_value object;
  size_t row;
  if (!read_object(call, text, &object))
    return false;
  out->type = type_of(&object);
  row = find_row(out->type, true);
  if (row < RENAMES)
    out->type = hcsref_cstr(renames[row].type.hcn);
  hcsref_buf_append_char(&settings, '{');
  append_members(&settings, &object, row, true, true);
  hcsref_buf_append_char(&settings, '}');
  out->settings = hcsref_buf_str(&settings);
  return !settings.failed || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}

bool sim_policy_to_hns(sim_call *call, const hcsref_hcn_endpoint_policy *policy, hcsref_str *out) {
  size_t row = find_row(policy->type, false);
  hcsref_buf text = {&call->arena, NULL, 0, 0, false};
  hcsref_value settings;
  if (!read_object(call, policy->settings, &settings))
    return false;
  hcsref_buf_append(&text, HCSREF_LIT("{\"Type\":"));
  hcsref_json_append_string(&text, row < RENAMES ? hcsref_cstr(renames[row].type.hns) : policy->type);
  append_members(&text, &settings, row, false, false);
  hcsref_buf_append_char(&text, '}');
  *out = hcsref_buf_str(&text);
  return !text.failed || sim_fail(call, HCSREF_ERROR_OUT_OF_MEMORY, "Out of memory.");
}
