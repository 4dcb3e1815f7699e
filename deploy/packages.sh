# shellcheck shell=bash
# What deploy/demo and Tests/run have in common: sourced by them, not run.

# What a build needs besides Swift, as Debian 12 names it.
packages=(libssl-dev libpq-dev libsimdjson-dev libre2-dev libsqlite3-dev zlib1g-dev pkg-config)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Where the package is and, if SCRATCH_PATH says so, where its build goes instead of .build. Both are absolute: SwiftPM
# changes to the package's folder before it looks at the other.
# shellcheck disable=SC2034
package=(--package-path "$root")
if [[ -n ${SCRATCH_PATH:-} ]]; then package+=(--scratch-path "$(realpath -m -- "$SCRATCH_PATH")"); fi

require_swift() {
    if command -v swift >/dev/null; then return; fi
    echo "There is no 'swift' here. Swift 6.3 for Debian 12 is at https://www.swift.org/install/linux/;" >&2
    echo "when it is installed, 'swift --version' works in this shell." >&2
    exit 1
}

missing_packages() {
    local name
    for name in "${packages[@]}"; do
        if [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$name" 2>/dev/null) != installed ]]; then
            echo "$name"
        fi
    done
}

install_packages() {
    local names missing as_root=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "This is no Debian: the headers and libraries of ${packages[*]} must be there already." >&2
        return
    fi
    names=$(missing_packages)
    if [[ -z $names ]]; then return; fi
    mapfile -t missing <<<"$names"
    echo "Installing with apt-get: ${missing[*]}" >&2
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            echo "That needs root, and there is no sudo. As root: apt-get install ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    # What apt-get says goes to standard error, beside the notes here.
    "${as_root[@]}" apt-get update -q >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}
