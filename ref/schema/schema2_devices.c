/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: device extensions. Source: hcsshim internal/hcs/schema2 device_extension.go and the files
 * that it needs. */
#include "hcsref/schema2.h"

#include "schema/table.h"

static const hcsref_type device_extension_list =
    SLICE_OF(hcsref_type_v2_device_extension, "[]hcsschema.DeviceExtension");
static const hcsref_type device_category_ptr = POINTER_TO(hcsref_type_v2_device_category, "*hcsschema.DeviceCategory");
static const hcsref_type device_extension_namespace_ptr =
    POINTER_TO(hcsref_type_v2_device_extension_namespace, "*hcsschema.DeviceExtensionNamespace");
static const hcsref_type interface_class_list = SLICE_OF(hcsref_type_v2_interface_class, "[]hcsschema.InterfaceClass");
static const hcsref_type device_category_list = SLICE_OF(hcsref_type_v2_device_category, "[]hcsschema.DeviceCategory");
static const hcsref_type device_instance_list = SLICE_OF(hcsref_type_v2_device_instance, "[]hcsschema.DeviceInstance");
static const hcsref_type object_namespace_ptr =
    POINTER_TO(hcsref_type_v2_object_namespace, "*hcsschema.ObjectNamespace");
static const hcsref_type device_namespace_ptr =
    POINTER_TO(hcsref_type_v2_device_namespace, "*hcsschema.DeviceNamespace");
static const hcsref_type object_symlink_list = SLICE_OF(hcsref_type_v2_object_symlink, "[]hcsschema.ObjectSymlink");
static const hcsref_type object_directory_list =
    SLICE_OF(hcsref_type_v2_object_directory, "[]hcsschema.ObjectDirectory");

static const hcsref_field container_definition_device_fields[] = {
    OMIT(hcsref_v2_container_definition_device, device_extension, "device_extension", device_extension_list),
};
const hcsref_type hcsref_type_v2_container_definition_device = STRUCT(
    hcsref_v2_container_definition_device, "hcsschema.ContainerDefinitionDevice", container_definition_device_fields);

static const hcsref_field device_extension_fields[] = {
    OMIT(hcsref_v2_device_extension, device_category, "device_category", device_category_ptr),
    OMIT(hcsref_v2_device_extension, name_space, "namespace", device_extension_namespace_ptr),
};
const hcsref_type hcsref_type_v2_device_extension =
    STRUCT(hcsref_v2_device_extension, "hcsschema.DeviceExtension", device_extension_fields);

static const hcsref_field device_category_fields[] = {
    OMIT(hcsref_v2_device_category, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_device_category, interface_class, "interface_class", interface_class_list),
};
const hcsref_type hcsref_type_v2_device_category =
    STRUCT(hcsref_v2_device_category, "hcsschema.DeviceCategory", device_category_fields);

static const hcsref_field device_instance_fields[] = {
    OMIT(hcsref_v2_device_instance, id, "id", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, location_path, "location_path", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, port_name, "port_name", hcsref_type_string),
    OMIT(hcsref_v2_device_instance, interface_class, "interface_class", interface_class_list),
};
const hcsref_type hcsref_type_v2_device_instance =
    STRUCT(hcsref_v2_device_instance, "hcsschema.DeviceInstance", device_instance_fields);

static const hcsref_field device_namespace_fields[] = {
    OMIT(hcsref_v2_device_namespace, requires_driverstore, "requires_driverstore", hcsref_type_bool),
    OMIT(hcsref_v2_device_namespace, device_category, "device_category", device_category_list),
    OMIT(hcsref_v2_device_namespace, device_instance, "device_instance", device_instance_list),
};
const hcsref_type hcsref_type_v2_device_namespace =
    STRUCT(hcsref_v2_device_namespace, "hcsschema.DeviceNamespace", device_namespace_fields);

static const hcsref_field interface_class_fields[] = {
    OMIT(hcsref_v2_interface_class, type, "type", hcsref_type_string),
    OMIT(hcsref_v2_interface_class, identifier, "identifier", hcsref_type_string),
    OMIT(hcsref_v2_interface_class, recurse, "recurse", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_interface_class =
    STRUCT(hcsref_v2_interface_class, "hcsschema.InterfaceClass", interface_class_fields);

static const hcsref_field device_extension_namespace_fields[] = {
    OMIT(hcsref_v2_device_extension_namespace, ob, "ob", object_namespace_ptr),
    OMIT(hcsref_v2_device_extension_namespace, device, "device", device_namespace_ptr),
};
const hcsref_type hcsref_type_v2_device_extension_namespace = STRUCT(
    hcsref_v2_device_extension_namespace, "hcsschema.DeviceExtensionNamespace", device_extension_namespace_fields);

static const hcsref_field object_directory_fields[] = {
    OMIT(hcsref_v2_object_directory, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, clonesd, "clonesd", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, shadow, "shadow", hcsref_type_string),
    OMIT(hcsref_v2_object_directory, symlink, "symlink", object_symlink_list),
    OMIT(hcsref_v2_object_directory, objdir, "objdir", object_directory_list),
};
const hcsref_type hcsref_type_v2_object_directory =
    STRUCT(hcsref_v2_object_directory, "hcsschema.ObjectDirectory", object_directory_fields);

static const hcsref_field object_namespace_fields[] = {
    OMIT(hcsref_v2_object_namespace, shadow, "shadow", hcsref_type_string),
    OMIT(hcsref_v2_object_namespace, symlink, "symlink", object_symlink_list),
    OMIT(hcsref_v2_object_namespace, objdir, "objdir", object_directory_list),
};
const hcsref_type hcsref_type_v2_object_namespace =
    STRUCT(hcsref_v2_object_namespace, "hcsschema.ObjectNamespace", object_namespace_fields);

static const hcsref_field object_symlink_fields[] = {
    OMIT(hcsref_v2_object_symlink, name, "name", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, path, "path", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, scope, "scope", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, pathtoclone, "pathtoclone", hcsref_type_string),
    OMIT(hcsref_v2_object_symlink, access_mask, "access_mask", hcsref_type_int32),
};
const hcsref_type hcsref_type_v2_object_symlink =
    STRUCT(hcsref_v2_object_symlink, "hcsschema.ObjectSymlink", object_symlink_fields);
