//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// The step of containerd 2.2.0 and later that gives a container's processors to the spec.
package opts

func init() {
	affinity = func(config *criWindowsConfig) []specOpts { return []specOpts{WithWindowsAffinityCPUs(config)} }
}
