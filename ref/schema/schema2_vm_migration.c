/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of HCS schema 2: live migration of virtual machines. Source: hcsshim internal/hcs/schema2. */
#include "hcsref/schema2_vm.h"

#include "schema/table.h"

static const hcsref_type migration_origin = NAMED(HCSREF_STRING, hcsref_str, "hcsschema.MigrationOrigin");
static const hcsref_type migration_memory_transport =
    NAMED(HCSREF_STRING, hcsref_str, "hcsschema.MigrationMemoryTransport");
static const hcsref_type memory_migration_transfer_throttle_params_ptr = POINTER_TO(
    hcsref_type_v2_memory_migration_transfer_throttle_params, "*hcsschema.MemoryMigrationTransferThrottleParams");
static const hcsref_type migration_compression_settings_ptr =
    POINTER_TO(hcsref_type_v2_migration_compression_settings, "*hcsschema.MigrationCompressionSettings");
static const hcsref_type compatibility_info_ptr =
    POINTER_TO(hcsref_type_v2_compatibility_info, "*hcsschema.CompatibilityInfo");
static const hcsref_type bool_ptr = POINTER_TO(hcsref_type_bool, "*bool");
static const hcsref_type float64_ptr = POINTER_TO(hcsref_type_float64, "*float64");
static const hcsref_type uint8_ptr = POINTER_TO(hcsref_type_uint8, "*uint8");
static const hcsref_type uint32_ptr = POINTER_TO(hcsref_type_uint32, "*uint32");

static const hcsref_field migration_initialize_options_fields[] = {
    OMIT(hcsref_v2_migration_initialize_options, origin, "Origin", migration_origin),
    OMIT(hcsref_v2_migration_initialize_options, memory_transport, "MemoryTransport", migration_memory_transport),
    OMIT(hcsref_v2_migration_initialize_options, memory_transfer_throttle_params, "MemoryTransferThrottleParams",
         memory_migration_transfer_throttle_params_ptr),
    OMIT(hcsref_v2_migration_initialize_options, compression_settings, "CompressionSettings",
         migration_compression_settings_ptr),
    OMIT(hcsref_v2_migration_initialize_options, checksum_verification, "ChecksumVerification", hcsref_type_bool),
    OMIT(hcsref_v2_migration_initialize_options, perf_tracing_enabled, "PerfTracingEnabled", hcsref_type_bool),
    OMIT(hcsref_v2_migration_initialize_options, cancel_if_blackout_threshold_exceeds,
         "CancelIfBlackoutThresholdExceeds", hcsref_type_bool),
    OMIT(hcsref_v2_migration_initialize_options, prepare_memory_transfer_mode, "PrepareMemoryTransferMode",
         hcsref_type_bool),
    OMIT(hcsref_v2_migration_initialize_options, compatibility_data, "CompatibilityData", compatibility_info_ptr),
};
const hcsref_type hcsref_type_v2_migration_initialize_options =
    STRUCT(hcsref_v2_migration_initialize_options, "hcsschema.MigrationInitializeOptions",
           migration_initialize_options_fields);

static const hcsref_field memory_migration_transfer_throttle_params_fields[] = {
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, skip_throttling, "SkipThrottling", bool_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, throttling_scale, "ThrottlingScale", float64_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, minimum_throttle_percentage, "MinimumThrottlePercentage",
         uint8_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, target_number_of_brownout_transfer_passes,
         "TargetNumberOfBrownoutTransferPasses", uint32_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, starting_brownout_pass_number_for_throttling,
         "StartingBrownoutPassNumberForThrottling", uint32_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, maximum_number_of_brownout_transfer_passes,
         "MaximumNumberOfBrownoutTransferPasses", uint32_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, target_blackout_transfer_time,
         "TargetBlackoutTransferTime", uint32_ptr),
    OMIT(hcsref_v2_memory_migration_transfer_throttle_params, blackout_time_threshold_for_cancelling_migration,
         "BlackoutTimeThresholdForCancellingMigration", uint32_ptr),
};
const hcsref_type hcsref_type_v2_memory_migration_transfer_throttle_params =
    STRUCT(hcsref_v2_memory_migration_transfer_throttle_params, "hcsschema.MemoryMigrationTransferThrottleParams",
           memory_migration_transfer_throttle_params_fields);

static const hcsref_field migration_compression_settings_fields[] = {
    OMIT(hcsref_v2_migration_compression_settings, throttle_worker_count, "ThrottleWorkerCount", uint32_ptr),
};
const hcsref_type hcsref_type_v2_migration_compression_settings =
    STRUCT(hcsref_v2_migration_compression_settings, "hcsschema.MigrationCompressionSettings",
           migration_compression_settings_fields);

static const hcsref_field compatibility_info_fields[] = {
    OMIT(hcsref_v2_compatibility_info, data, "Data", hcsref_type_bytes),
};
const hcsref_type hcsref_type_v2_compatibility_info =
    STRUCT(hcsref_v2_compatibility_info, "hcsschema.CompatibilityInfo", compatibility_info_fields);
