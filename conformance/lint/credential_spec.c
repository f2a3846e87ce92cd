/* SPDX-License-Identifier: Apache-2.0 */
/* gMSA credential specs and layerchain.json. Sources: the CredentialSpec that Windows' module of that name writes;
 * hcsshim internal/wclayer, layerchain.json of a snapshot. */
#include "lint/document.h"

#define MEMBER(name, type)                                                                                             \
  { name, sizeof(name) - 1, 0, type, NULL, false, 0, 0, NULL }
#define OBJECT(go_name, fields)                                                                                        \
  { HCSREF_STRUCT, go_name, 0, NULL, fields, sizeof(fields) / sizeof((fields)[0]), 0, NULL, 0 }

static const hcsref_field domain_fields[] = {
    MEMBER("Sid", &hcsref_type_string),     MEMBER("MachineAccountName", &hcsref_type_string),
    MEMBER("Guid", &hcsref_type_string),    MEMBER("DnsTreeName", &hcsref_type_string),
    MEMBER("DnsName", &hcsref_type_string), MEMBER("NetBiosName", &hcsref_type_string),
};
static const hcsref_type domain = OBJECT("credentialspec.DomainJoinConfig", domain_fields);

static const hcsref_field account_fields[] = {
    MEMBER("Name", &hcsref_type_string),
    MEMBER("Scope", &hcsref_type_string),
};
const hcsref_type kit_type_credential_account = OBJECT("credentialspec.GroupManagedServiceAccount", account_fields);
static const hcsref_type accounts = {
    HCSREF_SLICE, "[]credentialspec.GroupManagedServiceAccount", 0, &kit_type_credential_account, NULL, 0, 0, NULL, 0};

static const hcsref_field host_fields[] = {
    MEMBER("PortableCcgVersion", &hcsref_type_string),
    MEMBER("PluginGUID", &hcsref_type_string),
    MEMBER("PluginInput", &hcsref_type_any),
};
const hcsref_type kit_type_credential_host = OBJECT("credentialspec.HostAccountConfig", host_fields);

static const hcsref_field directory_fields[] = {
    MEMBER("GroupManagedServiceAccounts", &accounts),
    MEMBER("HostAccountConfig", &kit_type_credential_host),
};
const hcsref_type kit_type_credential_directory = OBJECT("credentialspec.ActiveDirectoryConfig", directory_fields);

static const hcsref_field spec_fields[] = {
    MEMBER("CmsPlugins", &hcsref_type_strings),
    MEMBER("DomainJoinConfig", &domain),
    MEMBER("ActiveDirectoryConfig", &kit_type_credential_directory),
};
const hcsref_type kit_type_credential_spec = OBJECT("credentialspec.CredentialSpec", spec_fields);

const hcsref_type kit_type_layer_chain = {HCSREF_SLICE, "[]string", 0, &hcsref_type_string, NULL, 0, 0, NULL, 0};
