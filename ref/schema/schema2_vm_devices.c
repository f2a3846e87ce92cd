/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: devices of virtual machines. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "release/changes.h"
#include "schema/table.h"

static const hcsref_type com_port_map =
    MAP_TO(hcsref_type_v2_com_port, hcsref_v2_com_port_entry, NULL, "map[string]hcsschema.ComPort");
static const hcsref_type scsi_map =
    MAP_TO(hcsref_type_v2_scsi, hcsref_v2_scsi_entry, NULL, "map[string]hcsschema.Scsi");
static const hcsref_type virtual_pmem_controller_ptr =
    POINTER_TO(hcsref_type_v2_virtual_pmem_controller, "*hcsschema.VirtualPMemController");
static const hcsref_type network_adapter_map = MAP_TO(hcsref_type_v2_network_adapter, hcsref_v2_network_adapter_entry,
                                                      NULL, "map[string]hcsschema.NetworkAdapter");
static const hcsref_type video_monitor_ptr = POINTER_TO(hcsref_type_v2_video_monitor, "*hcsschema.VideoMonitor");
static const hcsref_type keyboard_ptr = POINTER_TO(hcsref_type_v2_keyboard, "*hcsschema.Keyboard");
static const hcsref_type mouse_ptr = POINTER_TO(hcsref_type_v2_mouse, "*hcsschema.Mouse");
static const hcsref_type hv_socket2_ptr = POINTER_TO(hcsref_type_v2_hv_socket2, "*hcsschema.HvSocket2");
static const hcsref_type enhanced_mode_video_ptr =
    POINTER_TO(hcsref_type_v2_enhanced_mode_video, "*hcsschema.EnhancedModeVideo");
static const hcsref_type guest_crash_reporting_ptr =
    POINTER_TO(hcsref_type_v2_guest_crash_reporting, "*hcsschema.GuestCrashReporting");
static const hcsref_type virtual_smb_ptr = POINTER_TO(hcsref_type_v2_virtual_smb, "*hcsschema.VirtualSmb");
static const hcsref_type plan9_ptr = POINTER_TO(hcsref_type_v2_plan9, "*hcsschema.Plan9");
static const hcsref_type battery_ptr = POINTER_TO(hcsref_type_v2_battery, "*hcsschema.Battery");
static const hcsref_type flexible_io_device_map =
    MAP_TO(hcsref_type_v2_flexible_io_device, hcsref_v2_flexible_io_device_entry, NULL,
           "map[string]hcsschema.FlexibleIoDevice");
static const hcsref_type shared_memory_configuration_ptr =
    POINTER_TO(hcsref_type_v2_shared_memory_configuration, "*hcsschema.SharedMemoryConfiguration");
static const hcsref_type virtual_pci_device_map =
    MAP_TO(hcsref_type_v2_virtual_pci_device, hcsref_v2_virtual_pci_device_entry, NULL,
           "map[string]hcsschema.VirtualPciDevice");
static const hcsref_type attachment_map =
    MAP_TO(hcsref_type_v2_attachment, hcsref_v2_attachment_entry, NULL, "map[string]hcsschema.Attachment");
static const hcsref_type virtual_pmem_device_map =
    MAP_TO(hcsref_type_v2_virtual_pmem_device, hcsref_v2_virtual_pmem_device_entry, NULL,
           "map[string]hcsschema.VirtualPMemDevice");
static const hcsref_type iov_settings_ptr = POINTER_TO(hcsref_type_v2_iov_settings, "*hcsschema.IovSettings");
static const hcsref_type uint32_ptr = POINTER_TO(hcsref_type_uint32, "*uint32");
static const hcsref_type interrupt_moderation_name =
    NAMED(HCSREF_STRING, hcsref_str, "hcsschema.InterruptModerationName");
static const hcsref_type interrupt_moderation_name_ptr =
    POINTER_TO(interrupt_moderation_name, "*hcsschema.InterruptModerationName");
static const hcsref_type rdp_connection_options_ptr =
    POINTER_TO(hcsref_type_v2_rdp_connection_options, "*hcsschema.RdpConnectionOptions");
