//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/Microsoft/hcsshim/internal/cow"
	"github.com/Microsoft/hcsshim/internal/jobobject"
)

// pinned is a container whose processors can be chosen.
type pinned struct{ container }

func (c pinned) SetCPUGroupAffinities(_ context.Context, affinities []jobobject.GroupAffinity) error {
	return c.take("affinity", affinities)
}

// taskContainer is the container of a task that is updated.
func taskContainer(c container) cow.Container { return pinned{c} }
