//go:build windows && hcsproof

// SPDX-License-Identifier: Apache-2.0

// Makes dockerd's way from a container's settings to its OCI spec an hcsproof testee. Belongs in daemon, with the file of
// this folder that fits the tree; see README.md.
package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	specs "github.com/opencontainers/runtime-spec/specs-go"
	"golang.org/x/sys/windows/registry"
)

const testeeName = "moby"

func init() {
	operations["docker-to-oci"] = askSpec
}

// unsupported is what the daemon cannot be asked: the answer would depend on this machine.
type unsupported string

func (u unsupported) Error() string { return string(u) }

func (u unsupported) Unsupported() {}

// textOrError is a text, or the error of who asks for it.
type textOrError struct {
	Text, Error string
}

func (t *textOrError) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &t.Text) == nil {
		return nil
	}
	var failure struct{ Error string }
	err := json.Unmarshal(data, &failure)
	t.Error = failure.Error
	return err
}

type specParams struct {
	Config     map[string]json.RawMessage
	HostConfig json.RawMessage `json:"host_config"`
	Image      struct {
		OS     string
		Config json.RawMessage
	}
	Container struct {
		ID           string
		BaseFS       string          `json:"base_fs"`
		LayerFolders json.RawMessage `json:"layer_folders"`
		Started      bool            `json:"has_been_started_before"`
		Mounts       []struct {
			Source, Destination string
			RW                  bool
		}
		Peer      string   `json:"network_shared_container_id"`
		Endpoints []string `json:"shared_endpoints"`
		Configs   map[string]textOrError
	}
	Daemon struct {
		Isolation string `json:"default_isolation"`
		Root      string
		DNSSearch []string `json:"dns_search"`
	}
	Host struct {
		Processors    *int `json:"processor_count"`
		Files         map[string]textOrError
		Paths         map[string]json.RawMessage
		Registry      map[string]textOrError
		RegistryError string `json:"registry_error"`
	}
	Networks map[string]json.RawMessage
}

// body is what a client would send to create the container.
func (p *specParams) body() ([]byte, error) {
	request := map[string]json.RawMessage{}
	for name, value := range p.Config {
		request[name] = value
	}
	if p.HostConfig != nil {
		request["HostConfig"] = p.HostConfig
	}
	return json.Marshal(request)
}

// imageStore stands for the store of images and layers: it has one image and one container's layers.
type imageStore struct {
	ImageService
	image *daemonImage
	p     *specParams
}

func (imageStore) StorageDriver() string { return "windowsfilter" }

func (i imageStore) GetImage(context.Context, string, imageOptions) (*daemonImage, error) {
	return i.image, nil
}

func (i imageStore) GetLayerFolders(*daemonImage, layerOfContainer, string) ([]string, error) {
	var folders []string
	if json.Unmarshal(i.p.Container.LayerFolders, &folders) == nil {
		return folders, nil
	}
	var failure struct{ Error string }
	if err := json.Unmarshal(i.p.Container.LayerFolders, &failure); err != nil {
		return nil, err
	}
	return nil, errors.New(failure.Error)
}

func (p *specParams) images() (imageStore, error) {
	os := p.Image.OS
	if os == "" {
		os = "windows"
	}
	config := p.Image.Config
	if config == nil {
		config = json.RawMessage("{}")
	}
	described := map[string]interface{}{"os": os, "architecture": runtime.GOARCH, "config": config,
		"rootfs": map[string]string{"type": "layers"}}
	data, err := json.Marshal(described)
	if err != nil {
		return imageStore{}, err
	}
	image, err := newImage(data)
	return imageStore{image: image, p: p}, err
}

// credentialSpecs is the registry's key of credential specs.
type credentialSpecs map[string]textOrError

func (k credentialSpecs) GetStringValue(name string) (string, uint32, error) {
	value, found := k[name]
	if !found {
		return "", 0, registry.ErrNotExist
	}
	if value.Error != "" {
		return "", 0, errors.New(value.Error)
	}
	return value.Text, registry.SZ, nil
}