static const hcsref_type windows_crash_reporting_ptr =
    POINTER_TO(hcsref_type_v2_windows_crash_reporting, "*hcsschema.WindowsCrashReporting");
static const hcsref_type virtual_smb_share_list =
    SLICE_OF(hcsref_type_v2_virtual_smb_share, "[]hcsschema.VirtualSmbShare");
static const hcsref_type virtual_smb_share_options_ptr =
    POINTER_TO(hcsref_type_v2_virtual_smb_share_options, "*hcsschema.VirtualSmbShareOptions");
static const hcsref_type plan9_share_list = SLICE_OF(hcsref_type_v2_plan9_share, "[]hcsschema.Plan9Share");
static const hcsref_type plan9_share_flags = NAMED(HCSREF_INT32, int32_t, "hcsschema.Plan9ShareFlags");
static const hcsref_type shared_memory_region_list =
    SLICE_OF(hcsref_type_v2_shared_memory_region, "[]hcsschema.SharedMemoryRegion");
static const hcsref_type virtual_pci_function_list =
    SLICE_OF(hcsref_type_v2_virtual_pci_function, "[]hcsschema.VirtualPciFunction");
static const hcsref_type bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");

static const hcsref_field devices_fields[] = {
    OMIT(hcsref_v2_devices, com_ports, "ComPorts", com_port_map),
    OMIT(hcsref_v2_devices, scsi, "Scsi", scsi_map),
    OMIT(hcsref_v2_devices, virtual_pmem, "VirtualPMem", virtual_pmem_controller_ptr),
    OMIT(hcsref_v2_devices, network_adapters, "NetworkAdapters", network_adapter_map),
    OMIT(hcsref_v2_devices, video_monitor, "VideoMonitor", video_monitor_ptr),
    OMIT(hcsref_v2_devices, keyboard, "Keyboard", keyboard_ptr),
    OMIT(hcsref_v2_devices, mouse, "Mouse", mouse_ptr),
    OMIT(hcsref_v2_devices, hv_socket, "HvSocket", hv_socket2_ptr),
    OMIT(hcsref_v2_devices, enhanced_mode_video, "EnhancedModeVideo", enhanced_mode_video_ptr),
    OMIT(hcsref_v2_devices, guest_crash_reporting, "GuestCrashReporting", guest_crash_reporting_ptr),
    OMIT(hcsref_v2_devices, virtual_smb, "VirtualSmb", virtual_smb_ptr),
    OMIT(hcsref_v2_devices, plan9, "Plan9", plan9_ptr),
    OMIT(hcsref_v2_devices, battery, "Battery", battery_ptr),
    OMIT(hcsref_v2_devices, flexible_iov, "FlexibleIov", flexible_io_device_map),
    OMIT(hcsref_v2_devices, shared_memory, "SharedMemory", shared_memory_configuration_ptr),
    OMIT(hcsref_v2_devices, virtual_pci, "VirtualPci", virtual_pci_device_map),
};
const hcsref_type hcsref_type_v2_devices = STRUCT(hcsref_v2_devices, "hcsschema.Devices", devices_fields);

