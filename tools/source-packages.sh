# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Builds libraries for other systems from the source packages of this Debian system. apt checks what it fetches against
# Debian's signatures; it gets a list of sources of its own in a temporary folder, and the system's lists stay as they
# are. Sourced after common.sh, never run.

# shellcheck disable=SC2154 # cores is common.sh's

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# The system's own package sources, asked for source packages instead of programs.
source_list() {
  local file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -f $file ]] && sed -n 's/^deb /deb-src /p' "$file"
  done >"$work/sources.list"
  mkdir -p "$work/parts"
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -f $file ]] && sed 's/^Types:.*/Types: deb-src/' "$file" >"$work/parts/${file##*/}"
  done
  return 0
}

apt_private() {
  apt-get -q -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts="$work/parts" \
    -o Dir::State::Lists="$work/lists" -o Dir::Cache::Archives="$work/archives" -o Dir::Cache::srcpkgcache= \
    -o Dir::Cache::pkgcache= -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@"
}

# fetch_source_lists PREFIX: what is built from now on goes below PREFIX.
fetch_source_lists() {
  prefix=$1
  mkdir -p "$work/lists/partial" "$work/archives/partial" "$prefix"
  source_list
  say "fetching the lists of source packages"
  apt_private update >"$work/update.log" 2>&1 || say "some lists could not be fetched; going on with the others"
}

# build_package NAME SYSTEM TOOLCHAIN [CMAKE-ARGUMENT...]: builds its static libraries and installs them below `prefix`.
build_package() {
  local name=$1 system=$2 toolchain=$3
  shift 3
  say "building $name for $system"
  (cd "$work" && apt_private source "$name" >"$name.fetch.log" 2>&1) || { cat "$work/$name.fetch.log" >&2; return 1; }
  local folder
  folder=$(find "$work" -maxdepth 1 -type d -name "$name-*" ! -name "$name-build" | head -n 1)
  [[ -n $folder ]] || { echo "the source package $name has no folder $name-VERSION" >&2; return 1; }
  if ! {
    cmake -S "$folder" -B "$work/$name-build" -G Ninja -DCMAKE_TOOLCHAIN_FILE="$toolchain" \
      -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DBUILD_SHARED_LIBS=OFF "$@" &&
      cmake --build "$work/$name-build" -j "$cores" && cmake --install "$work/$name-build"
  } >"$work/$name.log" 2>&1; then
    tail -n 40 "$work/$name.log" >&2
    return 1
  fi
  install -D -m 644 "$folder/debian/copyright" "$prefix/share/doc/$name/copyright"
}

build_jansson() {
  build_package jansson "$@" -DJANSSON_BUILD_DOCS=OFF -DJANSSON_WITHOUT_TESTS=ON -DJANSSON_EXAMPLES=OFF
}

# Its header asks for a DLL unless it is told, and its build by CMake writes no file for pkg-config.
build_libyaml() {
  build_package libyaml "$@" -DBUILD_TESTING=OFF || return
  cat >"$prefix/lib/pkgconfig/yaml-0.1.pc" <<END
Name: libyaml
Description: YAML 1.1
Version: $(sed -n 's/^#define YAML_VERSION_STRING "\(.*\)"/\1/p' "$work"/libyaml-build/include/config.h)
Cflags: -I$prefix/include -DYAML_DECLARE_STATIC
Libs: -L$prefix/lib -lyaml
END
}
