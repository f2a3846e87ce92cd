/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for names and addresses on the network, and for devices of VMs that share folders, files and pipes. */
#include "lint/checks.h"

#include "hcsref/hcn_endpoint.h"
#include "hcsref/path.h"
#include "hcsref/schema1.h"
#include "hcsref/schema2.h"
#include "hcsref/schema2_vm.h"

#include <string.h>

/* ---- the network ----------------------------------------------------------------------------------------------- */

static bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Six pairs of digits with that between them. */
static bool is_mac(hcsref_str text, char between) {
  for (size_t i = 0; i < text.len; i++)
    if (i % 3 == 2 ? text.data[i] != between : !is_hex(text.data[i]))
      return false;
  return text.len == 17;
}

/* The lowest bit of the first byte is set. Source: IEEE 802, 8.2. */
static bool is_group(hcsref_str mac) {
  return strchr("13579bdfBDF", mac.data[1]) != NULL;
}

static void tell_colons(kit_linter *l, const kit_place *at, const char *member, hcsref_str text) {
  char mended[17];
  for (size_t i = 0; i < sizeof(mended); i++)
    mended[i] = text.data[i] == ':' ? '-' : text.data[i];
  kit_lint_tell_text(l, at, member, hcsref_str_from(mended, sizeof(mended)), "mac-form",
                     "\"%v\" has colons; Windows writes \"%v\"", text, hcsref_str_from(mended, sizeof(mended)));
}

void kit_lint_mac(kit_linter *l, const kit_place *at, const char *member, hcsref_str text) {
  if (text.len == 0 || (is_mac(text, '-') && !is_group(text)))
    return;
  if (is_mac(text, '-'))
    kit_lint_tell(l, at, member, "mac-form", "\"%v\" is the address of a group, which no adapter has for its own",
                  text);
  else if (is_mac(text, ':'))
    tell_colons(l, at, member, text);
  else
    kit_lint_tell(l, at, member, "mac-form", "\"%v\" is not a MAC address, such as 00-15-5D-01-02-03", text);
}

static void check_mac(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_mac(l, at, "MacAddress", kit_json_get_string(object, "MacAddress"));
}

static void check_adapter(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (!kit_is_set(object, "EndpointId"))
    kit_lint_tell(l, at, "EndpointId", "vm-device", "the adapter has no endpoint");
  kit_lint_guid(l, at, object, "EndpointId", "guid-form");
  check_mac(l, at, object);
}

/* An endpoint of HCN names its network by id. */
static void check_hcn_endpoint(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_guid(l, at, object, "HostComputeNetwork", "guid-form");
  check_mac(l, at, object);
}

void kit_lint_endpoints(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *list = kit_json_get(object, "EndpointList"), *item;
  kit_place list_place = {at, HCSREF_LIT("EndpointList"), 0};
  size_t i = 0;
  if (list == NULL || list->kind != KIT_JSON_ARRAY)
    return;
  for (item = list->first; item != NULL; item = item->next, i++) {
    kit_place here = {&list_place, {NULL, 0}, i};
    if (item->kind == KIT_JSON_STRING && !kit_is_guid(item->text))
      kit_lint_tell(l, &here, NULL, "guid-form", "\"%v\" is not a GUID, which every endpoint is named by", item->text);
  }
}

/* The longest label of a DNS name: RFC 1035, 2.3.4. */
#define LONGEST_HOST_NAME 63

void kit_lint_host_name(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str name = kit_json_get_string(object, "HostName");
  if (name.len > LONGEST_HOST_NAME) {
    kit_lint_tell(l, at, "HostName", "host-name", "the name has %u bytes; a host name has at most 63",
                  (uint64_t)name.len);
    return;
  }
  if (name.len != 0 && (name.data[0] == '-' || name.data[name.len - 1] == '-'))
    kit_lint_tell(l, at, "HostName", "host-name", "\"%v\" begins or ends with a hyphen", name);
  for (size_t i = 0; i < name.len; i++)
    if ((unsigned char)name.data[i] <= ' ' || strchr("\\/:*?\"<>|,;=+[]@!#$%^&'(){}~`", name.data[i]) != NULL) {
      kit_lint_tell(l, at, "HostName", "host-name", "\"%v\" has a character that no host name has", name);
      return;
    }
}

