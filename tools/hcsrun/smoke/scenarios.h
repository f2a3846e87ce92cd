/* SPDX-License-Identifier: Apache-2.0 */
/** @file
 * What each row of the table of scenarios plays, by the file that has it. Each leaves its verdict in the scene.
 */
#ifndef HCSRUN_SCENARIOS_H
#define HCSRUN_SCENARIOS_H

#include "smoke/scene.h"

/* scenarios_process.c */
void scenario_exit_code(scene *s);
void scenario_streams(scene *s);
void scenario_standard_input(scene *s);
void scenario_large_output(scene *s);
void scenario_environment(scene *s);
void scenario_arguments(scene *s);
void scenario_working_folder(scene *s);
void scenario_hostname(scene *s);
void scenario_missing_program(scene *s);

/* scenarios_mount.c */
void scenario_mount_read_write(scene *s);
void scenario_mount_read_only(scene *s);
void scenario_mount_file_link(scene *s);
void scenario_path_cleaning(scene *s);
void scenario_named_pipe(scene *s);

/* scenarios_resource.c */
void scenario_cpu_count(scene *s);
void scenario_cpu_limit(scene *s);
void scenario_cpu_weight(scene *s);
void scenario_memory_limit(scene *s);
void scenario_storage_qos(scene *s);

/* scenarios_setting.c */
void scenario_dump_settings(scene *s);
void scenario_kill_timeout(scene *s);
void scenario_device_class(scene *s);
void scenario_network_attached(scene *s);
void scenario_network_absent(scene *s);

/* scenarios_life.c */
void scenario_graceful_shutdown(scene *s);
void scenario_kill_process(scene *s);
void scenario_signal_process(scene *s);
void scenario_terminate_with_process(scene *s);
void scenario_two_at_once(scene *s);
void scenario_restart_on_scratch(scene *s);
void scenario_statistics(scene *s);
void scenario_process_list(scene *s);

/* scenarios_refusal.c */
void scenario_refuses_unknown_field(scene *s);
void scenario_refuses_bad_json(scene *s);
void scenario_refuses_no_layers(scene *s);
void scenario_refuses_exclusive_cpu(scene *s);
void scenario_refuses_missing_mount(scene *s);

#endif