static const hcsref_field com_port_fields[] = {
    OMIT(hcsref_v2_com_port, named_pipe, "NamedPipe", hcsref_type_string),
    OMIT(hcsref_v2_com_port, optimize_for_debugger, "OptimizeForDebugger", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_com_port = STRUCT(hcsref_v2_com_port, "hcsschema.ComPort", com_port_fields);

static const hcsref_field scsi_fields[] = {
    OMIT(hcsref_v2_scsi, attachments, "Attachments", attachment_map),
};
const hcsref_type hcsref_type_v2_scsi = STRUCT(hcsref_v2_scsi, "hcsschema.Scsi", scsi_fields);

static const hcsref_field attachment_fields[] = {
    OMIT(hcsref_v2_attachment, type, "Type", hcsref_type_string),
    OMIT(hcsref_v2_attachment, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_attachment, ignore_flushes, "IgnoreFlushes", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, caching_mode, "CachingMode", hcsref_type_string),
    OMIT(hcsref_v2_attachment, no_write_hardening, "NoWriteHardening", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, disable_expansion_optimization, "DisableExpansionOptimization", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, ignore_relative_locator, "IgnoreRelativeLocator", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, capture_io_attribution_context, "CaptureIoAttributionContext", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, read_only, "ReadOnly", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, support_compressed_volumes, "SupportCompressedVolumes", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, always_allow_sparse_files, "AlwaysAllowSparseFiles", hcsref_type_bool),
    OMIT(hcsref_v2_attachment, extensible_virtual_disk_type, "ExtensibleVirtualDiskType", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_attachment = STRUCT(hcsref_v2_attachment, "hcsschema.Attachment", attachment_fields);

static const hcsref_field virtual_pmem_controller_fields[] = {
    OMIT(hcsref_v2_virtual_pmem_controller, devices, "Devices", virtual_pmem_device_map),
    OMIT(hcsref_v2_virtual_pmem_controller, maximum_count, "MaximumCount", hcsref_type_uint32),
    OMIT(hcsref_v2_virtual_pmem_controller, maximum_size_bytes, "MaximumSizeBytes", hcsref_type_uint64),
    OMIT(hcsref_v2_virtual_pmem_controller, backing, "Backing", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_virtual_pmem_controller =
    STRUCT(hcsref_v2_virtual_pmem_controller, "hcsschema.VirtualPMemController", virtual_pmem_controller_fields);

static const hcsref_field virtual_pmem_device_fields[] = {
    OMIT(hcsref_v2_virtual_pmem_device, host_path, "HostPath", hcsref_type_string),
    OMIT(hcsref_v2_virtual_pmem_device, read_only, "ReadOnly", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_pmem_device, image_format, "ImageFormat", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_virtual_pmem_device =
    STRUCT(hcsref_v2_virtual_pmem_device, "hcsschema.VirtualPMemDevice", virtual_pmem_device_fields);

static const hcsref_field network_adapter_fields[] = {
    OMIT(hcsref_v2_network_adapter, endpoint_id, "EndpointId", hcsref_type_string),
    OMIT(hcsref_v2_network_adapter, mac_address, "MacAddress", hcsref_type_string),
    OMIT(hcsref_v2_network_adapter, iov_settings, "IovSettings", iov_settings_ptr),
};
const hcsref_type hcsref_type_v2_network_adapter =
    STRUCT(hcsref_v2_network_adapter, "hcsschema.NetworkAdapter", network_adapter_fields);

static const hcsref_field iov_settings_fields[] = {
    OMIT(hcsref_v2_iov_settings, offload_weight, "OffloadWeight", uint32_ptr),
    OMIT(hcsref_v2_iov_settings, queue_pairs_requested, "QueuePairsRequested", uint32_ptr),
    OMIT(hcsref_v2_iov_settings, interrupt_moderation, "InterruptModeration", interrupt_moderation_name_ptr),
};
const hcsref_type hcsref_type_v2_iov_settings =
    STRUCT(hcsref_v2_iov_settings, "hcsschema.IovSettings", iov_settings_fields);

static const hcsref_field video_monitor_fields[] = {
    OMIT(hcsref_v2_video_monitor, horizontal_resolution, "HorizontalResolution", hcsref_type_int32),
    OMIT(hcsref_v2_video_monitor, vertical_resolution, "VerticalResolution", hcsref_type_int32),
    OMIT(hcsref_v2_video_monitor, connection_options, "ConnectionOptions", rdp_connection_options_ptr),
};
const hcsref_type hcsref_type_v2_video_monitor =
    STRUCT(hcsref_v2_video_monitor, "hcsschema.VideoMonitor", video_monitor_fields);

static const hcsref_field rdp_connection_options_fields[] = {
    OMIT(hcsref_v2_rdp_connection_options, access_sids, "AccessSids", hcsref_type_strings),
    OMIT(hcsref_v2_rdp_connection_options, named_pipe, "NamedPipe", hcsref_type_string),
};
const hcsref_type hcsref_type_v2_rdp_connection_options =
    STRUCT(hcsref_v2_rdp_connection_options, "hcsschema.RdpConnectionOptions", rdp_connection_options_fields);

const hcsref_type hcsref_type_v2_keyboard = EMPTY_STRUCT(hcsref_v2_keyboard, "hcsschema.Keyboard");

const hcsref_type hcsref_type_v2_mouse = EMPTY_STRUCT(hcsref_v2_mouse, "hcsschema.Mouse");

static const hcsref_field enhanced_mode_video_fields[] = {
    OMIT(hcsref_v2_enhanced_mode_video, connection_options, "ConnectionOptions", rdp_connection_options_ptr),
};
const hcsref_type hcsref_type_v2_enhanced_mode_video =
    STRUCT(hcsref_v2_enhanced_mode_video, "hcsschema.EnhancedModeVideo", enhanced_mode_video_fields);

static const hcsref_field guest_crash_reporting_fields[] = {
    OMIT(hcsref_v2_guest_crash_reporting, windows_crash_settings, "WindowsCrashSettings", windows_crash_reporting_ptr),
};
const hcsref_type hcsref_type_v2_guest_crash_reporting =
    STRUCT(hcsref_v2_guest_crash_reporting, "hcsschema.GuestCrashReporting", guest_crash_reporting_fields);

static const hcsref_field windows_crash_reporting_fields[] = {
    OMIT(hcsref_v2_windows_crash_reporting, dump_file_name, "DumpFileName", hcsref_type_string),
    OMIT(hcsref_v2_windows_crash_reporting, max_dump_size, "MaxDumpSize", hcsref_type_int64),
    SINCE(hcsref_v2_windows_crash_reporting, dump_type, "DumpType", hcsref_type_string, true,
          HCSREF_CHANGE_VM_CRASH_DUMPS),
};
const hcsref_type hcsref_type_v2_windows_crash_reporting =
    STRUCT(hcsref_v2_windows_crash_reporting, "hcsschema.WindowsCrashReporting", windows_crash_reporting_fields);

static const hcsref_field virtual_smb_fields[] = {
    OMIT(hcsref_v2_virtual_smb, shares, "Shares", virtual_smb_share_list),
    OMIT(hcsref_v2_virtual_smb, direct_file_mapping_in_mb, "DirectFileMappingInMB", hcsref_type_int64),
};
const hcsref_type hcsref_type_v2_virtual_smb =
    STRUCT(hcsref_v2_virtual_smb, "hcsschema.VirtualSmb", virtual_smb_fields);

static const hcsref_field virtual_smb_share_fields[] = {
    OMIT(hcsref_v2_virtual_smb_share, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_virtual_smb_share, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_virtual_smb_share, allowed_files, "AllowedFiles", hcsref_type_strings),
    OMIT(hcsref_v2_virtual_smb_share, options, "Options", virtual_smb_share_options_ptr),
};
const hcsref_type hcsref_type_v2_virtual_smb_share =
    STRUCT(hcsref_v2_virtual_smb_share, "hcsschema.VirtualSmbShare", virtual_smb_share_fields);

static const hcsref_field virtual_smb_share_options_fields[] = {
    OMIT(hcsref_v2_virtual_smb_share_options, read_only, "ReadOnly", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, share_read, "ShareRead", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, cache_io, "CacheIo", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, no_oplocks, "NoOplocks", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, take_backup_privilege, "TakeBackupPrivilege", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, use_share_root_identity, "UseShareRootIdentity", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, no_directmap, "NoDirectmap", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, no_locks, "NoLocks", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, no_dirnotify, "NoDirnotify", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, vm_shared_memory, "VmSharedMemory", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, restrict_file_access, "RestrictFileAccess", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, force_level_ii_oplocks, "ForceLevelIIOplocks", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, reparse_base_layer, "ReparseBaseLayer", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, pseudo_oplocks, "PseudoOplocks", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, non_cache_io, "NonCacheIo", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, pseudo_dirnotify, "PseudoDirnotify", hcsref_type_bool),
    OMIT(hcsref_v2_virtual_smb_share_options, single_file_mapping, "SingleFileMapping", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_virtual_smb_share_options =
    STRUCT(hcsref_v2_virtual_smb_share_options, "hcsschema.VirtualSmbShareOptions", virtual_smb_share_options_fields);

static const hcsref_field plan9_fields[] = {
    OMIT(hcsref_v2_plan9, shares, "Shares", plan9_share_list),
};
const hcsref_type hcsref_type_v2_plan9 = STRUCT(hcsref_v2_plan9, "hcsschema.Plan9", plan9_fields);

static const hcsref_field plan9_share_fields[] = {
    OMIT(hcsref_v2_plan9_share, name, "Name", hcsref_type_string),
    OMIT(hcsref_v2_plan9_share, access_name, "AccessName", hcsref_type_string),
    OMIT(hcsref_v2_plan9_share, path, "Path", hcsref_type_string),
    OMIT(hcsref_v2_plan9_share, port, "Port", hcsref_type_int32),
    OMIT(hcsref_v2_plan9_share, flags, "Flags", plan9_share_flags),
    OMIT(hcsref_v2_plan9_share, allowed_files, "AllowedFiles", hcsref_type_strings),
};
const hcsref_type hcsref_type_v2_plan9_share =
    STRUCT(hcsref_v2_plan9_share, "hcsschema.Plan9Share", plan9_share_fields);

const hcsref_type hcsref_type_v2_battery = EMPTY_STRUCT(hcsref_v2_battery, "hcsschema.Battery");

static const hcsref_field flexible_io_device_fields[] = {
    OMIT(hcsref_v2_flexible_io_device, emulator_id, "EmulatorId", hcsref_type_string),
    OMIT(hcsref_v2_flexible_io_device, hosting_model, "HostingModel", hcsref_type_string),
    OMIT(hcsref_v2_flexible_io_device, configuration, "Configuration", hcsref_type_strings),
};
const hcsref_type hcsref_type_v2_flexible_io_device =
    STRUCT(hcsref_v2_flexible_io_device, "hcsschema.FlexibleIoDevice", flexible_io_device_fields);

static const hcsref_field shared_memory_configuration_fields[] = {
    OMIT(hcsref_v2_shared_memory_configuration, regions, "Regions", shared_memory_region_list),
};
const hcsref_type hcsref_type_v2_shared_memory_configuration = STRUCT(
    hcsref_v2_shared_memory_configuration, "hcsschema.SharedMemoryConfiguration", shared_memory_configuration_fields);

static const hcsref_field shared_memory_region_fields[] = {
    OMIT(hcsref_v2_shared_memory_region, section_name, "SectionName", hcsref_type_string),
    OMIT(hcsref_v2_shared_memory_region, start_offset, "StartOffset", hcsref_type_int32),
    OMIT(hcsref_v2_shared_memory_region, length, "Length", hcsref_type_int32),
    OMIT(hcsref_v2_shared_memory_region, allow_guest_write, "AllowGuestWrite", hcsref_type_bool),
    OMIT(hcsref_v2_shared_memory_region, hidden_from_guest, "HiddenFromGuest", hcsref_type_bool),
};
const hcsref_type hcsref_type_v2_shared_memory_region =
    STRUCT(hcsref_v2_shared_memory_region, "hcsschema.SharedMemoryRegion", shared_memory_region_fields);

static const hcsref_field virtual_pci_device_fields[] = {
    OMIT(hcsref_v2_virtual_pci_device, functions, "Functions", virtual_pci_function_list),
    SINCE(hcsref_v2_virtual_pci_device, propagate_numa_affinity, "PropagateNumaAffinity", bool_ptr, true,
          HCSREF_CHANGE_VM_TOPOLOGY),
};
const hcsref_type hcsref_type_v2_virtual_pci_device =
    STRUCT(hcsref_v2_virtual_pci_device, "hcsschema.VirtualPciDevice", virtual_pci_device_fields);

static const hcsref_field virtual_pci_function_fields[] = {
    OMIT(hcsref_v2_virtual_pci_function, device_instance_path, "DeviceInstancePath", hcsref_type_string),
    OMIT(hcsref_v2_virtual_pci_function, virtual_function, "VirtualFunction", hcsref_type_uint16),
};
const hcsref_type hcsref_type_v2_virtual_pci_function =
    STRUCT(hcsref_v2_virtual_pci_function, "hcsschema.VirtualPciFunction", virtual_pci_function_fields);