static void check_guest_os(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_host_name(l, at, object);
}

/* ---- devices --------------------------------------------------------------------------------------------------- */

void kit_lint_share_name(kit_linter *l, const kit_place *at, const kit_json *object, const char *member) {
  hcsref_str name = kit_json_get_string(object, member);
  bool dots = hcsref_str_equal(name, HCSREF_LIT(".")) || hcsref_str_equal(name, HCSREF_LIT(".."));
  for (size_t i = 0; i < name.len && !dots; i++)
    dots = (unsigned char)name.data[i] < ' ' || strchr("/\\:*?\"<>|", name.data[i]) != NULL;
  if (dots)
    kit_lint_tell(l, at, member, "vm-share", "\"%v\" is a path; a share has a plain name", name);
}

static void check_plan9_share(kit_linter *l, const kit_place *at, const kit_json *object) {
  const kit_json *port = kit_json_get(object, "Port");
  uint64_t number;
  if (kit_json_get_string(object, "Name").len == 0)
    kit_lint_tell(l, at, "Name", "vm-share", "the share has no name");
  kit_lint_share_name(l, at, object, "Name");
  kit_lint_share_name(l, at, object, "AccessName");
  kit_lint_absolute(l, at, object, "Path", "vm-share");
  if (kit_json_get(object, "Path") == NULL)
    kit_lint_tell(l, at, "Path", "vm-share", "the share has no path");
  if (port != NULL && port->kind == KIT_JSON_NUMBER && (!kit_json_uint(port, &number) || number > 65535))
    kit_lint_tell(l, at, "Port", "vm-share", "%v is not a port", port->raw);
}

static void check_com_port(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str pipe = kit_json_get_string(object, "NamedPipe");
  if (pipe.len != 0 && !hcsref_is_named_pipe(pipe))
    kit_lint_tell(l, at, "NamedPipe", "pipe-host-path", "\"%v\" is not a named pipe, \\\\.\\pipe\\NAME", pipe);
}

static void check_pmem(kit_linter *l, const kit_place *at, const kit_json *object) {
  kit_lint_absolute(l, at, object, "HostPath", "vm-disk");
}

static void check_v1_disk(kit_linter *l, const kit_place *at, const kit_json *object) {
  hcsref_str path = kit_json_get_string(object, "ContainerPath");
  if (!kit_is_set(object, "HostPath"))
    kit_lint_tell(l, at, "HostPath", "host-path-relative", "no disk is named");
  kit_lint_absolute(l, at, object, "HostPath", "host-path-relative");
  if (path.len == 0 || !kit_is_drive(path))
    kit_lint_absolute(l, at, object, "ContainerPath", "container-path-relative");
}

static void check_v1_runtime(kit_linter *l, const kit_place *at, const kit_json *object) {
  if (kit_json_get_string(object, "ImagePath").len != 0)
    kit_lint_absolute(l, at, object, "ImagePath", "layer-path");
  else if (!l->for_linux)
    kit_lint_tell(l, at, "ImagePath", "hv-runtime", "no image of a utility VM is named");
}

const kit_check kit_device_checks[] = {
    {&hcsref_type_hcn_endpoint, check_hcn_endpoint},   {&hcsref_type_hns_endpoint, check_mac},
    {&hcsref_type_v2_network_adapter, check_adapter},  {&hcsref_type_v2_guest_os, check_guest_os},
    {&hcsref_type_v2_plan9_share, check_plan9_share},  {&hcsref_type_v2_com_port, check_com_port},
    {&hcsref_type_v2_virtual_pmem_device, check_pmem}, {&hcsref_type_v1_mapped_virtual_disk, check_v1_disk},
    {&hcsref_type_v1_hv_runtime, check_v1_runtime},    {NULL, NULL},
};