func (credentialSpecs) Close() error { return nil }

// place makes the folder that stands for the daemon's, with the files that the question puts there.
func (p *specParams) place() (string, error) {
	root, err := os.MkdirTemp("", "hcsproof")
	if err != nil {
		return "", err
	}
	for name, file := range p.Host.Files {
		inside := strings.TrimPrefix(name, p.Daemon.Root)
		if inside == name || file.Error != "" {
			continue
		}
		path := filepath.Join(root, inside)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, []byte(file.Text), 0o600)
		}
		if err != nil {
			return root, err
		}
	}
	registryOpenKeyFunc = func(registry.Key, string, uint32) (registryKey, error) {
		if p.Host.RegistryError != "" {
			return nil, errors.New(p.Host.RegistryError)
		}
		return credentialSpecs(p.Host.Registry), nil
	}
	return root, nil
}

// here says what this machine has at a path, as a question would.
func here(path string) string {
	switch found, err := os.Stat(path); {
	case err != nil:
		return ""
	case found.IsDir():
		return `"dir"`
	default:
		return `"file"`
	}
}

// checkPaths refuses a question whose folders this machine does not have, or has when it should not.
func (p *specParams) checkPaths(paths []string) error {
	for _, path := range paths {
		given := p.Host.Paths[path]
		for known, value := range p.Host.Paths {
			if strings.EqualFold(known, path) {
				given = value
			}
		}
		if string(given) != here(path) {
			return unsupported("the folders of this machine are looked at")
		}
	}
	return nil
}

// check refuses what the daemon would decide by this machine, or by stores that this adapter does not have.
func (p *specParams) check(h *settings) error {
	if h.nanoCPUs != 0 && p.Host.Processors != nil && *p.Host.Processors != runtime.NumCPU() {
		return unsupported("the processors of this machine are counted")
	}
	if len(p.Networks) > 0 || h.otherNetwork {
		return unsupported("the networks of this machine are asked")
	}
	if p.Container.Configs != nil {
		return unsupported("the adapter has no swarm configs")
	}
	if err := p.checkPaths(h.sources); err != nil {
		return err
	}
	if h.volumes || (len(p.Container.Mounts) > 0 && h.mounts) {
		return unsupported("the adapter has no volumes")
	}
	return nil
}

var specVersion = regexp.MustCompile(`^\{"ociVersion":"[^"]*",`)

// ask takes the daemon's steps of `docker create` and `docker start`, up to the spec.
func (p *specParams) ask(root string) (interface{}, error) {
	body, err := p.body()
	if err != nil {
		return nil, err
	}
	q, err := decode(body)
	if err != nil {
		return nil, err
	}
	if err := p.check(q.settings()); err != nil {
		return nil, err
	}
	store, err := p.images()
	if err != nil {
		return nil, err
	}
	spec, warnings, err := newDaemon(root, p, store).createSpecOf(q, p, store.image)
	if err != nil {
		return nil, err
	}
	document, err := json.Marshal(spec)
	if err != nil {
		return nil, err
	}
	answer := map[string]interface{}{"spec": json.RawMessage(specVersion.ReplaceAll(document, []byte("{")))}
	if len(warnings) > 0 {
		answer["warnings"] = warnings
	}
	return answer, nil
}

func askSpec(raw json.RawMessage) (ok interface{}, calls []string, err error) {
	p := &specParams{}
	if err := json.Unmarshal(raw, p); err != nil {
		return nil, nil, err
	}
	root, err := p.place()
	defer os.RemoveAll(root)
	if err != nil {
		return nil, nil, err
	}
	ok, err = p.ask(root)
	if err != nil && strings.HasPrefix(err.Error(), "failed to load credential spec") {
		err = unsupported("the error would be this machine's")
	} else if err != nil && strings.Contains(err.Error(), root) {
		err = errors.New(strings.ReplaceAll(err.Error(), root, p.Daemon.Root))
	}
	return ok, nil, err
}

// settings are what a question asks for that this machine may decide.
type settings struct {
	nanoCPUs                      int64
	otherNetwork, volumes, mounts bool
	sources                       []string // that are looked for
}

// pathsOf are the paths that the parser may look for in a bind: all that is before a colon, and the whole.
func pathsOf(bind string) []string {
	paths := []string{strings.ToLower(bind)}
	for i, char := range bind {
		if char == ':' && i > 1 {
			paths = append(paths, strings.ToLower(bind[:i]))
		}
	}
	return paths
}

func (q *request) settings() *settings {
	mode, parser := q.host.NetworkMode, newParser()
	s := &settings{nanoCPUs: q.host.NanoCPUs, mounts: len(q.host.Binds)+len(q.host.Mounts) > 0}
	s.otherNetwork = mode != "" && mode.IsUserDefined()
	for _, bind := range q.host.Binds {
		s.sources = append(s.sources, pathsOf(bind)...)
		parsed, err := parser.ParseMountRaw(bind, "")
		s.volumes = s.volumes || (err == nil && parsed.Type == "volume")
	}
	for _, mount := range q.host.Mounts {
		if mount.Type == "bind" {
			s.sources = append(s.sources, mount.Source)
		}
		s.volumes = s.volumes || mount.Type == "volume"
	}
	s.volumes = s.volumes || len(q.config.Volumes) > 0
	return s
}

func (p *specParams) store() *configStore {
	store := &configStore{}
	store.DNSSearch = p.Daemon.DNSSearch
	return store
}

func newDaemon(root string, p *specParams, store imageStore) *Daemon {
	view, err := newView()
	if err != nil {
		panic(err)
	}
	return &Daemon{root: root, repository: filepath.Join(root, "containers"), containersReplica: view, imageService: store,
		defaultIsolation: isolation(p.Daemon.Isolation)}
}

// createFor takes the steps of containerCreate and create that do not need the daemon's folders.
func (daemon *Daemon) createFor(q *request, p *specParams, image *daemonImage) (*daemonContainer, []string, error) {
	if q.host.RestartPolicy.Name == "" {
		q.host.RestartPolicy.Name = "no"
	}
	warnings, err := daemon.verifyContainerSettings(p.store(), q.host, q.config, false)
	if err != nil {
		return nil, warnings, err
	}
	if image.OS == "windows" && image.RunConfig().ArgsEscaped {
		q.config.ArgsEscaped = true
	}
	if err := daemon.mergeAndVerifyConfig(q.config, image); err != nil {
		return nil, warnings, err
	}
	named := q.config.Hostname != ""
	c, err := newContainerOf(daemon, q, image)
	if err != nil {
		return nil, warnings, err
	}
	if !named {
		// The question's id need not be as long as one that the daemon makes.
		short := p.Container.ID + strings.Repeat(" ", 12)
		q.config.Hostname = strings.Replace(q.config.Hostname, c.ID[:12], strings.TrimRight(short[:12], " "), 1)
	}
	c.ID = p.Container.ID
	return c, warnings, settle(daemon, c, q)
}

// createSpecOf goes on with what `docker start` does.
func (daemon *Daemon) createSpecOf(q *request, p *specParams, image *daemonImage) (*specs.Spec, []string, error) {
	ctx := context.Background()
	c, warnings, err := daemon.createFor(q, p, image)
	if err != nil {
		return nil, warnings, err
	}
	for _, given := range p.Container.Mounts {
		c.MountPoints[given.Destination] = &mountPoint{Source: given.Source, Destination: given.Destination, RW: given.RW,
			SkipMountpointCreation: true}
	}
	c.BaseFS, c.HasBeenStartedBefore = p.Container.BaseFS, p.Container.Started
	c.NetworkSharedContainerID, c.SharedEndpointList = p.Container.Peer, p.Container.Endpoints
	mounts, _, err := daemon.setupMounts(ctx, c)
	if err != nil {
		return nil, warnings, err
	}
	spec, err := daemon.createSpec(ctx, p.store(), c, mounts)
	return spec, warnings, err
}
